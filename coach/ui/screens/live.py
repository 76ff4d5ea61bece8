"""Coaching while a call goes on: choose what to listen to, watch it, and hand over to the review."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

import coach
from coach.live.folder import LeftSession, LiveOrder, SessionFolder
from coach.samples import Sample, sample_calls
from coach.ui.components import mount
from coach.ui.device_choice import device, index, known_devices, refresh_devices
from coach.ui.drill_form import drill_form
from coach.ui.live_sessions import Watched
from coach.ui.live_view import live_view
from coach.ui.resources import current_actor, desk, live_sessions
from coach.ui.speak import language, role_texts, t, texts

SOURCES = ("both", "alone", "two", "sample")
PLAYBOOKS = ("collection", "negotiation")
SAMPLES = Path(coach.__file__).parents[1] / "sample_audio"
POLL_SECONDS = 0.5


def show() -> None:
    """The session that is under way, or the choice of a new one."""
    account = current_actor().account
    with st.container(key="live_page"):
        watched = live_sessions().watched(account)
        if watched is not None:
            # No polling once it is over: a run of this fragment would end that of the page one goes to.
            st.fragment(_watch, run_every=None if _over(watched) else POLL_SECONDS)(account, _over(watched))
        else:
            _setup(account)


def _over(watched: Watched) -> bool:
    return watched.outcome is not None or watched.phase["phase"] == "failed"


def _watch(account: str, over: bool) -> None:
    watched = live_sessions().watched(account)
    if watched is None or _over(watched) is not over:
        st.rerun()
    result = mount(
        "live_view",
        key="live_view",
        data={
            "lang": language(),
            "texts": {**texts("live"), **role_texts(watched.folder.order.playbook), **_stages()},
            **live_view(watched, language()),
        },
        triggers=("ask", "open", "close"),
    )
    if result.ask in ("pause", "resume", "mark", "stop"):
        watched.folder.ask(result.ask)
    if watched.outcome is not None and "drill" in watched.outcome:
        _keep_exercise(watched.outcome["drill"], watched.folder.path.name)
    if result.open and watched.outcome is not None:
        call_id = str(watched.outcome["call_id"])
        watched.folder.discard()
        st.switch_page(st.session_state["pages"]["review"], query_params={"call": call_id})
    if result.close:
        _close(watched)
        st.rerun()


def _keep_exercise(found: dict[str, Any], session: str) -> None:
    """Once a session: the page runs anew twice a second."""
    if st.session_state.get("kept_exercise") != session:
        st.session_state["kept_exercise"] = session
        desk().keep_exercise("drill", found["drill"], float(found["score"]), found)


def _stages() -> dict[str, str]:
    return {key: found for key, found in texts("job").items() if key.startswith("stage.")}


def _close(watched: Watched) -> None:
    """Leave the result; what failed keeps its recording and is offered again."""
    if watched.outcome is not None or not watched.folder.sound.is_file():
        watched.folder.discard()
    else:
        (watched.folder.path / "phase.json").unlink(missing_ok=True)


# ---- before it begins --------------------------------------------------------------------------------------


def _setup(account: str) -> None:
    for left in live_sessions().left(account):
        _offer(left)
    form, notes = st.columns([6, 5], gap="large")
    with notes, st.container(border=True, key="live_notes"):
        st.markdown(f"### {t('live_setup.how')}")
        st.markdown(t("live_setup.notes"))
    with form, st.container(border=True, key="live_form"):
        st.markdown(f"## {t('live_setup.heading')}")
        kind = st.segmented_control(
            t("live_setup.what"),
            ("call", "drill"),
            format_func=lambda name: t(f"live_setup.what.{name}"),
            default="call",
            required=True,
            key="live_what",
            label_visibility="collapsed",
        )
        st.markdown(t(f"live_setup.lead.{kind}"))
        if kind == "drill":
            drill_form(account)
        else:
            _form(account)


def _offer(left: LeftSession) -> None:
    with st.container(border=True, key=f"left_{left.folder.name}"):
        began = left.began_at.astimezone().strftime("%Y-%m-%d %H:%M")
        st.markdown(t("live_setup.left", began=began, seconds=f"{left.seconds:.0f}", cues=left.cues))
        review, discard, _rest = st.columns([1, 1, 4])
        if review.button(t("live_setup.left_review"), key=f"review_{left.folder.name}", type="primary"):
            live_sessions().review(SessionFolder(left.folder))
            st.rerun()
        if discard.button(t("live_setup.left_discard"), key=f"discard_{left.folder.name}"):
            SessionFolder(left.folder).discard()
            st.rerun()


def _form(account: str) -> None:
    before = live_sessions().remembered(account)
    source = st.radio(
        t("live_setup.source"),
        SOURCES,
        index=index(SOURCES, before.get("source")),
        format_func=lambda name: t(f"live_setup.source.{name}"),
        captions=[t(f"live_setup.source_note.{name}") for name in SOURCES],
        key="live_source",
    )
    sample = _sample() if source == "sample" else None
    agent, customer = (None, None) if sample is not None else _devices(source, before)
    first, second = st.columns(2)
    playbook = first.selectbox(
        t("new.playbook"),
        PLAYBOOKS,
        index=index(PLAYBOOKS, sample.options.playbook if sample else before.get("playbook")),
        format_func=lambda name: t(f"new.playbook.{name}"),
        key=f"live_playbook_{sample.id if sample else ''}",
        disabled=sample is not None,
    )
    spoken = second.selectbox(
        t("new.language"),
        ("auto", "zh", "en"),
        index=index(("auto", "zh", "en"), before.get("spoken", "auto")),
        format_func=lambda name: t(f"new.language.{name}"),
        key="live_spoken",
    )
    ready = sample is not None or agent is not None
    if st.button(
        t("live_setup.start"), type="primary", width="stretch", key="live_start", disabled=not ready
    ):
        chosen = {"source": source, "playbook": playbook, "spoken": spoken}
        devices = {"agent": agent, "customer": customer} if sample is None else {}
        live_sessions().remember(account, {**before, **chosen, **devices})
        order = LiveOrder(
            playbook=playbook,
            language=None if spoken == "auto" else spoken,
            title=_title(sample),
            account=account,
            **_sound(source, sample, agent, customer, playbook),  # type: ignore[arg-type]
        )
        live_sessions().start(order)
        st.rerun()


def _devices(source: str, before: dict[str, object]) -> tuple[str | None, str | None]:
    """The device of the coached party's microphone, and that of the other side where there are two."""
    names = known_devices()
    columns = st.columns(2) if source == "two" else [st.container()]
    agent = device(columns[0], "agent", names, before) if names else None
    customer = device(columns[1], "customer", names, before) if names and source == "two" else None
    refresh_devices()
    return agent, customer


def _sample() -> Sample | None:
    known = sorted(sample_calls(SAMPLES), key=lambda one: not one.id.startswith(language()))
    found = {one.id: one for one in known}
    if not found:
        st.info(t("new.no_samples"))
        return None
    name = st.selectbox(
        t("new.sample"),
        list(found),
        format_func=lambda one: found[one].title.in_language(language()),
        key="live_sample",
    )
    return found[name]


def _sound(
    source: str, sample: Sample | None, agent: str | None, customer: str | None, playbook: str
) -> dict[str, object]:
    """What is heard: one microphone is the coached party's, a second device is the other side's."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    if sample is not None:
        day = sample.options.started_at
        return {"file": str(sample.path), "started_at": day.isoformat() if day is not None else None}
    if source == "two":
        return {"agent_device": agent, "customer_device": customer, "started_at": now}
    mine = "agent_device" if playbook == "collection" else "customer_device"
    return {mine: agent, "alone": source == "alone", "started_at": now}


def _title(sample: Sample | None) -> str:
    if sample is not None:
        return sample.title.in_language(language())
    return t("live_setup.title", time=f"{datetime.now():%Y-%m-%d %H:%M}")
