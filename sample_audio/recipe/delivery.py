"""How a line is said: a raised voice made from a calm one, a telephone's band, a level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_audio.recipe.noises import Samples
from sample_audio.recipe.voices import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Effort:
    """What raising the voice does: pitch and its range as factors, pace, treble and level in dB."""

    pitch: float
    pitch_range: float
    pace: float
    treble_db: float
    level_db: float


EFFORTS = {1: Effort(1.22, 1.25, 1.05, 6.0, 7.0), 2: Effort(1.42, 1.35, 1.08, 6.0, 10.0)}


def raised(line: Samples, effort: Effort) -> Samples:
    """The line with a raised voice (WORLD vocoder); its level stays, ``level_db`` is put on when mixing."""
    import pyworld

    samples = line.astype(np.float64)
    pitch, times = pyworld.harvest(samples, SAMPLE_RATE, f0_floor=70.0, f0_ceil=600.0)
    envelope = pyworld.cheaptrick(samples, pitch, times, SAMPLE_RATE)
    breath = pyworld.d4c(samples, pitch, times, SAMPLE_RATE)
    voiced = pitch > 0
    if voiced.any():
        middle = float(np.median(pitch[voiced]))
        pitch[voiced] = (middle + (pitch[voiced] - middle) * effort.pitch_range) * effort.pitch
    frame_ms = pyworld.default_frame_period / effort.pace
    spoken = pyworld.synthesize(pitch, envelope, breath, SAMPLE_RATE, frame_period=frame_ms)
    return compressed(_more_treble(spoken, effort.treble_db))


def _more_treble(samples: Samples, treble_db: float) -> Samples:
    spectrum = np.fft.rfft(samples)
    frequency = np.fft.rfftfreq(samples.size, 1 / SAMPLE_RATE)
    slope = np.clip(np.log2(np.maximum(frequency, 1.0) / 700.0) / np.log2(2_000.0 / 700.0), 0.0, 1.0)
    return np.asarray(np.fft.irfft(spectrum * 10 ** (treble_db * slope / 20), samples.size), np.float32)


def compressed(samples: Samples) -> Samples:
    """Quiet parts brought up, as in a voice under strain; the peak stays where it was."""
    peak = float(np.abs(samples).max()) or 1.0
    return np.asarray(np.tanh(2.0 * samples / peak) / np.tanh(2.0) * peak, np.float32)


def at_level(line: Samples, level_db: float) -> Samples:
    """The line with its active speech at ``level_db`` RMS against full scale."""
    frame = SAMPLE_RATE // 50
    frames = line[: line.size // frame * frame].reshape(-1, frame)
    power = np.mean(frames.astype(np.float64) ** 2, axis=1) if len(frames) else np.array([np.mean(line**2)])
    active = power[power > power.max() * 1e-3]
    return np.asarray(line * (10 ** (level_db / 20) / np.sqrt(active.mean())), np.float32)


def telephone(samples: Samples) -> Samples:
    """Only what a telephone carries, 300-3400 Hz."""
    from scipy.signal import butter, sosfiltfilt

    band = butter(4, (300.0, 3400.0), btype="bandpass", fs=SAMPLE_RATE, output="sos")
    return np.asarray(sosfiltfilt(band, samples), dtype=np.float32)


def limited(samples: Samples, *, ceiling: float = 0.97) -> Samples:
    """Peaks above 0.7 bent smoothly below ``ceiling``."""
    size = np.abs(samples)
    room = ceiling - 0.7
    bent = 0.7 + room * np.tanh((size - 0.7) / room)
    return np.where(size > 0.7, np.sign(samples) * bent, samples).astype(np.float32)
