"""The split of the labelled turns: near twins and what was heard of them never straddle it."""

from __future__ import annotations

from collections import defaultdict

import pytest

from models.turn_classifier import data, hear


@pytest.mark.parametrize(
    ("identity", "stem"),
    [
        ("zhh-356a", "zhh-356"),
        ("zhh-356e", "zhh-356"),
        ("zhh-356c-h1", "zhh-356"),
        ("zhd-em-0415-h2a", "zhd-em-0415"),
        ("zhc-001-g", "zhc-001-g"),
        ("zh_neg_037-h1", "zh_neg_037"),
    ],
)
def test_twins_and_what_was_heard_share_a_stem(identity: str, stem: str) -> None:
    assert data.stem_of(identity) == stem


def test_no_group_of_twins_straddles_the_split() -> None:
    sides: dict[str, set[str]] = defaultdict(set)
    for piece in data.read_folder(hear.DATA):
        sides[data.stem_of(piece.id)].add(data.split_of(piece))
    assert len(sides) > 5_000
    assert not {stem for stem, found in sides.items() if len(found) > 1}


def test_ids_are_unique() -> None:
    ids = [piece.id for piece in data.read_folder(hear.DATA)]
    assert len(ids) == len(set(ids))
