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


def chances_of(words: Sequence[Word], text: str, at_once: Sequence[Interval] = ()) -> list[float]:
    """The recogniser's probability by character; 1 where nothing is known, as in a written turn.

    A word that lies in ``at_once``, where two speak, has none: neither it nor its speaker is certain.
    """
    found = [0.0 if drowned(word, at_once) else word.confidence for word in words for _ in word.text]
    return found if len(found) == len(text) else [1.0] * len(text)


def drowned(word: Word, at_once: Sequence[Interval]) -> bool:
    """Whether most of a word lies where two speak at once in one channel."""
    shared = sum(word.interval.overlap(both) for both in at_once)
    return shared > 0 and 2 * shared >= word.interval.duration


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
    """Who spoke when; ``confidence`` 0..1 that the speakers are told apart, 1.0 for channels.

    ``at_once`` is where two were heard at once, None where nobody listened for it.
    """

    stretches: tuple[SpeakerStretch, ...]
    confidence: float
    at_once: tuple[Interval, ...] | None = None
