"""Start a review, and watch those that are under way."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import streamlit as st

import coach
from coach.samples import Sample, sample_calls
from coach.ui.components import mount
from coach.ui.editions import Edition, editions, name_for_review
from coach.ui.job_view import job_view
from coach.ui.jobs import JobState, Order
from coach.ui.resources import current_actor, desk, jobs, settings
from coach.ui.speak import language, t, texts

RECORDINGS = (
    *("wav", "mp3", "m4a", "mp4", "aac", "amr", "3gp", "opus", "ogg", "oga", "flac"),
    *("webm", "mka", "mkv", "wma", "aiff", "aif", "au", "gsm", "w64", "caf", "spx"),
)
PLAYBOOKS = ("collection", "negotiation")
SAMPLES = Path(coach.__file__).parents[1] / "sample_audio"


def show() -> None:
    """Draw the form beside the jobs."""
    with st.container(key="new_page"):
        left, right = st.columns([6, 5], gap="large")
        with left, st.container(border=True, key="new_form"):
            st.markdown(f"## {t('new.heading')}")
            st.markdown(t("new.lead"))
            _form()
        with right, st.container(border=True, key="new_jobs"):
            st.markdown(f"### {t('new.jobs')}")
            st.fragment(_watch, run_every=1.0 if jobs().busy() else None)()


def _form() -> None:
    sources = ("upload", "sample")
    chosen = st.segmented_control(
        t("new.from"),
        sources,
        format_func=lambda name: t(f"new.from.{name}"),
        default="upload",
        required=True,
        key="source",
        label_visibility="collapsed",
    )
    if chosen == "sample":
        _sample_form()
    else:
        _upload_form()


def _upload_form() -> None:
    version = st.session_state.setdefault("upload_version", 0)
    upload = st.file_uploader(
        t("new.file"), type=[*RECORDINGS, "json"], key=f"upload_{version}", label_visibility="collapsed"
    )
    st.caption(t("new.limits", hours=f"{settings().max_hours:g}"))
    first, second = st.columns(2)
    known = {edition.key: edition for edition in editions(desk())}
    playbook = first.selectbox(
        t("new.playbook"), list(known), format_func=lambda key: _edition(known[key]), key="playbook"
    )
    day = second.date_input(
        t("new.date"),
        value="today",
        max_value="today",
        help=t("new.date_help"),
        format="YYYY-MM-DD",
        key="day",
    )
    spoken = first.selectbox(
        t("new.language"),
        ("auto", "zh", "en"),
        format_func=lambda name: t(f"new.language.{name}"),
        key="spoken",
    )
    channel = second.selectbox(
        t("new.channel"),
        ("auto", "left", "right"),
        format_func=lambda name: t(f"new.channel.{name}"),
        key="channel",
    )
    label = t("new.start") if upload is not None else t("new.choose_first")
    if st.button(label, type="primary", disabled=upload is None, width="stretch", key="start"):
        assert upload is not None
        if not upload.size:
            st.error(t("new.empty_file"))
            return
        try:
            order = Order(
                title=plain_name(upload.name),
                suffix=_suffix(upload.name),
                playbook=name_for_review(desk(), playbook, settings().data_dir / "playbooks"),
                language=None if spoken == "auto" else spoken,
                agent_channel=channel,
                started_at=_noon(day),
            )
            jobs().start(order.by(current_actor()), upload)
        except OSError:
            st.error(t("new.disk_full"))
            return
        st.session_state["upload_version"] = version + 1
        st.rerun()


def _edition(edition: Edition) -> str:
    if edition.key in PLAYBOOKS:
        return t(f"new.playbook.{edition.key}")
    title = edition.title.in_language(language())
    return t("new.playbook.edition", title=title, version=edition.version)


def _sample_form() -> None:
    # The samples in the language of the page first; their ids begin with it.
    known = sorted(sample_calls(SAMPLES), key=lambda sample: not sample.id.startswith(language()))
    found = {sample.id: sample for sample in known}
    if not found:
        st.info(t("new.no_samples"))
        return
    name = st.selectbox(
        t("new.sample"),
        list(found),
        format_func=lambda sample_id: found[sample_id].title.in_language(language()),
        key="sample",
    )
    sample = found[name]
    st.text(sample.about.in_language(language()))
    options = sample.options
    if options.started_at is not None:
        st.caption(
            t(
                "new.sample_date",
                playbook=t(f"playbook.{options.playbook}"),
                date=options.started_at.date().isoformat(),
            )
        )
    if st.button(t("new.start"), type="primary", width="stretch", key="start_sample"):
        jobs().start(_sample_order(sample).by(current_actor()))
        st.rerun()


def _sample_order(sample: Sample) -> Order:
    started_at = sample.options.started_at
    return Order(
        title=sample.title.in_language(language()),
        suffix=sample.path.suffix,
        source=str(sample.path),
        playbook=sample.options.playbook or PLAYBOOKS[0],
        started_at=started_at.isoformat() if started_at is not None else None,
    )


def _watch() -> None:
    found = jobs().all(current_actor())
    result = mount(
        "job_list",
        key="job_list",
        data={
            "lang": language(),
            "texts": texts("job"),
            "empty": t("new.no_jobs"),
            "jobs": [job_view(job) for job in found],
        },
        triggers=("open", "cancel", "dismiss", "retry"),
    )
    known = {job.id: job for job in found}
    if result.open in known and known[result.open].call_id is not None:
        jobs().forget(result.open)
        call_id = known[result.open].call_id
        st.switch_page(st.session_state["pages"]["review"], query_params={"call": str(call_id)})
    if result.cancel in known:
        jobs().cancel(result.cancel)
        st.rerun(scope="fragment")
    if result.retry in known:
        jobs().retry(result.retry)
        st.rerun(scope="fragment")
    if result.dismiss in known and known[result.dismiss].state not in (JobState.RUNNING, JobState.WAITING):
        jobs().forget(result.dismiss)
        st.rerun(scope="fragment")


def plain_name(name: str) -> str:
    """A file's name as a title: the last part, without control or direction characters, at most 120 long.

    >>> plain_name("../../etc/2026-11-18 call.wav")
    '2026-11-18 call'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    stem = Path(shown.strip()).stem.strip()
    return stem[:120] or "—"


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix.removeprefix(".") in (*RECORDINGS, "json") else ""


def _noon(day: Any) -> str | None:
    """The day at noon, in this machine's zone: the hour is not known and does not matter."""
    if not isinstance(day, date):
        return None
    return datetime.combine(day, time(12)).astimezone().isoformat()
