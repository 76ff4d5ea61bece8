"""The ledger of promises to pay: who, how much, by when, and how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import AmountKind, LabelHit, Promise
from coach.domain.time import Span
from coach.language.amounts import Money
from coach.language.dates import DateReading
from coach.language.normalise import fold
from coach.language.plans import is_of_another_matter, plan_in

_WAYS = re.compile(
    r"微信|支付宝|手机银行|网银|银行卡|转账|汇款|打(?:到|进|给)[一-鿿]{0,4}(?:卡|账户|户)|"
    r"对公|柜台|现金|刷卡|自动扣款|自动还款|扣款|扫码|扫(?:这个)?码|超商|便利商店|atm|"
    r"app|"
    r"\b(?:card|debit|checking|bank transfer|transfer|autopay|direct debit|standing order|"
    r"cash|cheque|check|paypal|zelle|venmo|online|post office)\b"
)
_COMMITS = re.compile(
    r"我.{0,12}(?:还|交|付|转|打给|给你|给您|凑|缴|存)|(?:一定|肯定|保证|当天|之前|"
    r"发了).{0,8}(?:还|交|付|转|打|给)|"
    r"(?:行|可以|好|成|没问题|要得|中)[，,。].{0,10}(?:还|交|付|转|号|周|明天|今天)|"
    r"\b(?:i'?ll|i will|i can|i could|i'?m going to|i'?m gonna|let me) (?:\w+ "
    r"){0,4}(?:pay|send|transfer|do|manage|put|get|bring|drop|bung)\b|"
    r"\byou'?ll (?:have|get)\b"
)
_NOT = re.compile(
    r"不(?:会|想|能|可能|打算)?(?:还|交|付|给)|一分(?:钱)?(?:都|也)(?:不|没)|凭什么|没钱|"
    r"还不(?:起|上|了)|can'?t|won'?t|not paying|couldn'?t"
)


_PAID_OUT = re.compile("赔(?:款|付)?(?![你您偿罪礼不])|报销?下来")
_PAYS = re.compile(
    r"还(?:款|清|给|你|您|上|完|钱|[0-9一二两三四五六七八九])|付|交|转|缴|打(?:给|到|钱|款)|结清|补上|"
    r"给(?:你|您|[0-9一二两三四五六七八九])|[我先就能]还"
)


def _is_payout(folded: str) -> bool:
    """定了，九千，月底赔: money that is to come to the customer, with no word of paying."""
    return _PAID_OUT.search(folded) is not None and _PAYS.search(folded) is None


def is_promise(
    turn: Turn, hits: Sequence[LabelHit] | None, sums: Sequence[Money], days: Sequence[DateReading]
) -> bool:
    """Whether the turn commits to pay: by its label or, without one, by words with a sum or a day.

    月底赔 alone tells when somebody else pays out, and not that the customer pays.
    """
    if turn.role is Role.AGENT or _is_payout(fold(turn.text)):
        return False
    if hits is not None:
        return any(hit.label is LabelId.PROMISE for hit in hits)
    text = fold(turn.text)
    return (
        bool(sums or any(day.date for day in days)) and bool(_COMMITS.search(text)) and not _NOT.search(text)
    )


def promises_of(
    turn: Turn, sums: Sequence[Money], days: Sequence[DateReading], today: date | None
) -> tuple[Promise, ...]:
    """The promises that a turn makes: one for each sum with a day of its own, otherwise a single one.

    Amount, day and way are given as far as they are said in the turn.
    """
    said = plan_in(turn.i, turn.text, sums, days, today)
    parts = said.parts if said is not None else ()
    whole = _promise_of(turn, sums, days, today)
    if not 2 <= len(parts) <= _MOST_PARTS or any(part.due is None for part in parts):
        return (whole,)
    return tuple(replace(whole, amount=part.amount, due=part.due, approximate=False) for part in parts)


_MOST_PARTS = 4


def _promise_of(
    turn: Turn, sums: Sequence[Money], days: Sequence[DateReading], today: date | None
) -> Promise:
    money = next((one for one in sums if one.kind not in (AmountKind.FEE, AmountKind.OTHER)), None)
    money = money or (sums[-1] if sums else None)
    ahead = [day for day in days if day.date and (today is None or day.date >= today)]
    ahead = [day for day in ahead if not is_of_another_matter(fold(turn.text), day, ahead)]
    way = _WAYS.search(fold(turn.text))
    spans = [each.span for each in (money, ahead[0] if ahead else None) if each is not None]
    span = Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else Span(0, len(turn.text))
    return Promise(
        who=turn.role,
        amount=money.value if money else None,
        due=ahead[0].date if ahead else None,
        how=turn.text[way.start() : way.end()] if way else None,
        turn=turn.i,
        span=span,
        approximate=money is not None and money.approximate,
    )
