"""Start a review, and watch those that are under way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from typing import Any

import streamlit as st

import coach
from coach.domain.errors import NoSuchCall
from coach.domain.people import AccountRole
from coach.samples import Sample, sample_calls
from coach.ui.choices import choice
from coach.ui.components import mount
from coach.ui.editions import name_for_review
from coach.ui.going import go_to
from coach.ui.job_view import job_view
from coach.ui.jobs import Job, JobState, Order
from coach.ui.names import RECORDINGS, plain_name, suffix_of
from coach.ui.playbook_choice import playbook_choice
from coach.ui.resources import current_actor, desk, jobs, settings
from coach.ui.speak import language, t, texts
from coach.ui.uploads import let_go
from coach.ui.watching import Watched, folder_watch

SAMPLES = Path(coach.__file__).parents[1] / "sample_audio"
AT_ONCE = 50
"""Files that one drop may hold: they come through memory. A watched folder has no such bound."""


_OPEN = (JobState.RUNNING, JobState.WAITING, JobState.FAILED)


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
            # No polling once all is done: there is nothing to look for.
            busy = jobs().busy() > 0
            st.fragment(_watch, run_every=1.0 if busy else None)(busy)


def _form() -> None:
    office = current_actor().role is AccountRole.ADMIN
    sources = ("upload", "record", "folder", "sample") if office else ("upload", "record", "sample")
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
    elif chosen == "folder" and office:
        _folder_form()
    else:
        _upload_form(record=chosen == "record")


def _upload_form(*, record: bool) -> None:
    version = st.session_state.setdefault("upload_version", 0)
    uploads: list[Any] = []
    if record:
        spoken_now = st.audio_input(t("new.record"), sample_rate=16_000, key=f"record_{version}")
        uploads = [spoken_now] if spoken_now is not None else []
        st.caption(t("new.record_note"))
    else:
        uploads = st.file_uploader(
            t("new.file"),
            type=[*RECORDINGS, "json"],
            accept_multiple_files=True,
            key=f"upload_{version}",
            label_visibility="collapsed",
        )
        st.caption(t("new.limits", hours=f"{settings().max_hours:g}"))
        # Streamlit says in English and with a number that a file was refused: these are our words.
        refused = json.dumps(t("new.refused", size=_size(settings().upload_mb)), ensure_ascii=False)
        st.html(f"<style>.stApp {{ --coach-refused: {refused}; }}</style>")
    order = _order_form()
    label = t("new.start") if len(uploads) < 2 else t("new.start_many", n=len(uploads))
    if not uploads:
        label = t("new.record_first") if record else t("new.choose_first")
    if st.button(label, type="primary", disabled=not uploads, width="stretch", key="start"):
        if len(uploads) > AT_ONCE:
            st.error(t("new.too_many", n=AT_ONCE))
            return
        try:
            st.session_state["upload_notes"] = _take(uploads, order, record=record)
        except OSError:
            st.error(t("new.disk_full"))
            return
        st.session_state["upload_version"] = version + 1
        st.rerun()


def _size(megabytes: int) -> str:
    return f"{megabytes / 1024:.3g} GB" if megabytes >= 1024 else f"{megabytes} MB"


def _order_form() -> Order:
    """What the user says of the calls that he brings."""
    first, second = st.columns(2)
    playbook = _playbook(first)
    day = second.date_input(
        t("new.date"),
        value="today",
        max_value="today",
        help=t("new.date_help"),
        format="YYYY-MM-DD",
        key="day",
    )
    spoken = _spoken(first)
    channel = second.selectbox(
        t("new.channel"),
        ("auto", "left", "right"),
        format_func=lambda name: t(f"new.channel.{name}"),
        key=choice("channel"),
    )
    return Order(
        title="",
        suffix="",
        playbook=playbook,
        language=spoken,
        agent_channel=channel,
        started_at=_noon(day),
    ).by(current_actor())


def _playbook(where: Any) -> str:
    return playbook_choice(where, "playbook").key


def _spoken(where: Any) -> str | None:
    spoken = where.selectbox(
        t("new.language"),
        ("auto", "zh", "en"),
        format_func=lambda name: t(f"new.language.{name}"),
        key=choice("spoken"),
    )
    return None if spoken == "auto" else str(spoken)


def _take(uploads: list[Any], order: Order, *, record: bool) -> list[dict[str, Any]]:
    """Begin a review of each file; what is not begun is told, with the call that it was."""
    playbook = name_for_review(desk(), order.playbook, settings().data_dir / "playbooks")
    notes = []
    for upload in uploads:
        title = t("new.recorded", when=f"{datetime.now():%m-%d %H:%M}") if record else plain_name(upload.name)
        asked = replace(order, title=title, suffix=suffix_of(upload.name), playbook=playbook)
        note = _begin(upload, asked)
        let_go([upload])
        if note is not None:
            notes.append({"title": title, **note})
    return notes


def _begin(upload: Any, asked: Order) -> dict[str, Any] | None:
    """Begin the review of one file; why it was not begun, else None."""
    if not upload.size:
        return {"kind": "empty"}
    known = _reviewed(upload)
    if known is not None:
        return {"kind": "twice", "call": known}
    under_way = {job.id for job in jobs().all()}
    return {"kind": "under_way"} if jobs().start(asked, upload) in under_way else None


def _reviewed(upload: BytesIO) -> str | None:
    """The call that a recording is, where he has it already: the store knows it by its content."""
    digest = file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    try:
        return desk().case(digest).line.id
    except NoSuchCall:
        return None


def _folder_form() -> None:
    """Name a folder of this machine to watch; for the admin only, since the server reads it."""
    watch = folder_watch()
    watched = watch.watched
    if watched is not None:
        st.text(t("new.watching", folder=watched.folder))
        st.fragment(_watch_count, run_every=3.0)()
        if st.button(t("new.watch_stop"), width="stretch", key="watch_stop"):
            watch.stop()
            st.rerun()
        return
    st.caption(t("new.watch_note"))
    folder = st.text_input(t("new.watch_folder"), key="watch_folder", placeholder="/recordings/inbox")
    first, second = st.columns(2)
    playbook, spoken = _playbook(first), _spoken(second)
    if st.button(t("new.watch"), type="primary", width="stretch", key="watch_start"):
        name = name_for_review(desk(), playbook, settings().data_dir / "playbooks")
        actor = current_actor()
        try:
            watch.watch(Watched(folder.strip(), name, spoken, actor.account, actor.role.value))
        except OSError:
            st.error(t("new.watch_none"))
            return
        st.rerun()


def _watch_count() -> None:
    count = folder_watch().count
    st.text(t("new.watch_count", taken=count.taken, twice=count.twice))


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
        key=choice("sample"),
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
        playbook=sample.options.playbook or "collection",
        started_at=started_at.isoformat() if started_at is not None else None,
    )


def _watch(busy: bool) -> None:
    if (jobs().busy() > 0) is not busy:
        st.rerun()
    found = jobs().all(current_actor())
    result = mount(
        "job_list",
        key="job_list",
        data={
            "lang": language(),
            "texts": texts("job"),
            "empty": t("new.no_jobs"),
            "jobs": [job_view(job) for job in sorted(found, key=_first)],
            "notes": st.session_state.get("upload_notes", []),
        },
        # No "clear": a result has a method of that name.
        triggers=("open", "see", "cancel", "dismiss", "retry", "tidy", "noted"),
    )
    known = {job.id: job for job in found}
    if result.open in known and known[result.open].call_id is not None:
        jobs().forget(result.open)
        _open(str(known[result.open].call_id))
    if result.see:
        _open(str(result.see))
    if result.noted:
        st.session_state.pop("upload_notes", None)
        st.rerun(scope="fragment")
    if result.tidy:
        for job in found:
            if job.state is JobState.DONE:
                jobs().forget(job.id)
        st.rerun(scope="fragment")
    if result.cancel in known:
        jobs().cancel(result.cancel)
        st.rerun(scope="fragment")
    if result.retry in known:
        jobs().retry(result.retry)
        st.rerun(scope="fragment")
    if result.dismiss in known and known[result.dismiss].state not in (JobState.RUNNING, JobState.WAITING):
        jobs().forget(result.dismiss)
        st.rerun(scope="fragment")


def _first(job: Job) -> int:
    """What is under way first, then what went wrong, then what is done; the sort keeps the rest in order."""
    return (JobState.RUNNING, JobState.WAITING, JobState.FAILED).index(job.state) if job.state in _OPEN else 3


def _open(call_id: str) -> None:
    """An agent's own call is scored by himself first."""
    page = "mine" if current_actor().role is AccountRole.AGENT else "review"
    go_to(page, call=call_id)


def _noon(day: Any) -> str | None:
    """The day at noon, in this machine's zone: the hour is not known and does not matter."""
    if not isinstance(day, date):
        return None
    return datetime.combine(day, time(12)).astimezone().isoformat()
