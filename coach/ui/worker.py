"""The child process of a job, ``python -m coach.ui.worker FOLDER``: the only one that loads models."""

from __future__ import annotations

import fcntl
import json
import signal
import sys
import time
import traceback
from datetime import datetime
from pathlib import Path
from types import FrameType

from coach.domain.errors import Cancelled, CoachError
from coach.domain.progress import Progress, Stage
from coach.ui.jobs import Jobs, JobState, Order, write_json

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
    return 0


def _review(folder: Path) -> str:
    from coach.assembly import Options, Reviewer, open_store
    from coach.settings import Settings

    order = Order(**json.loads((folder / "job.json").read_text(encoding="utf-8")))
    path = Path(order.source) if order.source is not None else folder / f"recording{order.suffix}"
    settings = Settings.read()
    stored = Reviewer(settings).review_into(
        open_store(settings).desk(order.actor),
        path,
        Options(
            playbook=order.playbook,
            language=order.language,
            agent_channel=order.agent_channel,
            started_at=datetime.fromisoformat(order.started_at) if order.started_at is not None else None,
        ),
        title=order.title,
        on_progress=_Notes(folder / "progress.json"),
    )
    if order.source is None:
        path.unlink()
    return stored.id


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
