"""The review: outcomes of all criteria with their evidence, the score and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from coach.domain.observations import ObservedCall
from coach.domain.speaker_change import SpeakerChange
from coach.domain.text import Text, UiLanguage
from coach.domain.time import Interval, Span


class Outcome(StrEnum):
    """What became of a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_DETERMINABLE = "not_determinable"


class Verdict(StrEnum):
    """What became of the call."""

    PASS = "pass"
    NEEDS_WORK = "needs_work"
    FAIL = "fail"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it is: the turn, its seconds (None for a transcript without times) and the words."""

    turn: int
    interval: Interval | None
    quote: str
    span: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rule of a criterion said of the call, before any points are given.

    ``credit`` is the exact share of the criterion that was reached; ``to_check`` holds evidence too weak to
    count, for a person to look at.
    """

    criterion: str
    outcome: Outcome
    credit: Fraction
    because: Text
    evidence: tuple[Evidence, ...] = ()
    to_check: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The findings with the score 0..100 (None: nothing could be judged, and ``because`` says why)."""

    findings: tuple[Finding, ...]
    score: Fraction | None
    verdict: Verdict
    because: Text
    critical: tuple[str, ...] = ()


class CriterionKind(StrEnum):
    """What sort of line a criterion is."""

    DO = "do"
    DONT = "dont"
    MANNER = "manner"


@dataclass(frozen=True, slots=True)
class CriterionInfo:
    """What a reader of a card needs of a criterion, kept with the review as it was when it was judged.

    ``met_title`` is what a fault that did not happen is called ("No threats"); None: ``title`` will do.
    """

    id: str
    kind: CriterionKind
    title: Text
    source: str
    weight: Fraction
    critical: bool
    advice: Text
    better: Text
    met_title: Text | None = None

    def title_when(self, outcome: Outcome) -> Text:
        """The title as it reads beside ``outcome``."""
        return self.met_title if self.met_title is not None and outcome is Outcome.MET else self.title


@dataclass(frozen=True, slots=True)
class Review:
    """A call, what was observed in it and its scorecard under one version of a playbook.

    Where a person said who speaks, ``changes`` says what, who and when, and ``machine`` is the review as it
    was before.
    """

    observed: ObservedCall
    scorecard: Scorecard
    criteria: tuple[CriterionInfo, ...]
    playbook_version: str
    changes: tuple[SpeakerChange, ...] = ()
    machine: Review | None = None

    def to_dict(self, *, language: UiLanguage = "zh") -> dict[str, Any]:
        """The review as the public JSON object ``coach.review/1``; texts for people in ``language``."""
        from coach.domain.review_object import review_object

        return review_object(self, language)
