"""A gate between two channels: what is only the other party's bleed is silenced before it is recognised.

Without it a telephone set that leaks at -15 dB is transcribed twice (measured: error 0.09 becomes 0.88).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coach.audio.samples import Samples, blocks, raw, read
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds

HOP: Seconds = 0.02
FLOOR_DB = -90.0
_ACTIVE_DB = 18.0
"""A frame this far above its channel's noise floor has a voice in it."""
_CLOSED_MARGIN_DB = 6.0
"""The gate closes below the usual level of the bleed plus this."""
_MOST_BLEED_DB = -3.0
_LEAST_BLEED_DB = -35.0
_HOLD_FRAMES = 5

Levels = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """``open[channel, frame]`` by frames of ``HOP`` seconds."""

    open: npt.NDArray[np.bool_]

    def read(self, audio: DecodedAudio, at: Interval, channel: int) -> Samples:
        """Samples of one channel with the other party's bleed silenced."""
        samples = read(audio, at, channel)
        rate = audio.sample_rate
        frames = (np.arange(len(samples)) + round(at.start * rate)) // round(HOP * rate)
        passed = self.open[channel, np.minimum(frames, self.open.shape[1] - 1)]
        return np.where(passed, samples, np.float32(0.0))


def levels(audio: DecodedAudio) -> Levels:
    """Level of each channel in dB of full scale, shape (channels, frames of ``HOP``)."""
    hop = round(HOP * audio.sample_rate)
    parts = []
    for block in blocks(audio):
        samples = raw(audio, block).astype(np.float32) / 32_768.0
        short = -len(samples) % hop
        if short:
            samples = np.pad(samples, ((0, short), (0, 0)))
        parts.append((samples.reshape(-1, hop, audio.channels) ** 2).mean(axis=1).T)
    power = np.concatenate(parts, axis=1) if parts else np.zeros((audio.channels, 1), np.float32)
    return np.asarray(10 * np.log10(np.maximum(power, 10 ** (FLOOR_DB / 10))), np.float32)


def gate(both: Levels) -> Gate:
    """The gate of a recording with two channels, from their levels."""
    closed = np.stack([_bleed(both[0], both[1]), _bleed(both[1], both[0])])
    return Gate(~closed)


def _bleed(own: Levels, other: Levels) -> npt.NDArray[np.bool_]:
    """Frames in which ``own`` holds nothing but the leaked ``other``.

    The usual step down from the other channel to this one while only the other speaks is the leak; a frame at
    about that step is bleed, a frame well above it is two people talking at once.
    """
    active = other > np.percentile(other, 10) + _ACTIVE_DB
    step = own - other
    lower = active & (step < _MOST_BLEED_DB)
    if not lower.any():
        return np.zeros(own.shape, np.bool_)
    usual = float(np.median(step[lower]))
    threshold = max(_LEAST_BLEED_DB, min(_MOST_BLEED_DB, usual + _CLOSED_MARGIN_DB))
    closed = (step < threshold) & (other > np.percentile(other, 10) + _ACTIVE_DB / 2)
    return _held_open(closed)


def _held_open(closed: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Short closures within speech are taken back, since they would clip consonants."""
    run = np.ones(_HOLD_FRAMES, np.int32)
    return np.asarray(np.convolve(closed, run, "same") >= _HOLD_FRAMES // 2 + 1)
