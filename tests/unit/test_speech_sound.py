"""Sound to features, gates, windows and groups of voices, on signals whose answer is known."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.channels import gate, levels
from coach.audio.samples import peaks, read
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval
from coach.speech import guards
from coach.speech.cluster import separation, speakers
from coach.speech.decoding import HeardWord, without_tail
from coach.speech.fbank import BINS, fbank
from coach.speech.pitch import pitches
from coach.speech.voice import FRAME, regions
from coach.speech.windows import LONGEST, windows

RATE = 16_000


def stored(samples: np.ndarray, path: Path) -> DecodedAudio:
    """Samples -1..1 of shape (frames, channels) as decoded audio."""
    path.write_bytes((samples * 32_767).astype("<i2").tobytes())
    return DecodedAudio(path, RATE, samples.shape[1], len(samples))


def tone(hz: float, seconds: float, level: float = 0.3) -> np.ndarray:
    return level * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)


def test_a_window_of_samples_ends_where_the_recording_ends(tmp_path: Path) -> None:
    audio = stored(tone(200, 2.0)[:, None], tmp_path / "s")
    assert len(read(audio, Interval(0.5, 1.0), None)) == RATE // 2
    assert len(read(audio, Interval(1.5, 9.0), 0)) == RATE // 2
    assert len(read(audio, Interval(5.0, 6.0), 0)) == 0
    assert read(audio, audio.whole, 0).dtype == np.float32


def test_the_outline_follows_each_channel(tmp_path: Path) -> None:
    left = np.concatenate([np.zeros(RATE), tone(200, 1.0, 0.5)])
    audio = stored(np.stack([left, -0.25 * np.ones(2 * RATE)], axis=1), tmp_path / "s")
    assert peaks(audio, 2) == [[0.0, pytest.approx(0.5, abs=0.01)], [0.25, 0.25]]


@pytest.mark.parametrize(("bleed_db", "closed"), [(-12.0, True), (-20.0, True), (-30.0, True), (None, False)])
def test_the_gate_closes_on_the_other_partys_bleed(
    bleed_db: float | None, closed: bool, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    spoken = rng.normal(size=8 * RATE) * 0.1
    left = np.where(np.arange(8 * RATE) // RATE % 4 < 2, spoken, 0.0)
    right = np.where(np.arange(8 * RATE) // RATE % 4 >= 2, rng.normal(size=8 * RATE) * 0.05, 0.0)
    leak = 0.0 if bleed_db is None else 10 ** (bleed_db / 20)
    noise = rng.normal(size=(8 * RATE, 2)) * 0.0005
    audio = stored(np.stack([left + leak * right, right + leak * left], axis=1) + noise, tmp_path / "s")
    between = gate(levels(audio))
    leaked = between.read(audio, Interval(0.2, 1.8), 1)
    own = between.read(audio, Interval(2.2, 3.8), 1)
    assert (np.abs(leaked) > 0).mean() < 0.1 or not closed
    assert (np.abs(own) > 0).mean() > 0.9


def test_both_parties_pass_the_gate_when_they_talk_at_once(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    alone = np.zeros((6 * RATE, 2))
    alone[: 2 * RATE, 0] = rng.normal(size=2 * RATE) * 0.1
    alone[2 * RATE : 4 * RATE, 1] = rng.normal(size=2 * RATE) * 0.06
    alone[4 * RATE :] = rng.normal(size=(2 * RATE, 2)) * (0.1, 0.06)
    mixed = alone + 0.15 * alone[:, ::-1] + rng.normal(size=alone.shape) * 0.0005
    audio = stored(mixed, tmp_path / "s")
    between = gate(levels(audio))
    for channel in (0, 1):
        assert (np.abs(between.read(audio, Interval(4.2, 5.8), channel)) > 0).mean() > 0.9


def test_features_have_kaldis_shape_and_no_mean() -> None:
    features = fbank(tone(440, 1.5).astype(np.float32))
    assert features.shape == (148, BINS)
    assert np.abs(features.mean(axis=0)).max() < 1e-4


@pytest.mark.parametrize("hz", [90.0, 130.0, 210.0, 300.0])
def test_the_pitch_of_a_voice_like_sound_is_found(hz: float) -> None:
    t = np.arange(2 * RATE) / RATE
    voice = sum(np.sin(2 * np.pi * hz * k * t) / k for k in range(1, 8)) * 0.1
    found = pitches(voice.astype(np.float32))
    assert np.nanmedian(found) == pytest.approx(hz, rel=0.02)
    assert np.isnan(found).mean() < 0.1


def test_noise_and_silence_have_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(size=2 * RATE).astype(np.float32) * 0.1
    assert np.isnan(pitches(noise)).mean() > 0.95
    assert np.isnan(pitches(np.zeros(2 * RATE, np.float32))).all()


def test_speech_begins_above_one_probability_and_lasts_above_a_lower_one() -> None:
    speech = np.array([0, 0.2, 0.6, 0.2, 0.2, 0, 0, 0, 0, 0, 0.2, 0.2, 0.2, 0.2, 0], np.float32)
    found = regions(speech, gap=0.1, until=1.0)
    assert [(at.start, at.end) for at in found] == [pytest.approx((1 * FRAME, 5 * FRAME))]


spoken = st.lists(st.tuples(st.floats(0.0, 30.0), st.floats(0.1, 45.0)), min_size=1, max_size=12).map(
    lambda steps: _laid_out(steps)
)


def _laid_out(steps: list[tuple[float, float]]) -> list[Interval]:
    found, at = [], 0.0
    for pause, length in steps:
        at += pause + 0.3
        found.append(Interval(at, at + length))
        at += length
    return found


@given(spoken, st.floats(5.0, 27.0))
def test_windows_hold_all_speech_once_and_are_never_too_long(speech: list[Interval], aim: float) -> None:
    until = speech[-1].end + 1.0
    found = windows(speech, until=until, aim=aim)
    parts = [part for window in found for part in window.parts]
    assert all(window.duration <= LONGEST + 1e-6 for window in found)
    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(parts))
    for at in speech:
        assert sum(part.overlap(at) for part in parts) == pytest.approx(at.duration, abs=1e-6)
    for window in found:
        second = window.original(Interval(0.0, window.duration))
        assert second.start == pytest.approx(window.hull.start)
        assert second.end == pytest.approx(window.hull.end)


def voices(*counts: int, spread: float = 0.35) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors scattered around one direction by speaker."""
    rng = np.random.default_rng(5)
    centres = rng.normal(size=(len(counts), 64))
    found = [
        centre / np.linalg.norm(centre) + spread * rng.normal(size=64) / 8
        for centre, count in zip(centres, counts, strict=True)
        for _ in range(count)
    ]
    vectors = np.stack(found)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), np.full(len(vectors), 1.5)


@pytest.mark.parametrize(
    ("counts", "number"), [((20,), 1), ((20, 20), 2), ((50, 5), 2), ((25, 20, 10), 3), ((30, 20, 1), 2)]
)
def test_as_many_speakers_as_there_clearly_are(counts: tuple[int, ...], number: int) -> None:
    found = speakers(*voices(*counts))
    assert len(found.centres) == number
    assert 0.0 <= found.confidence <= 1.0


def test_separation_is_high_for_two_voices_and_low_for_a_cut_through_one() -> None:
    two, _ = voices(20, 20)
    ids = np.repeat([0, 1], 20)
    assert separation(two, ids) > 0.5
    assert separation(two, np.tile([0, 1], 20)) < 0.05


@pytest.mark.parametrize(
    ("text", "log_probability", "share", "invented"),
    [
        ("您好，我是华信银行的小林", -0.3, 0.6, False),
        ("您好，我是华信银行的小林", -1.3, 0.6, True),
        ("您好，我是华信银行的小林", -0.3, 0.02, True),
        ("字幕由 Amara.org 社区提供", -0.7, 0.6, True),
        ("词曲 李宗盛", -0.9, 0.2, True),
        ("。。。", -0.2, 0.9, True),
        ("啊啊啊啊啊啊啊啊", -0.3, 0.6, True),
        ("thank you for watching", -0.7, 0.5, True),
        ("Thank you", -0.2, 0.6, False),
    ],
)
def test_inventions_are_told_from_words(
    text: str, log_probability: float, share: float, invented: bool
) -> None:
    assert guards.invented(text, log_probability=log_probability, speech_share=share, seconds=2.0) is invented


def test_words_that_were_written_on_after_the_sound_had_ended_are_left_out() -> None:
    said = tuple(HeardWord(c, Interval(i * 0.2, i * 0.2 + 0.2), 0.9) for i, c in enumerate("谢谢再见"))
    tail = tuple(HeardWord(c, Interval(0.8, 0.8), 0.9) for c in "谢谢再见")
    assert without_tail(said + tail) == said
    assert without_tail(said + tail[:1]) == said + tail[:1]


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("We are done here. Goodbye. We are done here. Goodbye.", True),
        ("你去投诉啊，我等着你。你去投诉啊，我等着你。", True),
        ("谢谢，谢谢", False),
        ("Thank you, thank you.", False),
        ("四零零八二零六六一一，我记下来了", False),
    ],
)
def test_an_end_that_is_said_twice_is_suspect(text: str, repeats: bool) -> None:
    assert guards.repeats(text) is repeats


def test_an_echo_of_the_prompt_is_no_speech() -> None:
    assert guards.echoes("以下是普通话的句子", "以下是普通话的句子，使用简体中文。")
    assert not guards.echoes("我说普通话", "以下是普通话的句子，使用简体中文。")
