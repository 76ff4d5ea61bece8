"""Frames to utterances: voice activity, ends of speech, words; tentative ones first, then final ones."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol, TypeVar

import numpy as np

from coach.audio.samples import Samples
from coach.domain.time import Interval, Seconds
from coach.domain.transcript import Segment
from coach.live.endpoint import FRAME, FRAME_SAMPLES, LONGEST, START, Endpointer, Step, Stretch
from coach.live.sources import Clock
from coach.live.tape import RATE, Frames
from coach.speech.cluster import Vectors
from coach.speech.noise import NoiseSoFar
from coach.speech.voice import regions

_KEPT = round((LONGEST + 4.0) / FRAME)
_BLEED_DB = -12.0
"""A channel that is so much quieter than the other, while that one speaks, holds only its bleed."""
SHED_AFTER: Seconds = 0.6
"""When the recogniser is so far behind, tentative words are left out; final words and sound never are."""
_CONTEXT_FOR: Seconds = 10.0
_SURE_OF_LANGUAGE = 0.8
_LEAST_FOR_LANGUAGE: Seconds = 1.2
_MOST_LANGUAGE_TRIES = 4
_PIECE: Seconds = 2.4
_PAUSE: Seconds = 0.12
_VOICE_WINDOW: Seconds = 1.5


class Hears(Protocol):
    """An utterance to words."""

    def hear(
        self,
        samples: Samples,
        *,
        starts: Seconds,
        language: str,
        speech_share: float,
        channel: int | None,
        before: tuple[int, ...] = (),
    ) -> tuple[Segment | None, tuple[int, ...]]:
        """The words, None where there are none, and the tokens for what follows."""
        ...

    def languages(self, samples: Samples) -> dict[str, float]:
        """The probability of each language."""
        ...


class HearsVoice(Protocol):
    """Frames of one channel to the probability of a voice."""

    def probability(self, frame: Samples) -> float:
        """Of the next frame."""
        ...


class Embeds(Protocol):
    """Clips of a voice to unit vectors."""

    def embed(self, clips: Sequence[Samples], on_done: Callable[[float], None]) -> Vectors:
        """One vector a clip."""
        ...


@dataclass(frozen=True, slots=True)
class Tentative:
    """What seems to be said at the moment; it may change."""

    channel: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Final words; ``spoken_until`` is the end of speech, ``pieces`` with ``vectors`` tell voices apart."""

    channel: int
    segment: Segment
    spoken_until: Seconds
    pieces: tuple[Interval, ...] = ()
    vectors: Vectors | None = None


Heard = Tentative | Utterance
_Kept = TypeVar("_Kept")


@dataclass
class _Channel:
    activity: HearsVoice
    ends: Endpointer = field(default_factory=Endpointer)
    frames: deque[Samples] = field(default_factory=lambda: deque(maxlen=_KEPT))
    voiced: deque[float] = field(default_factory=lambda: deque(maxlen=_KEPT))
    noise: NoiseSoFar = field(default_factory=NoiseSoFar)
    early: tuple[Stretch, Segment | None, tuple[int, ...]] | None = None
    shown: bool = False


@dataclass
class Tally:
    """Counts for the benchmark and the state."""

    tentative: int = 0
    shed: int = 0
    final: int = 0
    reused: int = 0


class Listener:
    """Hears all channels of a session; feed it frames in order.

    ``embedder`` only where several parties speak into one channel. ``language`` None: found out from the
    first utterances.
    """

    def __init__(
        self,
        hears: Hears,
        activities: Sequence[HearsVoice],
        *,
        language: str | None,
        embedder: Embeds | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self.language = language
        self.speech_seconds = [0.0] * len(activities)
        self.tally = Tally()
        self._hears = hears
        self._embedder = embedder
        self._clock = clock
        self._channels = [_Channel(activity) for activity in activities]
        self._rest: Frames = np.zeros((0, len(activities)), np.int16)
        self._at = 0
        self._before: tuple[tuple[int, ...], Seconds] = ((), 0.0)
        self._likely: dict[str, float] = {}
        self._tries = 0
        self._settled = language is not None

    @property
    def seconds(self) -> Seconds:
        """How far it has heard."""
        return self._at * FRAME

    @property
    def speaking(self) -> tuple[bool, ...]:
        """By channel, whether somebody speaks."""
        return tuple(channel.ends.speaking for channel in self._channels)

    def feed(self, frames: Frames, *, behind: Callable[[], Seconds]) -> list[Heard]:
        """What the next frames, shape (n, channels), made clear; ``behind`` is how much sound waits."""
        self._rest = np.concatenate([self._rest, frames]) if len(self._rest) else frames
        found: list[Heard] = []
        while len(self._rest) >= FRAME_SAMPLES:
            frame, self._rest = self._rest[:FRAME_SAMPLES], self._rest[FRAME_SAMPLES:]
            probabilities = self._probabilities(frame)
            self._at += 1
            for number, probability in enumerate(probabilities):
                stretch = self._channels[number].ends.feed(probability)
                if stretch is not None:
                    found.extend(self._hear(number, stretch, behind()))
        return found

    def flush(self) -> list[Heard]:
        """The sound has ended: hear what is under way."""
        found: list[Heard] = []
        for number, channel in enumerate(self._channels):
            stretch = channel.ends.flush()
            if stretch is not None:
                found.extend(self._hear(number, stretch, 0.0))
        return found

    def _probabilities(self, frame: Frames) -> list[float]:
        scaled = frame.astype(np.float32) / np.float32(32_768.0)
        found = []
        for number, channel in enumerate(self._channels):
            samples = np.ascontiguousarray(scaled[:, number])
            channel.frames.append(samples)
            found.append(channel.activity.probability(samples))
            channel.noise.hear(samples, found[-1])
        if len(found) == 2:
            found = _without_bleed(found, scaled)
        for number, (channel, probability) in enumerate(zip(self._channels, found, strict=True)):
            channel.voiced.append(probability)
            self.speech_seconds[number] += FRAME if probability >= START else 0.0
        return found

    def _hear(self, number: int, stretch: Stretch, behind: Seconds) -> list[Heard]:
        channel = self._channels[number]
        if stretch.step is not Step.ENDED:
            if behind > SHED_AFTER:
                self.tally.shed += 1
                return []
            self.tally.tentative += 1
            segment, tokens = self._words(number, stretch)
            channel.early = (stretch, segment, tokens) if stretch.step is Step.PAUSED else None
            if segment is None:
                return []
            channel.shown = True
            return [Tentative(number, segment.text)]
        return self._final(number, stretch)

    def _final(self, number: int, stretch: Stretch) -> list[Heard]:
        channel = self._channels[number]
        early, channel.early = channel.early, None
        found: list[Heard] = [Tentative(number, "")] if channel.shown else []
        channel.shown = False
        if early is not None and (early[0].first, early[0].voiced) == (stretch.first, stretch.voiced):
            _, segment, tokens = early
            self.tally.reused += 1
        else:
            segment, tokens = self._words(number, stretch)
        self._before = (tokens, stretch.interval.end)
        if segment is None:
            return found
        self.tally.final += 1
        pieces, vectors = self._voices(number, stretch)
        return [*found, Utterance(number, segment, stretch.voiced * FRAME, pieces, vectors)]

    def _words(self, number: int, stretch: Stretch) -> tuple[Segment | None, tuple[int, ...]]:
        samples = self._channels[number].noise.taken_down(self._samples(number, stretch))
        self._find_language(samples)
        tokens, until = self._before
        return self._hears.hear(
            samples,
            starts=stretch.interval.start,
            language=self.language or "zh",
            speech_share=float(np.mean(self._part(self._channels[number].voiced, stretch))),
            channel=number if len(self._channels) > 1 else None,
            before=tokens if stretch.interval.start - until < _CONTEXT_FOR else (),
        )

    def _find_language(self, samples: Samples) -> None:
        if self._settled or len(samples) < _LEAST_FOR_LANGUAGE * RATE:
            return
        self._tries += 1
        for language, probability in self._hears.languages(samples).items():
            self._likely[language] = self._likely.get(language, 0.0) + probability
        self.language = max(self._likely, key=lambda language: self._likely[language])
        sure = self._likely[self.language] / self._tries >= _SURE_OF_LANGUAGE
        self._settled = sure or self._tries >= _MOST_LANGUAGE_TRIES

    def _samples(self, number: int, stretch: Stretch) -> Samples:
        return np.concatenate(self._part(self._channels[number].frames, stretch))

    def _part(self, kept: deque[_Kept], stretch: Stretch) -> list[_Kept]:
        first = self._at - len(kept)
        return [kept[i - first] for i in range(max(first, stretch.first), min(self._at, stretch.last))]

    def _voices(self, number: int, stretch: Stretch) -> tuple[tuple[Interval, ...], Vectors | None]:
        """The utterance in pieces of one voice each, and what each sounds like."""
        if self._embedder is None:
            return (), None
        samples = self._samples(number, stretch)
        voiced = np.array(self._part(self._channels[number].voiced, stretch), np.float32)
        pieces = [
            part for region in regions(voiced, gap=_PAUSE, until=len(samples) / RATE) for part in _cut(region)
        ]
        if not pieces:
            return (), None
        clips = [samples[round(a * RATE) : round(b * RATE)] for a, b in map(_middle, pieces)]
        start = stretch.interval.start
        later = tuple(Interval(start + piece.start, start + piece.end) for piece in pieces)
        return later, self._embedder.embed(clips, lambda _share: None)


def _without_bleed(found: list[float], scaled: Samples) -> list[float]:
    power = 10 * np.log10(np.maximum((scaled**2).mean(axis=0), 1e-9))
    return [
        0.0 if found[1 - own] >= START and power[own] - power[1 - own] < _BLEED_DB else found[own]
        for own in (0, 1)
    ]


def _cut(at: Interval) -> list[Interval]:
    count = max(1, int(np.ceil(at.duration / _PIECE)))
    edges = np.linspace(at.start, at.end, count + 1).tolist()
    return [Interval(a, b) for a, b in pairwise(edges)]


def _middle(piece: Interval) -> tuple[Seconds, Seconds]:
    if piece.duration <= _VOICE_WINDOW:
        return piece.start, piece.end
    middle = (piece.start + piece.end) / 2
    return middle - _VOICE_WINDOW / 2, middle + _VOICE_WINDOW / 2
