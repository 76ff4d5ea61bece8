"""Where two speak at once in a mono recording (segmentation-3.0, int8), looked for where speakers change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from coach.audio.samples import Samples
from coach.domain.time import Interval, Seconds, merge
from coach.domain.transcript import SpeakerStretch
from coach.speech.network import network

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_RATE = 16_000
_HOP = 270
_FRAME = 991
"""Samples from frame to frame, and that a frame of the network sees."""
_WINDOW: Seconds = 4.0
_TOGETHER: Seconds = 1.0
"""Changes no further apart share a window."""
_PAUSE: Seconds = 0.2
"""Speakers who leave a longer pause take turns."""
_UNBROKEN: Seconds = 0.01
"""Without more than this between them, where one stretch ends is a guess of the diarizer."""
_REACH: Seconds = 1.5
"""How far from the change the diarizer's pieces may put it."""
_PAIRS = slice(4, 7)
"""Of the classes (nobody, one of three, two of three) those in which two speak."""
_LEAST_PROBABILITY = 0.4
_LEAST: Seconds = 0.1
_GAP: Seconds = 0.1
_BATCH = 8

Probabilities = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class OverlapDetector:
    """``folder`` holds the network; it is loaded for one recording at a time, in some 10 ms."""

    folder: Path

    def find(
        self, stretches: Sequence[SpeakerStretch], samples: Callable[[Interval], Samples]
    ) -> tuple[Interval, ...]:
        """Where two speak at once, near the changes of speaker in ``stretches``; ``samples`` reads the sound.

        Raises ``ModelError`` when the weights are missing.
        """
        places = changes(stretches)
        if not places:
            return ()
        session = network(self.folder, "the detector of speech at once")
        windows = windows_around(places)
        found: list[Interval] = []
        for first in range(0, len(windows), _BATCH):
            batch = windows[first : first + _BATCH]
            for window, probabilities in zip(batch, _both(session, batch, samples), strict=True):
                found.extend(overlaps(probabilities, window.start))
        return merge(one for one in found if any(_near(one, place) for place in places))


def changes(stretches: Sequence[SpeakerStretch]) -> tuple[Seconds, ...]:
    """When one speaker follows another without a pause."""
    return tuple(
        (before.interval.end + after.interval.start) / 2
        for before, after in pairwise(stretches)
        if _follows(before, after)
    )


def handed_over(
    stretches: Sequence[SpeakerStretch], at_once: Sequence[Interval]
) -> tuple[SpeakerStretch, ...]:
    """The stretches, each change in unbroken speech moved to the middle of the nearest place beside it."""
    found = list(stretches)
    for i, (before, after) in enumerate(pairwise(stretches)):
        change = before.interval.end
        middles = [(both.start + both.end) / 2 for both in at_once if _near(both, change)]
        middle = min(middles, key=lambda place: abs(place - change), default=change)
        unbroken = before.speaker != after.speaker and before.interval.gap(after.interval) <= _UNBROKEN
        if unbroken and found[i].interval.start < middle < after.interval.end:
            found[i] = SpeakerStretch(before.speaker, Interval(found[i].interval.start, middle))
            found[i + 1] = SpeakerStretch(after.speaker, Interval(middle, after.interval.end))
    return tuple(found)


def windows_around(places: Sequence[Seconds]) -> tuple[Interval, ...]:
    """Windows of one length, each with its place in the middle; near places share one."""
    middles: list[Seconds] = []
    for place in places:
        if not middles or place - middles[-1] > _TOGETHER:
            middles.append(place)
    starts = (max(0.0, middle - _WINDOW / 2) for middle in middles)
    return tuple(Interval(start, start + _WINDOW) for start in starts)


def overlaps(probabilities: Probabilities, start: Seconds) -> Iterator[Interval]:
    """Where the probability of two voices by frame, from ``start`` on, is high for long enough."""
    likely = np.concatenate([[False], probabilities >= _LEAST_PROBABILITY, [False]])
    edges = np.flatnonzero(np.diff(likely.astype(np.int8)))
    middle = start + (_FRAME - _HOP) / 2 / _RATE
    runs = (
        Interval(middle + float(first) * _HOP / _RATE, middle + float(last) * _HOP / _RATE)
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    )
    return (run for run in merge(runs, gap=_GAP) if run.duration >= _LEAST)


def _both(
    session: InferenceSession, windows: Sequence[Interval], samples: Callable[[Interval], Samples]
) -> Probabilities:
    """The probability of two voices, by window and frame; a window past the end is filled with silence."""
    length = round(_WINDOW * _RATE)
    batch = np.zeros((len(windows), 1, length), np.float32)
    for row, window in zip(batch, windows, strict=True):
        heard = samples(window)[:length]
        row[0, : len(heard)] = heard
    speaking = session.run(None, {"samples": batch})[0]
    return np.asarray(speaking[:, :, _PAIRS].sum(axis=2), np.float32)


def _follows(before: SpeakerStretch, after: SpeakerStretch) -> bool:
    """Whether another speaker goes on without a pause."""
    return before.speaker != after.speaker and before.interval.gap(after.interval) <= _PAUSE


def _near(one: Interval, place: Seconds) -> bool:
    return one.start - _REACH <= place <= one.end + _REACH
