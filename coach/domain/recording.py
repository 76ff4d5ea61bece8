"""The recording: the file that was given, and its samples once decoded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach.domain.time import Interval, Seconds


@dataclass(frozen=True, slots=True)
class Recording:
    """An audio file as probed; ``id`` is the SHA-256 of its bytes, ``name`` what the user called it."""

    id: str
    path: Path
    name: str
    codec: str
    sample_rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class DecodedAudio:
    """Decoded samples on disk: little-endian int16, ``channels`` interleaved, ``sample_rate`` Hz.

    Readers map the file into memory window by window, so that memory does not grow with length.
    ``complete`` is false when the file broke off before the length that it claims.
    """

    path: Path
    sample_rate: int
    channels: int
    frames: int
    complete: bool = True

    @property
    def duration(self) -> Seconds:
        """Length in seconds of decoded samples (not what the container claims)."""
        return self.frames / self.sample_rate

    @property
    def whole(self) -> Interval:
        """The interval from the first to past the last sample."""
        return Interval(0.0, self.duration)


@dataclass(frozen=True, slots=True)
class AudioQuality:
    """What the sound allows: shares are 0..1, ``snr_db`` None where nobody speaks."""

    speech_share: float
    snr_db: float | None
    clipped_share: float
    bandwidth_hz: float
    level_dbfs: float
