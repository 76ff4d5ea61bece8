"""Answer a hard line aloud into a microphone of this machine, judged while one speaks."""

from __future__ import annotations

import streamlit as st

from coach.live.folder import LiveOrder
from coach.practice.lines import HardLine, hard_line, hard_lines
from coach.ui.choices import choice
from coach.ui.device_choice import device, known_devices, refresh_devices
from coach.ui.resources import live_sessions
from coach.ui.speak import language, t


def choose_line() -> HardLine:
    """One of the catalogue, those in the language of the page first."""
    known = sorted(hard_lines(), key=lambda one: one.language != language())
    chosen: str = st.selectbox(
        t("live_drill.choose"), [one.id for one in known], format_func=_name, key=choice("live_drill")
    )
    return hard_line(chosen)


def speak_form(line: HardLine, account: str) -> None:
    """Choose the microphone and begin; the line is played first."""
    before = live_sessions().remembered(account)
    names = known_devices()
    mine = device(st.container(), "agent", names, before) if names else None
    refresh_devices()
    if st.button(
        t("live_drill.speak"), type="primary", width="stretch", key="live_speak", disabled=mine is None
    ):
        live_sessions().remember(account, {**before, "agent": mine})
        live_sessions().start(
            LiveOrder(
                playbook=line.playbook,
                language=line.language,
                title=line.id,
                account=account,
                drill=line.id,
                agent_device=mine,
                alone=True,
            )
        )
        st.rerun()


def _name(line_id: str) -> str:
    one = hard_line(line_id)
    return f"{t(f'drill.kind.{one.kind}')} · {one.line}"
