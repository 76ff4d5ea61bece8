"""A telephone line drawn at random: 8 kHz, A-law, at times with noise."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from sample_audio.recipe.noises import Samples, line_noise

FROM_RATE = 24_000
LINE_RATE = 8_000
HEARD_RATE = 16_000
SPEECH_RMS = 0.07


@dataclass(frozen=True, slots=True)
class Line:
    """``noise_db`` is how far pink noise lies below the speech; None is a clean line."""

    noise_db: float | None
    seed: int

    def __call__(self, samples: Samples) -> Samples:
        """24 kHz in, what arrives of it out, at 16 kHz for the recogniser."""
        from scipy.signal import butter, resample_poly, sosfiltfilt

        line = resample_poly(samples, LINE_RATE, FROM_RATE)
        line = line * (SPEECH_RMS / max(1e-6, _speech_rms(line)))
        if self.noise_db is not None:
            level = 20 * np.log10(SPEECH_RMS) - self.noise_db
            noise = line_noise((line.size + 0.5) / LINE_RATE, LINE_RATE, level_db=level, seed=self.seed)
            line = line + noise[: line.size]
        band = butter(4, (300.0, 3400.0), btype="bandpass", fs=LINE_RATE, output="sos")
        carried = through_a_law(sosfiltfilt(band, line))
        return np.asarray(resample_poly(carried, HEARD_RATE, LINE_RATE), np.float32)


def draw(chance: random.Random) -> Line:
    """A clean line in two of three cases, else noise at 10 to 18 dB."""
    noise = chance.uniform(10.0, 18.0) if chance.random() < 1 / 3 else None
    return Line(noise, chance.randrange(1 << 30))


def through_a_law(samples: Samples) -> Samples:
    """The samples after coding to eight bits by A-law (ITU-T G.711, A = 87.6)."""
    a = 87.6
    size = np.minimum(np.abs(samples), 1.0)
    scale = 1 + np.log(a)
    code = np.where(size < 1 / a, a * size / scale, (1 + np.log(np.maximum(a * size, 1.0))) / scale)
    code = np.round(code * 127) / 127
    back = np.where(code < 1 / scale, code * scale / a, np.exp(code * scale - 1) / a)
    return np.asarray(np.sign(samples) * back, np.float32)


def _speech_rms(samples: Samples) -> float:
    loud = samples[np.abs(samples) > 0.01]
    return float(np.sqrt(np.mean(loud**2))) if loud.size else 0.0
