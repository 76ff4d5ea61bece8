"""The choice of a playbook: a built-in one, or a version that this office published."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach.ui.choices import choice
from coach.ui.editions import Edition, editions
from coach.ui.resources import desk
from coach.ui.speak import language, t


def playbook_choice(where: Any, key: str, *, chosen: object = None, disabled: bool = False) -> Edition:
    """Choose one; ``chosen`` is the key of the one that is offered first."""
    known = {edition.key: edition for edition in editions(desk())}
    if st.session_state.get(key) not in known:
        st.session_state.pop(key, None)  # a version that was deleted since
    name = where.selectbox(
        t("new.playbook"),
        list(known),
        format_func=lambda one: _name(known[one]),
        key=choice(key, chosen if chosen in known else None),
        disabled=disabled,
    )
    return known[name]


def _name(edition: Edition) -> str:
    if edition.built_in:
        return t(f"new.playbook.{edition.key}")
    title = edition.title.in_language(language())
    return t("new.playbook.edition", title=title, version=edition.version)
