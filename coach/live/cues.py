"""What is said to the person who talks: a cue, and the lines of the checklist."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.labels import LabelId
from coach.domain.review import CriterionKind, Outcome
from coach.domain.text import Text
from coach.domain.time import Interval, Seconds


class CueKind(StrEnum):
    """How a cue is shown: a fault at once and plainly, a reminder gently."""

    FAULT = "fault"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: what was said (or heard, for a reminder) and what to say instead (or next).

    ``at`` are the seconds of the words, ``raised_at`` how far the session was when it was raised,
    ``confidence`` how sure it is that these words are the fault.
    """

    kind: CueKind
    criterion: str
    title: Text
    critical: bool
    quote: str
    at: Interval
    because: Text
    advice: Text
    better: Text
    raised_at: Seconds
    confidence: float = 1.0


class LineState(StrEnum):
    """A line of the checklist so far."""

    MET = "met"
    PARTLY = "partly"
    OPEN = "open"
    UNNEEDED = "unneeded"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion as it stands now; a do that was met stays met."""

    criterion: str
    kind: CriterionKind
    title: Text
    critical: bool
    state: LineState


@dataclass(frozen=True, slots=True)
class Moment:
    """After one of ``after``, ``criterion`` is awaited within ``patience`` turns of the coached party.

    ``by_coached``: the coached party said it, otherwise the other side.
    """

    criterion: str
    after: tuple[LabelId, ...]
    patience: int
    by_coached: bool = False


MOMENTS = (
    Moment("empathy", (LabelId.HARDSHIP,), 1),
    Moment("explain_evidence", (LabelId.DISPUTE,), 2),
    Moment("confirm_commitment", (LabelId.PROMISE,), 2),
    Moment("offer_plan", (LabelId.HARDSHIP, LabelId.REFUSAL), 3),
    Moment("written_confirmation", (LabelId.PROMISE,), 4),
    Moment("written_confirmation", (LabelId.CONFIRM_COMMITMENT,), 3, by_coached=True),
)
"""When a missing do is worth a reminder. Sources: A1 3.2, A3 四.4, 五.2, 六.1-2; A2 三.4."""


def line_state(kind: CriterionKind, outcome: Outcome, credit: float) -> LineState:
    """The state of a line; what cannot be told yet is open."""
    if kind is CriterionKind.DONT:
        return LineState.FAULT if outcome is Outcome.NOT_MET else LineState.OPEN
    match outcome:
        case Outcome.MET:
            return LineState.MET
        case Outcome.NOT_APPLICABLE:
            return LineState.UNNEEDED
        case _:
            return LineState.PARTLY if credit > 0 else LineState.OPEN
