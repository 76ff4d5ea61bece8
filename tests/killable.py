"""Work that is killed (SIGKILL) at its Nth step or after some time, in processes forked from a warm one.

A step is a file that is opened, moved or deleted in the data folder, or the moment before or after a
statement or a commit in the database. ``Killer`` starts ``python -m tests.killable`` and tells it what to do;
with a folder that is the worker of a job, with hearing and judging replaced by a review that is made up.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from coach import playbooks
from coach.assembly import Options, Reviewer, open_store
from coach.domain.progress import Progress, Stage
from coach.domain.recording import DecodedAudio, Recording
from coach.domain.review import Review
from coach.domain.rulings import RulingKind
from coach.settings import Settings
from coach.store import ReviewStore
from coach.ui import worker
from coach.ui.jobs import Jobs
from coach.work_folder import work_folder
from tests.store_calls import BOSS, judged

_TOUCHES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "shutil.move")
REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ended:
    """How a piece of work ended: killed, or by itself after so many steps with an exit code."""

    killed: bool
    steps: int
    code: int


class Killer(AbstractContextManager["Killer"]):
    """The warm process from which all work is forked."""

    def __enter__(self) -> Killer:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.killable"],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def run(self, work: str, *arguments: str, step: int = 0, after: float = 0.0) -> Ended:
        """Do ``work`` in a fork that dies at its ``step`` or ``after`` seconds; 0: it lives to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"work": work, "arguments": arguments, "step": step, "after": after}
        asked["data"] = os.environ["COACH_DATA_DIR"]
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


class _Steps:
    """Counts steps, and ends the process at one of them."""

    def __init__(self, root: str, last: int) -> None:
        self.n, self._last, self._root = 0, last, root
        sys.addaudithook(self._hook)
        for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
            sa.event.listen(sa.Engine, event, self._count)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in _TOUCHES or (event == "open" and self._root in str(arguments[0])):
            self._count()

    def _count(self, *_: object) -> None:
        self.n += 1
        if self.n == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def _review(self: Reviewer, path: Path, options: Options | None = None, **given: Any) -> Review:
    """In the place of ``Reviewer.review``: the same for the same file, with sound."""
    call_id = sha256(path.read_bytes()).hexdigest()
    for stage in Stage:
        given["on_progress"](Progress(stage, 1.0))
    with work_folder() as folder:
        samples = folder / "samples"
        samples.write_bytes(bytes(1600))
        audio = DecodedAudio(samples, 8000, 1, 800)
        given["on_audio"](Recording(call_id, path, "x", "pcm", 8000, 1), audio)
    return judged(call_id, faults={"no_threat": 2})


def job(folder: str) -> int:
    """A job's worker, as ``coach.ui.worker`` begins it."""
    return worker.main(Path(folder))


def upgrade(root: str, url: str = "") -> int:
    """Open a store, which brings it up to date."""
    ReviewStore(Path(root), url or None)
    return 0


def rule(root: str, call_id: str) -> int:
    """A supervisor rules on a call, remarks, and signs it off."""
    case = open_store(Settings.read({"COACH_DATA_DIR": root})).desk(BOSS).case(call_id)
    case.rule(RulingKind.DISMISS, "no_threat", turn=2, reason="x")
    case.comment("y", turn=2)
    case.sign_off()
    return 0


def erase(root: str, call_id: str) -> int:
    """A call is erased for good."""
    open_store(Settings.read({"COACH_DATA_DIR": root})).desk(BOSS).case(call_id).erase()
    return 0


WORKS: dict[str, Callable[..., int]] = {"job": job, "upgrade": upgrade, "rule": rule, "erase": erase}


def _forked(asked: dict[str, Any]) -> Ended:
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        code = 70
        try:
            os.environ["COACH_DATA_DIR"] = asked["data"]
            os.environ.pop("COACH_STORE_URL", None)
            steps = _Steps(asked["data"], asked["step"])
            code = WORKS[asked["work"]](*asked["arguments"])
            os.write(writes, str(steps.n).encode())
        finally:
            os._exit(code)
    os.close(writes)
    if asked["after"]:
        time.sleep(asked["after"])
        os.kill(child, signal.SIGKILL)  # one that has ended is not reaped yet, so it is nobody else
    _, status = os.waitpid(child, 0)
    with os.fdopen(reads) as told:
        steps_done = told.read()
    killed = os.WIFSIGNALED(status)
    return Ended(killed, int(steps_done or 0), 0 if killed else os.WEXITSTATUS(status))


def _warm() -> None:
    """Read in all that the work needs, so that a fork does not."""
    import av  # noqa: F401
    import psycopg  # noqa: F401

    import coach.audio.samples  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        store = ReviewStore(Path(folder))
        store.add(
            judged("warm", faults={"no_threat": 2}), title="x", playbook_source=playbooks.source("collection")
        )
        store.desk(BOSS).case("warm").rule(RulingKind.DISMISS, "no_threat", turn=2, reason="x")
        store.database.close()


def main(arguments: list[str]) -> int:
    """The warm process, or with a folder the worker of its job."""
    Reviewer.review = _review  # type: ignore[method-assign,assignment]
    if arguments:
        folder = Path(arguments[0])
        code = worker.main(folder)
        Jobs(folder.parent).dispatch(ending=folder.name)
        return code
    _warm()
    for line in sys.stdin:
        print(json.dumps(_forked(json.loads(line)).__dict__), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
