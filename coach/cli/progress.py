"""Progress of a review on stderr."""

from __future__ import annotations

import sys
import time

from coach.domain.progress import Progress, Stage

_STEPS = {
    Stage.DECODE: "reading the sound",
    Stage.SPEAKERS: "telling the speakers apart",
    Stage.TRANSCRIBE: "recognising the words",
    Stage.JUDGE: "judging",
    Stage.SCORE: "scoring",
}
_REDRAW_SECONDS = 0.2


class ProgressLine:
    """One line that is drawn over itself on a terminal; a line for each step elsewhere."""

    def __init__(self, name: str) -> None:
        self._name = "".join(c if c.isprintable() else " " for c in name)[:60]
        self._stage: Stage | None = None
        self._drawn = 0.0
        self._terminal = sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        """Draw ``progress`` if the step is new or some time has passed."""
        now = time.monotonic()
        new = progress.stage is not self._stage
        if not new and (not self._terminal or now - self._drawn < _REDRAW_SECONDS):
            return
        self._stage, self._drawn = progress.stage, now
        step = f"{self._name}: {_STEPS[progress.stage]}"
        if self._terminal:
            print(f"\r\x1b[K{step} {progress.done:4.0%}", end="", file=sys.stderr, flush=True)
        else:
            print(step, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave the line clear for what is printed next."""
        if self._terminal and self._stage is not None:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
