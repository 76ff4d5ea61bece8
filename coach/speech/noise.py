"""Steady noise under speech, taken down before recognition where there is much of it.

Spectral subtraction (Boll 1979) with a floor to its gain (Berouti et al. 1979): what lies at the level of the
noise loses 9 dB, what stands above it stays. The noise is what is heard where the voice detector hears
nobody, stretch by stretch, so that it may change in a long call.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from coach.audio.samples import Samples
from coach.domain.time import Seconds

STRETCH: Seconds = 128.0
"""So much of a recording has one noise."""
NOISY_DB = 15.0
"""Speech that stands less than this above the noise is cleaned."""
_BLOCK_FRAMES, _KEPT_BLOCKS = 64, 32
"""While sound comes in, the noise is that of the last 64 s, in blocks of 2 s (frames of 32 ms)."""
_LENGTH, _HOP = 512, 128
_FLOOR = 0.35
_AROUND_FRAMES, _AROUND_BINS = 2, 1
_LEAST_FRAMES = 30
_SPEAKS, _SILENT = 0.5, 0.1
_WINDOW = np.hanning(_LENGTH + 1)[:-1].astype(np.float32)
_NOTHING = 1e-12

Powers = npt.NDArray[np.floating]
Spectra = npt.NDArray[np.complexfloating]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """Power spectra of a stretch, summed over its frames with speech and those without, and how many."""

    speech: Powers
    noise: Powers
    speech_frames: int
    noise_frames: int


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """The mean power spectrum of the noise by ``STRETCH``, shape (stretches, bins)."""

    powers: Powers

    def taken_down(self, samples: Samples, start: Seconds) -> Samples:
        """``samples``, which begin at ``start`` of the recording, with less noise; as many as before."""
        if not len(samples):
            return samples
        padded = np.pad(samples, (_LENGTH, _LENGTH + -len(samples) % _HOP))
        spectra = _spectra(padded)
        noise = self.powers[min(int(start / STRETCH), len(self.powers) - 1)]
        around = _smoothed(np.abs(spectra) ** 2)
        gain = np.maximum(1.0 - noise / np.maximum(around, _NOTHING), _FLOOR)
        return _joined(spectra * gain, len(padded))[_LENGTH : _LENGTH + len(samples)]


def heard(samples: Samples, speech: npt.NDArray[np.float32]) -> Heard:
    """What a stretch holds; ``speech`` are probabilities over frames of equal length."""
    if len(samples) < _LENGTH or not len(speech):
        nothing = np.zeros(_LENGTH // 2 + 1)
        return Heard(nothing, nothing, 0, 0)
    power = np.abs(_spectra(samples)) ** 2
    middle = (np.arange(len(power)) * _HOP + _LENGTH // 2) * len(speech) // len(samples)
    probability = speech[np.minimum(middle, len(speech) - 1)]
    spoken = power[probability >= _SPEAKS]
    silent = _quieter_half(power[(probability < _SILENT) & (power.sum(axis=1) > _NOTHING)])
    return Heard(spoken.sum(axis=0), silent.sum(axis=0), len(spoken), len(silent))


def _quieter_half(power: Powers) -> Powers:
    """Without the breaths and ends of words that the voice detector lets pass."""
    order = np.argsort(power.sum(axis=1), kind="stable")
    return power[order[: (len(order) + 1) // 2]]


def noise_of(stretches: Sequence[Heard]) -> Noise | None:
    """The noise of a recording, or None where there is little or it cannot be told."""
    whole = _together(stretches)
    silent, spoken = whole.noise_frames, whole.speech_frames
    if silent < _LEAST_FRAMES or spoken < _LEAST_FRAMES:
        return None
    voice, noise = float(whole.speech.sum()) / spoken, float(whole.noise.sum()) / silent
    if 10 * np.log10(max(voice, _NOTHING) / max(noise, _NOTHING)) >= NOISY_DB:
        return None
    return Noise(
        np.stack(
            [one.noise / one.noise_frames if one.noise_frames >= _LEAST_FRAMES else whole.noise / silent
             for one in stretches]
        )
    )  # fmt: skip


@dataclass
class NoiseSoFar:
    """The noise of sound that is still coming in, from what was heard of it lately."""

    _lately: deque[Heard] = field(default_factory=lambda: deque(maxlen=_KEPT_BLOCKS))
    _samples: list[Samples] = field(default_factory=list)
    _speech: list[float] = field(default_factory=list)

    def hear(self, frame: Samples, speech: float) -> None:
        """Take in the next frame and the probability of a voice in it."""
        self._samples.append(frame)
        self._speech.append(speech)
        if len(self._samples) == _BLOCK_FRAMES:
            self._lately.append(heard(np.concatenate(self._samples), np.array(self._speech, np.float32)))
            self._samples, self._speech = [], []

    def taken_down(self, samples: Samples) -> Samples:
        """``samples`` with less noise where there is much of it."""
        noise = noise_of([_together(self._lately)]) if self._lately else None
        return samples if noise is None else noise.taken_down(samples, 0.0)


def _together(parts: Sequence[Heard]) -> Heard:
    nothing = np.zeros(_LENGTH // 2 + 1)
    return Heard(
        sum((one.speech for one in parts), nothing),
        sum((one.noise for one in parts), nothing),
        sum(one.speech_frames for one in parts),
        sum(one.noise_frames for one in parts),
    )


def _spectra(samples: Samples) -> Spectra:
    return np.asarray(np.fft.rfft(sliding_window_view(samples, _LENGTH)[::_HOP] * _WINDOW, axis=1))


def _smoothed(power: Powers) -> Powers:
    """Each value with its neighbours in time and frequency, so that single peaks of noise do not pass."""
    found = power
    for axis, reach in ((0, _AROUND_FRAMES), (1, _AROUND_BINS)):
        edges = [(reach, reach) if axis == a else (0, 0) for a in (0, 1)]
        found = sliding_window_view(np.pad(found, edges, mode="edge"), 2 * reach + 1, axis=axis).mean(axis=-1)
    return found


def _joined(spectra: Spectra, count: int) -> Samples:
    """The samples of overlapping frames."""
    frames = np.fft.irfft(spectra, _LENGTH, axis=1) * _WINDOW
    steps = _LENGTH // _HOP
    sums = np.zeros((len(frames) + steps - 1, _HOP))
    for step in range(steps):
        sums[step : step + len(frames)] += frames[:, step * _HOP : (step + 1) * _HOP]
    whole = sums.reshape(-1) / float((_WINDOW**2).sum() / _HOP)
    return np.asarray(np.pad(whole, (0, max(0, count - len(whole))))[:count], np.float32)
