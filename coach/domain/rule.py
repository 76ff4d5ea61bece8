"""The rules of a playbook: how a criterion is seen in a call, as a tree of frozen nodes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.labels import LabelId, PiiType
from coach.domain.observations import SpeechEventKind


class Who(StrEnum):
    """Whose turns a rule looks at; ``OTHER`` is whoever is not coached."""

    COACHED = "coached"
    OTHER = "other"
    AGENT = "agent"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    ANYONE = "anyone"


class Mention(StrEnum):
    """What the fact finder saw in a turn: a sum, what is owed, a date (not "soon"), a day of the calendar."""

    AMOUNT = "amount"
    DEBT = "debt"
    DATE = "date"
    DAY = "day"


class FactName(StrEnum):
    """A joined fact of the call."""

    AMOUNT_DUE = "amount_due"
    DEADLINE = "deadline"
    DAYS_TO_DEADLINE = "days_to_deadline"
    PLAN = "plan"
    PLAN_INSTALMENTS = "plan_instalments"
    PLAN_ADDS_UP = "plan_adds_up"
    PROMISE = "promise"
    PROMISE_AMOUNT = "promise_amount"
    PROMISE_DATE = "promise_date"
    PROMISE_HOW = "promise_how"


class Party(StrEnum):
    """Who was reached by the call."""

    DEBTOR = "debtor"
    THIRD_PARTY = "third_party"
    WRONG_NUMBER = "wrong_number"
    IDENTITY_CONFIRMED = "identity_confirmed"


class MeasureName(StrEnum):
    """A measure of the manner of speaking; seconds, counts, shares 0..1, characters or words a second."""

    TALK_SHARE = "talk_share"
    INTERRUPTIONS = "interruptions"
    INTERRUPTIONS_PER_MINUTE = "interruptions_per_minute"
    PACE = "pace"
    LONGEST_MONOLOGUE = "longest_monologue"
    SILENCE = "silence"
    OVERLAP = "overlap"


class Which(StrEnum):
    """How many of the occurrences must be answered."""

    ANY = "any"
    FIRST = "first"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Inclusive limits; None is no limit."""

    at_least: float | None = None
    at_most: float | None = None

    def hold(self, value: float) -> bool:
        """Whether ``value`` lies within the limits."""
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Said:
    """Turns of ``by`` for which everything that is given holds at once; nothing given: any turn of theirs.

    ``labels`` any of them; ``phrases`` any of them, folded in script, width and case, and with
    ``sounds_like`` also by sound; ``expressions`` any of them; none of ``exclusions``.
    """

    by: Who
    labels: tuple[LabelId, ...] = ()
    min_confidence: float = 0.0
    phrases: tuple[str, ...] = ()
    sounds_like: bool = False
    expressions: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    personal_data: tuple[PiiType, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A joined fact is known, where ``by`` is given from their words; with bounds, its number lies within."""

    name: FactName
    bounds: Bounds = Bounds()
    by: Who = Who.ANYONE


@dataclass(frozen=True, slots=True)
class Reached:
    """Who was on the line."""

    party: Party


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of speech of ``by`` lies within the bounds."""

    name: MeasureName
    by: Who
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Event:
    """Something in the manner of speaking was heard from ``by`` that often."""

    kind: SpeechEventKind
    by: Who
    bounds: Bounds = Bounds(at_least=1)


@dataclass(frozen=True, slots=True)
class CallField:
    """A field of the call or of its metadata is one of ``values``, or its number within the bounds.

    Fields of every call: ``language``, ``hour`` (0..24, local time of the start), ``duration`` (seconds).
    """

    field: str
    values: tuple[str, ...] = ()
    bounds: Bounds = Bounds()


@dataclass(frozen=True, slots=True)
class In:
    """The rule, looking only at the first or last turns (of ``by``) or seconds; exactly one is given."""

    rule: Rule
    by: Who = Who.ANYONE
    first_turns: int | None = None
    last_turns: int | None = None
    first_seconds: float | None = None
    last_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """After (or before) an occurrence of ``anchor``, ``rule`` holds within ``turns`` turns of ``by``.

    ``turns`` None: up to the end (or from the start) of the call. ``here`` adds the anchor's own turn.
    """

    anchor: Rule
    rule: Rule
    turns: int | None
    by: Who = Who.COACHED
    backwards: bool = False
    here: bool = False
    which: Which = Which.ANY


@dataclass(frozen=True, slots=True)
class Before:
    """``first`` is there and is not preceded by ``then``; the same turn is early enough."""

    first: Rule
    then: Rule


@dataclass(frozen=True, slots=True)
class Count:
    """The number of turns in which ``rule`` is seen lies within the bounds."""

    rule: Rule
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every rule holds."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one rule holds."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The rule does not hold: absence."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Hint:
    """Whatever the rule sees is only for a person to check; a hint never holds by itself."""

    rule: Rule


Rule = (
    Said
    | Fact
    | Reached
    | Measure
    | Event
    | CallField
    | In
    | Within
    | Before
    | Count
    | AllOf
    | AnyOf
    | Not
    | Hint
)
