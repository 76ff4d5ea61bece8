"""A folder that is watched: what appears in it is reviewed, each recording once, also after a restart."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import file_digest
from pathlib import Path
from typing import Final

from coach.domain.errors import NoSuchCall
from coach.domain.people import LOCAL
from coach.domain.time import Seconds
from coach.ui.job_folder import write_json
from coach.ui.jobs import Jobs, Order
from coach.ui.names import RECORDINGS, plain_name
from coach.ui.resources import jobs, settings, store

AT_ONCE: Final = 4
"""Jobs that may wait or run before the folder waits: each of them is a process."""
EVERY: Final[Seconds] = 4.0
SETTLED: Final[Seconds] = 3.0
"""A file that was written to more recently may still be on its way."""
KINDS: Final = frozenset((*(f".{ending}" for ending in RECORDINGS), ".json"))


@dataclass(frozen=True, slots=True)
class Watched:
    """The folder, and what is said of each call in it; ``account`` and ``role`` are whose calls they are."""

    folder: str
    playbook: str = "collection"
    language: str | None = None
    account: str | None = None
    role: str = "admin"


@dataclass(frozen=True, slots=True)
class Count:
    """Recordings of the folder so far: given to review, and passed over since they had been reviewed."""

    taken: int = 0
    twice: int = 0


class FolderWatch:
    """Watches the folder that ``root/watch.json`` names; ``known`` says whether a recording was reviewed."""

    def __init__(self, root: Path, jobs: Callable[[], Jobs], known: Callable[[str], bool]) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self._root = root
        self._jobs = jobs
        self._known = known
        self._lock = threading.Lock()
        self._sizes: dict[Path, tuple[int, int]] = {}
        self._done: set[tuple[str, int, int]] = set()
        self._thread: threading.Thread | None = None
        self.count = Count()

    @property
    def watched(self) -> Watched | None:
        """What is watched, if anything."""
        try:
            return Watched(**json.loads((self._root / "watch.json").read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def watch(self, watched: Watched) -> None:
        """Watch a folder from now on; raises ``NotADirectoryError`` where there is none."""
        if not Path(watched.folder).is_absolute() or not Path(watched.folder).is_dir():
            raise NotADirectoryError(watched.folder)
        with self._lock:
            self._done.clear()
            self.count = Count()
            write_json(self._root / "watch.json", asdict(watched))

    def stop(self) -> None:
        """Watch nothing any more; what was taken is reviewed to its end."""
        (self._root / "watch.json").unlink(missing_ok=True)

    def begin(self) -> None:
        """Look every few seconds, in a thread that ends with the process."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="folder-watch", daemon=True)
            self._thread.start()

    def look(self) -> int:
        """Take what has settled in the folder since the last look; how many recordings these were."""
        watched = self.watched
        if watched is None:
            return 0
        taken = 0
        with self._lock:
            for file in sorted(Path(watched.folder).iterdir()):
                if self._jobs().busy() >= AT_ONCE:
                    break
                taken += self._take(file, watched) if self._settled(file) else 0
        return taken

    def _run(self) -> None:
        while True:
            try:
                self.look()
            except OSError as error:  # the folder may be away for a while; the next look may find it
                logging.getLogger(__name__).warning("folder watch: %s", error.strerror)
            time.sleep(EVERY)

    def _settled(self, file: Path) -> bool:
        """Whether it is a recording of its own (no link) that has not changed since the last look."""
        if file.is_symlink() or file.name.startswith(".") or file.suffix.lower() not in KINDS:
            return False
        state = file.stat()
        size = (state.st_size, state.st_mtime_ns)
        before, self._sizes[file] = self._sizes.get(file), size
        if (file.name, *size) in self._done or not file.is_file():
            return False
        return before == size and time.time() - state.st_mtime > SETTLED

    def _take(self, file: Path, watched: Watched) -> int:
        state = file.stat()
        with file.open("rb") as content:
            digest = file_digest(content, "sha256").hexdigest()
        self._done.add((file.name, state.st_size, state.st_mtime_ns))
        seen = self._seen()
        if digest in seen or self._known(digest):
            self.count = Count(self.count.taken, self.count.twice + 1)
            return 0
        self._jobs().start(_order(file, watched))
        # Started first: what is killed in between is done again, and the store keeps a recording once.
        write_json(self._root / "seen.json", {"digests": [*seen, digest]})
        self.count = Count(self.count.taken + 1, self.count.twice)
        return 1

    def _seen(self) -> list[str]:
        try:
            found: list[str] = json.loads((self._root / "seen.json").read_text(encoding="utf-8"))["digests"]
        except FileNotFoundError:
            return []
        return found


def _order(file: Path, watched: Watched) -> Order:
    return Order(
        title=plain_name(file.name),
        suffix=file.suffix.lower(),
        source=str(file),
        playbook=watched.playbook,
        language=watched.language,
        account=watched.account,
        role=watched.role,
    )


@cache
def folder_watch() -> FolderWatch:
    """The one of this process, already looking."""
    made = FolderWatch(settings().data_dir / "watch", jobs, _in_store)
    made.begin()
    return made


def _in_store(digest: str) -> bool:
    try:
        store().desk(LOCAL).case(digest)
    except NoSuchCall:
        return False
    return True
