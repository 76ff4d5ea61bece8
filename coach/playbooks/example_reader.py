"""The examples of a criterion: small labelled calls with the outcome that they must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from coach.domain.call import Role
from coach.domain.labels import DONTS, DOS, OTHER_SIDE, LabelId
from coach.domain.observations import (
    Amount,
    AmountKind,
    CallSpeech,
    DateMention,
    Facts,
    Identity,
    LabelHit,
    Plan,
    SpeechEvent,
    SpeechEventKind,
)
from coach.domain.playbook import Example, ExampleTurn
from coach.domain.review import Outcome
from coach.domain.time import Interval, Span
from coach.playbooks.nodes import Place, nearest

_ROLES = tuple(role.value for role in Role)
_TURN = ("labels", "unsure", "confidence", "role_confidence")
_MEASURES = ("talk_share", "interruptions", "pace", "longest_monologue", "overlap", "silence", "events")
UNSURE_CONFIDENCE = 0.5


def read_example(place: Place, coached: Role) -> Example:
    """One example; dos may only stand on the coached party's turns, as in the rubric."""
    found = place.mapping(
        required=("title", "turns", "expect"),
        optional=("credit", "evidence", "facts", "speech", "started_at", "metadata", "classified"),
    )
    turns = tuple(_turn(item, coached) for item in found["turns"].items())
    return Example(
        title=found["title"].text(),
        line=place.line,
        turns=turns,
        outcome=found["expect"].choice(Outcome),
        credit=found["credit"].fraction() if "credit" in found else None,
        evidence=_evidence(found["evidence"], len(turns)) if "evidence" in found else None,
        facts=_facts(found["facts"], len(turns)) if "facts" in found else Facts(),
        speech=_speech(found["speech"]) if "speech" in found else None,
        started_at=_moment(found["started_at"]) if "started_at" in found else None,
        metadata=_metadata(found["metadata"]) if "metadata" in found else {},
        classified=found["classified"].switch() if "classified" in found else True,
    )


def _turn(place: Place, coached: Role) -> ExampleTurn:
    found = place.mapping(optional=(*_ROLES, *_TURN))
    speakers = [role for role in _ROLES if role in found]
    if len(speakers) != 1:
        raise place.wrong(f"a turn has exactly one speaker as a key: {', '.join(_ROLES)}")
    role = Role(speakers[0])
    return ExampleTurn(
        role=role,
        text=found[role.value].text(),
        labels=(*_labels(found, "labels", role, coached), *_labels(found, "unsure", role, coached)),
        confidence=found["confidence"].number(least=0, most=1) if "confidence" in found else None,
        role_confidence=found["role_confidence"].number(least=0, most=1)
        if "role_confidence" in found
        else 1.0,
    )


def _labels(found: Mapping[str, Place], key: str, role: Role, coached: Role) -> tuple[LabelHit, ...]:
    if key not in found:
        return ()
    sure = key == "labels"
    hits: list[LabelHit] = []
    for place in found[key].one_or_more():
        label = place.choice(LabelId)
        allowed = label in DONTS or (label in DOS and role is coached)
        if not (allowed or (label in OTHER_SIDE and role is Role.CUSTOMER)):
            raise place.wrong(f"{label.value!r} cannot stand on a turn of the {role.value}")
        hits.append(LabelHit(label, 1.0 if sure else UNSURE_CONFIDENCE, sure=sure))
    return tuple(hits)


def _evidence(place: Place, turns: int) -> tuple[int, ...]:
    return tuple(_turn_number(item, turns) for item in place.items())


def _turn_number(place: Place, turns: int) -> int:
    number = place.count()
    if number >= turns:
        raise place.wrong(f"there are only turns 0 to {turns - 1}")
    return number


_FACTS = ("amount_due", "deadline", "amounts_in", "other_amounts_in", "dates_in", "plan", "identity")


def _facts(place: Place, turns: int) -> Facts:
    found = place.mapping(optional=_FACTS)
    due = _money(found["amount_due"]) if "amount_due" in found else None
    return Facts(
        amount_due=due,
        deadline=_day(found["deadline"]) if "deadline" in found else None,
        plan=_plan(found["plan"]) if "plan" in found else None,
        amounts=(
            *_amounts(found, "amounts_in", due or Decimal(1), AmountKind.OVERDUE, turns),
            *_amounts(found, "other_amounts_in", Decimal(1), AmountKind.OTHER, turns),
        ),
        dates=tuple(
            DateMention(None, _turn_number(item, turns), Span(0, 1))
            for item in (found["dates_in"].items() if "dates_in" in found else ())
        ),
        identity=tuple(
            item.choice(Identity) for item in (found["identity"].items() if "identity" in found else ())
        ),
    )


def _amounts(
    found: Mapping[str, Place], key: str, value: Decimal, kind: AmountKind, turns: int
) -> Iterator[Amount]:
    for item in found[key].items() if key in found else ():
        yield Amount(value, kind, _turn_number(item, turns), Span(0, 1))


def _plan(place: Place) -> Plan:
    found = place.mapping(optional=("total", "instalments", "adds_up", "turn"))
    return Plan(
        total=_money(found["total"]) if "total" in found else None,
        instalments=found["instalments"].count(least=1) if "instalments" in found else None,
        adds_up=found["adds_up"].switch() if "adds_up" in found else None,
        turn=found["turn"].count() if "turn" in found else None,
    )


def _money(place: Place) -> Decimal:
    exact = place.fraction()
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _day(place: Place) -> date:
    try:
        return date.fromisoformat(place.text())
    except ValueError:
        raise place.wrong("a day is written 2026-11-20") from None


def _moment(place: Place) -> datetime:
    try:
        return datetime.fromisoformat(place.text())
    except ValueError:
        raise place.wrong("a moment is written 2026-11-18T09:30:00+08:00") from None


def _speech(place: Place) -> CallSpeech:
    found = place.mapping(optional=_MEASURES)
    by_role = {key: _by_role(found[key]) if key in found else {} for key in _MEASURES[:4]}
    return CallSpeech(
        talk_share=by_role["talk_share"],
        interruptions={role: int(count) for role, count in by_role["interruptions"].items()},
        pace=by_role["pace"],
        longest_monologue=by_role["longest_monologue"],
        overlap=found["overlap"].number(least=0) if "overlap" in found else 0.0,
        silence=found["silence"].number(least=0) if "silence" in found else 0.0,
        events=tuple(_event(item) for item in (found["events"].items() if "events" in found else ())),
    )


def _by_role(place: Place) -> dict[Role, float]:
    values: dict[Role, float] = {}
    for key, (at, value) in place.open_mapping().items():
        if key not in _ROLES:
            raise at.wrong(f"unknown key {key!r}; {nearest(key, _ROLES)}")
        values[Role(key)] = value.number(least=0)
    return values


def _event(place: Place) -> SpeechEvent:
    found = place.mapping(required=("kind", "turn"), optional=("by",))
    turn = found["turn"].count()
    return SpeechEvent(
        kind=found["kind"].choice(SpeechEventKind),
        interval=Interval(float(turn), float(turn) + 1.0),
        role=found["by"].choice(Role) if "by" in found else None,
        turn=turn,
    )


def _metadata(place: Place) -> dict[str, str | float | bool]:
    return {key: _plain(value) for key, (_, value) in place.open_mapping().items()}


def _plain(place: Place) -> str | float | bool:
    raw = place.text()
    if raw.lower() in ("true", "false"):
        return raw.lower() == "true"
    try:
        return float(raw)
    except ValueError:
        return raw
