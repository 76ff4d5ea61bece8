"""The folder of a session: settings, journal and sound; what a crash left is found again here.

``session.json`` what was asked for, ``journal.jsonl`` every final word, cue and mark, ``sound.wav`` the
tape, ``state.json`` what is shown at the moment, ``control`` what the user asks of a running session,
``outcome.json`` that it was reviewed. A living session holds a lock on ``alive``.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

from coach.domain.errors import DeviceError
from coach.domain.time import Seconds
from coach.live.tape import mend

_RESERVE_BYTES = 256 * 1024
"""Kept free for the last lines of the journal when the disk is full."""


@dataclass(frozen=True, slots=True)
class LiveOrder:
    """What the user asks of a session.

    ``agent_device`` and ``customer_device`` are numbers or names, ``default`` the default one, None none;
    with both each has its own channel. ``alone``: only the device's own party speaks into it. ``file`` is
    played as if live at ``speed`` (0: as fast as it is taken) instead. ``account`` owns the call.
    ``drill`` is the id of a hard line that is answered.
    """

    playbook: str = "collection"
    language: str | None = None
    agent_device: str | None = None
    customer_device: str | None = None
    alone: bool = False
    file: str | None = None
    speed: float = 1.0
    agent_channel: str = "auto"
    started_at: str | None = None
    title: str = ""
    account: str | None = None
    drill: str | None = None


@dataclass(frozen=True, slots=True)
class LeftSession:
    """A session that ended without a review: its folder, order, seconds of sound and cues raised."""

    folder: Path
    order: LiveOrder
    began_at: datetime
    seconds: Seconds
    cues: int


class SessionFolder:
    """One session's files; only this user can read them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sound = path / "sound.wav"
        self.journal = path / "journal.jsonl"
        self.state = path / "state.json"
        self.control = path / "control"
        self.outcome = path / "outcome.json"

    @property
    def order(self) -> LiveOrder:
        """What was asked for; what another version of the product asked besides is left out."""
        asked = json.loads((self.path / "session.json").read_text(encoding="utf-8"))
        known = {one.name for one in fields(LiveOrder)}
        return LiveOrder(**{name: value for name, value in asked.items() if name in known})

    def events(self) -> Iterator[dict[str, Any]]:
        """The journal; a line that a crash or a full disk cut off is left out."""
        if not self.journal.is_file():
            return
        with self.journal.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    yield json.loads(line)
                except json.JSONDecodeError:
                    continue  # the next one began on a line of its own

    def ask(self, command: str) -> None:
        """Ask a running session to ``pause``, ``resume``, ``mark`` or ``stop``."""
        with self.control.open("a", encoding="utf-8") as file:
            file.write(f"{command}\n")

    def alive(self) -> bool:
        """Whether a living process holds the session."""
        try:
            with (self.path / "alive").open("r+") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            return False
        return False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; the system lets go of it however the process ends."""
        with (self.path / "alive").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DeviceError(f"the session {self.path.name} is running already") from None
            yield

    def discard(self) -> None:
        """Delete everything of the session."""
        shutil.rmtree(self.path, ignore_errors=True)

    def forget_words(self) -> None:
        """Delete sound and words when the review has them, so that there is one place to erase."""
        for file in (self.sound, self.journal, self.state, self.control, self.path / "reserve"):
            file.unlink(missing_ok=True)


def new_session(root: Path, order: LiveOrder) -> SessionFolder:
    """A new folder below ``root`` for ``order``."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}"
    path = root / name
    path.mkdir(parents=True, mode=0o700)
    write_json(path / "session.json", asdict(order))
    (path / "reserve").write_bytes(b"\0" * _RESERVE_BYTES)
    return SessionFolder(path)


def sessions(root: Path) -> list[SessionFolder]:
    """All sessions below ``root``, newest first."""
    found = sorted(root.glob("*/session.json"), reverse=True)
    return [SessionFolder(file.parent) for file in found]


def left_sessions(root: Path) -> list[LeftSession]:
    """Sessions that crashed, or were stopped and not reviewed; their tapes are mended. Newest first."""
    left = []
    for session in sessions(root):
        if session.outcome.is_file() or session.alive():
            continue
        empty = not session.sound.is_file() or session.sound.stat().st_size <= 44
        if empty or session.order.drill is not None:
            session.discard()
            continue
        began = datetime.strptime(session.path.name[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        cues = sum(event["event"] == "cue" for event in session.events())
        left.append(LeftSession(session.path, session.order, began, mend(session.sound), cues))
    return left


class Journal:
    """Lines of JSON, each on disk before the next; when the disk is full the reserve is given up for them."""

    def __init__(self, folder: SessionFolder) -> None:
        self._folder = folder
        self._file: TextIO = folder.journal.open("a", encoding="utf-8")
        self.full = False

    def note(self, event: str, at: Seconds, **values: Any) -> None:
        """Append one event at second ``at`` of the session."""
        line = json.dumps({"event": event, "at": round(at, 3), **values}, ensure_ascii=False)
        try:
            self._append(line)
        except OSError:
            self.full = True
            (self._folder.path / "reserve").unlink(missing_ok=True)
            self._append("\n" + line)

    def close(self) -> None:
        """Bring everything to disk."""
        os.fsync(self._file.fileno())
        self._file.close()

    def _append(self, line: str) -> None:
        os.write(self._file.fileno(), f"{line}\n".encode())


def write_json(file: Path, value: dict[str, Any]) -> None:
    """Write a small file whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    part.replace(file)
