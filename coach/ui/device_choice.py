"""The choice of a sound device, remembered from the last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from coach.live.device import device_names
from coach.live.wiring import DEFAULT_DEVICE
from coach.ui.choices import choice
from coach.ui.speak import t


def known_devices() -> list[str]:
    """The default one and the others by name, as they were when they were last looked for."""
    if "live_devices" not in st.session_state:
        with st.spinner(t("live_setup.looking")):
            st.session_state["live_devices"] = device_names()
    found = list(st.session_state["live_devices"])
    if not found:
        st.warning(t("live_setup.no_devices"))
        return []
    return [DEFAULT_DEVICE, *(name for name in found if name != DEFAULT_DEVICE)]


def refresh_devices() -> None:
    """A button that looks for devices again."""
    if st.button(t("live_setup.refresh"), key="live_refresh"):
        del st.session_state["live_devices"]
        st.rerun()


def device(where: Any, which: str, names: list[str], before: Mapping[str, object]) -> str | None:
    """Choose the device of ``which`` party."""
    key = f"live_device_{which}"
    if st.session_state.get(key) not in names:
        st.session_state.pop(key, None)  # one that was pulled out since
    chosen: str | None = where.selectbox(
        t(f"live_setup.device.{which}"),
        names,
        format_func=lambda name: t("live_setup.default_device") if name == DEFAULT_DEVICE else name,
        key=choice(key, known_or_first(names, before.get(which))),
    )
    return chosen


def known_or_first(options: Sequence[str], wanted: object) -> str:
    """``wanted`` where it is offered, otherwise the first."""
    return str(wanted) if wanted in options else options[0]
