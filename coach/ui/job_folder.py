"""The folder of a job: small files that are whole or not there, and the lock that says that it lives."""

from __future__ import annotations

import fcntl
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any


def tries_of(folder: Path) -> int:
    """How often a process was begun for a job."""
    return int((read_json(folder / "tries.json") or {"tries": 0})["tries"])


def made_at(folder: Path) -> datetime:
    """When a job was ordered, which its name says."""
    return datetime.strptime(folder.name[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)


def drop_recording(folder: Path) -> None:
    """Delete the job's own copy of the recording."""
    for file in folder.glob("recording.*"):
        file.unlink(missing_ok=True)


def waits(folder: Path) -> bool:
    """Whether a job has no process yet and is to have one."""
    done = (folder / "outcome.json").exists()
    return (folder / "queued").exists() and not done and not held(folder / "alive")


def is_job(folder: Path) -> bool:
    """Whether a folder is a job: an upload that was cut off is none."""
    return (folder / "job.json").is_file()


def locked(lock: Path) -> IO[str]:
    """The file, held until it is closed by all who have it."""
    file = lock.open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def held(lock: Path) -> bool:
    """Whether a living process holds the lock."""
    try:
        with lock.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: two who look do not see each other
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def write_json(file: Path, value: dict[str, Any]) -> None:
    """Write a small file whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    part.replace(file)


def read_json(file: Path) -> dict[str, Any] | None:
    """What such a file says; None where it is not there."""
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found
