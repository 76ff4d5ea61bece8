"""The training turns of the tagger are marked as its recipe reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.pii_tagger import data

_FILES = sorted((data.HERE / "data").glob("more_*.txt"))


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_every_mark_is_read_and_holds_words(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        example = data._marked(line.removeprefix("A "))
        where = f"{path.name}, line {number}"
        assert not set("[]") & set(example.text), where
        assert all(example.text[start:end].strip() for start, end, _ in example.spans), where


@pytest.mark.parametrize("name", ["more_clean", "more_zh_clean", "more_en_clean", "more_debts_clean"])
def test_turns_without_personal_data_have_no_mark(name: str) -> None:
    assert "[" not in (data.HERE / "data" / f"{name}.txt").read_text(encoding="utf-8")


def test_no_unread_short_line_is_among_the_training_turns() -> None:
    own = {example.text for _, example in data._own_lines()}
    unread = {
        data._marked(line).text
        for line in data.SHORT.read_text(encoding="utf-8").splitlines()
        if line.strip() and data._hash(line) % 2 == 1
    }
    # The count alone: a failure must not print what nobody reads.
    assert len(own & unread) == 0


def test_a_turn_of_an_exchange_is_learned_with_the_one_before_it() -> None:
    turns = [data._marked("单位呢", of_agent=True), data._marked("[e:雨润]"), data._marked("杀猪的")]
    first, second, third = data._after_each_other(turns)
    assert (first.before, second.before, third.before) == ("", "单位呢", "雨润")
    assert (second.same_before, third.same_before) == (False, True)
    assert second.spans == ((0, 2, "employer"),)
