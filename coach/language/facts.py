"""Join sums, days, plans, promises and identity of a call into its facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Amount, AmountKind, DateMention, Facts, LabelHit, Promise
from coach.language import amounts_en, amounts_zh
from coach.language.amounts import Money, find_amounts
from coach.language.dates import Ambiguity, DateReading, find_dates
from coach.language.identity import identity_states
from coach.language.normalise import fold
from coach.language.numbers_zh import value_of
from coach.language.plans import Said, joined_plan, plan_in
from coach.language.promises import is_promise, promise_of


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn with what was found in it; ``labels`` None when no classifier ran."""

    turn: Turn
    text: str
    labels: frozenset[LabelId] | None
    sums: tuple[Money, ...]
    days: tuple[DateReading, ...]
    coached: bool
    chinese: bool
    owed_to_me: bool

    def has(self, *labels: LabelId) -> bool:
        """Whether the turn carries one of the labels."""
        return self.labels is not None and not self.labels.isdisjoint(labels)


class RuleFactFinder:
    """Facts by rules, in Mandarin and English; a port of the pipeline."""

    def find(self, call: Call, labels: Sequence[Sequence[LabelHit]]) -> Facts:
        """The joined facts of the call; ``labels`` runs parallel to the turns, or is empty."""
        heard = _hear(call, labels)
        today = call.started_at.date() if call.started_at else None
        due = amount_due(heard)
        said = _plans_said(heard, today)
        promises = _promises(heard, labels, today)
        plan = joined_plan(said, due) if said else None
        return Facts(
            amount_due=due,
            deadline=deadline(heard, today),
            plan=plan,
            amounts=tuple(_amount(one, money) for one in heard for money in one.sums),
            dates=tuple(_mention(one, day) for one in heard for day in one.days),
            promises=promises,
            identity=identity_states(call.turns),
        )


def _hear(call: Call, labels: Sequence[Sequence[LabelHit]]) -> list[Heard]:
    today = call.started_at.date() if call.started_at else None
    offset = call.started_at.utcoffset() if call.started_at else None
    american = offset is not None and offset.total_seconds() <= -3 * 3600
    payday = _payday(call.turns)
    heard = []
    for index, turn in enumerate(call.turns):
        days = find_dates(turn.text, today, payday=payday, month_first=american)
        sums = find_amounts(turn.text, [day.span for day in days])
        own = frozenset(hit.label for hit in labels[index]) if labels else None
        text = fold(turn.text)
        heard.append(
            Heard(
                turn=turn,
                text=text,
                labels=own,
                sums=sums,
                days=days,
                coached=turn.role is call.coached,
                chinese=_is_chinese(text),
                owed_to_me=turn.role is not Role.AGENT and _OWED_TO_ME.search(text) is not None,
            )
        )
    return heard


_PAYDAY = re.compile(
    r"(?:每个?月)?(?P<day>[0-9一二三十廿]{1,3})[号日](?:才|左右|就)?(?:发|开|领|"
    r"出)(?:工资|薪|饷|粮|支)|(?:工资|薪水)(?:都|是|"
    r"每月)?(?P<later>[0-9一二三十]{1,3})[号日](?:发|到|打)"
)


def _payday(turns: Sequence[Turn]) -> int | None:
    """The day of the month on which somebody said that wages come."""
    for turn in turns:
        if match := _PAYDAY.search(fold(turn.text)):
            value = value_of(match["day"] or match["later"])
            if value is not None and 1 <= value <= 31:
                return int(value)
    return None


def _amount(one: Heard, money: Money) -> Amount:
    return Amount(money.value, money.kind, one.turn.i, money.span)


def _mention(one: Heard, day: DateReading) -> DateMention:
    return DateMention(day.date, one.turn.i, day.span, day.ambiguity.value if day.ambiguity else None)


def _promises(
    heard: Sequence[Heard], labels: Sequence[Sequence[LabelHit]], today: date | None
) -> tuple[Promise, ...]:
    return tuple(
        promise_of(one.turn, one.sums, one.days, today)
        for index, one in enumerate(heard)
        if is_promise(one.turn, labels[index] if labels else None, one.sums, one.days)
    )


def amount_due(heard: Sequence[Heard]) -> Decimal | None:
    """The overdue sum: stated as a fact or a total, by the side that knows, early, and repeated."""
    scores: dict[Decimal, float] = {}
    means = {money.value for one in heard for money in one.sums if _is_of_means(one, money)}
    for one in heard:
        for money in one.sums:
            score = _weight_as_due(one, money) - (1.5 if money.value in means else 0.0)
            best = scores.get(money.value)
            scores[money.value] = score if best is None else max(score, best) + 0.25
    if not scores:
        return None
    value = max(scores, key=lambda each: (round(scores[each], 1), each))
    return value if scores[value] >= _LEAST_DUE else None


_LEAST_DUE = 0.6
_SMALL = 20
"""A price of a unit, or a measure word (两块地毯), rather than a debt."""

_OWED_TO_ME = re.compile("欠(?:我|咱)|owes? (?:me|us)")


def _weight_as_due(one: Heard, money: Money) -> float:
    is_total = amounts_zh.is_total if one.chinese else amounts_en.is_total
    score = 1.0 - 0.03 * one.turn.i
    score += 3.0 if one.has(LabelId.STATE_FACTS) else 0.0
    score += 0.7 if one.turn.role is Role.AGENT else 0.0
    score += 1.5 if is_total(one.text, money.clause, money.span) else 0.0
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


def _is_of_means(one: Heard, money: Money) -> bool:
    """Whether the sum is named as what somebody earns, holds or spends."""
    if one.turn.role is Role.AGENT:
        return False
    if one.chinese:
        return amounts_zh.is_of_means(one.text, money.clause, money.span)
    return amounts_en.is_of_means(one.text, money.clause, money.span)


def _is_chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


_PAYS = re.compile(
    r"(?:先|能|再|就|来|要|给|必须|一起|得|全|会|我|都|该|不能|把.{1,8})还(?![是有没在])|"
    r"还(?:款|清|给|你|上|掉|完|钱|我们|[0-9一二三四五六七八九两几])|"
    r"交|付|转|打(?:给|到|过|进|钱|款|[0-9一二三四五六七八九两])|缴|到账|清|补上|凑|入账|"
    r"给(?:我|你|您)?(?:钱|[0-9一二三四五六七八九两]+)|扣|首期|第一[期笔]|结|处理|"
    r"\b(?:pay\w*|send|transfer|instal\w*|due|clear|settle|manage|money|half|deposit|autopay)\b"
)
_CONTACTS = re.compile(
    r"打(?:给|电话|您|你|过来|来)|电话|回(?:电|复|话|信)|联系|查(?:一眼|账|到账|一下)|"
    r"提醒|短信|通知|告诉|答复|再问|寄|邮|发您|发给|上门|过来|结论|结果|审批|专员|跟进|"
    r"材料|工单|核|"
    r"\b(?:call|ring|phone|text|email|check in|reminder|hear from|get back|post|letter|answer|follow)\b"
)
_PAST = re.compile(
    r"到期|账单|该还|逾期|那天|已经|了[，。]|上次|那次|那期|寄的|签的|借的|的时候|办的|"
    r"due on|since|was|were|last|visit|delivered"
)
_BY = re.compile(r"之?前|以前|最晚|最迟|\b(?:by|before|no later)\b")
_STOP = re.compile(r"[。！？!?；;…\n，,、.]")
_AGREES = {
    LabelId.CONFIRM_COMMITMENT: 3.0,
    LabelId.PROMISE: 3.0,
    LabelId.CLEAR_ASK: 2.0,
    LabelId.DEADLINE: 1.0,
    LabelId.OFFER_PLAN: 0.7,
    LabelId.FOLLOW_UP: -0.7,
    LabelId.STATE_FACTS: -0.5,
}


def deadline(heard: Sequence[Heard], today: date | None) -> date | None:
    """The day agreed or asked for: what is confirmed counts over what is asked, later over earlier.

    Where no payment has a day, the day of a promised answer or document is the deadline.
    """
    if today is None:
        return None
    scores: dict[date, float] = {}
    answers: dict[date, float] = {}
    for one in heard:
        late = 1 + 0.5 * one.turn.i / max(1, len(heard))
        for day, score in _scored_days(one, today).items():
            scores[day] = scores.get(day, 0.0) + late * max(0.0, score)
        for day in _answer_days(one, today):
            answers[day] = answers.get(day, 0.0) + late
    if (agreed := _last_agreed(heard, today)) is not None:
        scores[agreed] = scores.get(agreed, 0.0) + _LAST_WORD
    for chosen, least in ((scores, _LEAST_DEADLINE), (answers, 0.5)):
        best = max(chosen, key=lambda each: (chosen[each], -each.toordinal()), default=None)
        if best is not None and chosen[best] >= least:
            return best
    return None


_LEAST_DEADLINE = 2.0
_LAST_WORD = 4.0
"""What the last confirmed day is worth: later agreements win over earlier asks."""

_OF_LATER_PART = 0.3


def _last_agreed(heard: Sequence[Heard], today: date) -> date | None:
    """The first payment day of the last turn that confirms an agreement."""
    for one in reversed(heard):
        if one.has(LabelId.CONFIRM_COMMITMENT):
            scored = _scored_days(one, today)
            if scored and max(scored.values()) > _AGREES[LabelId.CONFIRM_COMMITMENT]:
                return max(scored, key=lambda each: (scored[each], -each.toordinal()))
    return None


def _answer_days(one: Heard, today: date) -> list[date]:
    """Days by which a document or an answer is due."""
    days = [day for day in one.days if day.date is not None and day.date >= today]
    if one.has(LabelId.DEADLINE):
        return [day.date for day in days if day.date]
    if one.labels is None or one.coached or one.turn.role is not Role.AGENT:
        return []
    return [day.date for day in days if day.date and _BY.search(one.text, day.span.end, day.span.end + 12)]


def _scored_days(one: Heard, today: date) -> dict[date, float]:
    """How much each day of a turn is its deadline; of several instalments the first counts."""
    weight = _weight_of_turn(one)
    scored: dict[date, float] = {}
    for day in one.days:
        if day.date is None or day.date < today or weight <= 0:
            continue
        score = weight + _weight_of_clause(one, day)
        scored[day.date] = max(score, scored.get(day.date, 0.0))
    if one.sums:
        best = max(scored.values(), default=0.0)
        first = min((each for each, score in scored.items() if score >= best - 0.5), default=None)
        return {each: score * (1 if each == first else _OF_LATER_PART) for each, score in scored.items()}
    return scored


def _weight_of_turn(one: Heard) -> float:
    by_words = 1.0 if one.sums or _PAYS.search(one.text) else 0.0
    if one.labels is None:
        return by_words
    by_label = sum(weight for label, weight in _AGREES.items() if label in one.labels)
    return by_label if one.coached else max(by_label, by_words)


def _weight_of_clause(one: Heard, day: DateReading) -> float:
    start, end = _clause(one.text, day)
    words = one.text[start:end]
    score = 1.0 if _PAYS.search(words) else 0.0
    score += 0.8 if any(start <= money.span.start < end for money in one.sums) else 0.0
    score += 0.7 if _BY.search(words) else 0.0
    score -= 1.0 if day.ambiguity is Ambiguity.WEEKEND else 0.0
    score -= 2.0 if _CONTACTS.search(words) else 0.0
    score -= 1.5 if _PAST.search(words) else 0.0
    return score - (1.5 if day.ambiguity is Ambiguity.WORKING_DAYS else 0.0)


def _clause(text: str, day: DateReading) -> tuple[int, int]:
    start = max(0, day.span.start - 30)
    for stop in _STOP.finditer(text, start, day.span.start):
        start = stop.end()
    behind = _STOP.search(text, day.span.end, min(len(text), day.span.end + 30))
    return start, behind.start() if behind else min(len(text), day.span.end + 30)


_FIRM = (LabelId.CONFIRM_COMMITMENT, LabelId.PROMISE, LabelId.CLEAR_ASK)


def _plans_said(heard: Sequence[Heard], today: date | None) -> list[Said]:
    """What was said of a plan; instalments that are in arrears (state_facts) are none."""
    found: list[Said] = []
    for one in heard:
        if one.has(LabelId.STATE_FACTS) and not one.has(LabelId.OFFER_PLAN, *_FIRM):
            continue
        said = plan_in(one.turn.i, one.turn.text, one.sums, one.days, today)
        if said is not None:
            firm = one.labels is None or one.has(*_FIRM) or (not one.coached and said.complete)
            found.append(replace(said, firm=firm))
    return found
