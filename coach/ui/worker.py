"""The child process of a job, ``python -m coach.ui.worker FOLDER``: the only one that loads models."""

from __future__ import annotations

import fcntl
import json
import signal
import sys
import time
import traceback
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from coach.domain.errors import Cancelled, CoachError, NoSuchCall
from coach.domain.progress import Progress, Stage
from coach.ui.job_folder import drop_recording, made_at, tries_of, write_json
from coach.ui.jobs import Jobs, JobState, Order

if TYPE_CHECKING:
    from coach.store import Desk

EVERY = 0.25
"""Seconds between two notes of progress within a stage."""


def main(folder: Path) -> int:
    """Do the job of ``folder``, and leave its outcome there."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        with (folder.parent / "turn").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            call_id = _review(folder)
    except Cancelled:
        write_json(folder / "outcome.json", {"state": JobState.CANCELLED})
        return 1
    except CoachError as error:
        _failed(folder, error.name, str(error))
        return 1
    except MemoryError:
        _failed(folder, "MemoryError", None)
        return 1
    except Exception as error:
        # The page must hear of our mistakes too. Frames only: an exception's text may hold words of the call.
        frames = traceback.extract_tb(error.__traceback__)
        sys.stderr.write("".join(f"{f.filename}:{f.lineno} {f.name}\n" for f in frames))
        _failed(folder, "unexpected", f"{type(error).__name__} in {Path(frames[-1].filename).name}")
        return 1
    write_json(folder / "outcome.json", {"state": JobState.DONE, "call_id": call_id})
    drop_recording(folder)  # last: a job that is done again needs it
    return 0


def _review(folder: Path) -> str:
    from coach.assembly import Options, Reviewer, open_store
    from coach.settings import Settings

    order = Order(**json.loads((folder / "job.json").read_text(encoding="utf-8")))
    path = Path(order.source) if order.source is not None else folder / f"recording{order.suffix}"
    settings = Settings.read()
    desk = open_store(settings).desk(order.actor)
    kept = _kept_before(desk, path, folder)
    if kept is not None:
        return kept
    stored = Reviewer(settings).review_into(
        desk,
        path,
        Options(
            playbook=order.playbook,
            language=order.language,
            agent_channel=order.agent_channel,
            started_at=datetime.fromisoformat(order.started_at) if order.started_at is not None else None,
            file_first=True,
        ),
        title=order.title,
        on_progress=_Notes(folder / "progress.json"),
    )
    return stored.id


def _kept_before(desk: Desk, path: Path, folder: Path) -> str | None:
    """The call of a job that died after it had kept its review and before it could say so."""
    if tries_of(folder) < 2 or not path.is_file():
        return None
    with path.open("rb") as file:
        call_id = file_digest(file, "sha256").hexdigest()
    try:
        line = desk.case(call_id).line
    except NoSuchCall:
        return None
    return call_id if line.added_at > made_at(folder) else None


class _Notes:
    """Writes progress down, not more often than anybody would look."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._began = time.time()
        self._last: tuple[Progress, float] | None = None
        self(Progress(Stage.DECODE, 0.0))

    def __call__(self, progress: Progress) -> None:
        now = time.time()
        if self._last is not None:
            last, at = self._last
            if last.stage is progress.stage and now - at < EVERY and progress.done < 1.0:
                return
        self._last = (progress, now)
        write_json(self._file, {"stage": progress.stage.value, "done": progress.done, "began": self._began})


def _failed(folder: Path, error: str, detail: str | None) -> None:
    write_json(folder / "outcome.json", {"state": JobState.FAILED, "error": error, "detail": detail})


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Cancelled("stopped by the user")


if __name__ == "__main__":
    own = Path(sys.argv[1])
    code = main(own)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Jobs(own.parent).dispatch(ending=own.name)
    sys.exit(code)
