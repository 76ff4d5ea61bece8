"""What the sound of a recording allows: level, noise, clipping, band width, share of speech."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.audio.channels import HOP, Levels, levels
from coach.audio.samples import blocks, raw, read
from coach.domain.call import Turn
from coach.domain.recording import AudioQuality, DecodedAudio
from coach.domain.time import Interval, merge

_CLIPPED = 32_700
_FFT = 512
_BAND_DB = 45.0
_MOST_SPECTRUM_SECONDS = 120.0


def quality(audio: DecodedAudio, turns: Sequence[Turn]) -> AudioQuality:
    """The measures over the whole recording; ``turns`` tell where somebody speaks."""
    spoken = merge((word.interval for turn in turns for word in turn.words), gap=0.2) or merge(
        turn.interval for turn in turns if turn.interval is not None
    )
    level = levels(audio).max(axis=0)
    speech = _frames(spoken, len(level))
    return AudioQuality(
        speech_share=float(speech.mean()) if len(speech) else 0.0,
        snr_db=_noise_ratio(level, speech),
        clipped_share=_clipped(audio),
        bandwidth_hz=_bandwidth(audio, spoken),
        level_dbfs=float(_mean_db(level[speech])) if speech.any() else float(_mean_db(level)),
    )


def _frames(spoken: Sequence[Interval], count: int) -> np.ndarray:
    found = np.zeros(count, np.bool_)
    for at in spoken:
        found[int(at.start / HOP) : max(int(at.start / HOP) + 1, round(at.end / HOP))] = True
    return found


def _mean_db(level: Levels) -> float:
    return float(10 * np.log10(np.mean(10 ** (level / 10)))) if len(level) else -90.0


def _noise_ratio(level: Levels, speech: np.ndarray) -> float | None:
    """Speech above the noise between the words; their quietest frames where there is no pause at all."""
    if not speech.any():
        return None
    quiet = level[~speech]
    noise = (
        _mean_db(np.sort(quiet)[: max(1, len(quiet) // 2)]) if len(quiet) >= 25 else np.percentile(level, 3)
    )
    return float(_mean_db(level[speech]) - noise)


def _clipped(audio: DecodedAudio) -> float:
    full = 0
    for block in blocks(audio):
        samples = raw(audio, block)
        full += int(np.count_nonzero((samples >= _CLIPPED) | (samples <= -_CLIPPED)))
    return full / (audio.frames * audio.channels)


def _bandwidth(audio: DecodedAudio, spoken: Sequence[Interval]) -> float:
    """The highest frequency within ``_BAND_DB`` of the strongest, in the speech of the first minutes."""
    total = np.zeros(_FFT // 2 + 1)
    seconds = 0.0
    for at in spoken or (audio.whole,):
        samples = read(audio, Interval(at.start, min(at.end, at.start + 10.0)), None)
        frames = samples[: len(samples) // _FFT * _FFT].reshape(-1, _FFT)
        total += (np.abs(np.fft.rfft(frames * np.hanning(_FFT), axis=1)) ** 2).sum(axis=0)
        seconds += at.duration
        if seconds > _MOST_SPECTRUM_SECONDS:
            break
    if total.max() <= 0:
        return 0.0
    level = 10 * np.log10(np.maximum(total / total.max(), 1e-12))
    return float(np.flatnonzero(level > -_BAND_DB).max() * audio.sample_rate / _FFT)
