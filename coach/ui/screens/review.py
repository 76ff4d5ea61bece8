"""The review of one call, addressed as ``/review?call=ID&t=SECONDS``; ``&v=VERSION`` shows an earlier one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import streamlit as st

from coach.domain.errors import NoSuchCall, StoreError
from coach.domain.people import AccountRole
from coach.domain.review import Review
from coach.store import Case
from coach.ui import i18n, inbox
from coach.ui.components import mount
from coach.ui.exports import EXPORT_PATH
from coach.ui.going import go_to
from coach.ui.office_acts import act
from coach.ui.office_view import blind_questions, closed_view, office_view, versions_view
from coach.ui.resources import desk
from coach.ui.review_view import channel_lanes, review_view
from coach.ui.server import SOUND_PATH
from coach.ui.speak import language, role_texts, t, texts
from coach.ui.speakers import correct

FAILED = "speakers_failed"
REFUSED = "office_refused"
PASSED = "inbox_passed"


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
    if case.withheld:
        go_to("mine", call=call_id)
    version = _earlier(case)
    try:
        review = _review(case, version)
    except StoreError:
        _go_back(t("review.unreadable"))
        return
    _note_view(case)
    _player(case, review, version)


def _review(case: Case, version: int | None) -> Review:
    if case.blind:
        return replace(case.blind_review(), changes=(), machine=None)
    return case.review() if version is None else case.review_of(version)


def _earlier(case: Case) -> int | None:
    """The earlier review that the address names; None for the one that stands, and for one that is none."""
    named = st.query_params.get("v", "")
    version = int(named) if named.isascii() and named.isdigit() and len(named) < 6 else 0
    may = case.actor.role is not AccountRole.TRAINER and not case.blind
    return version if may and 0 < version < case.line.version else None


def _note_view(case: Case) -> None:
    """Once a visit: the page runs anew at every click."""
    if st.session_state.get("viewed") != case.line.id:
        st.session_state["viewed"] = case.line.id
        case.viewed()


def _player(case: Case, review: Review, version: int | None) -> None:
    call, call_id = review.observed.call, case.line.id
    may_correct = case.actor.leads and not case.blind and version is None
    if failed := st.session_state.pop(FAILED, None):
        st.error(failed)
    review, people = _beside(case, review) if version is None else (review, _closed(case, version))
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
            "mayCorrect": may_correct,
            **people,
        },
        triggers=("back", "speakers", "office", "next", "version"),
    )
    if result.version:
        _show_version(case, result.version)
    if result.office and version is None:
        _decide(case, result.office)
    if result.next:
        _go_on(case)
    if result.speakers and may_correct:
        _correct(case, result.speakers)
    if result.back:
        go_to("calls")


def _beside(case: Case, review: Review) -> tuple[Review, dict[str, Any]]:
    """The review as people see it, and what they said of it; nothing of that for a blind reviewer."""
    beside: dict[str, Any] = {
        "office": None,
        "blind": None,
        "versions": None,
        "next": case.actor.leads,
        "failed": st.session_state.pop(REFUSED, None),
    }
    if case.blind:
        return review, beside | {"blind": blind_questions(review, language())}
    card = case.card()
    if case.actor.role is not AccountRole.TRAINER:
        beside["office"] = office_view(desk(), case, card, language())
        beside["versions"] = versions_view(case, case.line.version)
    return replace(review, scorecard=card.stands), beside


def _closed(case: Case, version: int) -> dict[str, Any]:
    """An earlier review as the machine made it, with what was ruled on it then."""
    return {
        "office": closed_view(desk(), case, version, language()),
        "blind": None,
        "versions": versions_view(case, version),
        "next": False,
        "failed": None,
    }


def _show_version(case: Case, version: object) -> None:
    if version == case.line.version:
        st.query_params.pop("v", None)
    elif isinstance(version, int):
        st.query_params["v"] = str(version)
    st.rerun()


def _decide(case: Case, asked: dict[str, object]) -> None:
    """Do what a person decided and show the call anew; what was refused is said once."""
    refused = act(case, asked)
    if refused is not None:
        st.session_state[REFUSED] = i18n.text(language(), refused)
    st.rerun()


def _go_on(case: Case) -> None:
    """Open the next call of the inbox that waits for a person; from the last one back to the list."""
    passed = [*st.session_state.get(PASSED, []), case.line.id]
    st.session_state[PASSED] = passed
    found = inbox.next_waiting(desk(), inbox.current(), passed)
    if found is None:
        st.session_state.pop(PASSED)
        st.session_state["inbox_done"] = True
        go_to("calls")
    go_to("review", call=found.id)


def _correct(case: Case, asked: dict[str, object]) -> None:
    """Score again as a person says who speaks, and show it; what went wrong is shown once."""
    st.toast(t("speakers.working"), icon=":material/hourglass_top:")
    failed = correct(case, asked)
    if failed:
        st.session_state[FAILED] = t("speakers.failed", reason=t(f"speakers.{failed}"))
    st.rerun()


def _go_back(reason: str) -> None:
    st.info(reason)
    if st.button(t("review.to_calls")):
        go_to("calls")


def _seconds(text: str | None) -> float | None:
    try:
        return None if text is None else max(0.0, float(text))
    except ValueError:
        return None
