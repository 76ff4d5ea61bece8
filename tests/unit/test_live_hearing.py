"""Where utterances end, what is heard of them when, and how they become turns."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from coach.domain.call import Role
from coach.domain.time import Interval
from coach.domain.transcript import Segment, Word
from coach.live.conversation import MOST, Conversation, shares
from coach.live.endpoint import FRAME, LONGEST, Endpointer, Step, Stretch
from coach.live.hearing import Listener, Tentative, Utterance
from tests.unit.live_fakes import LoudIsVoice, Said, ScriptedHears, sound


def fed(*parts: tuple[float, float]) -> list[Stretch]:
    """Feed (probability, seconds) one after another."""
    ends = Endpointer()
    found = []
    for probability, seconds in parts:
        for _ in range(round(seconds / FRAME)):
            stretch = ends.feed(probability)
            if stretch is not None:
                found.append(stretch)
    return found


def ended(stretches: list[Stretch]) -> list[Interval]:
    return [stretch.interval for stretch in stretches if stretch.step is Step.ENDED]


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        ([(0.0, 5.0)], 0),
        ([(0.0, 1.0), (0.9, 1.0), (0.0, 1.0)], 1),
        ([(0.0, 1.0), (0.9, 1.0), (0.0, 0.25), (0.9, 1.0), (0.0, 1.0)], 1),
        ([(0.0, 1.0), (0.9, 1.0), (0.0, 0.5), (0.9, 1.0), (0.0, 1.0)], 2),
        ([(0.0, 1.0), (0.9, 0.04), (0.0, 1.0)], 0),
        ([(0.0, 1.0), (0.2, 1.0), (0.0, 1.0)], 0),
        ([(0.0, 1.0), (0.9, 0.5), (0.2, 0.5), (0.0, 1.0)], 1),
    ],
    ids=["silence", "one", "short pause", "two", "a click", "never sure", "fades out"],
)
def test_an_utterance_ends_after_enough_silence(parts: list[tuple[float, float]], count: int) -> None:
    assert len(ended(fed(*parts))) == count


def test_an_utterance_reaches_a_little_before_its_first_and_past_its_last_voice() -> None:
    (at,) = ended(fed((0.0, 1.0), (0.9, 2.0), (0.0, 1.0)))
    assert at.start == pytest.approx(0.8, abs=0.04)
    assert at.end == pytest.approx(3.2, abs=0.08)


def test_words_are_worked_out_in_the_pause_before_it_is_the_end() -> None:
    steps = [stretch.step for stretch in fed((0.9, 1.0), (0.0, 1.0))]
    assert steps == [Step.PAUSED, Step.ENDED]


def test_who_speaks_on_is_cut_at_the_quietest_place_and_nothing_is_lost_between() -> None:
    parts = ended(fed((0.9, 7.5), (0.3, 0.1), (0.9, 8.0), (0.0, 1.0)))
    assert len(parts) >= 2
    assert parts[0].end == pytest.approx(7.55, abs=0.2)
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert all(part.duration <= LONGEST + 0.3 for part in parts)


SCRIPT = [
    Said(0, 1.0, 2.5, "您好请问是贺先生吗"),
    Said(1, 3.5, 4.5, "我是您哪位"),
    Said(0, 5.5, 7.5, "这里是澄湖银行"),
]


def heard(script: list[Said], seconds: float, *, behind: float = 0.0) -> tuple[list[object], Listener]:
    listener = Listener(ScriptedHears(script), [LoudIsVoice(), LoudIsVoice()], language=None)
    frames = sound(script, seconds)
    found: list[object] = []
    for start in range(0, len(frames), 700):
        found.extend(listener.feed(frames[start : start + 700], behind=lambda: behind))
    return [*found, *listener.flush()], listener


def test_final_words_come_by_channel_with_their_times() -> None:
    found, listener = heard(SCRIPT, 9.0)
    finals = [one for one in found if isinstance(one, Utterance)]
    assert [one.segment.text for one in finals] == [said.text for said in SCRIPT]
    assert [one.channel for one in finals] == [0, 1, 0]
    assert [one.spoken_until for one in finals] == pytest.approx([2.5, 4.5, 7.5], abs=0.07)
    assert listener.language == "zh"


def test_words_that_were_worked_out_in_the_pause_are_not_worked_out_again() -> None:
    _, listener = heard(SCRIPT, 9.0)
    assert listener.tally.reused == listener.tally.final == 3


def test_tentative_words_come_first_and_go_when_the_final_ones_come() -> None:
    found, _ = heard(SCRIPT[:1], 4.0)
    assert isinstance(found[0], Tentative)
    assert found[-2:][0] == Tentative(0, "")
    assert isinstance(found[-1], Utterance)


def test_under_load_tentative_words_are_left_out_and_final_ones_never() -> None:
    found, listener = heard(SCRIPT, 9.0, behind=5.0)
    assert not any(isinstance(one, Tentative) for one in found)
    assert sum(isinstance(one, Utterance) for one in found) == 3
    assert listener.tally.shed >= 3


def test_what_leaks_into_the_other_channel_is_not_heard_twice() -> None:
    script = SCRIPT[:1]
    hears = ScriptedHears([*script, Said(1, 1.0, 2.5, "您好请问是贺先生吗")])
    listener = Listener(hears, [LoudIsVoice(), LoudIsVoice()], language="zh")
    frames = sound(script, 4.0)
    frames[:, 1] = (frames[:, 0] * 0.15).astype(np.int16)
    found = [*listener.feed(frames, behind=lambda: 0.0), *listener.flush()]
    assert [one.channel for one in found if isinstance(one, Utterance)] == [0]


# ---- turns -------------------------------------------------------------------------------------------------


def utterance(channel: int, start: float, text: str, **voices: object) -> Utterance:
    edges = [start + 0.2 * i for i in range(len(text) + 1)]
    words = tuple(
        Word(letter, Interval(a, b), 0.9) for letter, a, b in zip(text, edges[:-1], edges[1:], strict=True)
    )
    at = Interval(start, edges[-1])
    two_channels = channel if not voices else None
    return Utterance(channel, Segment(text, at, words, 0.9, two_channels), edges[-1], **voices)  # type: ignore[arg-type]


def conversation(agent_channel: str = "left") -> Conversation:
    return Conversation(coached=Role.AGENT, agent_channel=agent_channel, correct=lambda turns: turns)


def test_utterances_of_one_party_are_one_turn_until_the_other_speaks() -> None:
    talk = conversation()
    talk.add(utterance(0, 1.0, "您好"), "zh")
    talk.add(utterance(0, 2.2, "我是小乔"), "zh")
    turns = talk.add(utterance(1, 4.0, "什么事情"), "zh")
    assert [(turn.role, turn.text) for turn in turns] == [
        (Role.AGENT, "您好，我是小乔。"),
        (Role.CUSTOMER, "什么事情。"),
    ]


def test_the_only_microphone_is_the_partys_that_it_was_given_to() -> None:
    talk = conversation("right")
    (turn,) = talk.add(utterance(0, 1.0, "我想协商还款"), "zh")
    assert turn.role is Role.CUSTOMER


def test_two_voices_in_one_channel_are_told_apart() -> None:
    talk = conversation("auto")
    one, other = np.eye(2, 8, dtype=np.float32)
    lines = [
        (one, "您好我是澄湖银行信用卡中心的小乔"),
        (other, "嗯什么事情你说"),
        (one, "您的账单已经逾期两个月请您尽快处理"),
        (other, "我现在失业了没有钱还不了"),
        (one, "我们可以帮您申请分期"),
        (other, "那我考虑一下好吧"),
    ]
    start = 0.0
    for number, (vector, text) in enumerate(lines):
        at = Interval(start, start + 0.2 * len(text))
        noise = np.full(8, 0.02 * number, np.float32)
        near = (vector + noise) / np.linalg.norm(vector + noise)
        turns = talk.add(utterance(0, start, text, pieces=(at,), vectors=near[None, :]), "zh")
        start = at.end + 0.8
    assert [turn.role for turn in turns] == [Role.AGENT, Role.CUSTOMER] * 3


def test_a_long_call_settles_its_oldest_turns_and_keeps_their_numbers() -> None:
    talk = conversation()
    for number in range(MOST + 90):
        turns = talk.add(utterance(number % 2, 3.0 * number, "好的我知道了"), "zh")
    assert len(turns) == MOST + 90
    assert [turn.i for turn in turns] == list(range(MOST + 90))
    starts = [turn.interval.start for turn in turns if turn.interval is not None]
    assert starts == sorted(starts)
    assert len(talk._utterances) <= MOST


def test_the_share_of_talk_is_of_the_time_that_was_talked() -> None:
    talk = conversation()
    talk.add(utterance(0, 0.0, "一二三四五六"), "zh")
    turns = talk.add(utterance(1, 5.0, "一二"), "zh")
    assert shares(turns) == {Role.AGENT: pytest.approx(0.75), Role.CUSTOMER: pytest.approx(0.25)}
    assert shares([]) == {}
