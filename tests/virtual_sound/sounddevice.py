"""A stand-in for the package of this name: devices are WAV files in the folder ``COACH_TEST_SOUND``.

A file is played in real time, again and again; while it is not there its device is unplugged. Put the folder
of this module on PYTHONPATH of a process that must work without a sound card.
"""

from __future__ import annotations

import os
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any


class PortAudioError(Exception):
    """As the real one: no such device, or it has gone."""


def _files() -> list[Path]:
    return sorted(Path(os.environ["COACH_TEST_SOUND"]).glob("*.wav"))


def _info(file: Path) -> dict[str, Any]:
    with wave.open(str(file)) as sound:
        return {
            "name": file.stem,
            "max_input_channels": sound.getnchannels(),
            "default_samplerate": float(sound.getframerate()),
        }


def query_devices(device: int | str | None = None, kind: str | None = None) -> Any:
    """All devices, or one of them."""
    if kind is None:
        return [_info(file) for file in _files()]
    return _info(_file(device))


def _file(device: int | str | None) -> Path:
    files = _files()
    if isinstance(device, str):
        files = [file for file in files if file.stem == device]
        device = None
    if not files or (device or 0) >= len(files):
        raise PortAudioError("Error querying device -1")
    return files[device or 0]


def check_input_settings(device: object, *, channels: int, **_options: object) -> None:
    """Only as many channels as the file has."""
    if _info(_file(device))["max_input_channels"] != channels:  # type: ignore[arg-type]
        raise PortAudioError("Invalid number of channels")


class RawInputStream:
    """Calls back with blocks of the file at their time; silent when the file goes."""

    def __init__(
        self,
        *,
        samplerate: int,
        blocksize: int,
        device: int | str | None,
        channels: int,
        dtype: str,
        callback: Callable[[bytes, int, object, object], None],
    ) -> None:
        self._file = _file(device)
        with wave.open(str(self._file)) as sound:
            self._data = sound.readframes(sound.getnframes())
        self._block = blocksize
        self._bytes = 2 * channels * blocksize
        self._seconds = blocksize / samplerate
        self._callback = callback
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._play, daemon=True)

    def __enter__(self) -> RawInputStream:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _play(self) -> None:
        began, blocks = time.monotonic(), 0
        twice = self._data * 2
        while not self._stop.is_set() and self._file.is_file():
            first = blocks * self._bytes % len(self._data)
            block = (twice[first:] if first + self._bytes <= len(twice) else twice)[: self._bytes]
            blocks += 1
            time.sleep(max(0.0, began + blocks * self._seconds - time.monotonic()))
            self._callback(block, self._block, None, SimpleNamespace(input_overflow=False))
