"""Boxes of choices whose labels are in the language of the page."""

from __future__ import annotations

import streamlit as st

from coach.ui.speak import language


def choice(key: str, first: object = None) -> str:
    """Call it before the widget ``key`` is made, with what it stands at first; returns ``key``.

    The browser knows a choice by its label, so after a change of the language it would go on showing the old
    label, or nothing chosen: what is chosen is told anew.
    """
    said_in = f"{key}_said_in"
    if key in st.session_state:
        if st.session_state.get(said_in) != language():
            st.session_state[key] = st.session_state[key]
    elif first is not None:
        st.session_state[key] = first
    st.session_state[said_in] = language()
    return key
