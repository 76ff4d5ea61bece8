"""The store keeps reviews and sound, and survives what users do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coach.domain.errors import StoreError
from coach.store import ReviewStore
from coach.store.codec import from_json, to_json
from tests.builders import review


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    return ReviewStore(tmp_path)


def test_a_review_comes_back_equal(store: ReviewStore) -> None:
    kept = review("A: 您好", "C: 你好")
    store.add(kept, title="一")
    assert store.review("test-call") == kept


def test_a_review_is_the_same_after_json() -> None:
    kept = review("A: 您好")
    assert from_json(to_json(kept)) == kept


def test_a_damaged_review_says_what_to_do_and_not_what_was_said() -> None:
    with pytest.raises(StoreError, match="review the recording again") as error:
        from_json('{"observed": "秘密"}')
    assert "秘密" not in str(error.value)


def test_the_same_recording_twice_is_one_call(store: ReviewStore) -> None:
    store.add(review("A: 您好"), title="一")
    store.add(review("A: 您好", "C: 你好"), title="二")
    assert [call.title for call in store.calls()] == ["二"]


def test_a_removed_call_is_hidden_and_comes_back(store: ReviewStore) -> None:
    store.add(review("A: 您好"), title="一")
    store.remove("test-call")
    assert store.calls() == []
    with pytest.raises(StoreError, match="no such call"):
        store.review("test-call")
    store.restore("test-call")
    assert [call.id for call in store.calls()] == ["test-call"]


def test_purging_leaves_neither_words_nor_sound(store: ReviewStore, tmp_path: Path) -> None:
    sound = tmp_path / "sound.m4a"
    sound.write_bytes(b"sound")
    store.add(review("A: 独一无二的话"), title="一", audio=sound, peaks=[[0.5]])
    store.remove("test-call")
    assert store.purge() == 1
    assert not list((tmp_path / "recordings").iterdir())
    assert all("独一无二".encode() not in file.read_bytes() for file in tmp_path.iterdir() if file.is_file())


def test_the_id_of_a_transcript_is_never_a_path(store: ReviewStore, tmp_path: Path) -> None:
    sound = tmp_path / "sound.m4a"
    sound.write_bytes(b"sound")
    hostile = replace(review("A: 您好").observed.call, id="../../outside")
    kept = review("A: 您好")
    store.add(
        replace(kept, observed=replace(kept.observed, call=hostile)), title="x", audio=sound, peaks=[[1.0]]
    )
    found = store.audio("../../outside")
    assert found is not None
    assert found.parent == tmp_path / "recordings"
    assert store.peaks("../../outside") == [[1.0]]


def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "coach.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        ReviewStore(tmp_path)
