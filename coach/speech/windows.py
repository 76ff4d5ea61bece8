"""Cut a voice into the windows that the recogniser hears at once, at pauses and without long silences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coach.audio.samples import Samples
from coach.domain.time import Interval, Seconds
from coach.speech.voice import Voice

LONGEST: Seconds = 28.0
"""The recogniser hears 30 s at most."""
LONGEST_PAUSE: Seconds = 1.2
"""A longer pause within a window is left out down to this."""


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive stretches of a recording that are heard as one."""

    parts: tuple[Interval, ...]

    @property
    def duration(self) -> Seconds:
        """Seconds of sound in the window."""
        return sum(part.duration for part in self.parts)

    @property
    def hull(self) -> Interval:
        """From the first to the last stretch in the recording."""
        return self.parts[0].hull(self.parts[-1])

    def samples(self, voice: Voice) -> Samples:
        """The stretches joined, for recognition."""
        return np.concatenate([voice.cleaned(part) for part in self.parts])

    def original(self, at: Interval) -> Interval:
        """The interval of the recording for seconds of the window, both ends by themselves."""
        start = self._second(at.start)
        return Interval(start, max(start, self._second(at.end)))

    def _second(self, at: Seconds) -> Seconds:
        for part in self.parts:
            if at <= part.duration:
                return part.start + max(0.0, at)
            at -= part.duration
        return self.parts[-1].end


def windows(speech: Sequence[Interval], *, until: Seconds, aim: Seconds) -> tuple[Window, ...]:
    """Windows of about ``aim`` seconds of sound, never longer than ``LONGEST``."""
    found: list[Window] = []
    parts: list[Interval] = []
    length = 0.0
    for piece in _pieces(speech, until):
        if parts and length + piece.duration > aim:
            found.append(Window(tuple(_joined(parts))))
            parts, length = [], 0.0
        parts.append(piece)
        length += piece.duration
    if parts:
        found.append(Window(tuple(_joined(parts))))
    return tuple(found)


def _pieces(speech: Sequence[Interval], until: Seconds) -> list[Interval]:
    """Each stretch of speech with its share of the pauses around it, cut where it is too long."""
    pieces: list[Interval] = []
    for i, at in enumerate(speech):
        before = at.start - speech[i - 1].end if i else 2 * at.start
        after = speech[i + 1].start - at.end if i + 1 < len(speech) else 2 * (until - at.end)
        widest = LONGEST_PAUSE / 2
        start, end = at.start - min(widest, before / 2), min(until, at.end + min(widest, after / 2))
        count = int((end - start) // LONGEST) + 1
        edges = np.linspace(start, end, count + 1).tolist()
        pieces.extend(Interval(a, b) for a, b in pairwise(edges))
    return pieces


def _joined(parts: Sequence[Interval]) -> list[Interval]:
    joined = [parts[0]]
    for part in parts[1:]:
        if part.start - joined[-1].end < 1e-6:
            joined[-1] = joined[-1].hull(part)
        else:
            joined.append(part)
    return joined
