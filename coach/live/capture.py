"""Several sources as one stream of frames: a channel each, in step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.domain.time import Seconds
from coach.live.sources import Block, Source
from coach.live.tape import RATE, Frames

MOST_APART: Seconds = 4.5
"""A source that is behind the other by more (its clock runs slower) is filled up with silence.

More than the time after which a device is taken for gone, which fills its own gaps.
"""


class Capture:
    """One source with its channels, or two with one each: microphone and loopback.

    ``silent`` adds a second channel without sound, for a microphone that only one party speaks into.
    """

    def __init__(self, sources: Sequence[Source], *, silent: bool = False) -> None:
        self._sources = tuple(sources)
        self._silent = silent
        self._pending: list[list[Frames]] = [[] for _ in self._sources]

    @property
    def channels(self) -> int:
        """Channels of the blocks; known after ``start``."""
        return sum(source.channels for source in self._sources) + self._silent

    @property
    def lost(self) -> tuple[bool, ...]:
        """By source, whether its device has gone."""
        return tuple(source.lost for source in self._sources)

    @property
    def ended(self) -> bool:
        """Whether nothing will come any more."""
        return all(source.ended for source in self._sources)

    @property
    def dropped(self) -> int:
        """Overflows of the sound system, over all sources."""
        return sum(source.dropped for source in self._sources)

    def start(self) -> None:
        """Begin all; when one cannot, none runs."""
        try:
            for source in self._sources:
                source.start()
            if len(self._sources) > 1:
                for source in self._sources:
                    source.pull()  # what the first one heard while the second was being opened
        except BaseException:
            self.stop()
            raise

    def pause(self, paused: bool) -> None:
        """Hold or go on."""
        for source in self._sources:
            source.pause(paused)

    def stop(self) -> None:
        """End all."""
        for source in self._sources:
            source.stop()

    def pull(self) -> list[Block]:
        """What has arrived from all of them, in step."""
        if len(self._sources) == 1:
            return [self._widened(block) for block in self._sources[0].pull()]
        arrived = 0.0
        for pending, source in zip(self._pending, self._sources, strict=True):
            for block in source.pull():
                pending.append(block.frames)
                arrived = max(arrived, block.arrived)
        self._fill()
        count = min(sum(len(frames) for frames in pending) for pending in self._pending)
        if not count:
            return []
        return [Block(np.hstack([_taken(pending, count) for pending in self._pending]), arrived)]

    def _fill(self) -> None:
        counts = [sum(len(frames) for frames in pending) for pending in self._pending]
        for pending, count in zip(self._pending, counts, strict=True):
            missing = max(counts) - count
            if missing > MOST_APART * RATE:
                pending.append(np.zeros((missing, 1), np.int16))

    def _widened(self, block: Block) -> Block:
        if not self._silent:
            return block
        return Block(np.hstack([block.frames, np.zeros_like(block.frames)]), block.arrived)


def _taken(pending: list[Frames], count: int) -> Frames:
    joined = np.concatenate(pending)
    pending[:] = [joined[count:]] if len(joined) > count else []
    return joined[:count]
