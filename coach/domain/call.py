"""The call: a conversation of turns, before anything has been judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from coach.domain.recording import AudioQuality
from coach.domain.time import Interval, Seconds, Span
from coach.domain.transcript import Word


class Role(StrEnum):
    """The part somebody plays in the call."""

    AGENT = "agent"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Correction:
    """Words that were changed after recognition; ``span`` lies in the corrected text."""

    span: Span
    original: str
    because: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One party's uninterrupted hold of the floor; ``interval`` None when the times are not known.

    ``confidence`` is the recogniser's (None for a written transcript), ``role_confidence`` how sure it is
    that ``role`` said it.
    """

    i: int
    role: Role
    text: str
    interval: Interval | None = None
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    role_confidence: float = 1.0
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class AsrInfo:
    """What recognised the words."""

    model: str
    language: str
    language_confidence: float


@dataclass(frozen=True, slots=True)
class Call:
    """A conversation; ``playbook`` is the playbook's id, ``coached`` the party that is judged.

    ``at_once`` is where two were heard to speak at once in one channel; None where the turns' own times tell
    it, or nobody listened.
    """

    id: str
    source: str
    playbook: str
    coached: Role
    language: str
    turns: tuple[Turn, ...]
    started_at: datetime | None = None
    duration: Seconds | None = None
    channels: int | None = None
    asr: AsrInfo | None = None
    quality: AudioQuality | None = None
    at_once: tuple[Interval, ...] | None = None
    metadata: Mapping[str, str | float | bool] = field(default_factory=dict)
