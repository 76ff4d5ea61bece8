"""How each turn sounds: pace, loudness, pitch and tilt, and how far they are from the speaker's own habit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.audio.channels import FLOOR_DB, HOP, Levels
from coach.audio.samples import read
from coach.domain.call import Role, Turn
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds, merge
from coach.speech.pitch import pitches

_PAUSE: Seconds = 0.5
_LEAST: Seconds = 0.6
_LEAST_TURNS = 4
_LEAST_CALM = 2
_TWO_LEVELS_DB = 2.5
"""Between calm and raised turns of the samples lie 3 dB or more, within either hardly 2."""
_MOST_HEARD: Seconds = 12.0
_MAD = 1.4826
_LEAST_SPREAD = {"loudness": 2.0, "pitch": 1.5, "pace": 0.6, "tilt": 2.0}
"""Decibels, semitones, units a second, decibels: smaller spreads count as these."""
_HAN = re.compile("[㐀-鿿]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d")


@dataclass(frozen=True, slots=True)
class Manner:
    """Measures of one turn; None where it is too short or holds no voice. ``tilt`` grows with effort."""

    pace: float | None = None
    loudness: float | None = None
    pitch: float | None = None
    tilt: float | None = None


def units(text: str) -> int:
    """Characters of Chinese, words of English, digits: what is counted for the pace."""
    return len(_HAN.findall(text)) + len(_WORD.findall(text))


def spoken_time(turn: Turn) -> Seconds:
    """Seconds of speech in a turn, without its pauses."""
    if turn.words:
        return sum(at.duration for at in merge((word.interval for word in turn.words), gap=_PAUSE))
    return turn.interval.duration if turn.interval is not None else 0.0


def manner(audio: DecodedAudio, turn: Turn, channel: int | None, level: Levels) -> Manner:
    """Measure one turn on its party's channel."""
    seconds = spoken_time(turn)
    if turn.interval is None or seconds < _LEAST:
        return Manner()
    at = Interval(turn.interval.start, min(turn.interval.end, turn.interval.start + _MOST_HEARD))
    samples = read(audio, at, channel)
    frames = level[round(at.start / HOP) : round(at.end / HOP)]
    loud = (
        frames[frames > max(FLOOR_DB, float(frames.max(initial=FLOOR_DB)) - 25.0)] if len(frames) else frames
    )
    voiced = pitches(samples)
    voiced = voiced[~np.isnan(voiced)]
    return Manner(
        pace=units(turn.text) / seconds,
        loudness=float(10 * np.log10(np.mean(10 ** (loud / 10)))) if len(loud) else None,
        pitch=float(np.median(voiced)) if len(voiced) >= 8 else None,
        tilt=_tilt(samples),
    )


def _tilt(samples: np.ndarray) -> float | None:
    """Energy of 1-3.4 kHz against 0.1-1 kHz in decibels, over the louder frames."""
    length = 512
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    if len(frames) < 4:
        return None
    power = (frames**2).mean(axis=1)
    frames = frames[power > 0.1 * power.mean()]
    spectrum = (np.abs(np.fft.rfft(frames * np.hanning(length), axis=1)) ** 2).sum(axis=0)
    low, high = spectrum[3:32].sum(), spectrum[32:109].sum()
    return float(10 * np.log10(high / low)) if low > 0 and high > 0 else None


@dataclass(frozen=True, slots=True)
class Habit:
    """Medians and spreads of one party's turns in this call; None with too few turns."""

    middle: dict[str, float]
    spread: dict[str, float]

    def z(self, name: str, value: float | None) -> float | None:
        """Robust deviation of a value; pitch is compared in semitones."""
        if value is None or name not in self.middle:
            return None
        return (_scale(name, value) - self.middle[name]) / self.spread[name]


def habits(turns: Sequence[Turn], manners: Sequence[Manner]) -> dict[Role, Habit]:
    """Each party's own baseline: its calm turns where calm and loud fall apart, and else all turns."""
    found = {}
    for role in {turn.role for turn in turns}:
        own = [m for turn, m in zip(turns, manners, strict=True) if turn.role is role]
        calm = _calm([m for m in own if m.loudness is not None])
        middle, spread = {}, {}
        for name, least in _LEAST_SPREAD.items():
            known = [m for m in own if getattr(m, name) is not None]
            values = [_scale(name, getattr(m, name)) for m in known if name == "pace" or m in calm]
            if len(known) >= _LEAST_TURNS and values:
                middle[name] = float(np.median(values))
                deviation = np.median(np.abs(np.array(values) - middle[name]))
                spread[name] = max(least, _MAD * float(deviation))
        found[role] = Habit(middle, spread)
    return found


def _calm(manners: Sequence[Manner]) -> list[Manner]:
    """The quieter turns of somebody who speaks at two levels, and else all turns.

    A person who shouts through most of a call has no calm median.
    """
    ordered = sorted(manners, key=lambda m: m.loudness or 0.0)
    level = np.array([m.loudness for m in ordered], np.float64)
    if len(level) < _LEAST_TURNS:
        return ordered
    steps = np.diff(level)[_LEAST_CALM - 1 :]
    cut = int(steps.argmax()) + _LEAST_CALM
    return ordered[:cut] if level[cut] - level[cut - 1] >= _TWO_LEVELS_DB else ordered


def _scale(name: str, value: float) -> float:
    return 12 * float(np.log2(value)) if name == "pitch" else value
