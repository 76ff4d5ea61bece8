"""Choose a drill and answer it, aloud or in writing."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach.live.drill import Drill, drill, drills
from coach.live.folder import LiveOrder
from coach.ui.device_choice import device, known_devices, refresh_devices
from coach.ui.resources import live_sessions
from coach.ui.speak import language, t

MOST_CHARACTERS = 600


def drill_form(account: str) -> None:
    """The customer's line, and two ways to answer it."""
    known = sorted(drills(), key=lambda one: one.language != language())
    chosen = st.selectbox(
        t("live_drill.choose"), [one.id for one in known], format_func=_name, key="live_drill"
    )
    one = drill(chosen)
    with st.container(key="live_drill_line"):
        st.caption(t("live_drill.line"))
        st.markdown(f"#### {one.line}")  # our own text, from the package
    aloud, written = st.tabs([t("live_drill.aloud"), t("live_drill.written")])
    with written:
        answer = st.text_area(t("live_drill.answer"), max_chars=MOST_CHARACTERS, key=f"live_answer_{one.id}")
        if st.button(t("live_drill.check"), type="primary", key="live_check", disabled=not answer.strip()):
            _start(one, account, answer=answer.strip())
    with aloud:
        before = live_sessions().remembered(account)
        names = known_devices()
        mine = device(st.container(), "agent", names, before) if names else None
        refresh_devices()
        if st.button(t("live_drill.speak"), type="primary", key="live_speak", disabled=mine is None):
            _start(one, account, agent_device=mine, alone=True)


def _start(one: Drill, account: str, **values: Any) -> None:
    live_sessions().start(
        LiveOrder(
            playbook=one.playbook,
            language=one.language,
            title=_name(one.id),
            account=account,
            drill=one.id,
            **values,
        )
    )
    st.rerun()


def _name(drill_id: str) -> str:
    one = drill(drill_id)
    return f"{t(f'live_drill.kind.{one.kind}')} · {t(f'new.language.{one.language}')}"
