"""Join sums, days, plans, promises and identity of a call into its facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from coach.domain.call import Call
from coach.domain.labels import LabelId
from coach.domain.observations import Amount, AmountKind, DateMention, Facts, LabelHit, Promise
from coach.language.amounts import Money
from coach.language.answers import leaves_a_choice, says_yes
from coach.language.dates import DateReading
from coach.language.day_series import is_bare_day
from coach.language.deadlines import deadline
from coach.language.dues import amount_due, is_approximate
from coach.language.hearing import Heard, hear
from coach.language.normalise import fold
from coach.language.plans import Said, joined_plan, plan_in
from coach.language.promises import is_promise, promises_of


class RuleFactFinder:
    """Facts by rules, in Mandarin and English; a port of the pipeline."""

    def find(self, call: Call, labels: Sequence[Sequence[LabelHit]]) -> Facts:
        """The joined facts of the call; ``labels`` runs parallel to the turns, or is empty."""
        from coach.language.identity import identity_states

        heard = _in_one_series(_as_borne_out(hear(call, labels)))
        today = call.started_at.date() if call.started_at else None
        due = amount_due(heard)
        said = _plans_said(heard, today)
        promises = _promises(heard, labels, today)
        plan = joined_plan(said, due, _all_sums(heard), _first_sums(heard, said)) if said else None
        return Facts(
            amount_due=due,
            deadline=deadline(heard, today),
            plan=plan,
            amounts=tuple(_amount(one, money) for one in heard for money in one.sums),
            dates=tuple(_mention(one, day) for one in heard for day in one.days),
            promises=promises,
            identity=identity_states(call.turns),
            amount_due_approximate=is_approximate(heard, due),
        )


def _as_borne_out(heard: Sequence[Heard]) -> list[Heard]:
    """Forty three twenty five is 43.25 where that was named in full, or where 4325 would overpay the debt."""
    clear = [money for one in heard for money in one.sums if money.other is None]
    named = {money.value for money in clear}
    owed = max((money.value for money in clear if money.kind is AmountKind.OVERDUE), default=None)
    small = {
        money.value
        for one in heard
        for money in one.sums
        if money.other in named
        or (owed is not None and money.value > _OVERPAID * owed and _is_to_be_paid(one, money))
    } - named

    def read(money: Money) -> Money:
        chosen = money.other if money.value in small else None
        return money if chosen is None else replace(money, value=chosen)

    return [replace(one, sums=tuple(map(read, one.sums))) for one in heard]


def _in_one_series(heard: Sequence[Heard]) -> list[Heard]:
    """二十八号可以, shortly after 十二月八号七百八，二十八号七百八: the twenty-eighth of that month."""
    counted = [(one.turn.i, day.date) for one in heard for day in one.days if day.date and day.in_series]
    return [_with_days_said(one, counted) for one in heard] if counted else list(heard)


def _with_days_said(one: Heard, counted: Sequence[tuple[int, date]]) -> Heard:
    said = [when for turn, when in counted if 0 < one.turn.i - turn <= _SAID_TURNS]
    return replace(one, days=tuple(_as_said(one, day, said) for day in one.days)) if said else one


def _as_said(one: Heard, day: DateReading, said: Sequence[date]) -> DateReading:
    if day.in_series or not is_bare_day(fold(one.text), day):
        return day
    same = [when for when in said if day.date is not None and when.day == day.date.day]
    return replace(day, date=same[-1]) if same else day


_SAID_TURNS = 8
_OVERPAID = 2
_TO_PAY = re.compile(
    r"\b(?:to|i'll|i will|we'll|we will|i can|i could|you|please) (?:pay|send|transfer|do|manage)\b"
)


def _is_to_be_paid(one: Heard, money: Money) -> bool:
    return _TO_PAY.search(one.text, money.clause.start, money.clause.end) is not None


def _first_sums(heard: Sequence[Heard], said: Sequence[Said]) -> list[Decimal]:
    """The sums that were to be paid first, or stand in a turn that speaks of instalments."""
    turns = {one.turn for one in said}
    return [
        money.value
        for one in heard
        for money in one.sums
        if money.kind is AmountKind.PARTIAL or (one.turn.i in turns and money.kind is not AmountKind.FEE)
    ]


def _is_taken_up(heard: Sequence[Heard], turn: int) -> bool:
    """Whether what a turn offers is confirmed soon after, without another sum, or the other side says yes."""
    if any(one.has(LabelId.CONFIRM_COMMITMENT) and not one.sums for one in heard[turn + 1 : turn + 4]):
        return True
    if not heard[turn].has(LabelId.OFFER_PLAN) or leaves_a_choice(heard[turn].turn.text):
        return False
    answer = next((one for one in heard[turn + 1 : turn + 3] if one.coached != heard[turn].coached), None)
    return answer is not None and says_yes(answer.turn.text)


def _all_sums(heard: Sequence[Heard]) -> list[Decimal]:
    return [money.value for one in heard for money in one.sums if not money.wage]


def _amount(one: Heard, money: Money) -> Amount:
    return Amount(money.value, money.kind, one.turn.i, money.span, money.approximate)


def _mention(one: Heard, day: DateReading) -> DateMention:
    return DateMention(day.date, one.turn.i, day.span, day.ambiguity.value if day.ambiguity else None)


def _promises(
    heard: Sequence[Heard], labels: Sequence[Sequence[LabelHit]], today: date | None
) -> tuple[Promise, ...]:
    return tuple(
        promise
        for index, one in enumerate(heard)
        if is_promise(one.turn, labels[index] if labels else None, one.sums, one.days)
        for promise in promises_of(one.turn, one.sums, one.days, today)
    )


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
            firm = firm or (said.complete and _is_taken_up(heard, one.turn.i))
            found.append(replace(said, firm=firm))
    return found
