"""What people say in the packages' recordings, where listeners differ: the better fit counts."""

from __future__ import annotations

import pytest

from tests.benchmarks.hearing import measures
from tests.benchmarks.hearing.people import fitting


@pytest.mark.parametrize(
    ("said", "heard", "fits"),
    [
        ("我(先|写)写五个点", "我写写五个点", "我写写五个点"),
        ("我(先|写)写五个点", "我现在写五个点", "我先写五个点"),
        ("换位思考(啊|)(好|)", "换位思考好", "换位思考好"),
        ("(三胖|三毛)老师", "三帮老师", "三胖老师"),
        ("四个字足够", "四个字", "四个字足够"),
    ],
)
def test_the_better_fit_of_two_that_were_heard_counts(said: str, heard: str, fits: str) -> None:
    assert fitting(said, lambda words: measures.errors(words, heard, "zh")[0]) == fits
