"""A tone lies over exactly the seconds of personal data, in every channel, and over nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.audio.bleep import GAP, MARGIN, TONE_HZ, bleep, bleeped_mp3, personal_moments
from coach.audio.files import decode, probe
from coach.audio.samples import playable, raw
from coach.domain.call import Turn
from coach.domain.errors import RecordingError
from coach.domain.labels import PiiType
from coach.domain.moments import moment_of
from coach.domain.recording import DecodedAudio
from coach.domain.review import Review
from coach.domain.time import Interval, Span
from coach.domain.transcript import Word
from tests.builders import review, with_personal_data

RATE = 16_000


def noise(folder: Path, seconds: float, channels: int) -> DecodedAudio:
    samples = np.random.default_rng(7).integers(-3000, 3000, (round(seconds * RATE), channels), np.int16)
    path = folder / "noise"
    path.write_bytes(samples.tobytes())
    return DecodedAudio(path, RATE, channels, len(samples))


def spoken(text: str, *words: tuple[str, float, float]) -> Turn:
    """A turn of ten seconds with the times of these words."""
    turn = review(f"A: {text}").observed.call.turns[0]
    heard = tuple(Word(word, Interval(start, end), 1.0) for word, start, end in words)
    return replace(turn, interval=Interval(0.0, 10.0), words=heard)


@pytest.mark.parametrize(
    ("turn", "words", "seconds"),
    [
        (spoken("我叫陈立", ("我", 0, 1), ("叫", 1, 2), ("陈立", 2, 4)), "陈立", (2, 4)),
        (spoken("我叫陈立。", ("我", 0, 1), ("叫", 1, 2), ("陈", 2, 3), ("立。", 3, 4)), "陈立", (2, 4)),
        (spoken("I, Karen Hill", ("I,", 1, 2), ("Karen", 4, 5), ("Hill", 5, 7)), "Karen Hill", (4, 7)),
        # part of the name has no time: from the word before it to the word after it
        (spoken("我叫陈立吗", ("我", 0, 1), ("叫", 1, 2), ("陈", 3, 4), ("吗", 6, 7)), "陈立", (2, 6)),
        (spoken("我叫陈立吗", ("我", 0, 1), ("叫", 1, 2), ("吗", 6, 7)), "陈立", (2, 6)),
        (spoken("我叫陈立"), "陈立", (0, 10)),
        (spoken("我叫陈立", ("我", 0, 1), ("叫", 1, 2)), "陈立", (2, 10)),
    ],
)  # fmt: skip
def test_words_are_found_in_time_and_rather_too_wide_than_too_narrow(
    turn: Turn, words: str, seconds: tuple[float, float]
) -> None:
    start = turn.text.index(words)
    assert moment_of(turn, Span(start, start + len(words))) == Interval(*seconds)


def test_a_turn_without_times_has_no_moment() -> None:
    assert moment_of(replace(spoken("我叫陈立"), interval=None), Span(2, 4)) is None


@pytest.mark.parametrize("channels", [1, 2])
def test_the_tone_covers_every_channel_there_and_nothing_elsewhere(tmp_path: Path, channels: int) -> None:
    plain = noise(tmp_path, 65.0, channels)
    moments = (Interval(0.0, 0.5), Interval(29.5, 30.5), Interval(64.0, 99.0))
    covered = bleep(plain, moments, into=tmp_path / "covered")
    assert covered.frames == plain.frames
    before, after = raw(plain, plain.whole), raw(covered, covered.whole)
    changed = np.zeros(plain.frames, bool)
    for moment in moments:
        changed[round(moment.start * RATE) : round(moment.end * RATE)] = True
    assert np.array_equal(before[~changed], after[~changed])
    for channel in range(channels):
        for moment in moments:
            part = after[round(moment.start * RATE) : round(moment.end * RATE), channel].astype(float)
            spectrum = np.abs(np.fft.rfft(part))
            assert abs(np.argmax(spectrum) * RATE / len(part) - TONE_HZ) < 5
            assert np.corrcoef(part, before[round(moment.start * RATE) :][: len(part), channel])[0, 1] < 0.1


def test_the_tone_goes_on_without_a_click_from_block_to_block(tmp_path: Path) -> None:
    covered = bleep(noise(tmp_path, 61.0, 1), (Interval(29.0, 31.0),), into=tmp_path / "covered")
    part = raw(covered, Interval(29.0, 31.0))[:, 0].astype(float)
    step = 2 * np.pi * TONE_HZ / RATE * part.max()
    assert np.abs(np.diff(part)).max() < 1.1 * step


def named(*, words: bool = True) -> Review:
    made = review("A: 找陈立吗", "C: 是我")
    turn = spoken("找陈立吗", ("找", 1.0, 1.5), ("陈立", 2.0, 2.5), ("吗", 3.0, 3.2))
    turns = (turn if words else replace(turn, interval=None, words=()), made.observed.call.turns[1])
    made = replace(made, observed=replace(made.observed, call=replace(made.observed.call, turns=turns)))
    return with_personal_data(made, (0, "陈立", PiiType.NAME))


def test_moments_have_a_margin_and_near_ones_are_one() -> None:
    assert personal_moments(named().observed) == (Interval(2.0 - MARGIN, 2.5 + MARGIN),)
    two = with_personal_data(named(), (0, "陈立", PiiType.NAME), (0, "吗", PiiType.ADDRESS))
    assert personal_moments(two.observed) == (Interval(2.0 - MARGIN, 3.2 + MARGIN),)
    assert GAP > 0


def test_personal_data_without_times_is_refused_and_not_let_through() -> None:
    with pytest.raises(RecordingError, match="no times"):
        personal_moments(named(words=False).observed)


@pytest.mark.parametrize("channels", [1, 2])
def test_the_file_is_an_mp3_of_the_same_length_without_any_marks(tmp_path: Path, channels: int) -> None:
    import av

    plain = noise(tmp_path, 5.0, channels)
    kept = playable(plain, tmp_path / "call")
    made = bleeped_mp3(kept, named().observed, into=tmp_path / "covered.mp3", folder=tmp_path)
    again = decode(probe(made), tmp_path / "again", report=lambda _share: None)
    assert again.channels == channels
    assert again.duration == pytest.approx(5.0, abs=0.15)
    tone = raw(again, Interval(1.9, 2.6))[:, 0].astype(float)
    spectrum = np.abs(np.fft.rfft(tone * np.hanning(len(tone))))
    assert abs(np.argmax(spectrum) * RATE / len(tone) - TONE_HZ) < 5
    with av.open(str(made)) as container:
        assert set(container.metadata) <= {"encoder"}
