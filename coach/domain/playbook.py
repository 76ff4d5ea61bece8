"""The playbook: the criteria a call is judged by, their weights and the bars of the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from coach.domain.call import Role
from coach.domain.labels import LabelId
from coach.domain.observations import CallSpeech, Facts, LabelHit
from coach.domain.review import CriterionInfo, CriterionKind, Outcome
from coach.domain.rule import Rule
from coach.domain.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a criterion's credit and the rule that earns it.

    ``when`` None: always wanted; ``if_known``: it falls away where it cannot be determined.
    """

    share: Fraction
    seen: Rule
    done: Text
    missing: Text
    when: Rule | None = None
    if_known: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """What a person should look at beside the criterion; it never changes outcome or credit."""

    seen: Rule
    note: Text


@dataclass(frozen=True, slots=True)
class Severity:
    """Points that a fault takes: ``first`` once, ``again`` for each further turn, ``at_most`` in all."""

    first: Fraction
    again: Fraction
    at_most: Fraction

    def points(self, faults: int) -> Fraction:
        """Points for that many faulty turns."""
        if faults <= 0:
            return Fraction(0)
        return min(self.at_most, self.first + (faults - 1) * self.again)


@dataclass(frozen=True, slots=True)
class ExampleTurn:
    """A turn of an example with the labels that it carries; ``unsure`` ones are below the threshold."""

    role: Role
    text: str
    labels: tuple[LabelHit, ...] = ()
    confidence: float | None = None
    role_confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A small call on which a criterion must come out as ``outcome`` (and, where given, with ``credit``)."""

    title: str
    line: int
    turns: tuple[ExampleTurn, ...]
    outcome: Outcome
    credit: Fraction | None = None
    evidence: tuple[int, ...] | None = None
    facts: Facts = field(default_factory=Facts)
    speech: CallSpeech | None = None
    started_at: datetime | None = None
    metadata: Mapping[str, str | float | bool] = field(default_factory=dict)
    classified: bool = True


@dataclass(frozen=True, slots=True)
class Sentences:
    """Single sentences of the coached party for the turn classifier: these carry the label, those do not."""

    fire: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the playbook.

    A do or a manner has a ``weight`` and earns it by ``parts``; a don't has a ``severity`` and a single part
    whose rule sees the fault. ``needs_turns``: with fewer turns of the coached party, absence says nothing.
    """

    id: str
    kind: CriterionKind
    title: Text
    source: str
    parts: tuple[Part, ...]
    advice: Text
    better: Text
    weight: Fraction = Fraction(0)
    severity: Severity | None = None
    critical: bool = False
    applies: Rule | None = None
    otherwise: Text | None = None
    check: Check | None = None
    needs_turns: int = 0
    examples: tuple[Example, ...] = ()
    sentences: Sentences = Sentences()
    label: LabelId | None = None
    met_title: Text | None = None

    @property
    def info(self) -> CriterionInfo:
        """What a card keeps of the criterion; the weight of a don't is what its first fault takes."""
        weight = self.weight if self.severity is None else self.severity.first
        return CriterionInfo(
            id=self.id,
            kind=self.kind,
            title=self.title,
            source=self.source,
            weight=weight,
            critical=self.critical,
            advice=self.advice,
            better=self.better,
            met_title=self.met_title,
        )


@dataclass(frozen=True, slots=True)
class Bars:
    """Scores from which a call passes, or needs work; a critical fault caps the score."""

    passed: Fraction
    needs_work: Fraction
    critical_cap: Fraction


@dataclass(frozen=True, slots=True)
class Trust:
    """From what on words and roles are believed; all 0..1.

    A conclusion from silence needs ``readable_share`` of the characters in believed turns.
    """

    word_confidence: float
    role_confidence: float
    readable_share: float


@dataclass(frozen=True, slots=True)
class Assessable:
    """What a call must have so that it gets a score.

    ``coached_words``: Chinese characters and words of other scripts; ``known_share`` 0..1 of the weight that
    applies must be determinable; ``snr_db`` the least signal-to-noise ratio; ``about_debt``: a call in which
    nobody speaks of a debt gets none.
    """

    languages: tuple[str, ...]
    coached_turns: int
    other_turns: int
    coached_words: int
    known_share: Fraction
    snr_db: float
    about_debt: bool = False


@dataclass(frozen=True, slots=True)
class Playbook:
    """All criteria; ``version`` names the edition, ``fingerprint`` is the SHA-256 of the file's bytes."""

    id: str
    version: str
    fingerprint: str
    title: Text
    coached: Role
    bars: Bars
    trust: Trust
    assessable: Assessable
    criteria: tuple[Criterion, ...]
    defined: Mapping[str, Rule] = field(default_factory=dict)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion of that id; raises ``KeyError`` when there is none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def infos(self) -> tuple[CriterionInfo, ...]:
        """What a review keeps of the criteria, in their order."""
        return tuple(criterion.info for criterion in self.criteria)
