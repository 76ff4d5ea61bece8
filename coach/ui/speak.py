"""The language of this visitor and the texts in it."""

from __future__ import annotations

import streamlit as st

from coach.domain.text import UiLanguage
from coach.ui import i18n

COOKIE = "coach_lang"
SHARED = ("verdict", "playbook", "language", "critical")
"""Texts that more than one component shows; they keep their prefix."""


def language() -> UiLanguage:
    """What the visitor chose now or earlier, otherwise Chinese."""
    chosen = st.session_state.get("language") or st.context.cookies.get(COOKIE)
    return "en" if chosen == "en" else "zh"


def choose(chosen: str) -> None:
    """Keep the choice for this visit; the browser keeps it in a cookie for the next."""
    st.session_state["language"] = "en" if chosen == "en" else "zh"


def t(key: str, **values: object) -> str:
    """The text of ``key`` in the visitor's language."""
    return i18n.text(language(), key, **values)


def texts(part: str) -> dict[str, str]:
    """The texts of one component, without its prefix, with the shared ones."""
    shared = {
        f"{prefix}.{key}": found for prefix in SHARED for key, found in i18n.under(language(), prefix).items()
    }
    return {**shared, **i18n.under(language(), part)}


def role_texts(playbook: str) -> dict[str, str]:
    """What the parties are called under a playbook: ``role.agent`` and so on."""
    found = i18n.under(language(), "role")
    plain = {key: name for key, name in found.items() if "." not in key}
    own = i18n.under(language(), f"role.{playbook}")
    return {f"role.{key}": name for key, name in {**plain, **own}.items()}
