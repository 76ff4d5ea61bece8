"""The child process of a live session, ``python -m coach.ui.live_worker FOLDER [--review]``."""

from __future__ import annotations

import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import Any

from coach.domain.errors import Cancelled, CoachError
from coach.domain.progress import Progress
from coach.live.folder import SessionFolder, write_json
from coach.live.session import keep_state

_EVERY = 0.4


def main(path: Path, *, only_review: bool) -> int:
    """Capture and coach until stopped, then review; what is wrong is left in ``phase.json``."""
    folder = SessionFolder(path)
    try:
        with folder.held():
            _work(folder, only_review=only_review)
    except CoachError as error:
        _phase(folder, "failed", error=error.name, detail=str(error))
        return 1
    except Exception as error:
        # The page must hear of our mistakes too. Frames only: an exception's text may hold words of the call.
        frames = traceback.extract_tb(error.__traceback__)
        sys.stderr.write("".join(f"{f.filename}:{f.lineno} {f.name}\n" for f in frames))
        _phase(
            folder,
            "failed",
            error="unexpected",
            detail=f"{type(error).__name__} in {Path(frames[-1].filename).name}",
        )
        return 1
    return 0


def _work(folder: SessionFolder, *, only_review: bool) -> None:
    from coach.assembly import Reviewer, judge_drill, live_session, open_store, review_live
    from coach.settings import Settings

    settings = Settings.read()
    reviewer = Reviewer(settings)
    if not only_review:
        _phase(folder, "starting")
        session = live_session(reviewer, folder)
        signal.signal(signal.SIGTERM, lambda _number, _frame: session.ask("stop"))
        _phase(folder, "live")
        state = session.run(keep_state(folder))
        if state.elapsed < 1.0:
            raise Cancelled("stopped before anything was heard")
        if folder.order.drill is not None:
            judge_drill(reviewer, folder, state)
            folder.forget_words()
            _phase(folder, "done")
            return
    signal.signal(signal.SIGTERM, _stop)
    review_live(reviewer, open_store(settings), folder, title=folder.order.title, on_progress=_Notes(folder))
    folder.forget_words()
    _phase(folder, "done")


class _Notes:
    """Writes the progress of the review down, not more often than anybody would look."""

    def __init__(self, folder: SessionFolder) -> None:
        self._folder = folder
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= _EVERY or progress.done >= 1.0:
            self._last = now
            _phase(self._folder, "reviewing", stage=progress.stage.value, done=round(progress.done, 3))


def _phase(folder: SessionFolder, phase: str, **values: Any) -> None:
    write_json(folder.path / "phase.json", {"phase": phase, "since": time.time(), **values})


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Cancelled("stopped by the user")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), only_review="--review" in sys.argv[2:]))
