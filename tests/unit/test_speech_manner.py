"""How a call is spoken: nods, interruptions, silences, a raised voice against the speaker's own habit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.domain.call import Call, Role, Turn
from coach.domain.observations import SpeechEventKind
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval
from coach.domain.transcript import Word
from coach.speech import floor
from coach.speech.prosody import ProsodyMeter

RATE = 16_000
AGENT, CUSTOMER = Role.AGENT, Role.CUSTOMER
ROLES = {"A": AGENT, "C": CUSTOMER}


def turn(i: int, who: str, start: float, end: float, text: str) -> Turn:
    """A turn whose characters share its time."""
    step = (end - start) / len(text)
    words = tuple(
        Word(c, Interval(start + k * step, start + (k + 1) * step), 0.9) for k, c in enumerate(text)
    )
    return Turn(i, ROLES[who], text, Interval(start, end), words)


def turns(*rows: tuple[str, float, float, str]) -> tuple[Turn, ...]:
    return tuple(turn(i, *row) for i, row in enumerate(rows))


@pytest.mark.parametrize(
    ("rows", "nods"),
    [
        ([("A", 0, 4, "我帮您申请分期"), ("C", 2, 2.4, "嗯"), ("A", 4.2, 6, "每期两千")], True),
        ([("A", 0, 4, "我帮您申请分期"), ("C", 4.1, 4.6, "好的"), ("A", 5, 6, "每期两千")], True),
        ([("A", 0, 4, "您是陈先生吗？"), ("C", 4.1, 4.5, "对"), ("A", 5, 6, "您好")], False),
        ([("A", 0, 4, "我帮您申请分期"), ("C", 2, 3.5, "我不同意这样"), ("A", 4, 6, "那")], False),
        ([("A", 0, 4, "我帮您申请分期"), ("C", 4.1, 4.5, "好"), ("C", 6, 8, "那就这样办吧")], False),
    ],
    ids=["into the other's words", "between two of his turns", "an answer", "a protest", "no turn after it"],
)
def test_a_nod_is_short_says_nothing_new_and_takes_no_floor(rows: list, nods: bool) -> None:
    assert floor.nods(turns(*rows), 1) is nods


@pytest.mark.parametrize(
    ("rows", "interrupts"),
    [
        ([("A", 0, 4, "您这笔账单已经"), ("C", 3.2, 7, "我不是说了我没有钱")], True),
        ([("A", 0, 4, "您这笔账单已经"), ("C", 3.9, 7, "我不是说了我没有钱")], False),
        ([("A", 0, 9, "您这笔账单已经逾期了很多天"), ("C", 3.2, 6, "我不是说了我没有钱")], False),
        ([("A", 0, 4, "您这笔账单已经"), ("C", 3.2, 4.3, "嗯嗯")], False),
        ([("A", 0, 4, "您这笔账单已经"), ("C", 4.5, 7, "我不是说了我没有钱")], False),
    ],
    ids=["cuts in", "a touch", "the other goes on", "a nod", "waits"],
)
def test_an_interruption_comes_in_early_and_takes_the_floor(rows: list, interrupts: bool) -> None:
    said = turns(*rows)
    assert (floor.interrupts(said, floor.meetings(said), 1) is not None) is interrupts


def test_silences_and_monologues_have_their_places() -> None:
    said = turns(
        ("A", 1, 10, "我先把情况跟您说明一下"),
        ("C", 10.2, 10.6, "嗯"),
        ("A", 11, 20, "这笔账单已经逾期三十天"),
        ("C", 26, 28, "我知道"),
    )
    assert floor.silences(said, 30.0) == (Interval(20, 26),)
    assert floor.longest_monologue(said, AGENT) == Interval(1, 20)


def voice(hz: float, seconds: float, level: float, bright: float) -> np.ndarray:
    """A voice-like sound; ``bright`` is the part of high harmonics, which effort brings."""
    t = np.arange(round(seconds * RATE)) / RATE
    harmonics = range(1, int(3_400 / hz))
    sound = sum(np.sin(2 * np.pi * hz * k * t) * (bright if hz * k > 1_000 else 1 / k) for k in harmonics)
    return level * np.asarray(sound) / np.abs(sound).max()


def measured(tmp_path: Path, *rows: tuple[str, float, float, float]) -> tuple:
    """Measure turns of 2.5 s given as (who, hertz, level, brightness), agent left and customer right."""
    rng = np.random.default_rng(0)
    gap, length = 0.5, 2.5
    sound = rng.normal(size=(round((gap + length) * len(rows) * RATE), 2)) * 0.0005
    said = []
    for i, (who, hz, level, bright) in enumerate(rows):
        start = gap + i * (gap + length)
        at = round(start * RATE)
        own = voice(hz, length, level, bright)
        sound[at : at + len(own), 0 if who == "A" else 1] += own
        said.append(turn(i, who, start, start + length, "您这笔账单已经逾期"))
    (tmp_path / "s").write_bytes((sound * 32_767).astype("<i2").tobytes())
    audio = DecodedAudio(tmp_path / "s", RATE, 2, len(sound))
    call = Call("x", "x", "collection", AGENT, "zh", tuple(said), duration=audio.duration)
    return (*ProsodyMeter().measure(audio, call), audio, call)


def test_a_raised_voice_is_found_against_the_speakers_own_habit(tmp_path: Path) -> None:
    calm, loud = ("A", 200.0, 0.06, 0.02), ("A", 290.0, 0.3, 0.3)
    other = ("C", 120.0, 0.3, 0.3)
    by_turn, call, *_ = measured(tmp_path, calm, other, calm, other, loud, other, calm, other, calm, other)
    assert [own.raised for own in by_turn] == [i == 4 for i in range(10)]
    assert by_turn[0].pitch_hz == pytest.approx(200, rel=0.02)
    assert by_turn[1].pitch_hz == pytest.approx(120, rel=0.02)
    assert by_turn[4].pitch_z > 2
    (event,) = [event for event in call.events if event.kind is SpeechEventKind.RAISED_VOICE]
    assert (event.turn, event.role) == (4, AGENT)
    assert call.talk_share[AGENT] == pytest.approx(0.5, abs=0.02)


def test_with_too_few_turns_nothing_is_said_of_a_raised_voice(tmp_path: Path) -> None:
    by_turn, *_ = measured(tmp_path, ("A", 200.0, 0.06, 0.02), ("A", 290.0, 0.3, 0.3))
    assert [own.raised for own in by_turn] == [None, None]


def test_the_sounds_quality_is_measured(tmp_path: Path) -> None:
    *_, audio, call = measured(tmp_path, ("A", 200.0, 0.1, 0.1), ("C", 150.0, 0.1, 0.1))
    found = ProsodyMeter().quality(audio, call.turns)
    assert found.speech_share == pytest.approx(5.0 / 6.0, abs=0.02)
    assert 30 < found.snr_db < 60
    assert found.clipped_share == 0.0
    assert found.bandwidth_hz == pytest.approx(3_300, abs=200)


def test_where_nobody_speaks_there_is_no_ratio_to_noise(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(np.zeros(RATE, "<i2").tobytes())
    found = ProsodyMeter().quality(DecodedAudio(tmp_path / "s", RATE, 1, RATE), ())
    assert (found.speech_share, found.snr_db, found.bandwidth_hz) == (0.0, None, 0.0)
