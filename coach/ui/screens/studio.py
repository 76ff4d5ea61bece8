"""The playbook studio: change a playbook, try it at once on past calls, publish it as a new version."""

from __future__ import annotations

import streamlit as st

from coach.ui.choices import choice
from coach.ui.editions import Edition, editions
from coach.ui.resources import desk
from coach.ui.speak import language, t
from coach.ui.studio.criteria import show_criteria
from coach.ui.studio.draft import draft_of, show_differences
from coach.ui.studio.publish import CHOSEN, show_publish, show_text
from coach.ui.studio.trial_view import show_trial


def show() -> None:
    """Draw the studio; only who leads may change what everybody is judged by."""
    with st.container(key="studio_page"):
        if not desk().actor.leads:
            st.info(t("studio.not_yours"))
            return
        st.markdown(f"## {t('studio.heading')}")
        st.caption(t("studio.lead"))
        found = {edition.key: edition for edition in editions(desk())}
        base = _choose_base(found)
        draft = draft_of(base)
        show_differences(draft)
        criteria, text, trial, publish = st.tabs(
            [t("studio.tab.criteria"), t("studio.tab.text"), t("studio.tab.trial"), t("studio.tab.publish")]
        )
        with criteria:
            show_criteria(draft)
        with text:
            show_text(draft)
        with trial:
            show_trial(draft, base)
        with publish:
            show_publish(draft, base)


def edition_label(edition: Edition) -> str:
    """The title and version of a playbook, and where it comes from."""
    if edition.built_in or edition.made_at is None:
        origin = t("studio.built_in")
    else:
        origin = t("studio.published_on", day=edition.made_at.astimezone().date().isoformat())
    return f"{edition.title.in_language(language())} {edition.version} · {origin}"


def _choose_base(found: dict[str, Edition]) -> Edition:
    waiting = st.session_state.pop(CHOSEN, None)
    if waiting in found:
        st.session_state["studio_base"] = waiting
    key = st.selectbox(
        t("studio.base"),
        list(found),
        format_func=lambda one: edition_label(found[one]),
        key=choice("studio_base"),
    )
    return found[key]
