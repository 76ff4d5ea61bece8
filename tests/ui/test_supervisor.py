"""What supervisors do at the page, without a browser: rulings, the inbox, the team's figures, calibration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.people import LOCAL, Actor
from coach.domain.review import Outcome, Verdict
from coach.report.sheets import table_csv
from coach.store import Filters, Order, Rating, ReviewStore, Tally
from coach.ui import inbox, resources, team_view
from coach.ui.calibration_view import agreement
from coach.ui.inbox import Inbox
from coach.ui.office_acts import act
from coach.ui.office_view import blind_questions, office_view
from coach.ui.team_view import Period
from tests.store_calls import ADMIN, BOSS, LI, OTHER_BOSS, TRAINER, judged, playbook

MONDAY = date(2026, 11, 16)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewStore]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    for read_once in (resources.settings, resources.store, resources.jobs):
        read_once.cache_clear()
    yield resources.store()
    for read_once in (resources.settings, resources.store, resources.jobs):
        read_once.cache_clear()


# -- rulings ----------


def _dismissal(**changes: object) -> dict[str, object]:
    return {"do": "rule", "kind": "dismiss", "criterion": "no_threat", "reason": "复述", **changes}


def test_a_ruling_puts_the_human_card_beside_the_machines(store: ReviewStore) -> None:
    store.add(judged("one", faults={"no_threat": 2}), title="one", agent=LI.account)
    desk = store.desk(BOSS)
    assert act(desk.case("one"), _dismissal()) is None
    case = desk.case("one")
    view = office_view(desk, case, case.card(), "zh")
    assert view["machine"]["verdict"] == "fail"
    assert view["human"]["verdict"] == "pass"
    assert view["was"] == {"no_threat": "not_met"}
    assert [(one["kind"], one["reason"], one["undone"]) for one in view["rulings"]] == [
        ("dismiss", "复述", False)
    ]
    assert act(case, {"do": "undo", "id": view["rulings"][0]["id"]}) is None
    case = desk.case("one")
    undone = office_view(desk, case, case.card(), "zh")
    assert undone["human"] is None
    assert undone["rulings"][0]["undone"]


@pytest.mark.parametrize(
    ("actor", "asked", "told"),
    [
        (LI, _dismissal(), "office.not_allowed"),
        (LI, {"do": "sign", "note": ""}, "office.not_allowed"),
        (LI, {"do": "hold", "on": True}, "office.not_allowed"),
        (BOSS, _dismissal(reason="  "), "office.refused"),
        (BOSS, _dismissal(criterion="no_such_thing"), "office.refused"),
        (BOSS, _dismissal(turn=99), "office.refused"),
        (BOSS, _dismissal(turn="2"), "office.faulty"),
        (BOSS, _dismissal(turn=True), "office.faulty"),
        (BOSS, _dismissal(kind="explode"), "office.faulty"),
        (BOSS, _dismissal(kind="add", turn=2, at=[1]), "office.faulty"),
        (BOSS, {"do": "comment", "text": "x", "at": "now"}, "office.faulty"),
        (BOSS, {"do": "comment", "text": "   "}, "office.refused"),
        (BOSS, {"do": "give"}, "office.faulty"),
        (BOSS, {}, "office.faulty"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    store: ReviewStore, actor: Actor, asked: dict[str, object], told: str
) -> None:
    store.add(judged("one", faults={"no_threat": 2}), title="one", agent=LI.account)
    assert act(store.desk(actor).case("one"), asked) == told
    case = store.desk(BOSS).case("one")
    assert not case.rulings()
    assert not case.comments()
    assert not case.sign_offs()
    assert not case.line.hold


def test_the_office_files_signs_and_comments(store: ReviewStore) -> None:
    store.add(judged("one"), title="one")
    desk = store.desk(BOSS)
    for asked in (
        {"do": "give", "agent": LI.account},
        {"do": "hold", "on": True},
        {"do": "clear", "on": True},
        {"do": "comment", "text": "好", "turn": 2, "at": 6.0},
        {"do": "sign", "note": "可以"},
    ):
        assert act(desk.case("one"), asked) is None
    line = desk.case("one").line
    assert (line.agent, line.hold, line.cleared, line.state.value) == (LI.account, True, True, "signed")
    assert act(desk.case("one"), {"do": "unsign"}) is None
    assert act(desk.case("one"), {"do": "give", "agent": ""}) is None
    assert desk.case("one").line.agent is None


def test_a_blind_reviewer_is_asked_every_criterion_but_manner(store: ReviewStore) -> None:
    store.add(judged("one", faults={"no_threat": 2}), title="one")
    store.desk(BOSS).case("one").assign_second(OTHER_BOSS.account)
    case = store.desk(OTHER_BOSS).case("one")
    asked = blind_questions(case.blind_review(), "zh")
    assert {one["group"] for one in asked} == {"critical", "dont", "do"}
    outcomes = {one["id"]: "met" for one in asked}
    assert (
        act(case, {"do": "submit", "outcomes": {**outcomes, "no_threat": "perhaps"}, "note": ""})
        == "office.faulty"
    )
    assert act(case, {"do": "submit", "outcomes": outcomes, "note": ""}) is None
    assert not store.desk(OTHER_BOSS).case(case.line.id).blind


# -- inbox ----------


def test_the_inbox_is_read_a_page_at_a_time(store: ReviewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE_SIZE", 2)
    for n in range(5):
        store.add(judged(f"call-{n}"), title=f"call {n}")
    desk, here, seen = store.desk(BOSS), Inbox(order=Order.NEWEST), []
    while True:
        page = here.page(desk)
        seen.append([hit.call.id for hit in page.items])
        if page.next is None:
            break
        here = here.ahead(page.next)
    assert [len(one) for one in seen] == [2, 2, 1]
    assert sorted(call for one in seen for call in one) == [f"call-{n}" for n in range(5)]
    assert [hit.call.id for hit in here.behind().page(desk).items] == seen[1]


def test_a_place_that_is_none_begins_again(store: ReviewStore) -> None:
    store.add(judged("one"), title="one")
    assert len(Inbox(starts=(None, "nonsense")).page(store.desk(BOSS)).items) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"filters": "all"},
        {"filters": {"verdicts": ["grand"]}},
        {"order": "chaos"},
        {"filters": {"since": "soon"}},
    ],
)
def test_filters_that_are_none_are_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"no filters|not a valid|isoformat"):
        inbox.asked(asked)


def test_the_next_call_waits_for_a_signature_and_was_not_passed(store: ReviewStore) -> None:
    for call in ("a", "b", "c"):
        store.add(judged(call, faults={"no_threat": 2} if call == "b" else {}), title=call)
    desk = store.desk(BOSS)
    assert inbox.next_waiting(desk, Inbox(), []).id == "b"  # type: ignore[union-attr]
    desk.case("b").sign_off()
    following = inbox.next_waiting(desk, Inbox(), ["a"])
    assert following is not None
    assert following.id == "c"
    assert inbox.next_waiting(desk, Inbox(), ["a", "c"]) is None
    assert inbox.next_waiting(desk, Inbox(Filters(title="b")), []) is None


# -- team ----------


def _tally(agent: str, outcome: str, n: int, total: float, criterion: str = "", week: date = MONDAY) -> Tally:
    return Tally(week, agent, "collection", criterion, outcome, n, total)


TALLIES = [
    _tally("li", "pass", 2, 180.0),
    _tally("li", "not_assessed", 1, 0.0),
    _tally("wang", "fail", 1, 30.0, week=MONDAY - timedelta(days=7)),
    _tally("li", "met", 2, 2.0, "courtesy"),
    _tally("wang", "not_met", 2, 0.5, "courtesy"),
    _tally("wang", "not_applicable", 5, 0.0, "courtesy"),
]
PERIOD = Period.last(2, date(2026, 11, 22))


def test_a_period_is_whole_weeks_up_to_this_one() -> None:
    assert PERIOD.weeks == [date(2026, 11, 9), MONDAY]
    assert PERIOD.until == date(2026, 11, 23)


def test_scores_are_means_of_what_was_assessed() -> None:
    found = team_view.scores(TALLIES, PERIOD.weeks)
    assert (found["n"], found["mean"], found["failed"]) == (4, 70.0, 1)
    assert [(week["n"], week["mean"]) for week in found["weeks"]] == [(1, 30.0), (3, 90.0)]
    assert found["verdicts"] == {"fail": 1, "needs_work": 0, "pass": 2, "not_assessed": 1}
    assert team_view.scores([], PERIOD.weeks)["mean"] is None


def test_the_agent_who_needs_help_stands_first() -> None:
    rows = team_view.by_agent(TALLIES, PERIOD.weeks, {"li": "小李", "wang": "小王"})
    assert [(row["name"], row["mean"]) for row in rows] == [("小王", 30.0), ("小李", 90.0)]


def test_a_criterion_counts_where_it_was_judged() -> None:
    (row,) = team_view.by_criterion(TALLIES, PERIOD.weeks, playbook().infos(), "zh")
    assert row["id"] == "courtesy"
    assert row["all"] == {"n": 4, "share": 0.625}
    assert row["weeks"] == [{"n": 0, "share": None}, {"n": 4, "share": 0.625}]


def test_a_table_to_take_away_is_no_formula() -> None:
    worst = [
        {"when": "2026-11-20", "agent": "=1+1", "title": "＝cmd", "criterion": "no_threat", "start": 12.0}
    ]
    lines = table_csv(team_view.table("worst", {"worst": worst}, "zh")).decode("utf-8-sig").splitlines()
    assert lines[0] == "时间,员工,通话,评分项,秒"
    assert lines[1] == "2026-11-20,'=1+1,'＝cmd,no_threat,12.0"
    with pytest.raises(ValueError, match="no such part"):
        team_view.table("everything", {}, "zh")


# -- calibration ----------


def _ratings(call: str, **said: str) -> list[Rating]:
    names = {"first": "first:boss", "blind": "boss2", "machine": "machine"}
    return [Rating(call, "empathy", names[rater], Outcome(outcome)) for rater, outcome in said.items()]


def test_agreement_tells_people_from_the_machine() -> None:
    ratings = [
        *_ratings("a", first="met", blind="met", machine="met"),
        *_ratings("b", first="not_met", blind="not_met", machine="met"),
        *_ratings("c", blind="met", machine="met"),
    ]
    found = agreement(ratings, {"courtesy": "礼貌", "empathy": "同理心"})
    (row,) = found["rows"]
    assert (row["name"], row["n"], found["calls"]) == ("同理心", 3, 3)
    assert row["people"] == {"n": 2, "share": 1.0, "kappa": 1.0}
    assert row["machine"] == {"n": 3, "share": 0.667, "kappa": 0.0}
    assert row["alphaPeople"] == 1.0
    assert row["alphaAll"] < row["alphaPeople"]


def test_no_blind_review_gives_no_figures() -> None:
    assert agreement([], {"empathy": "同理心"})["calls"] == 0


# -- the screens ----------


def _dashboard() -> None:
    from coach.ui.screens import dashboard

    dashboard.show()


def _calibration() -> None:
    from coach.ui.screens import calibration

    calibration.show()


def _shown(page: AppTest) -> dict[str, Any]:
    assert not page.exception
    (found,) = [json.loads(e.proto.json) for e in page.main if getattr(getattr(e, "proto", None), "json", "")]
    return dict(found)


def _as(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    monkeypatch.setattr("coach.ui.resources.current_actor", lambda: actor)


@pytest.mark.parametrize("actor", [BOSS, ADMIN, LOCAL, LI])
def test_the_team_page_counts_the_calls_that_one_may_see(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, actor: Actor
) -> None:
    now = date.today().isoformat() + "T10:00:00+08:00"
    store.add(judged("one", faults={"no_threat": 2}, started_at=now), title="one", agent=LI.account)
    store.add(judged("two", started_at=now), title="two", agent="wang")
    store.desk(LI).case("one").skip_self_score()
    _as(monkeypatch, actor)
    data = _shown(AppTest.from_function(_dashboard, default_timeout=60).run())
    assert data["team"]["n"] == (1 if actor is LI else 2)
    assert [one["call"] for one in data["worst"]] == ["one"]
    assert {row["id"] for row in data["criteria"]} >= {"no_threat", "courtesy"}


def test_an_empty_office_is_no_error(store: ReviewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    _as(monkeypatch, BOSS)
    assert _shown(AppTest.from_function(_dashboard, default_timeout=60).run())["team"]["n"] == 0
    found = _shown(AppTest.from_function(_calibration, default_timeout=60).run())
    assert found["agreement"]["calls"] == 0
    assert found["sample"] == []


@pytest.mark.parametrize(
    ("screen", "actor"), [(_dashboard, TRAINER), (_calibration, LI), (_calibration, TRAINER)]
)
def test_who_may_not_is_told_so(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, screen: Any, actor: Actor
) -> None:
    _as(monkeypatch, actor)
    page = AppTest.from_function(screen, default_timeout=60).run()
    assert not page.exception
    assert len(page.info) == 1


def test_the_sampling_plan_stays_within_bounds(store: ReviewStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.desk(BOSS).keep_office_note("sampling", {"perAgent": 10_000, "risky": "all"})
    _as(monkeypatch, BOSS)
    found = _shown(AppTest.from_function(_calibration, default_timeout=60).run())
    assert found["plan"] == {"perAgent": 20, "risky": 50}


def test_verdicts_of_the_page_are_all_there_are() -> None:
    assert set(team_view.VERDICTS) == set(Verdict)
