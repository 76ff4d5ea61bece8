"""Joined facts, who was reached, and fields of the call, as rules see them."""

from __future__ import annotations

from coach.domain.call import Role
from coach.domain.observations import Facts, Identity
from coach.domain.rule import CallField, Fact, FactName, Party, Reached, Who
from coach.domain.text import Text
from coach.rules.seen import Hit, Seen, told, unknown
from coach.rules.view import View

NO_DAY = Text(
    "不知道通话日期，无法换算成日历日（请填写通话日期）",
    "the day of the call is not known, so that no day of the calendar follows (enter the day of the call)",
)
NO_SUM = Text(
    "不知道应还总额，无法核对分期合计", "the sum to be paid is not known, so the plan cannot be added up"
)


def fact(rule: Fact, view: View) -> Seen:
    """Whether the fact is known, within the bounds; what nobody could hear is unknown, not absent."""
    facts = view.observed.facts
    day = view.observed.call.started_at
    if rule.name is FactName.PLAN_ADDS_UP:
        return _adds_up(facts)
    if rule.name in (FactName.DEADLINE, FactName.DAYS_TO_DEADLINE) and facts.deadline is None:
        undated = any(mention.date is None for mention in facts.dates)
        return unknown(NO_DAY) if day is None and undated else _absent(view)
    if rule.name is FactName.DAYS_TO_DEADLINE and day is None:
        return unknown(NO_DAY)
    value = _value(rule.name, view)
    if value is None:
        return _absent(view)
    places = tuple(hit for hit in _places(rule.name, facts) if view.is_by(hit.turn, rule.by))
    return told(rule.bounds.hold(value) and (rule.by is Who.ANYONE or bool(places)), places)


def _value(name: FactName, view: View) -> float | None:
    """The fact as a number (1.0 where it is simply there); None when it is not known."""
    facts, day = view.observed.facts, view.observed.call.started_at
    match name:
        case FactName.AMOUNT_DUE:
            return None if facts.amount_due is None else float(facts.amount_due)
        case FactName.DEADLINE:
            return None if facts.deadline is None else 1.0
        case FactName.DAYS_TO_DEADLINE:
            return (
                None if facts.deadline is None or day is None else float((facts.deadline - day.date()).days)
            )
        case FactName.PLAN:
            return None if facts.plan is None else 1.0
        case FactName.PLAN_INSTALMENTS:
            return None if facts.plan is None else _number(facts.plan.instalments)
        case FactName.PLAN_ADDS_UP:
            return None
        case FactName.PROMISE:
            return 1.0 if facts.promises else None
        case FactName.PROMISE_AMOUNT:
            return max((float(p.amount) for p in facts.promises if p.amount is not None), default=None)
        case FactName.PROMISE_DATE:
            return 1.0 if any(p.due is not None for p in facts.promises) else None
        case FactName.PROMISE_HOW:
            return 1.0 if any(p.how is not None for p in facts.promises) else None


def _number(value: int | None) -> float | None:
    return None if value is None else float(value)


def _adds_up(facts: Facts) -> Seen:
    if facts.plan is None:
        return told(False)
    if facts.plan.adds_up is None:
        return unknown(NO_SUM)
    return told(facts.plan.adds_up, _places(FactName.PLAN, facts))


def _absent(view: View) -> Seen:
    blind = view.blind(view.everything, Who.ANYONE)
    return told(False) if blind is None else unknown(blind)


def _places(name: FactName, facts: Facts) -> tuple[Hit, ...]:
    match name:
        case FactName.AMOUNT_DUE:
            return tuple(Hit(a.turn, a.span) for a in facts.amounts if a.value == facts.amount_due)[:1]
        case FactName.DEADLINE | FactName.DAYS_TO_DEADLINE:
            return tuple(Hit(d.turn, d.span) for d in facts.dates if d.date == facts.deadline)[-1:]
        case FactName.PLAN | FactName.PLAN_INSTALMENTS | FactName.PLAN_ADDS_UP:
            plan = facts.plan
            return () if plan is None or plan.turn is None else (Hit(plan.turn, plan.span),)
        case _:
            return tuple(Hit(p.turn, p.span) for p in facts.promises)


def reached(rule: Reached, view: View) -> Seen:
    """Who was on the line, by what the identity states and the roles of the turns say."""
    states = set(view.observed.facts.identity)
    roles = {turn.role for turn in view.turns}
    strangers = states & {Identity.THIRD_PARTY, Identity.WRONG_NUMBER}
    match rule.party:
        case Party.IDENTITY_CONFIRMED:
            return told(Identity.CONFIRMED in states, _confirmed_at(view))
        case Party.WRONG_NUMBER:
            return told(Identity.WRONG_NUMBER in states)
        case Party.THIRD_PARTY:
            return told(Role.THIRD_PARTY in roles or Identity.THIRD_PARTY in states)
        case Party.DEBTOR:
            if Identity.CONFIRMED in states:
                return told(True)
            if strangers:
                return told(False)
            return _debtor_by_role(roles)


def _confirmed_at(view: View) -> tuple[Hit, ...]:
    """The turn after which the identity was known: states stand before their turns."""
    states = view.observed.facts.identity
    if Identity.CONFIRMED not in states:
        return ()
    return (Hit(max(0, states.index(Identity.CONFIRMED) - 1)),)


def _debtor_by_role(roles: set[Role]) -> Seen:
    if Role.CUSTOMER in roles:
        return told(True)
    if Role.UNKNOWN in roles:
        return unknown(Text("分不清通话的另一方是谁", "it is not clear who the other party is"))
    return told(False)


def call_field(rule: CallField, view: View) -> Seen:
    """A field of the call or its metadata against the values or bounds of the rule."""
    value = _field(rule.field, view)
    if value is None:
        return unknown(Text(f"没有提供通话信息“{rule.field}”", f"the call's '{rule.field}' was not given"))
    if rule.values:
        return told(str(value).lower() in rule.values)
    if not isinstance(value, int | float):
        return unknown(Text(f"通话信息“{rule.field}”不是数字", f"the call's '{rule.field}' is not a number"))
    return told(rule.bounds.hold(float(value)))


def _field(field: str, view: View) -> str | float | bool | None:
    call = view.observed.call
    match field:
        case "language":
            return call.language
        case "duration":
            return call.duration
        case "hour":
            start = call.started_at
            return None if start is None else start.hour + start.minute / 60
        case _:
            return call.metadata.get(field)
