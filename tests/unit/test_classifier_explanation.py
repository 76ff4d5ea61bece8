"""The words that carry a label are found by leaving words out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language.explanation import carrying_span, units, without

CASES = [
    ("好的，您别急，我明天就去你单位闹，您看着办。", "去你单位闹"),
    ("Thanks for calling, I will come to your house tonight, have a good day.", "come to your house"),
    ("上门", "上门"),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_the_span_holds_the_words_that_raise_the_score(text: str, words: str) -> None:
    def score(texts: Sequence[str]) -> list[float]:
        return [3.0 if words in one else -3.0 for one in texts]

    span = carrying_span(text, score)
    assert words in span.of(text)
    assert len(text) <= 12 or span.end - span.start < len(text) * 0.7


def test_a_label_said_twice_is_found_though_one_of_them_can_be_left_out() -> None:
    text = "我去你单位，今天天气不错啊，我去你家里，您忙您的吧。"

    def score(texts: Sequence[str]) -> list[float]:
        return [2.0 * ("单位" in one) + 2.0 * ("家里" in one) - 1.0 for one in texts]

    words = carrying_span(text, score).of(text)
    assert "单位" in words or "家里" in words


@given(st.text(alphabet="我你他，。！ abc'1", min_size=1, max_size=80))
def test_units_lie_in_order_and_inside_the_text(text: str) -> None:
    found = units(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found[0].start >= 0
    assert found[-1].end <= len(text)


def test_leaving_out_keeps_the_rest() -> None:
    text = "一二三，四五六。"
    assert without(text, units(text)[0]) == "四五六。"
