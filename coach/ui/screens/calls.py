"""The inbox: the reviewed calls, a page at a time, as somebody filters and sorts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from coach import playbooks
from coach.domain.errors import StoreError
from coach.domain.review import Verdict
from coach.store import CallLine, Desk, Filters, Hit, Moment
from coach.ui import inbox
from coach.ui.components import mount
from coach.ui.going import go_to
from coach.ui.inbox import Inbox
from coach.ui.office_view import is_solo, names
from coach.ui.resources import desk, jobs
from coach.ui.speak import language, role_texts, t, texts

MOST_COUNTED: Final = 1_000
"""Nobody reads a larger number of calls, and counting on would take time."""
VERDICTS: Final = (Verdict.FAIL, Verdict.NEEDS_WORK, Verdict.PASS, Verdict.NOT_ASSESSED)


def show() -> None:
    """Draw the inbox; while reviews are under way it draws itself again, so that they appear when done."""
    st.fragment(_list, run_every=2.0 if jobs().busy() else None)()


def _list() -> None:
    mine, here = desk(), inbox.current()
    page = here.page(mine)
    result = mount(
        "call_list",
        key="call_list",
        data={
            "lang": language(),
            "texts": texts("list"),
            **_data(mine, here, page.items),
            "page": {"from": 1 + inbox.PAGE_SIZE * (len(here.starts) - 1), "next": page.next is not None},
            "removed": st.session_state.get("removed"),
            "active": jobs().busy(),
            "at": st.session_state.get("inbox_at"),
            "note": t("list.all_done") if st.session_state.pop("inbox_done", False) else None,
        },
        triggers=("open", "add", "remove", "restore", "ask", "ahead", "behind", "save", "forget"),
    )
    if result.add:
        go_to("new")
    if result.open:
        _open(result.open)
    if result.remove:
        _remove(mine, result.remove)
    if result.restore:
        mine.restore(str(result.restore))
        st.session_state.pop("removed", None)
        st.rerun()
    _move(mine, here, result, page.next)


def _data(mine: Desk, here: Inbox, hits: tuple[Hit, ...]) -> dict[str, Any]:
    people = mine.people()
    called, counts = names(people, language()), _counts(mine, here.filters)
    total = _total(mine, here.filters, counts)
    return {
        "calls": [_line(hit, called) for hit in hits],
        "nothing": not total and mine.count(at_most=1) == 0,
        "total": total,
        "counts": counts,
        "most": MOST_COUNTED,
        "filters": here.filters.to_json(),
        "order": here.order.value,
        "view": here.view,
        "views": [
            {"name": one.name, "filters": one.filters.to_json(), "order": one.order.value}
            for one in mine.views()
        ],
        "agents": [{"id": one.id, "name": called[one.id]} for one in people if one.role == "agent"],
        "playbooks": sorted({*playbooks.names(), *(one.playbook for one in mine.playbooks())}),
        "solo": is_solo(people, mine.actor),
        "may": mine.actor.leads,
    }


def _counts(mine: Desk, filters: Filters) -> dict[str, int]:
    """How many calls have each verdict; what was said is looked for once only, so a search has no counts."""
    if filters.text.strip():
        return {}
    return {
        verdict.value: mine.count(replace(filters, verdicts=(verdict,)), at_most=MOST_COUNTED)
        for verdict in VERDICTS
    }


def _total(mine: Desk, filters: Filters, counts: Mapping[str, int]) -> int:
    if not counts:
        return mine.count(filters, at_most=MOST_COUNTED)
    return sum(n for verdict, n in counts.items() if not filters.verdicts or verdict in filters.verdicts)


def _move(mine: Desk, here: Inbox, result: Any, following: str | None) -> None:
    """Filter, turn the page, keep or forget a view; what cannot be asked for changes nothing."""
    try:
        after = _after(mine, here, result, following)
    except (ValueError, StoreError):
        after = Inbox()
    if after is not None:
        inbox.keep(after)
        st.session_state.pop("inbox_at", None)
        st.session_state.pop("inbox_passed", None)
        st.rerun()


def _after(mine: Desk, here: Inbox, result: Any, following: str | None) -> Inbox | None:
    if result.ask:
        return inbox.asked(result.ask)
    if result.ahead and following is not None:
        return here.ahead(following)
    if result.behind:
        return here.behind()
    if result.save:
        mine.save_view(str(result.save), here.filters, order=here.order)
        return replace(here, view=f"own:{result.save}")
    if result.forget:
        mine.forget_view(str(result.forget))
        return replace(here, view="")
    return None


def _open(asked: Mapping[str, Any]) -> None:
    call_id, at = str(asked["id"]), asked.get("at")
    st.session_state.pop("removed", None)
    st.session_state["inbox_at"] = call_id
    place = {"call": call_id} if at is None else {"call": call_id, "t": f"{float(at):.2f}"}
    go_to("review", **place)


def _remove(mine: Desk, call_id: str) -> None:
    call = mine.case(call_id).line
    mine.remove(call_id)
    st.session_state["removed"] = {"id": call.id, "title": call.title}
    st.rerun()


def _line(hit: Hit, called: Mapping[str, str]) -> dict[str, Any]:
    call = hit.call
    return {
        "id": call.id,
        "title": call.title,
        "addedAt": call.added_at.isoformat(),
        "startedAt": call.started_at.isoformat() if call.started_at is not None else None,
        "verdict": call.verdict.value,
        "score": _points(call.score),
        "critical": list(call.critical),
        "playbook": call.playbook,
        "language": call.language,
        "duration": call.duration if call.has_audio else None,
        **_people(call, called),
        "moments": [_moment(moment, role_texts(call.playbook)) for moment in hit.moments],
        "more": hit.more,
    }


def _people(call: CallLine, called: Mapping[str, str]) -> dict[str, Any]:
    return {
        "agent": None if call.agent is None else called.get(call.agent, t("people.gone")),
        "state": call.state.value,
        "ruled": call.ruled,
        "machineScore": _points(call.machine_score),
        "doubts": call.doubts,
        "appeals": call.appeals,
    }


def _moment(moment: Moment, roles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "turn": moment.turn,
        "role": moment.role,
        "who": roles[f"role.{moment.role}"],
        "start": moment.start,
        "text": moment.text,
        "spans": [[_unit(span.start, moment.text), _unit(span.end, moment.text)] for span in moment.spans],
    }


def _points(score: float | None) -> int | None:
    return None if score is None else round(score)


def _unit(at: int, text: str) -> int:
    """A place in the text as JavaScript counts it."""
    return len(text[:at].encode("utf-16-le")) // 2
