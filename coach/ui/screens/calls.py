"""The list of reviewed calls."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach.store import StoredCall
from coach.ui.components import mount
from coach.ui.resources import desk, jobs
from coach.ui.speak import language, texts


def show() -> None:
    """Draw the list; while reviews are under way it draws itself again, so that they appear when done."""
    st.fragment(_list, run_every=2.0 if jobs().busy() else None)()


def _list() -> None:
    result = mount(
        "call_list",
        key="call_list",
        data={
            "lang": language(),
            "texts": texts("list"),
            "calls": [_line(call) for call in desk().calls(limit=500).items],
            "removed": st.session_state.get("removed"),
            "active": jobs().busy(),
        },
        triggers=("open", "add", "remove", "restore"),
    )
    if result.add:
        st.switch_page(st.session_state["pages"]["new"])
    if result.open:
        st.session_state.pop("removed", None)
        st.switch_page(st.session_state["pages"]["review"], query_params={"call": result.open})
    if result.remove:
        _remove(result.remove)
    if result.restore:
        desk().restore(str(result.restore))
        st.session_state.pop("removed", None)
        st.rerun()


def _remove(call_id: str) -> None:
    call = desk().case(call_id).line
    desk().remove(call_id)
    st.session_state["removed"] = {"id": call.id, "title": call.title}
    st.rerun()


def _line(call: StoredCall) -> dict[str, Any]:
    return {
        "id": call.id,
        "title": call.title,
        "addedAt": call.added_at.isoformat(),
        "startedAt": call.started_at.isoformat() if call.started_at is not None else None,
        "verdict": call.verdict.value,
        "score": None if call.score is None else round(call.score),
        "critical": list(call.critical),
        "playbook": call.playbook,
        "language": call.language,
        "duration": call.duration if call.has_audio else None,
    }
