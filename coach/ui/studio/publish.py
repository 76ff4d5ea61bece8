"""The whole text of the draft, and its way to becoming a version that reviews can use."""

from __future__ import annotations

import streamlit as st

from coach.domain.errors import PlaybookError
from coach.playbooks.edit import edited, next_version, version_of
from coach.playbooks.mistakes import in_chinese
from coach.rules.examples import try_examples
from coach.ui.editions import Edition, read
from coach.ui.resources import desk
from coach.ui.speak import language, t
from coach.ui.studio.draft import STATE, Draft, show_mistake, take_over

DONE = "studio_done"
CHOSEN = "studio_published"


def show_text(draft: Draft) -> None:
    """The YAML, to be changed by hand or taken away."""
    st.caption(t("studio.text_lead"))
    place = st.container()  # above the text: what is wrong with it is seen at once
    key = f"studio_text#{draft.revision}"
    text = st.text_area(
        t("studio.tab.text"), value=draft.source, height=520, key=key, label_visibility="collapsed"
    )
    left, right, _ = st.columns([1, 1, 3])
    if left.button(t("studio.check"), type="primary", key="studio_check"):
        with place:
            take_over(draft, text)
    right.download_button(
        t("studio.download"),
        data=draft.source.encode(),
        file_name=f"{read(draft.source).id}.yaml",
        mime="application/yaml",
        key="studio_download",
    )


def show_publish(draft: Draft, base: Edition) -> None:
    """The new version's number, and the button."""
    st.caption(t("studio.publish_lead"))
    if (done := st.session_state.pop(DONE, None)) is not None:
        st.success(t("studio.published", version=done))
    version = st.text_input(
        t("studio.version"), value=next_version(base.version), key=f"studio_version#{base.key}", max_chars=40
    ).strip()
    if st.button(
        t("studio.publish"), type="primary", disabled=not (draft.changed and version), key="studio_publish"
    ):
        _do_publish(draft, version)
    if not draft.changed:
        st.caption(t("studio.nothing_to_publish"))


def _do_publish(draft: Draft, version: str) -> None:
    source = draft.source
    if version_of(source) != version:
        source = edited(source, {"version": version})
    try:
        wrong = [one for one in try_examples(read(source)) if one.wrong is not None]
        if wrong:
            st.error(t("studio.examples_fail", n=len(wrong)))
            shown = [f"{one.example.line}: {one.criterion}: {one.wrong}" for one in wrong[:20]]
            if language() == "zh":
                shown = [in_chinese(line) for line in shown]
            st.code("\n".join(shown), language=None, wrap_lines=True)
            return
        kept = desk().publish_playbook(source)
    except PlaybookError as error:
        show_mistake(error, source)
        return
    st.session_state.pop(STATE)
    st.session_state[CHOSEN] = kept.fingerprint
    st.session_state[DONE] = kept.version
    st.rerun()
