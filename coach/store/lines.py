"""What the store answers with: lines of lists, filters, and what people said of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from coach.domain.carrying import Left
from coach.domain.people import AccountRole
from coach.domain.review import Outcome, Scorecard, Verdict
from coach.domain.rulings import Ruling, RulingKind
from coach.domain.time import Interval, Seconds, Span

T = TypeVar("T")


class CallState(StrEnum):
    """How far people have come with a call."""

    NEW = "new"
    IN_REVIEW = "in_review"
    SIGNED = "signed"
    ACKNOWLEDGED = "acknowledged"


class Order(StrEnum):
    """How a list of calls is sorted; risk: critical findings, then appeals, then what is uncertain."""

    RISK = "risk"
    NEWEST = "newest"
    OLDEST = "oldest"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class CallLine:
    """A line of the list of calls, without the words; the verdict is as it stands after people's rulings.

    ``withheld``: the agent has yet to score himself, and everything that judges is left empty.
    """

    id: str
    title: str
    added_at: datetime
    verdict: Verdict
    score: float | None
    critical: tuple[str, ...]
    playbook: str
    language: str
    started_at: datetime | None
    duration: Seconds | None
    has_audio: bool
    playbook_version: str = ""
    happened_at: datetime | None = None
    machine_verdict: Verdict = Verdict.NOT_ASSESSED
    machine_score: float | None = None
    ruled: bool = False
    agent: str | None = None
    state: CallState = CallState.NEW
    doubts: int = 0
    appeals: int = 0
    risk: int = 0
    cleared: bool = False
    hold: bool = False
    version: int = 1
    removed: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """Which calls are wanted; what is empty or None does not matter.

    ``text`` is what was said, or its pinyin; ``since`` and ``until`` are the days ``[since, until)`` on which
    the call was made; ``criterion`` with ``outcome`` are calls in which that finding came out so.
    """

    text: str = ""
    title: str = ""
    verdicts: tuple[Verdict, ...] = ()
    critical: bool | None = None
    agents: tuple[str, ...] = ()
    playbooks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    states: tuple[CallState, ...] = ()
    since: date | None = None
    until: date | None = None
    appealed: bool | None = None
    doubtful: bool | None = None
    ruled: bool | None = None
    cleared: bool | None = None
    criterion: str | None = None
    outcome: Outcome | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values; what does not matter is left out."""
        days = {name: value.isoformat() for name in ("since", "until") if (value := getattr(self, name))}
        return {name: value for name, value in asdict(self).items() if value not in ("", (), None)} | days

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Filters:
        """The filters that ``to_json`` wrote; an unknown name is left out."""
        known = {field.name for field in fields(cls)}
        given = {name: value for name, value in found.items() if name in known}
        for name, kind in (("verdicts", Verdict), ("states", CallState)):
            if name in given:
                given[name] = tuple(kind(value) for value in given[name])
        for name in ("agents", "playbooks", "languages"):
            if name in given:
                given[name] = tuple(given[name])
        for name in ("since", "until"):
            if given.get(name):
                given[name] = date.fromisoformat(given[name])
        if given.get("outcome"):
            given["outcome"] = Outcome(given["outcome"])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list; ``next`` is where the following one begins, None at the end."""

    items: tuple[T, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A turn in which the wanted words were said; ``spans`` are their places in ``text``."""

    turn: int
    role: str
    start: Seconds | None
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A call in which the wanted words were said; ``more`` than the moments that are shown."""

    call: CallLine
    moments: tuple[Moment, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class ReviewVersion:
    """One review of a call by the machine."""

    version: int
    made_at: datetime
    playbook: str
    playbook_version: str
    verdict: Verdict
    score: float | None


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A ruling as it is kept; ``ruling`` is what scoring reads.

    ``carried``: it was made on an earlier review. ``left``: why it does not count on this one; its place is
    then the words and the seconds, and its turn that of the review on which it was made.
    """

    id: int
    ruling: Ruling
    version: int
    by: str
    made_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None
    carried: bool = False
    left: Left | None = None

    @property
    def kind(self) -> RulingKind:
        """What was ruled."""
        return self.ruling.kind

    @property
    def at(self) -> Interval | None:
        """The seconds that an added finding names."""
        return self.ruling.at


@dataclass(frozen=True, slots=True)
class HumanCard:
    """The machine's card, and the one that people's rulings make of it (None: nobody has ruled)."""

    machine: Scorecard
    human: Scorecard | None
    rulings: tuple[RulingLine, ...]

    @property
    def stands(self) -> Scorecard:
        """The card that counts."""
        return self.machine if self.human is None else self.human


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a call, at a moment (``at`` seconds, ``turn``) or on the whole."""

    id: int
    text: str
    at: Seconds | None
    turn: int | None
    by: str
    made_at: datetime


class AppealKind(StrEnum):
    """What an agent says is wrong with a finding."""

    WRONG_HIT = "wrong_hit"
    WRONG_SPEAKER = "wrong_speaker"
    WRONG_WORDS = "wrong_words"
    MISSING_EVIDENCE = "missing_evidence"


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal against a finding; ``granted`` None: it waits for its answer."""

    id: int
    call_id: str
    criterion: str
    turn: int | None
    kind: AppealKind
    text: str
    by: str
    made_at: datetime
    granted: bool | None
    answer: str
    answered_by: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An agent has read the review, or one finding of it."""

    by: str
    criterion: str
    version: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SelfScore:
    """What somebody says of his own call, by criterion."""

    by: str
    outcomes: Mapping[str, Outcome]
    note: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SignOff:
    """A supervisor stands by the card."""

    id: int
    by: str
    version: int
    note: str
    made_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondReview:
    """A blind second scoring: asked for, and (``submitted_at``) done."""

    id: int
    call_id: str
    title: str
    rater: str
    assigned_by: str
    assigned_at: datetime
    submitted_at: datetime | None
    outcomes: Mapping[str, Outcome]
    note: str


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater says of one criterion of one call."""

    call_id: str
    criterion: str
    rater: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a criterion of an agent's calls came out so in the week that begins on ``week``.

    An empty ``criterion`` stands for the calls: ``outcome`` is the verdict and ``total`` the sum of scores.
    """

    week: date
    agent: str
    playbook: str
    criterion: str
    outcome: str
    n: int
    total: float


@dataclass(frozen=True, slots=True)
class WorstMoment:
    """A critical fault as it stands, and where it is."""

    call: CallLine
    criterion: str
    turn: int | None
    start: Seconds | None


@dataclass(frozen=True, slots=True)
class Clip:
    """A place in an earlier call where a criterion came out as wanted."""

    call_id: str
    title: str
    turn: int | None
    start: Seconds | None
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise to pay; ``kept`` None: not known yet.

    ``gone``: what was noted of a promise whose words a later review does not have any more; ``quote`` are
    these words, ``start`` the second at which they were.
    """

    id: int
    call_id: str
    title: str
    agent: str | None
    turn: int
    who: str
    amount: float | None
    due: date | None
    kept: bool | None
    noted_by: str | None
    gone: bool = False
    quote: str = ""
    start: Seconds | None = None


@dataclass(frozen=True, slots=True)
class PlaybookVersion:
    """A playbook's text as it once was; ``by`` None: it came with a review."""

    fingerprint: str
    playbook: str
    version: str
    by: str | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SavedView:
    """Filters and an order under a name."""

    name: str
    filters: Filters
    order: Order


@dataclass(frozen=True, slots=True)
class Exercise:
    """A piece of practice with its result."""

    id: int
    account: str
    kind: str
    subject: str
    score: float | None
    result: Mapping[str, Any]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """An account as colleagues see it."""

    id: str
    login: str
    name: str
    role: AccountRole
    active: bool


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which call, and when; never a word of it."""

    id: int
    at: datetime
    account: str
    action: str
    subject: str
    detail: Mapping[str, Any]
