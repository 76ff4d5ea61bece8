"""What is done by itself while the page is served: the rule of retention, and traces of erased calls."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import cache
from typing import Final

from coach.domain.errors import NoSuchCall, StoreError
from coach.domain.people import LOCAL
from coach.domain.time import Seconds
from coach.store import Desk, ReviewStore
from coach.ui.jobs import Jobs
from coach.ui.resources import jobs, settings, store

EVERY: Final[Seconds] = 3600.0


class Keeper:
    """Erases calls by the rule of retention and forgets the jobs whose calls are gone.

    ``days`` is the rule of the environment, which stands above the office's own (None: there is none).
    """

    def __init__(self, store: Callable[[], ReviewStore], jobs: Callable[[], Jobs], days: int | None) -> None:
        self._store, self._jobs, self._days = store, jobs, days
        self._wanted = threading.Event()

    def tidy(self) -> tuple[int, int]:
        """Do it once; how many calls were erased, and jobs forgotten."""
        desk = self._store().desk(LOCAL)
        days = self.days(desk)
        erased = 0 if days is None else len(desk.retain(days))
        self._store().sounds.clear()
        return erased, self._jobs().forget_gone(self._is_there)

    def days(self, desk: Desk) -> int | None:
        """After how many days calls are erased now; None: they are not."""
        if self._days is not None:
            return self._days
        rule = desk.keep_rule()
        return None if rule is None else rule.days

    def at_once(self) -> None:
        """Do not wait for the hour."""
        self._wanted.set()

    def begin(self) -> None:
        """Do it every hour, in a thread that ends with the process."""
        threading.Thread(target=self._run, name="keeper", daemon=True).start()

    def _run(self) -> None:
        log = logging.getLogger(__name__)
        while True:
            try:
                erased, forgotten = self.tidy()
                log.info("retention: %d calls erased, %d jobs forgotten", erased, forgotten)
            except (StoreError, OSError) as error:  # the disk may be full for a while; the next hour comes
                log.warning("retention: %s", type(error).__name__)
            self._wanted.wait(EVERY)
            self._wanted.clear()

    def _is_there(self, call_id: str) -> bool:
        try:
            self._store().desk(LOCAL).case(call_id)
        except NoSuchCall:
            return False
        return True


@cache
def keeper() -> Keeper:
    """The one of this process, already at work."""
    made = Keeper(store, jobs, settings().keep_days)
    made.begin()
    return made
