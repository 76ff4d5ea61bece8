"""Of several texts for one sound the one counts that is likeliest as sound and as talk of this kind."""

from __future__ import annotations

import pytest

from coach.speech.context import fit
from coach.speech.decoding import Heard, likeliest


def heard(text: str, log_probability: float) -> Heard:
    """A text of the search with the total of its tokens' logarithms, one token a character."""
    return Heard((), text, tuple(range(len(text))), log_probability / (len(text) + 1), 0.0)


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        pytest.param([("您已经与其三十天了", -5.0), ("您已经逾期三十天了", -6.0)], 1, id="fits"),
        pytest.param(
            [("您已经与其三十天了", -5.0), ("您已经逾期三十天了", -25.0)],
            0,
            id="not heard",
        ),
        pytest.param(
            [("与其拖着不如早点说清楚", -3.0), ("逾期拖着不如早点说清楚", -8.0)],
            0,
            id="right already",
        ),
        pytest.param([("", -1.0), ("您好", -1.5)], 0, id="silence"),
        pytest.param(
            [("我还不上", -2.0), ("我还不上，我还不上，我还不上", -2.5)],
            0,
            id="longer",
        ),
        pytest.param([("好的好的", -2.0), ("好好好好好", -2.1)], 0, id="circles"),
    ],
)
def test_the_likeliest_by_sound_and_words_is_chosen(texts: list[tuple[str, float]], chosen: int) -> None:
    found = [heard(text, total) for text, total in texts]
    assert likeliest(found, fit) is found[chosen]


def test_what_is_no_chinese_adds_nothing() -> None:
    assert fit("OK, 3260!") == 0.0
    assert fit("") == 0.0


def test_both_scripts_fit_alike() -> None:
    assert fit("您這筆帳單逾期了") == fit("您这笔账单逾期了")
