"""The team page: how scores and criteria move, who needs help with what, and which promises were kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.review import Outcome
from coach.store import Desk, Filters, Order, Tally
from coach.ui import inbox, team_view
from coach.ui.components import mount
from coach.ui.going import go_to
from coach.ui.inbox import Inbox
from coach.ui.office_view import is_solo, names
from coach.ui.resources import desk
from coach.ui.speak import language, role_texts, t, texts
from coach.ui.taken import taken
from coach.ui.team_view import Period

KEY: Final = "team"
FILE: Final = "team_file"
SPANS: Final = (4, 8, 13, 26)
MOST_PROMISES: Final = 200


def show() -> None:
    """Draw the page for the weeks, the agent and the playbook that were chosen."""
    mine = desk()
    chosen: dict[str, Any] = {"weeks": 8, "agent": "", "playbook": "", **st.session_state.get(KEY, {})}
    try:
        data = _data(mine, chosen)
    except NotAllowed:
        st.info(t("team.not_yours"))
        return
    result = mount(
        "dashboard",
        key="dashboard",
        data={
            "lang": language(),
            "texts": {**texts("team"), **role_texts("collection")},
            "file": st.session_state.pop(FILE, None),
            **data,
        },
        triggers=("choose", "open", "drill", "promise", "export"),
    )
    _do(mine, chosen, data, result)


def _do(mine: Desk, chosen: dict[str, Any], data: dict[str, Any], result: Any) -> None:
    if result.open:
        _open(mine, result.open)
    if result.drill:
        _drill(result.drill, chosen)
    if result.choose:
        st.session_state[KEY] = _chosen(chosen, result.choose)
        st.rerun()
    if result.promise:
        _note_promise(mine, result.promise)
        st.rerun()
    if result.export:
        _export(mine, result.export, data)
        st.rerun()


def _chosen(before: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    weeks = asked.get("weeks", before["weeks"])
    return {
        "weeks": weeks if weeks in SPANS else SPANS[1],
        "agent": str(asked.get("agent", before["agent"])),
        "playbook": str(asked.get("playbook", before["playbook"])),
    }


def _data(mine: Desk, chosen: Mapping[str, Any]) -> dict[str, Any]:
    period, people = Period.last(chosen["weeks"], date.today()), mine.people()
    calls = mine.tallies(period.since, period.until, criterion="")
    called = _called(names(people, language()), {one.agent for one in calls})
    books = sorted({one.playbook for one in calls})
    book = chosen["playbook"] if chosen["playbook"] in books else _commonest(calls)
    wanted = [one for one in calls if one.playbook == book]
    agent = chosen["agent"] or None
    whole = mine.tallies(period.since, period.until, agent=agent, playbook=book, by_agent=False)
    infos = team_view.infos_of(mine, book)
    worst = mine.worst(period.since, period.until, agent=agent)
    promises = mine.promises(period.since, None, agent=agent, limit=MOST_PROMISES)
    every_name = _called(
        called, {one.call.agent or "" for one in worst} | {one.agent or "" for one in promises}
    )
    return {
        "chosen": {**chosen, "playbook": book},
        "spans": list(SPANS),
        "books": books,
        "names": [{"id": one, "name": called[one]} for one in sorted({one.agent for one in wanted})],
        "solo": is_solo(people, mine.actor),
        "team": team_view.scores(whole, period.weeks),
        "agents": team_view.by_agent(
            [one for one in wanted if agent in (None, one.agent)], period.weeks, called
        ),
        "criteria": team_view.by_criterion(whole, period.weeks, infos, language()),
        "titles": {info.id: info.title.in_language(language()) for info in infos},
        "worst": team_view.worst_view(worst, every_name),
        "promises": [team_view.promise_view(one, every_name, date.today()) for one in promises],
        "full": len(promises) == MOST_PROMISES,
    }


def _called(known: Mapping[str, str], accounts: set[str]) -> dict[str, str]:
    """Names for all: a call may be nobody's, or of somebody who left."""
    return {account: t("people.gone") for account in accounts} | {"": t("team.nobody")} | dict(known)


def _commonest(found: list[Tally]) -> str:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.playbook] = counts.get(one.playbook, 0) + one.n
    return max(counts, key=lambda book: counts[book], default="")


def _open(mine: Desk, asked: Mapping[str, Any]) -> None:
    """The review at a second; a promise knows only its turn."""
    call_id, start, turn = str(asked["call"]), asked.get("start"), asked.get("turn")
    if isinstance(turn, int):
        start = _begins(mine, call_id, turn)
    place = {"call": call_id} | ({} if start is None else {"t": f"{float(start):.2f}"})
    go_to("review", **place)


def _begins(mine: Desk, call_id: str, turn: int) -> float | None:
    try:
        at = mine.case(call_id).review().observed.call.turns[turn].interval
    except (StoreError, IndexError):
        return None
    return None if at is None else at.start


def _drill(asked: Mapping[str, Any], chosen: Mapping[str, Any]) -> None:
    """The inbox with the calls behind a number."""
    since = date.fromisoformat(str(asked["week"])) if asked.get("week") else None
    criterion = str(asked["criterion"]) if asked.get("criterion") else None
    agent = str(asked.get("agent") or chosen["agent"])
    filters = Filters(
        agents=(agent,) if agent else (),
        since=since,
        until=None if since is None else since + timedelta(days=7),
        criterion=criterion,
        outcome=Outcome.NOT_MET if criterion else None,
    )
    inbox.keep(Inbox(filters, Order.RISK))
    go_to("calls")


def _note_promise(mine: Desk, asked: Mapping[str, Any]) -> None:
    kept = asked.get("kept")
    try:
        mine.note_promise(int(asked["id"]), kept if isinstance(kept, bool) else None)
    except StoreError:
        st.toast(t("team.promise_gone"))


def _export(mine: Desk, asked: Mapping[str, Any], data: dict[str, Any]) -> None:
    kind = str(asked["kind"])
    table = team_view.table(kind, data, language())
    st.session_state[FILE] = taken(mine, "team", table, str(asked["form"]), sheet=t(f"team.part.{kind}"))
