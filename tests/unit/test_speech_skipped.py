"""Speech that the recogniser skipped is not hidden in the time of a word, nor behind a text in circles."""

from __future__ import annotations

import pytest

from coach.domain.time import Interval
from coach.speech.decoding import HeardWord
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
