"""Subtitles: what was said is text in a cue, never a cue or a tag of its own."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from coach.domain.time import Interval
from coach.domain.transcript import Word
from coach.report.subtitles import LONGEST_CUE, cues, review_srt, review_vtt
from tests.builders import review

CUE = re.compile(r"^\d+\n(\d\d:\d\d:\d\d)[.,]\d{3} --> \d\d:\d\d:\d\d[.,]\d{3}$", re.MULTILINE)
HOSTILE = "<v evil>{\\an8}<img src=x>\n\n99\n00:00:00.000 --> 00:01:00.000\n假的 & 真的"


def test_the_voices_are_named_and_the_times_are_right() -> None:
    found = review_vtt(review("A: 您好。", "C: 哪位？"), language="zh", notice="已遮盖")
    assert found == (
        "WEBVTT\n\nNOTE\n已遮盖\n\n"
        "1\n00:00:00.000 --> 00:00:03.000\n<v 催收员>您好。\n\n"
        "2\n00:00:03.000 --> 00:00:06.000\n<v 客户>哪位？\n"
    )


def test_srt_names_the_speaker_in_the_text() -> None:
    assert (
        review_srt(review("A: Hello."), language="en") == "1\n00:00:00,000 --> 00:00:03,000\nAgent: Hello.\n"
    )


def test_what_was_said_makes_no_cue_and_no_tag() -> None:
    made = review("A: x", "C: 嗯")
    turns = made.observed.call.turns
    call = replace(made.observed.call, turns=(replace(turns[0], text=HOSTILE), turns[1]))
    made = replace(made, observed=replace(made.observed, call=call))
    vtt = review_vtt(made, language="zh", notice="a\n\nb --> c")
    srt = review_srt(made, language="zh")
    count = len(cues(made, "zh"))
    assert len(CUE.findall(vtt)) == len(CUE.findall(srt)) == count
    assert vtt.count("-->") == count + 1, "the notice is a comment, and of one line"
    assert re.findall(r"<[^v/]", vtt) == []
    assert not set("<>{}\\") & set(srt.replace("-->", ""))


def test_a_long_turn_becomes_several_cues_that_follow_the_words() -> None:
    first, second = (
        "我们看到您的账单已经逾期十二天了一共是三千二百元整，",
        "您看这周五之前能不能先处理一部分剩下的分期还也可以。",
    )
    made = review(f"A: {first}{second}")
    turn = made.observed.call.turns[0]
    words = _words(first, 0.4, 11.0) + _words(second, 12.0, 20.0)
    call = replace(made.observed.call, turns=(replace(turn, interval=Interval(0.0, 20.0), words=words),))
    found = cues(replace(made, observed=replace(made.observed, call=call)), "zh")
    assert [cue.text for cue in found] == [first, second]
    assert [cue.interval for cue in found] == [Interval(0.0, 12.0), Interval(12.0, 20.0)]


@pytest.mark.parametrize("text", ["还" * 500, "word " * 200, "a" * 700, "，" * 90, "好", "。"])
def test_cues_fit_lose_nothing_and_run_forward(text: str) -> None:
    found = cues(review(f"A: {text}"), "zh")
    assert "".join(cue.text for cue in found).replace(" ", "") == text.replace(" ", "")
    assert all(sum(0.5 if c.isascii() else 1 for c in cue.text) <= LONGEST_CUE for cue in found)
    starts = [cue.interval.start for cue in found]
    assert starts == sorted(starts)
    assert all(cue.interval.duration > 0 for cue in found)


def _words(text: str, start: float, end: float) -> tuple[Word, ...]:
    """A word a character, evenly spread."""
    step = (end - start) / len(text)
    return tuple(Word(c, Interval(start + i * step, start + (i + 1) * step), 1.0) for i, c in enumerate(text))
