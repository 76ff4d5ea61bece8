"""A file to a ``Recording``, and that to samples on disk; foreign bytes are opened in a child only."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coach.domain.errors import RecordingError
from coach.domain.recording import DecodedAudio, Recording
from coach.ports import Report

SAMPLE_RATE = 16_000
_CHILD = Path(__file__).with_name("child.py")
_MEMORY_BYTES = 2 << 30
_CPU_SECONDS = 900
_WALL_SECONDS = {"probe": 60.0, "decode": 1_800.0}
_READ_BLOCK = 1 << 20

_REASONS = {
    "not_audio": "is not a recording that can be decoded; save it as WAV or MP3 (a written call: as .json)",
    "no_audio": "holds no audio; choose a file with sound",
    "silent": "holds no sound: it ends before its first sample",
    "memory": "needs more memory than a recording may; export it again as WAV or MP3",
    "unreadable": "is damaged and cannot be decoded; export it again",
}


def probe(path: Path) -> Recording:
    """What kind of recording ``path`` is, with the SHA-256 of its bytes as id.

    Raises ``RecordingError`` when it is missing, empty, unreadable or no audio.
    """
    try:
        if not path.is_file():
            raise RecordingError(f"{path.name}: there is no such file", kind="missing")
        if path.stat().st_size == 0:
            raise RecordingError(f"{path.name} is empty (0 bytes); was it copied to the end?", kind="empty")
        digest = _digest(path)
    except OSError as error:
        raise RecordingError(f"{path.name} cannot be read: {error.strerror}") from None
    found = _run("probe", {"path": str(path.absolute())}, path.name, lambda _share: None)
    return Recording(
        id=digest,
        path=path,
        name=path.name,
        codec=found["codec"],
        sample_rate=found["sample_rate"],
        channels=found["channels"],
    )


def decode(recording: Recording, into: Path, *, report: Report, max_hours: float = 3.5) -> DecodedAudio:
    """Decode to 16 kHz samples in the file ``into``; memory does not grow with the length.

    Two channels stay two unless they carry the same; more become one. A recording that breaks off is decoded
    as far as it goes, and ``DecodedAudio.complete`` is then false. Nothing is left behind on any error.
    Raises ``RecordingError`` (undecodable, longer than ``max_hours``, no space) or what ``report`` raises.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    unfinished = into.with_name(f".{into.name}.{os.getpid()}.part")
    max_frames = int(max_hours * 3_600 * SAMPLE_RATE)
    job = {
        "path": str(recording.path.absolute()),
        "into": str(unfinished),
        "sample_rate": SAMPLE_RATE,
        "max_frames": max_frames,
    }
    try:
        done = _run("decode", job, recording.name, report, max_hours=max_hours)
        unfinished.replace(into)
    finally:
        unfinished.unlink(missing_ok=True)
    report(1.0)
    return DecodedAudio(into, SAMPLE_RATE, done["channels"], done["frames"], complete=done["complete"])


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _run(
    command: str, job: dict[str, Any], name: str, report: Report, max_hours: float | None = None
) -> dict[str, Any]:
    """The child's result; its lines of progress go to ``report``."""
    frames = job.get("max_frames", 0)
    limits = {"RLIMIT_AS": _MEMORY_BYTES, "RLIMIT_CPU": _CPU_SECONDS, "RLIMIT_FSIZE": 4 * frames + (8 << 20)}
    with _child(command, {**job, "limits": limits}) as lines:
        for line in lines:
            message = json.loads(line)
            if "result" in message:
                result: dict[str, Any] = message["result"]
                return result
            if "error" in message:
                raise _why(name, message["error"], message["detail"], max_hours)
            report(message["share"])
    raise RecordingError(
        f"{name} stopped the decoder (too much time or memory, or damaged); export it again as WAV or MP3",
        kind="stopped",
    )


def _why(name: str, kind: str, detail: str, max_hours: float | None) -> RecordingError:
    if kind == "long":
        return RecordingError(
            f"{name} is longer than {max_hours:g} hours; split it, or raise COACH_MAX_HOURS if it is "
            "one call",
            kind=kind,
        )
    if kind == "disk":
        return RecordingError(
            f"no space to decode {name}: {detail}; free some disk space and try again", kind=kind
        )
    why = f"{name} {_REASONS[kind]}" + (f" ({detail})" if kind == "not_audio" else "")
    return RecordingError(why, kind=kind)


@contextmanager
def _child(command: str, job: dict[str, Any]) -> Iterator[Iterator[str]]:
    """Lines of a child that is gone when the block ends, whatever happened."""
    process = subprocess.Popen(
        [sys.executable, "-P", str(_CHILD), command, json.dumps(job)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )
    alarm = threading.Timer(_WALL_SECONDS[command], process.kill)
    alarm.daemon = True
    alarm.start()
    try:
        assert process.stdout is not None
        yield iter(process.stdout)
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
