"""Reviews that are being made: each is a child process with a folder that says how far it has come.

A folder holds ``job.json`` (what to do), the upload, ``progress.json`` and, at the end, ``outcome.json``.
The child holds a lock on ``alive`` as long as it lives, so a job is found again after a reload or a restart
of the page, and one whose process died is seen as such: ``resume`` starts it again. One child works at a
time; a few wait for ``turn``, the rest as folders that are ``queued``. The store keeps a review whole or not
at all, and the same recording once: what dies between the two and is done again changes nothing.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from coach.domain.people import LOCAL, AccountRole, Actor
from coach.domain.progress import Progress, Stage
from coach.domain.time import Seconds
from coach.ui.job_folder import (
    drop_recording,
    held,
    is_job,
    locked,
    made_at,
    read_json,
    tries_of,
    waits,
    write_json,
)

MOST_TRIES = 3
"""A job whose process died so often is not started again by itself: the recording may be what kills it."""
AT_ONCE = 8
"""Jobs that have a process, of which one works; a thousand files that are dropped wait as folders."""
GRACE: Seconds = 3.0
"""How long a cancelled child may take to clean up before it is killed."""


class JobState(StrEnum):
    """What has become of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be reviewed and what the user says of it; None means: find it out.

    ``source`` is a file that stays where it is (a sample); None: the job's own file, named by ``suffix``.
    """

    title: str
    suffix: str
    source: str | None = None
    playbook: str = "collection"
    language: str | None = None
    agent_channel: str = "auto"
    started_at: str | None = None
    account: str | None = None
    role: str = AccountRole.ADMIN.value

    def by(self, actor: Actor) -> Order:
        """The order as ``actor`` gives it: what comes of it is his, if he is an agent."""
        return replace(self, account=actor.account, role=actor.role.value)

    @property
    def actor(self) -> Actor:
        """Who gave the order."""
        return LOCAL if self.account is None else Actor(self.account, AccountRole(self.role))


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is now; ``elapsed`` in seconds since work on it began."""

    id: str
    order: Order
    created_at: datetime
    state: JobState
    progress: Progress | None = None
    elapsed: Seconds = 0.0
    call_id: str | None = None
    error: str | None = None
    detail: str | None = None


class Jobs:
    """The jobs of a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, order: Order, upload: IO[bytes] | None = None) -> str:
        """Begin a review in a child process; the id of the job.

        The same recording under the same order is one job as long as that waits or runs.
        """
        job_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}"
        folder = self.root / job_id
        with self._starting():
            (folder / "tmp").mkdir(parents=True)
            alive = locked(folder / "alive")  # another page that starts now does not take it for a leftover
        try:
            if upload is not None:
                with (folder / f"recording{order.suffix}").open("wb") as file:
                    shutil.copyfileobj(upload, file)
                write_json(folder / "same.json", {"key": _key(order, folder)})
        except OSError:
            shutil.rmtree(folder)
            raise
        with self._starting():
            alive.close()
            twin = self._twin(folder)
            if twin is not None:
                shutil.rmtree(folder)
                return twin
            (folder / "queued").touch()
            write_json(folder / "job.json", asdict(order))
            self._dispatch()
        return job_id

    def dispatch(self, ending: str = "") -> int:
        """Begin what is queued, oldest first, while fewer than ``AT_ONCE`` live; how many were begun.

        ``ending`` is the job whose process asks, and has done its work.
        """
        with self._starting():
            return self._dispatch(ending)

    def resume(self) -> int:
        """Start again what was under way when the machine went down; how many these were.

        What has died ``MOST_TRIES`` times is left as failed.
        """
        resumed = 0
        with self._starting():
            for folder in sorted(self.root.glob("*/")):
                if held(folder / "alive"):
                    continue
                if not is_job(folder):
                    shutil.rmtree(folder)  # an upload that never became a job
                elif (read_json(folder / "outcome.json") or {}).get("state") == JobState.DONE:
                    drop_recording(folder)
                elif not (folder / "outcome.json").exists() and tries_of(folder) < MOST_TRIES:
                    (folder / "queued").touch()
                    resumed += 1
            self._dispatch()
        return resumed

    def retry(self, job_id: str) -> None:
        """Start a job again that has failed; its recording is kept until it is done or forgotten."""
        folder = self._folder(job_id)
        with self._starting():
            if not is_job(folder) or held(folder / "alive"):
                return
            for name in ("outcome.json", "progress.json", "tries.json"):
                (folder / name).unlink(missing_ok=True)
            (folder / "queued").touch()
            self._dispatch()

    def all(self, actor: Actor = LOCAL) -> list[Job]:
        """The jobs that ``actor`` may see, newest first: all for who leads, else his own."""
        for child in self._children.values():
            child.poll()  # so that a child that has ended is not left as a zombie
        if any(waits(folder) for folder in self.root.glob("*/")):
            self.dispatch()  # the process that should have begun the next one may have been killed
        found = (self._job(folder) for folder in sorted(self.root.glob("*/"), reverse=True) if is_job(folder))
        return [job for job in found if actor.leads or job.order.account == actor.account]

    def busy(self, actor: Actor = LOCAL) -> int:
        """How many jobs wait or run."""
        return sum(job.state in (JobState.WAITING, JobState.RUNNING) for job in self.all(actor))

    def cancel(self, job_id: str) -> None:
        """Stop a job's process and delete what it had."""
        folder = self._folder(job_id)
        with self._starting():
            (folder / "queued").unlink(missing_ok=True)
        process = read_json(folder / "process.json")
        if process is not None and held(folder / "alive"):
            _end(process["pid"], lambda: not held(folder / "alive"))
        self.forget(job_id)

    def forget(self, job_id: str) -> None:
        """Delete the folder of a job that is not running any more."""
        folder = self._folder(job_id)
        self._children.pop(job_id, None)
        (folder / "job.json").unlink(missing_ok=True)  # first: what is left of it is no job any more
        shutil.rmtree(folder, ignore_errors=True)

    def forget_gone(self, is_there: Callable[[str], bool]) -> int:
        """Forget what is done and whose call is gone (a file may be named after a customer); how many."""
        done = (job for job in self.all() if job.state is JobState.DONE)
        gone = [job.id for job in done if job.call_id is not None and not is_there(job.call_id)]
        for job_id in gone:
            self.forget(job_id)
        return len(gone)

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """One process starts jobs at a time, so that none is started twice."""
        with (self.root / "start").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _dispatch(self, ending: str = "") -> int:
        folders = sorted(folder for folder in self.root.glob("*/") if is_job(folder))
        room = AT_ONCE - sum(held(folder / "alive") for folder in folders if folder.name != ending)
        begun = [folder for folder in folders if waits(folder)][: max(0, room)]
        for folder in begun:
            write_json(folder / "tries.json", {"tries": tries_of(folder) + 1})
            self._children[folder.name] = _spawn(folder)
            (folder / "queued").unlink()
        return len(begun)

    def _twin(self, folder: Path) -> str | None:
        key = (read_json(folder / "same.json") or {}).get("key")
        for other in self.root.glob("*/") if key is not None else ():
            alike = other != folder and (read_json(other / "same.json") or {}).get("key") == key
            if alike and is_job(other) and (held(other / "alive") or waits(other)):
                return other.name
        return None

    def _folder(self, job_id: str) -> Path:
        if not job_id or Path(job_id).name != job_id or job_id.startswith("."):
            raise ValueError(f"not the id of a job: {job_id!r}")
        return self.root / job_id

    def _job(self, folder: Path) -> Job:
        queued = (folder / "queued").exists()  # before the lock: a job that is begun between is alive
        alive = held(folder / "alive")
        outcome = read_json(
            folder / "outcome.json"
        )  # after the lock: a child that ended has written it before
        job = Job(
            id=folder.name,
            order=Order(**read_json(folder / "job.json") or {}),
            created_at=made_at(folder),
            state=JobState.WAITING,
        )
        if outcome is not None:
            return replace(job, **{**outcome, "state": JobState(outcome["state"])})
        if not alive and not queued:
            return replace(job, state=JobState.FAILED, error="died")
        return _under_way(job, read_json(folder / "progress.json"))


def _under_way(job: Job, noted: dict[str, Any] | None) -> Job:
    if noted is None:
        return job
    return replace(
        job,
        state=JobState.RUNNING,
        progress=Progress(Stage(noted["stage"]), noted["done"]),
        elapsed=max(0.0, time.time() - noted["began"]),
    )


def _key(order: Order, folder: Path) -> str:
    """What makes two orders the same piece of work: the recording, and all but the title."""
    with (folder / f"recording{order.suffix}").open("rb") as file:
        content = file_digest(file, "sha256").hexdigest()
    return json.dumps([content, {**asdict(order), "title": ""}], sort_keys=True)


def _spawn(folder: Path) -> subprocess.Popen[bytes]:
    """The child, born with the lock on ``alive``: there is no moment at which it lives without it."""
    with locked(folder / "alive") as alive, (folder / "log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "coach.ui.worker", str(folder)],
            pass_fds=[alive.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(folder / "tmp")},
        )
    write_json(folder / "process.json", {"pid": child.pid})
    return child


def _end(pid: int, has_ended: Callable[[], bool]) -> None:
    """Ask the child's process group to stop, and kill it when it does not within ``GRACE``."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(pid, sign)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline:
            if has_ended():
                return
            time.sleep(0.02)
