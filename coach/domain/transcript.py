"""What the recogniser heard and who spoke when, before both are joined into turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.time import Interval


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word (for Chinese one or a few characters), with the recogniser's probability 0..1."""

    text: str
    interval: Interval
    confidence: float


def chances_of(words: Sequence[Word], text: str) -> list[float]:
    """The recogniser's probability by character; 1 where nothing is known, as in a written turn."""
    found = [word.confidence for word in words for _ in word.text]
    return found if len(found) == len(text) else [1.0] * len(text)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that the recogniser emitted at once; ``channel`` None when the recording is mono."""

    text: str
    interval: Interval
    words: tuple[Word, ...]
    confidence: float
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """All segments by start time, the language heard and how sure that is (0..1)."""

    segments: tuple[Segment, ...]
    language: str
    language_confidence: float


@dataclass(frozen=True, slots=True)
class SpeakerStretch:
    """One anonymous speaker's uninterrupted speech."""

    speaker: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who spoke when; ``confidence`` 0..1 that the speakers are told apart, 1.0 for channels."""

    stretches: tuple[SpeakerStretch, ...]
    confidence: float
