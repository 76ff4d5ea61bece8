"""Live sessions as the page sees them: each is a child process with a folder; a reload finds it again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.live.folder import LeftSession, LiveOrder, SessionFolder, left_sessions, new_session, sessions
from coach.live.folder import write_json as write

_BORN_WITHIN = 20.0
"""A session whose process has not taken its lock yet is taken for starting as long as this (seconds)."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A session that is under way or has just ended; ``phase`` and ``state`` as the worker wrote them."""

    folder: SessionFolder
    phase: dict[str, Any]
    state: dict[str, Any] | None
    outcome: dict[str, Any] | None


class LiveSessions:
    """The sessions below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._children: list[subprocess.Popen[bytes]] = []

    def start(self, order: LiveOrder) -> SessionFolder:
        """Begin a session in a child process."""
        folder = new_session(self.root, order)
        self._spawn(folder)
        return folder

    def review(self, folder: SessionFolder) -> None:
        """Review what an earlier session left, in a child process."""
        write(folder.path / "phase.json", {"phase": "reviewing", "since": time.time()})
        self._spawn(folder, "--review")

    def watched(self, account: str) -> Watched | None:
        """The account's session that is under way, or has ended and was not dismissed."""
        for child in self._children:
            child.poll()  # so that a child that has ended is not left as a zombie
        for folder in sessions(self.root):
            if folder.order.account != account:
                continue
            found = _watched(folder)
            if found is not None:
                return found
        return None

    def left(self, account: str) -> list[LeftSession]:
        """What crashed, or was never reviewed."""
        return [one for one in left_sessions(self.root) if one.order.account == account]

    def find(self, name: str, account: str) -> SessionFolder | None:
        """The account's session of that id."""
        known = {folder.path.name: folder for folder in sessions(self.root)}
        folder = known.get(name)
        return folder if folder is not None and folder.order.account == account else None

    def remembered(self, account: str) -> dict[str, Any]:
        """What the account chose the last time."""
        found = _read(self._choices(account))
        return found if found is not None else {}

    def remember(self, account: str, choices: dict[str, Any]) -> None:
        """Keep what was chosen for the next time."""
        self._choices(account).parent.mkdir(parents=True, exist_ok=True)
        write(self._choices(account), choices)

    def _choices(self, account: str) -> Path:
        return self.root / f"choices-{''.join(c for c in account if c.isalnum())}.json"

    def _spawn(self, folder: SessionFolder, *options: str) -> None:
        with (folder.path / "log").open("wb") as log:
            self._children.append(
                subprocess.Popen(
                    [sys.executable, "-m", "coach.ui.live_worker", str(folder.path), *options],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    env={**os.environ, "OMP_NUM_THREADS": "1"},
                )
            )


def _watched(folder: SessionFolder) -> Watched | None:
    alive = folder.alive()
    outcome = _read(folder.outcome)
    phase = _read(folder.path / "phase.json") or {"phase": "starting", "since": _born(folder)}
    ended = phase["phase"] in ("failed", "done")
    starting = time.time() - phase.get("since", 0.0) < _BORN_WITHIN and not ended
    if not (alive or outcome is not None or ended or starting):
        return None
    return Watched(folder, phase, _read(folder.state), outcome)


def _born(folder: SessionFolder) -> float:
    return (folder.path / "session.json").stat().st_mtime


def _read(file: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found
