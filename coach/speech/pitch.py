"""Pitch by autocorrelation, cheap enough for whole calls (about a thousandth of real time).

Source: P. Boersma, Accurate short-term analysis of the fundamental frequency (1993): the autocorrelation of a
windowed frame divided by that of the window.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from coach.audio.samples import Samples
from coach.domain.time import Seconds

HOP: Seconds = 0.02
_RATE = 8_000
_LENGTH, _FFT = 320, 1_024
_LOWEST_HZ, _HIGHEST_HZ = 65.0, 480.0
_VOICED = 0.5
_OCTAVE_COST = 0.03
_LEAST_ENERGY = 1e-5

Pitches = npt.NDArray[np.float32]


def pitches(samples: Samples) -> Pitches:
    """Hertz by ``HOP`` of samples at 16 kHz; NaN where there is no voice."""
    half = samples[: len(samples) // 2 * 2].reshape(-1, 2).mean(axis=1)
    if len(half) < _LENGTH:
        return np.zeros(0, np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(half, _LENGTH)[:: round(HOP * _RATE)]
    frames = (frames - frames.mean(axis=1, keepdims=True)) * _window()
    power = np.abs(np.fft.rfft(frames, _FFT)) ** 2
    correlation = np.fft.irfft(power, _FFT)[:, : _last() + 2]
    energy = correlation[:, :1]
    normal = correlation / np.maximum(energy, 1e-9) / _of_window()[: _last() + 2]
    lags = np.arange(_first(), _last() + 1)
    left, middle, right = normal[:, lags - 1], normal[:, lags], normal[:, lags + 1]
    is_peak = (middle >= left) & (middle >= right)
    shift = np.where(is_peak, 0.5 * (left - right) / np.minimum(left - 2 * middle + right, -1e-9), 0.0)
    height = np.where(is_peak, middle - 0.25 * (left - right) * shift, -1.0)
    best = (height - _OCTAVE_COST * np.log2(lags / _first())).argmax(axis=1)
    rows = np.arange(len(best))
    voiced = (height[rows, best] > _VOICED) & (energy[:, 0] > _LEAST_ENERGY)
    return np.where(voiced, _RATE / (lags[best] + shift[rows, best]), np.nan).astype(np.float32)


def _first() -> int:
    return int(_RATE / _HIGHEST_HZ)


def _last() -> int:
    return int(_RATE / _LOWEST_HZ)


@lru_cache(maxsize=1)
def _window() -> npt.NDArray[np.float64]:
    return np.hanning(_LENGTH)


@lru_cache(maxsize=1)
def _of_window() -> npt.NDArray[np.float64]:
    own = np.fft.irfft(np.abs(np.fft.rfft(_window(), _FFT)) ** 2, _FFT)
    return np.asarray(own / own[0])
