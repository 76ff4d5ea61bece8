"""Calibration: which calls to look at, blind second reviews, and how far raters agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from coach import playbooks
from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import AccountRole
from coach.report.tables import Table
from coach.store import CallLine, Desk, SecondReview
from coach.ui import i18n
from coach.ui.calibration_view import agreement, agreement_table
from coach.ui.components import mount
from coach.ui.going import go_to
from coach.ui.office_view import names
from coach.ui.resources import desk
from coach.ui.speak import language, t, texts
from coach.ui.taken import taken
from coach.ui.team_view import Period, infos_of

PLAN: Final = "sampling"
FILE: Final = "calibration_file"
WEEKS: Final = 26
WEEKS_BACK: Final = 8
MOST_A_WEEK: Final = 20
_USUAL: Final = {"perAgent": 3, "risky": 50}
_RATERS: Final = (AccountRole.SUPERVISOR, AccountRole.ADMIN)


def show() -> None:
    """Draw the page; who does not lead finds here only what he was asked for."""
    mine = desk()
    try:
        data = _data(mine)
    except NotAllowed:
        st.info(t("calibration.not_yours"))
        return
    result = mount(
        "calibration",
        key="calibration",
        data={
            "lang": language(),
            "texts": texts("calibration"),
            "file": st.session_state.pop(FILE, None),
            "failed": st.session_state.pop("calibration_failed", None),
            **data,
        },
        triggers=("open", "plan", "week", "assign", "export", "rule"),
    )
    _do(mine, data, result)


def _do(mine: Desk, data: dict[str, Any], result: Any) -> None:
    """All that was asked for, what is kept first: a busy server is told of several clicks at once."""
    if result.plan:
        mine.keep_office_note(PLAN, _plan(result.plan))
    if result.rule:
        mine.ask_scores_first(bool(result.rule["scoresFirst"]))
    if result.assign:
        _assign(mine, result.assign)
    if result.export:
        _export(mine, result.export, data)
    if result.week:
        st.session_state["calibration_week"] = str(result.week)
    if result.open:
        go_to("review", call=str(result.open))
    if result.plan or result.rule or result.assign or result.export or result.week:
        st.rerun()


def _data(mine: Desk) -> dict[str, Any]:
    people, today = mine.people(), date.today()
    called = names(people, language())
    period = Period.last(WEEKS, today)
    titles = _titles(mine, period)
    plan, weeks = _plan(mine.office_note(PLAN) or {}), _weeks(today)
    week = _chosen_week() or _latest_week(mine, weeks)
    seconds = mine.second_reviews()
    return {
        "mine": [
            _second(one, called) for one in seconds if _is_open(one) and one.rater == mine.actor.account
        ],
        "others": [_second(one, called) for one in seconds if one.rater != mine.actor.account],
        "raters": [
            {"id": one.id, "name": called[one.id]} for one in people if one.active and one.role in _RATERS
        ],
        "me": mine.actor.account,
        "scoresFirst": mine.scores_first(),
        "agreement": agreement(mine.ratings(period.since, period.until), titles),
        "plan": plan,
        "week": week.isoformat(),
        "weeks": [one.isoformat() for one in weeks],
        "sample": [
            _line(line, called, seconds)
            for line in mine.sample(plan["perAgent"], week, risky=plan["risky"] / 100)
        ],
    }


def _titles(mine: Desk, period: Period) -> dict[str, str]:
    """The criteria by id; where two playbooks share one, it is called as in the one with more calls."""
    calls: Counter[str] = Counter(dict.fromkeys(playbooks.names(), 0))
    for one in mine.tallies(period.since, period.until, criterion="", by_agent=False, by_week=False):
        calls[one.playbook] += one.n
    rarest_first = [book for book, _ in reversed(calls.most_common())]
    return {
        info.id: info.title.in_language(language()) for book in rarest_first for info in infos_of(mine, book)
    }


def _is_open(one: SecondReview) -> bool:
    return one.submitted_at is None


def _second(one: SecondReview, called: Mapping[str, str]) -> dict[str, Any]:
    return {
        "call": one.call_id,
        "title": one.title,
        "rater": called.get(one.rater, t("people.gone")),
        "by": called.get(one.assigned_by, t("people.gone")),
        "when": one.assigned_at.isoformat(),
        "done": not _is_open(one),
    }


def _line(line: CallLine, called: Mapping[str, str], seconds: list[SecondReview]) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "agent": t("team.nobody") if line.agent is None else called.get(line.agent, t("people.gone")),
        "verdict": line.verdict.value,
        "score": None if line.score is None else round(line.score),
        "critical": len(line.critical),
        "signed": line.state.value in ("signed", "acknowledged"),
        "asked": [called.get(one.rater, t("people.gone")) for one in seconds if one.call_id == line.id],
    }


def _plan(found: Mapping[str, Any]) -> dict[str, int]:
    """The sampling plan within its bounds, whatever was noted or asked for."""

    def bounded(name: str, most: int) -> int:
        value = found.get(name, _USUAL[name])
        return min(most, max(0, int(value))) if isinstance(value, int | float) else _USUAL[name]

    return {"perAgent": max(1, bounded("perAgent", MOST_A_WEEK)), "risky": bounded("risky", 100)}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(today: date) -> list[date]:
    """The Mondays of the weeks that may be drawn from, this week's first."""
    return [_monday(today) - timedelta(days=7 * back) for back in range(WEEKS_BACK)]


def _chosen_week() -> date | None:
    try:
        return _monday(date.fromisoformat(st.session_state.get("calibration_week", "")))
    except ValueError:
        return None


def _latest_week(mine: Desk, weeks: list[date]) -> date:
    """The latest week with calls: on a Monday morning that is the one before."""
    return next((one for one in weeks if mine.sample(1, one)), weeks[0])


def _assign(mine: Desk, asked: Mapping[str, Any]) -> None:
    """Ask the rater for each of the calls; what was asked for before stays as it is."""
    refused = 0
    for call in asked.get("calls", []):
        try:
            mine.case(str(call)).assign_second(str(asked["rater"]))
        except StoreError:
            refused += 1
    if refused:
        st.session_state["calibration_failed"] = t("calibration.refused", n=refused)


def _export(mine: Desk, asked: Mapping[str, Any], data: dict[str, Any]) -> None:
    kind = "agreement" if asked["kind"] == "agreement" else "sample"
    head = tuple(i18n.text(language(), f"calibration.csv.{kind}").split("|"))
    if kind == "agreement":
        table = agreement_table(data["agreement"], head, t("calibration.whole"))
    else:
        rows = tuple(
            (one["agent"], one["title"], one["score"], t(f"verdict.{one['verdict']}"))
            for one in data["sample"]
        )
        table = Table("sample", head, (20,) * len(head), rows)
    title = t(f"calibration.{kind}")
    st.session_state[FILE] = taken(mine, "calibration", table, str(asked["form"]), sheet=title)
