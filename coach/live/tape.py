"""The recording of a session, a WAV file that plays whatever happens to the process that writes it."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from coach.domain.errors import RecordingError
from coach.domain.time import Seconds

RATE = 16_000
SYNC_EVERY: Seconds = 2.0
"""At most so much sound is lost when the machine (not only the process) goes down."""
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")

Frames = npt.NDArray[np.int16]
"""16-bit samples, shape (frames, channels)."""
Opener = Callable[[Path], BinaryIO]


def _unbuffered(path: Path) -> BinaryIO:
    return open(path, "wb", buffering=0)  # noqa: PTH123  (closed by the tape)


class Tape:
    """16-bit WAV at 16 kHz that grows as sound arrives.

    The header is made true and the file flushed to disk every ``SYNC_EVERY`` seconds; ``mend`` makes it true
    again after a crash. Raises ``OSError`` when the disk is full; what was written before stays playable.
    """

    def __init__(self, path: Path, channels: int, opener: Opener = _unbuffered) -> None:
        self.path = path
        self.channels = channels
        self.frames = 0
        self._synced = 0
        self._file = opener(path)
        _write_all(self._file, _header(channels, 0))

    @property
    def seconds(self) -> Seconds:
        """Length of what is on the tape."""
        return self.frames / RATE

    def write(self, frames: Frames) -> None:
        """Append frames of shape (n, channels)."""
        _write_all(self._file, np.ascontiguousarray(frames, "<i2").tobytes())
        self.frames += len(frames)
        if self.frames - self._synced >= SYNC_EVERY * RATE:
            self.sync()

    def sync(self) -> None:
        """Make the header true and bring everything to disk."""
        end = self._file.tell()
        self._file.seek(0)
        _write_all(self._file, _header(self.channels, self.frames))
        self._file.seek(end)
        os.fsync(self._file.fileno())
        self._synced = self.frames

    def close(self) -> None:
        """Close the file and cut off what is no whole frame, also after an error in writing."""
        self._file.close()
        mend(self.path)


def mend(path: Path) -> Seconds:
    """Make the header of a tape true after a crash; returns the seconds of sound on it.

    Raises ``RecordingError`` when it is no tape of ours or cannot be written.
    """
    try:
        with path.open("r+b") as file:
            head = file.read(_HEADER.size)
            if len(head) < _HEADER.size or head[:4] != b"RIFF" or head[36:40] != b"data":
                raise RecordingError(f"{path.name} is not the recording of a live session")
            channels: int = _HEADER.unpack(head)[6]
            size = path.stat().st_size - _HEADER.size
            frames = size // (2 * channels)
            file.truncate(_HEADER.size + frames * 2 * channels)
            file.seek(0)
            file.write(_header(channels, frames))
    except OSError as error:
        raise RecordingError(f"{path.name} cannot be mended: {error.strerror}") from None
    return float(frames / RATE)


def _write_all(file: BinaryIO, data: bytes) -> None:
    """Write everything; an unbuffered file may take a part only."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _header(channels: int, frames: int) -> bytes:
    size = frames * channels * 2
    return _HEADER.pack(
        *(b"RIFF", min(size + 36, 0xFFFFFFFF), b"WAVE", b"fmt ", 16, 1),
        *(channels, RATE, RATE * channels * 2, channels * 2, 16, b"data", min(size, 0xFFFFFFFF)),
    )
