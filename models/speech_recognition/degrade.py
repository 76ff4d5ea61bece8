"""What a call does to a voice: room, line, noise, the other party's bleed; drawn at random."""

from __future__ import annotations

import random

import numpy as np

from models.speech_recognition.voices import RATE
from models.turn_classifier.telephone import through_a_law
from sample_audio.recipe import noises
from sample_audio.recipe.noises import Samples

_LINE_RATE = 8_000
_LEVEL = 0.07
_KINDS = ("pink", "pink", "white", "babble", "babble", "rain", "hum")


def degraded(speech: Samples, others: list[Samples], chance: random.Random) -> Samples:
    """16 kHz in and out; ``others`` are lines of other voices, for babble and bleed."""
    heard = at_level(speech, _LEVEL)
    if chance.random() < 0.2:
        heard = in_a_room(heard, chance)
    if chance.random() < 0.5:
        heard = tilted(heard, chance.uniform(-6, 6))
    if chance.random() < 0.1:
        heard = mixed(heard, np.resize(others[0], heard.size), chance.uniform(18, 30))
    on_a_line = chance.random() < 0.6
    if chance.random() < 0.45:
        noise = noise_of(chance.choice(_KINDS), heard.size, others, chance)
        heard = mixed(heard, noise, chance.uniform(5, 22))
    else:
        heard = mixed(heard, noise_of("pink", heard.size, others, chance), chance.uniform(30, 55))
    if on_a_line:
        heard = telephoned(heard, chance)
    return np.asarray(np.clip(heard * 10 ** (chance.uniform(-14, 8) / 20), -1, 1), np.float32)


def wordless(seconds: float, chance: random.Random) -> Samples:
    """Sound in which nobody speaks."""
    size = int(seconds * RATE)
    kind = chance.choice(("silence", "pink", "white", "rain", "hum", "ringback", "music"))
    if kind == "silence":
        return np.zeros(size, np.float32)
    if kind == "ringback":
        return noises.ringback(seconds, RATE, country=chance.choice(("cn", "us", "tw")))
    if kind == "music":
        return noises.hold_music(seconds, RATE)
    level = 10 ** (chance.uniform(-65, -25) / 20)
    return at_level(noise_of(kind, size, [], chance), level)


def noise_of(kind: str, size: int, others: list[Samples], chance: random.Random) -> Samples:
    """Noise of about RMS one."""
    rng = np.random.default_rng(chance.randrange(1 << 30))
    if kind == "babble" and others:
        parts = [np.roll(np.resize(other, size), rng.integers(size)) for other in others]
        return at_level(np.sum(parts, axis=0), 1.0)
    if kind == "hum":
        time = np.arange(size) / RATE
        tones = [np.sin(2 * np.pi * 50 * k * time + rng.uniform(0, 6)) / k for k in (1, 2, 3, 5, 7)]
        return at_level(np.sum(tones, axis=0) + 0.2 * rng.normal(size=size), 1.0)
    white = rng.normal(size=size)
    if kind == "white":
        return np.asarray(white, np.float32)
    if kind == "rain":
        drops = white * (rng.random(size) < 0.01) * 8
        return at_level(np.convolve(drops, np.exp(-np.arange(60) / 12.0), "same") + 0.4 * white, 1.0)
    spectrum = np.fft.rfft(white)
    spectrum /= np.sqrt(np.arange(spectrum.size) + 8.0)
    return at_level(np.fft.irfft(spectrum, size), 1.0)


def mixed(speech: Samples, noise: Samples, ratio_db: float) -> Samples:
    """Noise so many dB below the active speech."""
    loud = speech[np.abs(speech) > 0.01]
    level = float(np.sqrt(np.mean(loud**2))) if loud.size else _LEVEL
    return np.asarray(speech + at_level(noise, level * 10 ** (-ratio_db / 20)), np.float32)


def at_level(samples: Samples, level: float) -> Samples:
    """With that RMS."""
    return np.asarray(samples * (level / (float(np.sqrt(np.mean(np.square(samples)))) + 1e-9)), np.float32)


def tilted(samples: Samples, treble_db: float) -> Samples:
    """Brighter or duller: so many dB from 200 Hz to 4 kHz."""
    spectrum = np.fft.rfft(samples)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(samples.size, 1 / RATE), 200.0) / 200.0)
    gain = 10 ** (treble_db / 20 * np.minimum(octaves / 4.3, 1.0))
    return np.asarray(np.fft.irfft(spectrum * gain, samples.size), np.float32)


def in_a_room(samples: Samples, chance: random.Random) -> Samples:
    """With the echo of a small room."""
    from scipy.signal import fftconvolve

    rng = np.random.default_rng(chance.randrange(1 << 30))
    length = chance.uniform(0.08, 0.35)
    time = np.arange(int(length * RATE)) / RATE
    answer = rng.normal(size=time.size) * np.exp(-6.9 * time / length)
    answer *= chance.uniform(0.1, 0.5) / np.sqrt(np.sum(answer**2))
    answer[0] = 1.0
    return np.asarray(fftconvolve(samples, answer)[: samples.size], np.float32)


def telephoned(samples: Samples, chance: random.Random) -> Samples:
    """8 kHz, 300 to 3400 Hz or so, A-law."""
    from scipy.signal import butter, resample_poly, sosfilt

    line = resample_poly(samples, _LINE_RATE, RATE)
    edges = (chance.uniform(80, 400), chance.uniform(3000, 3800))
    line = sosfilt(butter(chance.choice((2, 4)), edges, "bandpass", fs=_LINE_RATE, output="sos"), line)
    carried = through_a_law(np.asarray(line, np.float32))
    return np.asarray(resample_poly(carried, RATE, _LINE_RATE), np.float32)
