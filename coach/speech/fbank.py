"""Mel filter-bank energies as Kaldi makes them (80 bins, 25 ms Povey window each 10 ms), in numpy.

Source: Kaldi ``feature-window.cc`` and ``mel-computations.cc`` with the options of 3D-Speaker (no dither).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from coach.audio.samples import Samples

BINS = 80
_RATE = 16_000
_LENGTH, _SHIFT, _FFT = 400, 160, 512
_LOWEST_HZ, _EMPHASIS = 20.0, 0.97

Features = npt.NDArray[np.float32]


def fbank(samples: Samples) -> Features:
    """Log energies of shape (frames, ``BINS``), each bin with its mean over the frames taken away."""
    if len(samples) < _LENGTH:
        samples = np.pad(samples, (0, _LENGTH - len(samples)))
    frames = np.lib.stride_tricks.sliding_window_view(samples, _LENGTH)[::_SHIFT].astype(np.float32)
    frames = frames - frames.mean(axis=1, keepdims=True)
    emphasised = frames - _EMPHASIS * np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    spectrum = np.abs(np.fft.rfft(emphasised * _window(), _FFT)) ** 2
    energies = np.log(np.maximum(spectrum.astype(np.float32) @ _filters(), np.finfo(np.float32).eps))
    return np.asarray(energies - energies.mean(axis=0), np.float32)


@lru_cache(maxsize=1)
def _window() -> Features:
    return np.asarray(np.hanning(_LENGTH) ** 0.85, np.float32)


@lru_cache(maxsize=1)
def _filters() -> Features:
    """Triangles on the mel scale, shape (bins of the spectrum, ``BINS``)."""
    mel = 1127.0 * np.log1p(np.fft.rfftfreq(_FFT, 1 / _RATE) / 700.0)
    low, high = 1127.0 * np.log1p(np.array([_LOWEST_HZ, _RATE / 2]) / 700.0)
    edges = np.linspace(low, high, BINS + 2)
    rising = (mel[:, None] - edges[None, :-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[None, 2:] - mel[:, None]) / (edges[2:] - edges[1:-1])
    filters = np.maximum(0.0, np.minimum(rising, falling))
    filters[-1] = 0.0
    return np.asarray(filters, np.float32)
