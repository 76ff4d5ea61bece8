"""Where an utterance begins and ends, from the probability of a voice in each frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from coach.domain.time import Interval, Seconds

FRAME_SAMPLES = 512
FRAME: Seconds = FRAME_SAMPLES / 16_000
START, STAY = 0.3, 0.15
"""A voice is there above the first; it is still there above the second."""
EARLY: Seconds = 0.16
"""After so much silence the words are worked out, in case that was all."""
END: Seconds = 0.35
"""After so much silence it was all: the words are final."""
LONGEST: Seconds = 9.0
"""Who speaks on is cut at the quietest place of the last ``LOOK_BACK``."""
LOOK_BACK: Seconds = 2.5
LEAD: Seconds = 0.2
"""So much before the first voiced frame is heard too: consonants begin softly."""
SHORTEST: Seconds = 0.12
EVERY: Seconds = 1.6
"""While somebody speaks on, tentative words come about so often."""


class Step(StrEnum):
    """What a frame meant."""

    SPEAKING = "speaking"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames ``[first, last)`` of one utterance so far, of which the last voice was before ``voiced``."""

    step: Step
    first: int
    last: int
    voiced: int

    @property
    def interval(self) -> Interval:
        """Its seconds."""
        return Interval(self.first * FRAME, self.last * FRAME)


@dataclass
class Endpointer:
    """One channel; frames are counted from 0 and fed one by one."""

    _at: int = 0
    _first: int | None = None
    _voiced: int = 0
    _said: int = 0
    _told: int = 0
    _paused: bool = False
    _floor: int = 0
    _recent: list[float] = field(default_factory=list)

    @property
    def speaking(self) -> bool:
        """Whether an utterance is under way."""
        return self._first is not None

    @property
    def first(self) -> int:
        """The first frame that may still be asked for."""
        return self._at - _frames(LEAD) if self._first is None else self._first

    def feed(self, probability: float) -> Stretch | None:
        """The next frame; a stretch when there is something to hear."""
        here = self._at
        self._at += 1
        self._recent.append(probability)
        del self._recent[: -_frames(LOOK_BACK)]
        if self._first is None:
            if probability >= START:
                self._begin(max(self._floor, here - _frames(LEAD)), here)
            return None
        if probability >= STAY:
            self._voiced = here + 1
            self._said += 1
            self._paused = False
        silent = self._at - self._voiced
        if silent >= _frames(END):
            return self._end(self._at - silent + min(silent, _frames(LEAD)))
        if self._at - self._first >= _frames(LONGEST):
            return self._cut()
        if silent >= _frames(EARLY) and not self._paused and self._said >= _frames(SHORTEST):
            self._paused, self._told = True, self._at
            return Stretch(Step.PAUSED, self._first, self._at, self._voiced)
        if not silent and self._at - self._told >= _frames(EVERY):
            self._told = self._at
            return Stretch(Step.SPEAKING, self._first, self._at, self._voiced)
        return None

    def flush(self) -> Stretch | None:
        """The end of the sound: what is under way is all."""
        if self._first is None:
            return None
        return self._end(self._at)

    def _begin(self, first: int, here: int) -> None:
        self._first, self._voiced, self._said = first, here + 1, 1
        self._told, self._paused = here, False

    def _end(self, last: int) -> Stretch | None:
        assert self._first is not None
        found = Stretch(Step.ENDED, self._first, last, self._voiced)
        enough = self._said >= _frames(SHORTEST)
        self._first, self._floor = None, last
        return found if enough else None

    def _cut(self) -> Stretch:
        assert self._first is not None
        recent = self._recent
        smooth = [sum(recent[max(0, i - 2) : i + 3]) for i in range(len(recent) - 1)]
        quietest = min(range(len(smooth)), key=lambda i: (smooth[i], -i))
        at = max(self._first + _frames(SHORTEST), self._at - len(recent) + quietest)
        found = Stretch(Step.ENDED, self._first, at, at)
        voiced = self._voiced
        self._begin(at, self._at - 1)
        self._voiced, self._said = max(at, voiced), self._at - at
        return found


def _frames(seconds: Seconds) -> int:
    return max(1, round(seconds / FRAME))
