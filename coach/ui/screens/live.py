"""Coaching while a call goes on: choose what to listen to, watch it, and hand over to the review."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

import coach
from coach.domain.call import Role
from coach.live.folder import LeftSession, LiveOrder, SessionFolder
from coach.practice.lines import HardLine
from coach.samples import Sample, sample_calls
from coach.ui.choices import choice
from coach.ui.device_choice import device, known_devices, known_or_first, refresh_devices
from coach.ui.drill_form import choose_line, speak_form
from coach.ui.editions import Edition, name_for_review, read, source_of
from coach.ui.live_watch import watch
from coach.ui.playbook_choice import playbook_choice
from coach.ui.resources import current_actor, desk, live_sessions, settings
from coach.ui.speak import language, t

SOURCES = ("both", "alone", "two", "sample")
SPOKEN = ("auto", "zh", "en")
SAMPLES = Path(coach.__file__).parents[1] / "sample_audio"


def show() -> None:
    """The session that is under way, or the choice of a new one."""
    account = current_actor().account
    with st.container(key="live_page"):
        watched = live_sessions().watched(account)
        if watched is not None:
            watch(watched, account, _next)
        else:
            _setup(account)


def _next(line: HardLine) -> None:
    st.session_state["live_what"] = "drill"
    st.session_state["live_drill"] = line.id
    st.rerun()


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
            speak_form(choose_line(), account)
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
        format_func=lambda name: t(f"live_setup.source.{name}"),
        captions=[t(f"live_setup.source_note.{name}") for name in SOURCES],
        key=choice("live_source", known_or_first(SOURCES, before.get("source"))),
    )
    sample = _sample() if source == "sample" else None
    agent, customer = (None, None) if sample is not None else _devices(source, before)
    first, second = st.columns(2)
    edition = playbook_choice(
        first,
        f"live_playbook_{sample.id if sample else ''}",
        chosen=sample.options.playbook if sample else before.get("playbook"),
        disabled=sample is not None,
    )
    spoken = second.selectbox(
        t("new.language"),
        SPOKEN,
        format_func=lambda name: t(f"new.language.{name}"),
        key=choice("live_spoken", known_or_first(SPOKEN, before.get("spoken"))),
    )
    ready = sample is not None or agent is not None
    if st.button(
        t("live_setup.start"), type="primary", width="stretch", key="live_start", disabled=not ready
    ):
        chosen = {"source": source, "playbook": edition.key, "spoken": spoken}
        devices = {"agent": agent, "customer": customer} if sample is None else {}
        live_sessions().remember(account, {**before, **chosen, **devices})
        order = LiveOrder(
            playbook=name_for_review(desk(), edition.key, settings().data_dir / "playbooks"),
            language=None if spoken == "auto" else spoken,
            title=_title(sample),
            account=account,
            **_sound(source, sample, agent, customer, edition),  # type: ignore[arg-type]
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
        key=choice("live_sample"),
    )
    return found[name]


def _sound(
    source: str, sample: Sample | None, agent: str | None, customer: str | None, edition: Edition
) -> dict[str, object]:
    """What is heard: one microphone is the coached party's, a second device is the other side's."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    if sample is not None:
        day = sample.options.started_at
        return {"file": str(sample.path), "started_at": day.isoformat() if day is not None else None}
    if source == "two":
        return {"agent_device": agent, "customer_device": customer, "started_at": now}
    coached = read(source_of(desk(), edition.key)).coached
    mine = "agent_device" if coached is Role.AGENT else "customer_device"
    return {mine: agent, "alone": source == "alone", "started_at": now}


def _title(sample: Sample | None) -> str:
    if sample is not None:
        return sample.title.in_language(language())
    return t("live_setup.title", time=f"{datetime.now():%Y-%m-%d %H:%M}")
