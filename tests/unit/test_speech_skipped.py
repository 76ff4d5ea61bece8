"""Speech that the recogniser skipped is not hidden in the time of a word, nor behind a text in circles."""

from __future__ import annotations

import pytest

from coach.domain.time import Interval
from coach.speech.decoding import HeardWord, rather
from coach.speech.guards import repeats, until_it_repeats
from coach.speech.whisper import _tight


@pytest.mark.parametrize(
    ("text", "start", "end", "last", "kept"),
    [
        ("那", 18.9, 26.6, False, (26.3, 26.6)),
        ("那", 18.9, 26.6, True, (18.9, 19.2)),
        ("那", 18.9, 19.5, False, (18.9, 19.5)),
        ("逾期", 10.0, 12.2, False, (10.0, 12.2)),
        ("逾期", 10.0, 15.0, False, (14.4, 15.0)),
        (" payment", 3.0, 4.8, False, (3.0, 4.8)),
    ],
)
def test_a_word_is_no_longer_than_it_takes_to_say(
    text: str, start: float, end: float, last: bool, kept: tuple[float, float]
) -> None:
    found = _tight(HeardWord(text, Interval(start, end), 0.9), last=last)
    assert (found.start, found.end) == pytest.approx(kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("你欠了一万两千块,现在这个月,现在这个月,现在这个月,现在", "你欠了一万两千块,现在这个月"),
        ("能不能让我缓几天做补室补室补室补室补", "能不能让我缓几天做补室"),
        ("今天必须还钱,一分钱都不能少。", "今天必须还钱,一分钱都不能少。"),
    ],
)
def test_what_came_before_a_circle_is_kept(text: str, kept: str) -> None:
    assert until_it_repeats(text) == kept
    assert not repeats(kept)


DIGITS = "零一二三四五六七八九" + "七" * 40
THANKS = "谢谢大家" * 12


@pytest.mark.parametrize(
    ("first", "second", "first_is_kept"),
    [
        pytest.param(
            DIGITS, "零一二三四五六七八九七八" + "七" * 30, True, id="both go round after ten digits"
        ),
        pytest.param(DIGITS, "零一二三四五六七八九十，对吧。", False, id="the second says more"),
        pytest.param(DIGITS, "零一二三", True, id="the second says less"),
        pytest.param(THANKS, THANKS, False, id="both invent the same thanks"),
    ],
)
def test_of_two_texts_in_circles_the_start_of_the_first_is_kept_where_somebody_spoke(
    first: str, second: str, first_is_kept: bool
) -> None:
    assert rather(until_it_repeats(first), first, second) is first_is_kept
