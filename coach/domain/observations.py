"""What was observed in a call: labels, personal data, facts and the manner of speaking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # a field is called date
from decimal import Decimal
from enum import StrEnum

from coach.domain.call import Call, Role
from coach.domain.labels import LabelId, PiiType
from coach.domain.time import Interval, Seconds, Span


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label on a turn; not ``sure`` means: shown to be checked by a person, and never critical by itself.

    ``confidence`` is a calibrated probability, ``span`` the words that carry the label where known.
    """

    label: LabelId
    confidence: float
    sure: bool = True
    span: Span | None = None


Hits = tuple[tuple[LabelHit, ...], ...]
"""The labels of each turn, in the order of the turns."""


@dataclass(frozen=True, slots=True)
class PiiSpan:
    """Personal data in a turn's text."""

    type: PiiType
    span: Span
    confidence: float = 1.0


class AmountKind(StrEnum):
    """What a sum of money is in the call."""

    OVERDUE = "overdue"
    INSTALMENT = "instalment"
    FEE = "fee"
    PARTIAL = "partial"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money that was said; ``approximate`` when it was only named roughly (大概四千多)."""

    value: Decimal
    kind: AmountKind
    turn: int
    span: Span
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day that was said; ``date`` None where it cannot be resolved, and ``ambiguity`` says why or how."""

    date: Day | None
    turn: int
    span: Span
    ambiguity: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Instalments; ``adds_up`` None when the sum to be paid is not known."""

    total: Decimal | None
    instalments: int | None
    each: Decimal | None = None
    starts: Day | None = None
    adds_up: bool | None = None
    turn: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment to pay: who, what (``approximate`` when not to the unit), when, how."""

    who: Role
    amount: Decimal | None
    due: Day | None
    how: str | None
    turn: int
    span: Span
    approximate: bool = False


class Identity(StrEnum):
    """What the coached side knows of the person on the line."""

    UNKNOWN = "unknown"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    THIRD_PARTY = "third_party"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class Facts:
    """The joined facts of a call; ``identity`` holds the state before each turn.

    ``amount_due_approximate`` when nobody named the sum to the unit, so that it is not to be stated as exact.
    """

    amount_due: Decimal | None = None
    deadline: Day | None = None
    plan: Plan | None = None
    amounts: tuple[Amount, ...] = ()
    dates: tuple[DateMention, ...] = ()
    promises: tuple[Promise, ...] = ()
    identity: tuple[Identity, ...] = ()
    amount_due_approximate: bool = False


@dataclass(frozen=True, slots=True)
class TurnSpeech:
    """The manner of one turn against the speaker's own baseline; None where it cannot be measured.

    ``pace`` is characters (Chinese) or words (English) a second, ``tilt_db`` the treble against the bass,
    which grows with effort, ``*_z`` robust deviations from the speaker's own median in this call.
    """

    pace: float | None = None
    loudness_db: float | None = None
    pitch_hz: float | None = None
    loudness_z: float | None = None
    pitch_z: float | None = None
    pace_z: float | None = None
    pause_before: Seconds | None = None
    tilt_db: float | None = None
    raised: bool | None = None
    hurried: bool | None = None
    interrupts: bool = False
    backchannel: bool = False


class SpeechEventKind(StrEnum):
    """What can be marked on the time line."""

    INTERRUPTION = "interruption"
    OVERLAP = "overlap"
    SILENCE = "silence"
    RAISED_VOICE = "raised_voice"
    HURRIED = "hurried"
    MONOLOGUE = "monologue"


@dataclass(frozen=True, slots=True)
class SpeechEvent:
    """Something heard in the manner of speaking; ``role`` who did it, None for a silence."""

    kind: SpeechEventKind
    interval: Interval
    role: Role | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class CallSpeech:
    """Measures over the whole call; shares 0..1 by role, counts by role, lengths in seconds."""

    talk_share: Mapping[Role, float]
    interruptions: Mapping[Role, int]
    pace: Mapping[Role, float]
    longest_monologue: Mapping[Role, Seconds]
    overlap: Seconds
    silence: Seconds
    events: tuple[SpeechEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class ObservedCall:
    """A call with everything that was observed in it; the tuples by turn run parallel to ``call.turns``.

    ``turn_speech`` and ``speech`` are None when there was no sound, ``labels`` None when no classifier ran.
    """

    call: Call
    labels: Hits | None
    pii: tuple[tuple[PiiSpan, ...], ...]
    facts: Facts
    turn_speech: tuple[TurnSpeech, ...] | None = None
    speech: CallSpeech | None = None
