"""An agent's own calls: how they went over time, and each one scored by himself before he sees the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import streamlit as st

from coach import playbooks
from coach.domain.errors import NoSuchCall, StoreError
from coach.domain.people import AccountRole, Actor
from coach.domain.review import Outcome, Review
from coach.store import AppealKind, CallLine, CallState, Case, Desk, Filters, Order
from coach.ui.components import mount
from coach.ui.going import go_to
from coach.ui.mine_view import (
    WEEKS,
    call_view,
    criteria_view,
    feedback_view,
    listening_view,
    questions_view,
    trend_view,
    weeks_before,
)
from coach.ui.resources import desk, jobs
from coach.ui.speak import language, role_texts, t, texts

MOST = 200
"""Calls in the list and in the curve; older ones are found in the library."""


def show() -> None:
    """The list, or the call that the address names."""
    office = desk()
    call_id = st.query_params.get("call")
    if call_id is None:
        st.fragment(_list, run_every=2.0 if jobs().busy() else None)(office)
        return
    try:
        case = office.case(call_id)
        first = _scores_first(office, case)
        review = case.blind_review() if first else case.review()
    except NoSuchCall:
        _go_back(t("review.missing"))
    except StoreError:
        _go_back(t("review.unreadable"))
    else:
        _note_view(case)
        _score(case, review) if first else _feedback(office, case, review)


# ---- all of them -------------------------------------------------------------------------------------------


def _list(office: Desk) -> None:
    lines = office.calls(_own(office.actor), order=Order.NEWEST, limit=MOST).items
    today = datetime.now(UTC).date()
    result = mount(
        "mine",
        key="mine",
        data={
            "lang": language(),
            "texts": texts("mine"),
            "calls": [call_view(line, scored=_looked(office, line)) for line in lines],
            "trend": trend_view(line for line in lines if _looked(office, line)),
            "criteria": criteria_view(_tallies(office, today), _names(), today),
            "weeks": weeks_before(today),
            "answered": [_answer(office, appeal) for appeal in _answered(office)],
        },
        triggers=("open", "add"),
    )
    if result.add:
        go_to("new")
    if result.open:
        go_to("mine", call=str(result.open))


def _own(actor: Actor) -> Filters:
    return Filters(agents=(actor.account,)) if actor.role is AccountRole.AGENT else Filters()


def _looked(office: Desk, line: CallLine) -> bool:
    """Whether he may see how the call was judged; who is no agent is asked of the store once a visit."""
    if office.actor.role is AccountRole.AGENT or line.state is CallState.ACKNOWLEDGED:
        return not line.withheld
    known: dict[str, bool] = st.session_state.setdefault("looked_at", {})
    if not known.get(line.id):
        known[line.id] = not _scores_first(office, office.case(line.id))
    return known[line.id]


def _scores_first(office: Desk, case: Case) -> bool:
    """Whether he is asked for his own score now; the one person at his own machine is too."""
    if office.actor.role is AccountRole.AGENT:
        return case.withheld
    return office.scores_first() and not case.has_looked()


def _tallies(office: Desk, today: date) -> Any:
    agent = office.actor.account if office.actor.role is AccountRole.AGENT else None
    return office.tallies(today - timedelta(days=7 * WEEKS), today + timedelta(days=7), agent=agent)


def _names() -> dict[str, str]:
    """What the criteria of the playbooks that come with the tool are called."""
    books = [playbooks.load(name) for name in playbooks.names()]
    return {one.id: one.title.in_language(language()) for book in books for one in book.infos()}


def _answered(office: Desk) -> list[Any]:
    own = [one for one in office.appeals(open_only=False) if one.by == office.actor.account]
    return [one for one in own if one.granted is not None][-3:]


def _answer(office: Desk, appeal: Any) -> dict[str, Any]:
    return {
        "call": appeal.call_id,
        "title": office.case(appeal.call_id).line.title,
        "criterion": _names().get(appeal.criterion, appeal.criterion),
        "granted": appeal.granted,
        "answer": appeal.answer,
    }


# ---- one of them -------------------------------------------------------------------------------------------


def _note_view(case: Case) -> None:
    if st.session_state.get("viewed") != case.line.id:
        st.session_state["viewed"] = case.line.id
        case.viewed()


def _score(case: Case, review: Review) -> None:
    result = mount(
        "study",
        key="study",
        data={
            "mode": "score",
            **_common(review),
            **listening_view(case, review),
            "criteria": questions_view(review, language()),
        },
        triggers=("back", "submit", "skip"),
    )
    if result.back:
        _to_list()
    if result.skip:
        case.skip_self_score()
        st.rerun()
    if result.submit:
        known = {info.id for info in review.criteria}
        chosen = {name: Outcome(value) for name, value in result.submit["outcomes"].items() if name in known}
        case.score_self(chosen, str(result.submit["note"]))
        st.rerun()


def _feedback(office: Desk, case: Case, review: Review) -> None:
    result = mount(
        "study",
        key="study",
        data={
            "mode": "feedback",
            **_common(review),
            **listening_view(case, review),
            **feedback_view(case, review, office, language()),
        },
        triggers=("back", "acknowledge", "appeal"),
    )
    if result.back:
        _to_list()
    if result.acknowledge:
        case.acknowledge(str(result.acknowledge["criterion"]))
        st.rerun()
    if result.appeal:
        asked = result.appeal
        turn = None if asked["turn"] is None else int(asked["turn"])
        case.appeal(str(asked["criterion"]), AppealKind(asked["kind"]), str(asked["text"]), turn=turn)
        st.rerun()


def _common(review: Review) -> dict[str, Any]:
    own = {**texts("study"), **role_texts(review.observed.call.playbook)}
    return {"lang": language(), "texts": {**own, **_articles()}}


def _articles() -> dict[str, str]:
    return {f"article.A{i}": t(f"player.article.A{i}") for i in range(1, 5)}


def _to_list() -> None:
    go_to("mine")


def _go_back(reason: str) -> None:
    st.info(reason)
    if st.button(t("mine.to_list")):
        _to_list()
