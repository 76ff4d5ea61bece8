"""Which of the sums that were named is the overdue sum of a call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from coach.domain.call import Role
from coach.domain.labels import LabelId
from coach.domain.observations import AmountKind
from coach.language.amounts import Money
from coach.language.hearing import Heard


def amount_due(heard: Sequence[Heard]) -> Decimal | None:
    """The overdue sum: stated as a fact or a total, by the side that knows, early, and repeated."""
    scores: dict[Decimal, float] = {}
    means = {money.value for one in heard for money in one.sums if _is_of_means(one, money)}
    firsts = _paid_first(heard)
    for one in heard:
        for money in one.sums:
            if _is_of_another(one, money):
                continue
            score = _weight_as_due(one, money) - (1.5 if money.value in means else 0.0)
            score += _weight_in_turn(one, money)
            score -= 1.0 if money.value in firsts and money.kind is AmountKind.OTHER else 0.0
            best = scores.get(money.value)
            scores[money.value] = score if best is None else max(score, best) + 0.25
    if not scores:
        return None
    value = max(scores, key=lambda each: (round(scores[each], 1), each))
    return value if scores[value] >= _LEAST_DUE else None


def _paid_first(heard: Sequence[Heard]) -> set[Decimal]:
    """The sums that are to be paid first (先还两千), of a larger one that the agent named."""
    whole = max(
        (
            money.value
            for one in heard
            for money in one.sums
            if one.turn.role is Role.AGENT and money.kind in (AmountKind.OTHER, AmountKind.OVERDUE)
            if not money.means
        ),
        default=Decimal(0),
    )
    partial = {money.value for one in heard for money in one.sums if money.kind is AmountKind.PARTIAL}
    return {value for value in partial if value < whole}


def is_approximate(heard: Sequence[Heard], due: Decimal | None) -> bool:
    """Whether the sum was only ever named roughly (大概四千多)."""
    named = [money.approximate for one in heard for money in one.sums if money.value == due]
    return bool(named) and all(named)


_LEAST_DUE = 0.6
_SMALL = 20
"""A price of a unit, or a measure word (两块地毯), rather than a debt."""


def _is_of_means(one: Heard, money: Money) -> bool:
    """What the customer earns or holds; a caller who names rent means the bill."""
    return money.means and one.turn.role is not Role.AGENT


_ANOTHER_OWES = re.compile(
    r"[他她][^，。！？；我咱\s]{0,12}欠(?![你您贵])[^，。！？；我咱]{0,8}$|"
    r"\b(?:he|she|they|my \w+)\b(?:(?!\b(?:i|we)\b)[^.,!?]){0,16}\bow(?:es?|ed)\s(?!you\b)(?:\w+\s){0,3}$"
)
_KEPT_FROM_ME = re.compile(
    r"(?:压|拖|扣|赖|占|欠)[了着住咗]?(?:我|咱|俺)[^，。！？；]{0,6}$|"
    r"(?:\bsitting on|\bwithh(?:olding|eld)|(?:n't|\bnot|\bnever) paid (?:me|us))\s(?:\w+\s){0,3}$"
)
_CHARGED_BY_YOU = re.compile(
    r"(?:你们?|您们?|贵[司方行]|贵公司)[^，。！？；]{0,4}[压拖扣赖占欠][了着住咗]?(?:我|咱|俺)"
)
"""你们还扣我五百六: what the listener's firm takes is the matter of the call."""
_BORROWED = re.compile(r"借[了过]?$|\bborrowed\s(?:\w+\s)?$")
_REACH = 30


def _is_of_another(one: Heard, money: Money) -> bool:
    """他在别家欠了十二万, 客户压了我二十万: not the debt of the call, when the one who owes it says so.

    Nor is what he once borrowed, where he names the instalments in which it is paid back.
    """
    if one.turn.role is not Role.CUSTOMER:
        return False
    text = one.text.lower()
    before = text[max(0, money.span.start - _REACH) : money.span.start]
    kept = _KEPT_FROM_ME.search(before) and not _CHARGED_BY_YOU.search(before)
    if kept or _ANOTHER_OWES.search(before):
        return True
    by_parts = any(other.kind is AmountKind.INSTALMENT for other in one.sums)
    return money.kind is AmountKind.OTHER and by_parts and _BORROWED.search(before) is not None


_DUE_BEFORE = re.compile(
    r"(?:(?:还|尚|仍|下)(?:差|欠|剩|短)|该还|应还|应缴|应付|该缴|该付|该交|应交)[了着您你我们]{0,3}(?:是|有|共)?$"
)
_DUE_BEHIND = re.compile(r"[块元]?钱?(?:还|都|一直)?[没未]有?(?:付|还|缴|交|给|结|补|打)(?!完|清|的话)")
_PAID_BEFORE = re.compile(
    r"(?:付|缴|交|还|给|打|转|补)[了过](?:我们?|咱们?)?$|已经?(?:付|缴|交|还|给|打|转|补)[了过]?$"
)
_LENT_BEFORE = re.compile(r"(?:借|贷|批|放)款?[了的过]$")
_LENT_BEHIND = re.compile(r"[块元]?钱?(?:的[一-鿿]{0,4}(?:贷|借款|分期)|[一-鿿]{0,3}贷(?!得|不))")


def _weight_in_turn(one: Heard, money: Money) -> float:
    """What the sums beside it in a turn say of a sum.

    Of a price of which a part is paid the rest is due, and of a loan what should be paid by now. A sum that
    the others make up is the whole of them.
    """
    if not 2 <= len(one.sums) <= _MOST_SUMS:
        return 0.0
    due = [other for other in one.sums if _is_said_due(one, other)]
    paid = [other for other in one.sums if _PAID_BEFORE.search(_before(one, other))]
    if _is_of_price(money, due, paid) or (money not in due and due and _is_lent(one, money)):
        return _NOT_DUE
    if money in due and money.kind is AmountKind.OTHER:
        return _SAID_DUE
    others = [other.value for other in one.sums if other is not money]
    whole = len(others) >= 2 and sum(others) == money.value and not money.total
    return _SAID_DUE if whole and one.turn.role is Role.AGENT else 0.0


_NOT_DUE, _SAID_DUE = -3.0, 1.5
_MOST_SUMS = 12
"""In a turn with more sums than these they are not set against each other."""


def _is_of_price(money: Money, due: Sequence[Money], paid: Sequence[Money]) -> bool:
    """一共四万，付了两万五，还差一万五: whether a sum is the price or what was paid of it."""
    pairs = [(one, rest) for one in paid for rest in due if one is not rest]
    return any(money is one or money.value == one.value + rest.value for one, rest in pairs)


def _is_said_due(one: Heard, money: Money) -> bool:
    behind = _DUE_BEHIND.match(one.text, money.span.end)
    return behind is not None or _DUE_BEFORE.search(_before(one, money)) is not None


def _is_lent(one: Heard, money: Money) -> bool:
    """两万的经营贷, 您借的三万."""
    behind = _LENT_BEHIND.match(one.text, money.span.end)
    return behind is not None or _LENT_BEFORE.search(_before(one, money)) is not None


def _before(one: Heard, money: Money) -> str:
    return one.text[max(0, money.span.start - 10) : money.span.start]


def _weight_as_due(one: Heard, money: Money) -> float:
    score = 1.0 - 0.03 * one.turn.i
    score += 3.0 if one.has(LabelId.STATE_FACTS) else 0.0
    score += 0.7 if one.turn.role is Role.AGENT else 0.0
    score += 1.5 if money.total else 0.0
    score -= 1.5 if money.part else 0.0
    score += 0.3 if money.named else 0.0
    score -= 1.5 if money.value < _SMALL else 0.0
    score -= 0.8 if money.approximate else 0.0
    score -= 3.0 if one.owed_to_me else 0.0
    score += {
        AmountKind.OVERDUE: 1.5,
        AmountKind.OTHER: 0.0,
        AmountKind.INSTALMENT: -2.0,
        AmountKind.PARTIAL: -2.0,
        AmountKind.FEE: -2.5,
    }[money.kind]
    return score
