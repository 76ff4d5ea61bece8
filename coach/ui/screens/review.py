"""The review of one call, addressed as ``/review?call=ID&t=SECONDS``."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from coach.domain.errors import NoSuchCall, StoreError
from coach.domain.review import Review
from coach.store import Case
from coach.ui.components import mount
from coach.ui.exports import EXPORT_PATH
from coach.ui.resources import desk
from coach.ui.review_view import channel_lanes, review_view
from coach.ui.server import SOUND_PATH
from coach.ui.speak import language, role_texts, t, texts


def show() -> None:
    """Draw the review that the address names."""
    call_id = st.query_params.get("call")
    if call_id is None:
        _go_back(t("review.none"))
        return
    try:
        case = desk().case(call_id)
    except NoSuchCall:
        _go_back(t("review.missing"))
        return
    try:
        review = case.review()
    except StoreError:
        _go_back(t("review.unreadable"))
        return
    _note_view(case)
    _player(case, review)


def _note_view(case: Case) -> None:
    """Once a visit: the page runs anew at every click."""
    if st.session_state.get("viewed") != case.line.id:
        st.session_state["viewed"] = case.line.id
        case.viewed()


def _player(case: Case, review: Review) -> None:
    call, call_id = review.observed.call, case.line.id
    peaks = case.peaks()
    has_sound = case.audio() is not None
    result = mount(
        "call_player",
        key="call_player",
        data={
            "id": call_id,
            "title": case.title(),
            "lang": language(),
            "texts": {**texts("player"), **role_texts(call.playbook)},
            "sound": f"{SOUND_PATH}/{quote(call_id, safe='')}" if has_sound else None,
            "exports": EXPORT_PATH,
            "peaks": [[round(peak, 3) for peak in channel] for channel in peaks],
            "channels": channel_lanes(peaks, call.turns, call.duration),
            "openAt": _seconds(st.query_params.get("t")),
            "review": review_view(review, language()),
        },
        triggers=("back",),
    )
    if result.back:
        st.switch_page(st.session_state["pages"]["calls"])


def _go_back(reason: str) -> None:
    st.info(reason)
    if st.button(t("review.to_calls")):
        st.switch_page(st.session_state["pages"]["calls"])


def _seconds(text: str | None) -> float | None:
    try:
        return None if text is None else max(0.0, float(text))
    except ValueError:
        return None
