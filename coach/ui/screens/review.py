"""The review of one call, addressed as ``/review?call=ID&t=SECONDS``."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from coach.domain.errors import StoreError
from coach.domain.review import Review
from coach.ui.components import mount
from coach.ui.exports import EXPORT_PATH
from coach.ui.resources import store
from coach.ui.review_view import channel_lanes, review_view
from coach.ui.server import SOUND_PATH
from coach.ui.speak import language, role_texts, t, texts


def show() -> None:
    """Draw the review that the address names."""
    call_id = st.query_params.get("call")
    if call_id is None:
        _go_back(t("review.none"))
        return
    known = {call.id: call for call in store().calls()}
    if call_id not in known:
        _go_back(t("review.missing"))
        return
    try:
        review = store().review(call_id)
    except StoreError:
        _go_back(t("review.unreadable"))
        return
    _player(call_id, known[call_id].title, review)


def _player(call_id: str, title: str, review: Review) -> None:
    call = review.observed.call
    peaks = store().peaks(call_id)
    has_sound = store().audio(call_id) is not None
    result = mount(
        "call_player",
        key="call_player",
        data={
            "id": call_id,
            "title": title,
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
