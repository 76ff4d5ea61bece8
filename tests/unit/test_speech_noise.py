"""Steady noise is taken down where there is much of it, and nothing else is touched."""

import numpy as np
import pytest

from coach.audio.samples import Samples
from coach.speech.noise import STRETCH, Heard, Noise, NoiseSoFar, heard, noise_of

RATE = 16_000
FRAME = 512


def voiced(seconds: float) -> Samples:
    """A buzz with harmonics in the second half of each second."""
    t = np.arange(int(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * 140 * k * t) / k for k in range(1, 12))
    return np.asarray(0.1 * buzz * (t % 1.0 >= 0.5), np.float32)


def speech_of(samples: Samples) -> np.ndarray:
    """What a voice detector would say of ``voiced``."""
    middle = (np.arange(len(samples) // FRAME) + 0.5) * FRAME / RATE
    return np.where(middle % 1.0 >= 0.5, 0.95, 0.02).astype(np.float32)


def hiss(samples: Samples, ratio_db: float, seed: int = 1) -> Samples:
    loud = np.sqrt(np.mean(samples[samples != 0] ** 2)) * 10 ** (-ratio_db / 20)
    return np.asarray(np.random.default_rng(seed).normal(size=len(samples)) * loud, np.float32)


def level_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(samples**2)))


def learnt(samples: Samples) -> Noise | None:
    return noise_of([heard(samples, speech_of(samples))])


def test_noise_between_words_loses_most_and_the_voice_little() -> None:
    clean = voiced(6.0)
    noisy = clean + hiss(clean, 10.0)
    noise = learnt(noisy)
    assert noise is not None
    quieter = noise.taken_down(noisy, 0.0)
    assert len(quieter) == len(noisy)
    assert quieter.dtype == np.float32
    pause, word = slice(int(2.1 * RATE), int(2.4 * RATE)), slice(int(2.6 * RATE), int(2.9 * RATE))
    assert level_db(quieter[pause]) < level_db(noisy[pause]) - 7.0
    assert abs(level_db(quieter[word]) - level_db(clean[word])) < 1.0
    assert level_db(quieter[word] - clean[word]) < level_db(noisy[word] - clean[word]) - 1.5


@pytest.mark.parametrize("ratio_db", [20.0, 40.0])
def test_what_is_clear_is_left_alone(ratio_db: float) -> None:
    clean = voiced(6.0)
    assert learnt(clean + hiss(clean, ratio_db)) is None


def test_breaths_between_words_are_not_the_noise() -> None:
    clean = voiced(6.0)
    breaths = (
        clean
        + hiss(clean, 45.0)
        + np.roll(clean, -int(0.1 * RATE)) * (np.arange(len(clean)) / RATE % 1.0 < 0.5)
    )
    assert learnt(np.asarray(breaths, np.float32)) is None


@pytest.mark.parametrize("count", [0, 100, 3 * RATE])
def test_nothing_is_learnt_from_silence_or_a_scrap(count: int) -> None:
    assert learnt(np.zeros(count, np.float32)) is None


def test_a_noise_that_changes_is_taken_as_it_is_there() -> None:
    bins = 257
    soft, loud = (Heard(np.full(bins, 50.0), np.full(bins, level), 100, 100) for level in (1.0, 20.0))
    noise = noise_of([soft, loud])
    assert noise is not None
    assert noise.powers[0].mean() < noise.powers[1].mean()
    sound = hiss(voiced(1.0), 0.0)
    assert level_db(noise.taken_down(sound, 0.0)) > level_db(noise.taken_down(sound, STRETCH + 1.0))


def test_a_scrap_of_sound_keeps_its_length() -> None:
    clean = voiced(4.0)
    noise = learnt(clean + hiss(clean, 5.0))
    assert noise is not None
    for count in (0, 1, 127, 700):
        assert len(noise.taken_down(clean[:count], 1.0)) == count


def so_far(samples: Samples) -> NoiseSoFar:
    """What is known of the noise after ``samples`` came in frame by frame."""
    noise = NoiseSoFar()
    for at, speech in enumerate(speech_of(samples).tolist()):
        noise.hear(samples[at * FRAME : (at + 1) * FRAME], speech)
    return noise


def test_while_sound_comes_in_it_is_taken_down_as_in_a_recording() -> None:
    clean = voiced(12.0)
    noisy = clean + hiss(clean, 10.0)
    whole, live = learnt(noisy), so_far(noisy)
    assert whole is not None
    last = noisy[-6 * RATE :]
    assert level_db(live.taken_down(last) - whole.taken_down(last, 0.0)) < level_db(last) - 30.0


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_what_has_just_begun_is_left_alone(seconds: float) -> None:
    clean = voiced(6.0)
    noisy = clean + hiss(clean, 10.0)
    assert so_far(noisy[: int(seconds * RATE)]).taken_down(noisy) is noisy


def test_clear_sound_that_comes_in_is_left_alone() -> None:
    clear = voiced(12.0) + hiss(voiced(12.0), 30.0)
    assert so_far(clear).taken_down(clear) is clear


def test_noise_that_has_stopped_is_forgotten() -> None:
    loud, clear = voiced(12.0), voiced(70.0)
    live = so_far(np.concatenate([loud + hiss(loud, 8.0), clear + hiss(clear, 30.0)]))
    assert live.taken_down(clear) is clear
