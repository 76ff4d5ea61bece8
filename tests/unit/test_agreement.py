"""Agreement of raters, against published values and those of other programs.

The published values, and those in ``agreement_cases.json`` (drawn at random, a dot is a gap), were worked out
again with the packages krippendorff 0.9.0 and scikit-learn 1.9.1; over 400 random tables the largest
difference from ours was 2e-15.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.domain.agreement import cohen_kappa, krippendorff_alpha, share_alike


def _table(rows: list[list[int]]) -> list[tuple[int, int]]:
    """A contingency table as the pairs that it counts."""
    return [(i, j) for i, row in enumerate(rows) for j, n in enumerate(row) for _ in range(n)]


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[20, 5], [10, 15]], 0.4),  # Wikipedia, "Cohen's kappa", first example
        ([[45, 15], [25, 15]], 0.1304),  # the same page: two tables that agree equally often
        ([[25, 35], [5, 35]], 0.2593),
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492),  # Fleiss, Cohen and Everitt 1969, unweighted
        ([[10, 0], [0, 7]], 1.0),
        ([[0, 5], [5, 0]], -1.0),
    ],
)
def test_kappa_is_the_published_one(table: list[list[int]], kappa: float) -> None:
    assert cohen_kappa(_table(table)) == pytest.approx(kappa, abs=5e-4)


_RELIABILITY = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""Krippendorff 2011, section C: four observers, twelve units, with gaps."""


def test_alpha_of_four_observers_with_gaps_is_the_published_one() -> None:
    units = [tuple(said for said in unit if said is not None) for unit in zip(*_RELIABILITY, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        ("0100000010", "1110010000", 0.095),  # Krippendorff 2011, section A: binary
        ("aabbdcccedda", "babbbccceddd", 0.692),  # section B: nominal
    ],
)
def test_alpha_of_two_observers_is_the_published_one(first: str, second: str, alpha: float) -> None:
    assert krippendorff_alpha(list(zip(first, second, strict=True))) == pytest.approx(alpha, abs=5e-4)


_CASES = json.loads((Path(__file__).parent / "agreement_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", _CASES, ids=[str(i) for i in range(len(_CASES))])
def test_both_figures_are_what_other_programs_find(case: dict) -> None:
    units = [[said for said in unit if said != "."] for unit in zip(*case["raters"], strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(case["alpha"], abs=1e-8)
    pairs = [(a, b) for a, b in zip(*case["raters"][:2], strict=True) if "." not in (a, b)]
    assert cohen_kappa(pairs) == pytest.approx(case["kappa"], abs=1e-8)


def test_what_nobody_can_agree_on_by_more_than_chance_has_no_figure() -> None:
    assert cohen_kappa([]) is None
    assert cohen_kappa([("met", "met")] * 5) is None
    assert krippendorff_alpha([("met", "met")] * 5) is None
    assert krippendorff_alpha([("met",), ("not_met",)]) is None


def test_plain_agreement_is_a_share() -> None:
    assert share_alike([]) is None
    assert share_alike([(1, 1), (1, 2)]) == 0.5
