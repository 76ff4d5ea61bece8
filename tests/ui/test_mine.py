"""The agent's page without a browser: what its components are given, and what they are not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import coach.ui
from coach.domain.people import LOCAL, Actor
from coach.domain.review import Outcome
from coach.domain.rulings import RulingKind
from coach.store import AppealKind, ReviewStore, Tally
from coach.ui import i18n, resources
from coach.ui.mine_view import WEEKS, criteria_view
from coach.ui.rooms import rooms
from coach.ui.server import SCRIPT
from tests.store_calls import ADMIN, BOSS, LI, TRAINER, WANG, judged
from tests.ui.drawn import components

UI = Path(coach.ui.__file__).parent


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewStore]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    _forget()
    yield resources.store()
    _forget()


def _forget() -> None:
    for read_once in (resources.settings, resources.store, resources.jobs):
        read_once.cache_clear()


def _page(
    monkeypatch: pytest.MonkeyPatch, actor: Actor, call: str | None = None
) -> dict[str, dict[str, Any]]:
    monkeypatch.setattr("coach.ui.resources.current_actor", lambda: actor)
    page = AppTest.from_file(SCRIPT, default_timeout=60)
    if call is not None:
        page.query_params["call"] = call
    page.run()
    assert not page.exception
    return components(page)


def test_what_he_has_not_scored_himself_shows_no_verdict(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.desk(LI).add(judged("one", faults={"no_threat": 2}), title="one")
    store.desk(LI).add(judged("two"), title="two")
    store.desk(WANG).add(judged("his"), title="his")
    store.desk(LI).case("two").score_self({"courtesy": Outcome.MET})
    data = _page(monkeypatch, LI)["coach_mine"]
    shown = {call["id"]: (call["scored"], call["verdict"], call["critical"]) for call in data["calls"]}
    assert shown == {"one": (False, None, []), "two": (True, "pass", [])}
    assert [point["id"] for point in data["trend"]] == ["two"]


def test_nobodys_judgement_is_on_the_page_before_he_has_scored_himself(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.desk(LI).add(judged("one", faults={"no_threat": 2}), title="one")
    data = _page(monkeypatch, LI, "one")["coach_study"]
    assert data["mode"] == "score"
    assert "not_met" not in json.dumps({**data, "texts": {}})
    assert {"machine", "human"}.isdisjoint(data)


def test_three_views_stand_side_by_side_afterwards(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.desk(LI).add(judged("before"), title="before")
    store.desk(LI).add(judged("one", faults={"no_threat": 2, "calm": 4}), title="one")
    own = store.desk(LI).case("one")
    own.score_self({"no_threat": Outcome.MET}, "我觉得没有")
    appeal = own.appeal("no_threat", AppealKind.WRONG_WORDS, "听错了", turn=2)
    boss = store.desk(BOSS).case("one")
    boss.rule(RulingKind.DISMISS, "no_threat", turn=2, reason="确实听错")
    boss.answer(appeal.id, granted=True, text="好")
    data = _page(monkeypatch, LI, "one")["coach_study"]
    threat = next(one for one in data["criteria"] if one["id"] == "no_threat")
    assert (threat["own"], threat["machine"], threat["human"]) == ("met", "not_met", "met")
    assert threat["rulings"] == [{"reason": "确实听错"}]
    assert threat["appeals"][0]["answer"] == "好"
    calm = next(one for one in data["criteria"] if one["id"] == "calm")
    assert calm["better"]
    assert calm["advice"]


def test_his_own_earlier_words_are_offered_for_what_he_missed(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.desk(LI).add(judged("before"), title="before")
    store.desk(WANG).add(judged("his"), title="his")
    store.desk(LI).add(judged("one", missed=("empathy",)), title="one")
    for call_id in ("before", "one"):
        store.desk(LI).case(call_id).score_self({})
    data = _page(monkeypatch, LI, "one")["coach_study"]
    empathy = next(one for one in data["criteria"] if one["id"] == "empathy")
    assert [clip["title"] for clip in empathy["earlier"]] == ["before"]


def test_a_call_of_somebody_else_is_not_there(store: ReviewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.desk(WANG).add(judged("his"), title="his")
    assert "coach_study" not in _page(monkeypatch, LI, "his")


def test_a_week_without_a_case_is_no_point_of_the_curve() -> None:
    today = date(2026, 11, 22)
    week = date(2026, 11, 16)
    tallies = [
        Tally(week, "li", "collection", "empathy", "met", 1, 1.0),
        Tally(week, "li", "collection", "empathy", "not_met", 3, 0.0),
        Tally(week - timedelta(days=14), "li", "collection", "empathy", "met", 2, 2.0),
        Tally(week, "li", "collection", "empathy", "not_applicable", 9, 0.0),
    ]
    [empathy] = criteria_view(tallies, {"empathy": "同理心"}, today)
    assert (empathy["met"], empathy["all"]) == (3, 6)
    assert empathy["weeks"] == [None] * (WEEKS - 3) + [100, None, 25]


@pytest.mark.parametrize(
    ("actor", "first"),
    [(LI, "mine"), (BOSS, "calls"), (ADMIN, "calls"), (LOCAL, "calls")],
)
def test_everybody_begins_where_his_work_is(actor: Actor, first: str) -> None:
    assert rooms(actor)[0] == first


def test_only_who_has_calls_of_his_own_finds_them() -> None:
    found = {actor.account for actor in (LI, BOSS, TRAINER, ADMIN, LOCAL) if "mine" in rooms(actor)}
    assert found == {LI.account, LOCAL.account}


@pytest.mark.parametrize("component", ["mine", "study"])
def test_every_key_that_a_component_asks_for_exists(component: str) -> None:
    texts = i18n.catalogue("zh")
    known = {key.removeprefix(f"{component}.") for key in texts} | set(texts)
    asked = {
        key
        for file in (UI / "components" / component).glob("*.js")
        for key in re.findall(r"""\bt\("([a-z_.0-9]+)\"""", file.read_text())
    }
    assert asked
    assert asked <= known


def test_a_fault_has_its_own_words_for_each_outcome() -> None:
    keys = {f"study.outcome.{outcome.value}" for outcome in Outcome}
    keys |= {f"study.outcome.fault.{name}" for name in ("met", "not_met")}
    keys |= {f"study.appeal.kind.{kind.value}" for kind in AppealKind}
    assert keys <= i18n.catalogue("zh").keys()
