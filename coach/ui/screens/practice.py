"""Practice: find the faults of a call, answer hard lines, and see how the class is doing."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import streamlit as st

from coach import playbooks
from coach.domain.call import Role
from coach.domain.errors import ModelError, RecordingError, StoreError
from coach.domain.people import AccountRole
from coach.practice.drill import LONGEST, Judged
from coach.practice.lines import HardLine, hard_line, hard_lines
from coach.practice.marks import Mark, compare, key_of_card, key_of_gold, marks_from
from coach.store import Desk, Exercise, Filters, Order
from coach.ui.components import mount
from coach.ui.drill_form import speak_form
from coach.ui.drill_result import drill_result
from coach.ui.drilling import drilling, keep_answer
from coach.ui.going import go_to
from coach.ui.live_watch import line_after, watch
from coach.ui.mine_view import listening_view
from coach.ui.practice_view import (
    MARKING,
    best_scores,
    call_line,
    case_name,
    labels_view,
    line_view,
    result_view,
    results_view,
    roles_of,
    sample_line,
    sample_listening,
)
from coach.ui.resources import desk, live_sessions
from coach.ui.sample_sound import gold, samples
from coach.ui.speak import language, role_texts, t, texts

MOST = 100
POLL_SECONDS = 0.4


def show() -> None:
    """What the address names: a call to mark, a line to answer, or the choice."""
    office = desk()
    session, line = st.query_params.get("session"), st.query_params.get("line")
    known = {one.id: one for one in hard_lines()}
    if session is not None:
        _session(office, session)
    elif line in known:
        _drill(office, known[line])
    else:
        _choice(office)


# ---- the choice --------------------------------------------------------------------------------------------


def _choice(office: Desk) -> None:
    done = office.exercises(limit=500)
    best = best_scores(one for one in done if one.account == office.actor.account)
    result = mount(
        "practice",
        key="practice",
        data={
            "lang": language(),
            "texts": {**texts("practice"), **_drill_texts()},
            "samples": [sample_line(one, best, language()) for one in _in_order(samples().values())],
            "cleared": [{**call_line(one, best), "title": _call_name(one.title)} for one in _cleared(office)],
            "trainer": office.actor.role is not AccountRole.AGENT,
            "lines": [{**_shown(line), "best": best.get(f"line:{line.id}")} for line in _lines()],
            "results": results_view(done, _people(done), _subjects(office, done), language()),
        },
        triggers=("session", "line"),
    )
    if result.session:
        _to(session=str(result.session))
    if result.line:
        _to(line=str(result.line))


def _in_order(found: Iterable[Any]) -> list[Any]:
    """The samples in the language of the page first."""
    return sorted(found, key=lambda one: not one.id.startswith(language()))


def _lines() -> list[HardLine]:
    return sorted(hard_lines(), key=lambda line: line.language != language())


def _shown(line: HardLine) -> dict[str, Any]:
    infos = {info.id: info for info in playbooks.load(line.playbook).infos()}
    return line_view(line, infos, language())


def _cleared(office: Desk) -> tuple[Any, ...]:
    if office.actor.role is AccountRole.AGENT:
        return ()
    return office.calls(Filters(cleared=True), order=Order.NEWEST, limit=MOST).items


def _people(done: list[Exercise]) -> dict[str, str]:
    """The names under which they practised, the latest of each; a trainer does not see the accounts."""
    return {one.account: str(one.result["who"]) for one in reversed(done) if one.result.get("who")}


def _subjects(office: Desk, done: list[Exercise]) -> dict[str, str]:
    """What each piece of practice was about, as far as it is still there."""
    found = {f"sample:{one.id}": case_name(one, language()) for one in samples().values()}
    found |= {f"line:{line.id}": line.line for line in hard_lines()}
    for subject in {one.subject for one in done} - set(found):
        kind, _, call_id = subject.partition(":")
        if kind == "call":
            try:
                found[subject] = _call_name(office.case(call_id).title())
            except StoreError:
                continue
    return found


def _call_name(title: str) -> str:
    """A trainer gets a number for a title; what it is a number of is said in his language."""
    return t("practice.call", number=title) if title.startswith("#") else title


def _drill_texts() -> dict[str, str]:
    return {f"drill.{key}": found for key, found in texts("drill").items()}


def _to(**where: str) -> None:
    st.session_state.pop("compared", None)
    go_to("practice", **where)


# ---- find the faults ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Session:
    """A call to mark, and the key to it, which stays here until the marks are handed in."""

    subject: str
    view: dict[str, Any]
    key: frozenset[Mark]
    human: bool


def _session(office: Desk, name: str) -> None:
    opened = _opened(office, name)
    if opened is None:
        st.info(t("practice.session.missing"))
        if st.button(t("practice.to_list")):
            _to()
        return
    compared = st.session_state.get("compared", {}).get(opened.subject)
    result = mount(
        "study",
        key="study",
        data={
            "mode": "mark" if compared is None else "compare",
            "lang": language(),
            "texts": {**texts("study"), **role_texts(opened.view["playbook"])},
            **opened.view,
            "labels": labels_view(language(), texts("practice")),
            **({} if compared is None else {"result": compared}),
        },
        triggers=("back", "submit", "again"),
    )
    if result.back:
        _to()
    if result.again:
        st.session_state.pop("compared", None)
        st.rerun()
    if result.submit and compared is None:
        _hand_in(office, opened, result.submit["marks"])


def _opened(office: Desk, name: str) -> _Session | None:
    kind, _, which = name.partition(":")
    if kind == "sample" and which in samples():
        view = sample_listening(samples()[which], language())
        return _Session(name, view, key_of_gold(gold(which)), human=False)
    if kind != "call" or office.actor.role is AccountRole.AGENT:
        return None
    try:
        case = office.case(which)
        if not case.line.cleared:
            return None
        review, card = case.review(), case.card()
        view = {**listening_view(case, review), "id": name, "title": _call_name(case.title())}
    except StoreError:
        return None
    return _Session(name, view, key_of_card(review, card.stands), human=True)


def _hand_in(office: Desk, opened: _Session, given: list[dict[str, Any]]) -> None:
    coached = Role(opened.view["coached"])
    marks = marks_from(given, roles_of(opened.view["turns"]), coached)
    result = result_view(compare(marks, opened.key), human=opened.human)
    kept = {**result, "who": office.actor.name}
    office.keep_exercise(MARKING, opened.subject, float(result["score"]), kept)
    st.session_state["compared"] = {opened.subject: result}
    st.rerun()


# ---- answer hard lines -------------------------------------------------------------------------------------


def _drill(office: Desk, line: HardLine) -> None:
    watched = live_sessions().watched(office.actor.account)
    if watched is not None and watched.folder.order.drill is not None:
        watch(watched, office.actor.account, lambda one: _to(line=one.id))
        return
    with st.container(key="drill_page"):
        left, right = st.columns([6, 5], gap="medium")
        with left:
            _scene(line)
            with st.container(border=True, key="drill_form"):
                _answer(office, line)
        with right:
            waiting = st.session_state.get("drill_waiting")
            st.fragment(_outcome, run_every=POLL_SECONDS if waiting else None)(office, line)


def _scene(line: HardLine) -> None:
    scene = mount(
        "drill",
        key="drill_scene",
        data={
            "part": "scene",
            "lang": language(),
            "texts": {**texts("drill"), **role_texts(line.playbook), "back": t("practice.heading")},
            "line": _shown(line),
        },
        triggers=("back",),
    )
    if scene.back:
        _to()


def _answer(office: Desk, line: HardLine) -> None:
    how = st.segmented_control(
        t("drill.by"),
        ("text", "voice", "live"),
        format_func=lambda name: t(f"drill.by.{name}"),
        default="text",
        required=True,
        key="drill_by",
    )
    if how == "live":
        st.caption(t("drill.live_note"))
        speak_form(line, office.actor.account)
        return
    busy = st.session_state.get("drill_waiting") is not None
    if how == "text":
        answer = st.text_area(
            t("drill.answer"),
            key=f"drill_text_{line.id}",
            height=110,
            max_chars=LONGEST,
            placeholder=t("drill.placeholder"),
        )
        if st.button(t("drill.send"), type="primary", width="stretch", key="drill_send", disabled=busy):
            if answer.strip():
                _wait(line, drilling().written(line, answer.strip()), "working")
            else:
                st.warning(t("drill.empty"))
        return
    spoken = st.audio_input(t("drill.record"), sample_rate=16_000, key=f"drill_voice_{line.id}")
    if st.button(
        t("drill.send"),
        type="primary",
        width="stretch",
        key="drill_send_voice",
        disabled=busy or spoken is None,
    ):
        assert spoken is not None
        _wait(line, drilling().spoken(line, spoken.getvalue()), "hearing")


def _wait(line: HardLine, future: Future[Judged], doing: str) -> None:
    st.session_state["drill_waiting"] = (line.id, future, doing)
    st.session_state.pop("drill_outcome", None)
    st.rerun()


def _outcome(office: Desk, line: HardLine) -> None:
    waiting = st.session_state.get("drill_waiting")
    if waiting is not None and waiting[1].done():
        _take(office, waiting[0], waiting[1])
        del st.session_state["drill_waiting"]
        st.rerun()
    kept = st.session_state.get("drill_outcome", {})
    found = kept if kept.get("line") == line.id else {}
    judged = found.get("judged")
    result = drill_result(
        line,
        judged,
        key="drill_result",
        triggers=("next",),
        waiting=None if waiting is None else waiting[2],
        failed=found.get("failed"),
    )
    if result.next:
        _to(line=line_after(line).id)


def _take(office: Desk, line_id: str, future: Future[Judged]) -> None:
    """Keep what came of an answer; the words of it stay with the exercise of who gave it."""
    try:
        judged = future.result()
    except ModelError:
        st.session_state["drill_outcome"] = {"line": line_id, "failed": "models"}
    except RecordingError:
        st.session_state["drill_outcome"] = {"line": line_id, "failed": "silent"}
    except Exception as error:  # the page must hear of our mistakes too; a log may not hold the answer
        st.session_state["drill_outcome"] = {"line": line_id, "failed": "other"}
        _log(error)
    else:
        keep_answer(office, hard_line(line_id), judged)
        st.session_state["drill_outcome"] = {"line": line_id, "judged": judged}


def _log(error: Exception) -> None:
    import logging
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    where = " ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-4:])
    logging.getLogger(__name__).error("a drill failed: %s at %s", type(error).__name__, where)
