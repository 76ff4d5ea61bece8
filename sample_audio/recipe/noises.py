"""Sounds of a telephone line that are not speech, made here: silence, ringback, hold music, noise.

Every function returns float32 mono of ``seconds`` at ``rate``. numpy only, so that tests can make clips too.
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

# country -> (frequencies in Hz, seconds on, seconds off), ITU-T E.180 supplement 2
RINGBACK = {"cn": ((450.0,), 1.0, 4.0), "us": ((440.0, 480.0), 2.0, 4.0), "tw": ((440.0, 480.0), 1.0, 2.0)}

# our own eight bars, as semitones from A4 a quaver; None holds the note before
_MELODY = (
    3, 7, 10, 7, 12, None, 10, 7, 5, 8, 12, 8, 15, None, 12, 8,
    3, 7, 10, 15, 14, None, 10, 7, 5, 5, 8, 12, 10, None, None, None,
)  # fmt: skip
_BASS = (-21, -16, -12, -14, -21, -16, -19, -14)
_QUAVER_SECONDS = 0.27


def silence(seconds: float, rate: int) -> Samples:
    """Digital silence."""
    return np.zeros(int(seconds * rate), np.float32)


def line_noise(seconds: float, rate: int, *, level_db: float = -62.0, seed: int = 0) -> Samples:
    """Pink-ish noise of a line, ``level_db`` being its RMS against full scale."""
    count = int(seconds * rate)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / rate), 20.0))
    noise = np.fft.irfft(spectrum, count)
    noise *= 10 ** (level_db / 20) / np.sqrt(np.mean(noise**2))
    return np.asarray(noise, dtype=np.float32)


def ringback(seconds: float, rate: int, *, country: str = "cn", level: float = 0.08) -> Samples:
    """The tone that a caller hears while it rings."""
    frequencies, on, off = RINGBACK[country]
    time = np.arange(int(seconds * rate)) / rate
    tone = np.mean([np.sin(2 * np.pi * frequency * time) for frequency in frequencies], axis=0)
    return np.asarray(level * tone * ((time % (on + off)) < on), dtype=np.float32)


def hold_music(seconds: float, rate: int, *, level: float = 0.12) -> Samples:
    """A music box over a bass; eight bars of our own, repeated, faded at both ends."""
    count = int(seconds * rate)
    music = np.zeros(count)
    quavers = int(seconds / _QUAVER_SECONDS) + 1
    for quaver in range(quavers):
        note = _MELODY[quaver % len(_MELODY)]
        at = quaver * _QUAVER_SECONDS
        if note is not None:
            _add_note(music, at, 440.0 * 2 ** (note / 12), rate, decay_seconds=0.5)
        if quaver % 4 == 0:
            _add_note(music, at, 440.0 * 2 ** (_BASS[quaver // 4 % len(_BASS)] / 12), rate, decay_seconds=0.8)
    music *= level / max(1e-9, float(np.abs(music).max()))
    fade = np.minimum(1.0, np.arange(count) / (0.4 * rate))
    return np.asarray(music * fade * fade[::-1], dtype=np.float32)


def _add_note(
    music: npt.NDArray[np.float64], at: float, frequency: float, rate: int, *, decay_seconds: float
) -> None:
    start = int(at * rate)
    time = np.arange(min(music.size - start, int(4 * decay_seconds * rate))) / rate
    tone = sum(np.sin(2 * np.pi * frequency * part * time) / part**2 for part in (1, 2, 3, 5))
    music[start : start + time.size] += tone * np.exp(-time / decay_seconds) * np.minimum(1.0, time / 0.005)


def write_clips(folder: Path, *, seconds: float = 30.0, rate: int = 8_000) -> dict[str, Path]:
    """The three clips without speech that tests listen to: name -> 16-bit mono wav."""
    ring = ringback(seconds / 2, rate)
    clips = {
        "silence": silence(seconds, rate),
        "ringback_and_hold_music": np.concatenate([ring, hold_music(seconds - seconds / 2, rate)]),
        "noise": line_noise(seconds, rate, level_db=-32.0, seed=7),
    }
    folder.mkdir(parents=True, exist_ok=True)
    return {name: _write_wav(folder / f"{name}.wav", samples, rate) for name, samples in clips.items()}


def _write_wav(path: Path, samples: Samples, rate: int) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path
