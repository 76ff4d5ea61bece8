"""The practice page without a browser: what is shown before the marks are handed in, and to whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.people import Actor
from coach.practice.marks import Mark, compare, key_of_gold
from coach.store import ReviewStore
from coach.ui import i18n, resources
from coach.ui.practice_view import labels_view, result_view, results_view
from coach.ui.sample_sound import gold, samples
from coach.ui.server import SCRIPT
from tests.store_calls import BOSS, LI, TRAINER, judged
from tests.ui.drawn import components

SAMPLE = "zh_collection_threat"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewStore]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    _forget()
    yield resources.store()
    _forget()


def _forget() -> None:
    for read_once in (resources.settings, resources.store, resources.jobs):
        read_once.cache_clear()


def _practice(monkeypatch: pytest.MonkeyPatch, actor: Actor, session: str | None = None) -> dict[str, Any]:
    monkeypatch.setattr("coach.ui.resources.current_actor", lambda: actor)
    monkeypatch.setattr("coach.ui.rooms._ROOMS", dict.fromkeys(type(actor.role), ("practice", "help")))
    page = AppTest.from_file(SCRIPT, default_timeout=60)
    if session is not None:
        page.query_params["session"] = session
    page.run()
    assert not page.exception
    return components(page)


def test_nothing_gives_the_key_away_before_the_marks_are_handed_in(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.desk(LI).add(judged("one", faults={"no_threat": 2}), title="one")
    store.desk(BOSS).case("one").clear_for_training()
    for session in (f"sample:{SAMPLE}", "call:one"):
        data = _practice(monkeypatch, TRAINER, session)["coach_study"]
        assert data["mode"] == "mark"
        assert "result" not in data
        assert all(set(turn) == {"role", "text", "at"} for turn in data["turns"])


def test_the_choice_does_not_tell_what_happens_in_a_sample(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = json.dumps(_practice(monkeypatch, TRAINER)["coach_practice"]["samples"], ensure_ascii=False)
    for sample in samples().values():
        assert sample.title.zh not in shown
        assert sample.about.zh not in shown


@pytest.mark.parametrize("session", ["call:one", "sample:../../etc/passwd", "sample:nothing", "call:", ""])
def test_what_is_not_his_to_practise_on_is_not_there(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, session: str
) -> None:
    store.desk(BOSS).add(judged("one"), title="one")
    assert "coach_study" not in _practice(monkeypatch, TRAINER, session), "it was not cleared"
    store.desk(BOSS).case("one").clear_for_training()
    assert "coach_study" not in _practice(monkeypatch, LI, session), "an agent practises on samples"


def test_class_results_name_who_practised_and_what_is_most_often_missed(store: ReviewStore) -> None:
    key = key_of_gold(gold(SAMPLE))
    first = min(key)
    result = result_view(compare({first, Mark(0, first.label)}, key), human=False)
    store.desk(LI).keep_exercise("marking", f"sample:{SAMPLE}", float(result["score"]), result)
    store.desk(LI).keep_exercise("drill", "line:x", 50.0, {})
    view = results_view(store.desk(TRAINER).exercises(), {LI.account: LI.name}, {}, "zh")
    [person] = view["people"]
    assert (person["who"], person["n"], person["marking"], person["drill"]) == (
        "小李",
        2,
        result["score"],
        50,
    )
    assert view["weak"]
    assert all(0 < line["missed"] <= line["all"] for line in view["weak"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fault_to_mark_is_explained(language: Any) -> None:
    texts = i18n.under(language, "practice")
    assert all(label["about"] and label["name"] for label in labels_view(language, texts))
