"""The playbook that is being edited in a visit, and what is wrong with a text that cannot become it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from coach.domain.errors import PlaybookError
from coach.playbooks.edit import CriterionDraft, drafts
from coach.playbooks.mistakes import in_chinese
from coach.ui.editions import Edition, read, source_of
from coach.ui.resources import desk
from coach.ui.speak import language, t

STATE: Final = "studio"
TRIAL: Final = "studio_trial"


@dataclass(frozen=True, slots=True)
class Draft:
    """``source`` now, ``was`` as the edition ``base`` has it; ``revision`` counts what was taken over."""

    base: str
    was: str
    source: str
    revision: int

    @property
    def changed(self) -> bool:
        """Whether there is anything to publish."""
        return self.source != self.was


def draft_of(base: Edition) -> Draft:
    """The draft of this visit; another edition starts another one."""
    draft: Draft | None = st.session_state.get(STATE)
    if draft is None or draft.base != base.key:
        source = source_of(desk(), base.key)
        draft = Draft(base.key, source, source, 0 if draft is None else draft.revision + 1)
        st.session_state[STATE] = draft
        st.session_state.pop(TRIAL, None)
    return draft


def take_over(draft: Draft, source: str) -> None:
    """Make ``source`` the draft, or show its mistake with the line."""
    try:
        read(source)
    except PlaybookError as error:
        show_mistake(error, source)
        return
    st.session_state[STATE] = replace(draft, source=source, revision=draft.revision + 1)
    st.session_state.pop(TRIAL, None)
    st.rerun()


def show_mistake(error: PlaybookError, source: str) -> None:
    """What the reader says of it, and the lines around."""
    found = re.search(r"\.yaml:(\d+)", str(error))
    line = int(found[1]) if found else None
    st.error(t("studio.mistake") if line is None else t("studio.mistake_line", line=line))
    shown = [in_chinese(str(error)) if language() == "zh" else str(error)]
    if line is not None:
        lines = source.splitlines()
        around = range(max(1, line - 2), min(len(lines), line + 2) + 1)
        shown += ["", *(f"{'>' if at == line else ' '} {at:5} {lines[at - 1]}" for at in around)]
    st.code("\n".join(shown), language=None, wrap_lines=True)


def show_differences(draft: Draft) -> None:
    """Which criteria differ from the edition that it started from, and the way back."""
    if not draft.changed:
        st.caption(t("studio.unchanged"))
        return
    left, right = st.columns([5, 1], vertical_alignment="center")
    names = _changed(draft)
    shown = ("、" if language() == "zh" else ", ").join(names[:8]) or t("studio.changed_else")
    left.text(t("studio.changed", n=len(names), names=shown))
    if right.button(t("studio.discard"), key="studio_discard"):
        st.session_state.pop(STATE)
        st.session_state.pop(TRIAL, None)
        st.rerun()


def _changed(draft: Draft) -> list[str]:
    was = {one.id: one for one in drafts(draft.was, language=language())}
    return [
        one.title
        for one in drafts(draft.source, language=language())
        if one.id not in was or _values(one) != _values(was[one.id])
    ]


def _values(one: CriterionDraft) -> tuple[object, ...]:
    """Its values without their paths, which move when a criterion above goes."""
    return (
        one.off,
        one.critical,
        *(tuple(part.values()) for part in (one.numbers, one.texts, one.phrases)),
    )
