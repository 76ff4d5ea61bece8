"""Where live sound comes from: one stream of 16 kHz frames with the moment at which each block arrived."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds
from coach.live.tape import RATE, Frames

Clock = Callable[[], float]
"""Seconds of a clock that never goes back."""

BLOCK: Seconds = 0.032


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Frames of shape (n, channels) and the moment (of ``Clock``) at which the last of them was there."""

    frames: Frames
    arrived: float


class Source(Protocol):
    """A stream of sound that is asked for what has come since it was asked last."""

    @property
    def channels(self) -> int:
        """Channels of its blocks; known after ``start``."""
        ...

    @property
    def lost(self) -> bool:
        """Whether there is no sound at present because its device has gone; silence comes instead."""
        ...

    @property
    def ended(self) -> bool:
        """Whether nothing will come any more."""
        ...

    @property
    def dropped(self) -> int:
        """How often the sound system threw sound away before it could be fetched."""
        ...

    def start(self) -> None:
        """Begin; raises ``DeviceError`` when there is no such device."""
        ...

    def pull(self) -> list[Block]:
        """What has arrived, without waiting."""
        ...

    def pause(self, paused: bool) -> None:
        """While paused nothing comes, and no time passes."""
        ...

    def stop(self) -> None:
        """End; may be called twice."""
        ...


class FileSource:
    """A decoded recording played as if it were live; ``speed`` 0 is as fast as it is taken."""

    lost = False
    dropped = 0

    def __init__(
        self,
        audio: DecodedAudio,
        *,
        speed: float = 1.0,
        keep: bool = True,
        clock: Clock = time.monotonic,
    ) -> None:
        self._audio = audio
        self._keep = keep
        self._speed = speed
        self._clock = clock
        self._began = 0.0
        self._at = 0
        self._paused_at: float | None = None

    @property
    def channels(self) -> int:
        """As the file has them: one or two."""
        return self._audio.channels

    @property
    def ended(self) -> bool:
        """Whether all of it has been played."""
        return self._at >= self._audio.frames

    def start(self) -> None:
        """The first sample is now."""
        self._began = self._clock()

    def pull(self) -> list[Block]:
        """What would have been heard by now, in whole blocks."""
        if self._paused_at is not None:
            return []
        found: list[Block] = []
        step = round(BLOCK * RATE)
        while not self.ended and len(found) < 32:
            end = min(self._audio.frames, self._at + step)
            due = self._began + end / RATE / self._speed if self._speed else self._clock()
            if due > self._clock():
                break
            found.append(Block(self._read(self._at, end), due))
            self._at = end
        return found

    def pause(self, paused: bool) -> None:
        """Hold the playing, or go on from there."""
        if paused and self._paused_at is None:
            self._paused_at = self._clock()
        elif not paused and self._paused_at is not None:
            self._began += self._clock() - self._paused_at
            self._paused_at = None

    def stop(self) -> None:
        """Nothing more is played; decoded samples that are not to be kept are deleted."""
        self._at = self._audio.frames
        if not self._keep:
            self._audio.path.unlink(missing_ok=True)

    def _read(self, first: int, last: int) -> Frames:
        from coach.audio.samples import raw

        block = raw(self._audio, Interval(first / RATE, last / RATE))
        return np.array(block[: last - first])


def decoded(path: Path, into: Path, *, max_hours: float) -> DecodedAudio:
    """A recording decoded for playing; raises ``RecordingError``."""
    from coach.audio.files import decode, probe

    return decode(probe(path), into, report=lambda _share: None, max_hours=max_hours)
