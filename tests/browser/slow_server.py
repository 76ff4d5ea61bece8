"""The page as on a slow machine where a review is always under way: ``python -m`` this, and a port."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from coach.ui.jobs import Jobs
from coach.ui.launch import launch
from coach.ui.screens import guide, review

SECONDS = 4.0
"""What drawing a page takes, so that a poll of the page before falls into it."""


def slowly(show: Callable[[], None]) -> Callable[[], None]:
    """The screen, once the machine has got round to it."""

    def shown() -> None:
        time.sleep(SECONDS)
        show()

    return shown


if __name__ == "__main__":
    Jobs.busy = lambda self: 1  # type: ignore[method-assign]
    for screen in (guide, review):
        screen.show = slowly(screen.show)  # type: ignore[attr-defined]
    launch(int(sys.argv[1]))
