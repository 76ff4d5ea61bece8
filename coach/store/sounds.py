"""The folder of playable sound and its outlines; every file is there whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

from coach.domain.errors import StoreError
from coach.work_folder import is_gone

_OUTLINE = ".json"
_BLEEPED = "-bleeped"


class Sounds:
    """Files by call id; an id of a written transcript is the user's own text and never a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the store cannot be made: {error.strerror}; set COACH_DATA_DIR to a folder of your own"
            ) from None

    def keep(self, call_id: str, audio: Path) -> None:
        """Move a playable file in."""
        self._put(self._file(call_id, audio.suffix), partial(shutil.move, audio))

    def keep_bleeped(self, call_id: str, audio: Path) -> None:
        """Move a playable file in from which personal data were taken out."""
        self._put(self._file(call_id + _BLEEPED, audio.suffix), partial(shutil.move, audio))

    def keep_outline(self, call_id: str, peaks: list[list[float]]) -> None:
        """Write the outline by channel, 0..1."""
        self._put(self._file(call_id, _OUTLINE), lambda part: part.write_text(json.dumps(peaks)))

    def audio(self, call_id: str) -> Path | None:
        """The playable file."""
        found = [path for path in self._files(call_id) if path.suffix != _OUTLINE]
        return found[0] if found else None

    def bleeped(self, call_id: str) -> Path | None:
        """The playable file without personal data."""
        return self.audio(call_id + _BLEEPED)

    def outline(self, call_id: str) -> list[list[float]]:
        """The outline by channel, 0..1; empty when there is no sound."""
        try:
            peaks: list[list[float]] = json.loads(self._file(call_id, _OUTLINE).read_text())
        except FileNotFoundError:
            return []
        return peaks

    def delete(self, call_id: str) -> None:
        """Take everything of a call away."""
        for name in (call_id, call_id + _BLEEPED):
            for file in (*self._files(name), *self._folder.glob(f".{self._file(name, '').name}.*.part")):
                file.unlink(missing_ok=True)

    def clear(self) -> None:
        """Take away what processes that were killed left half-moved, and nobody has put again since."""
        for part in self._folder.glob(".*.part"):
            _clear(part)

    def _file(self, call_id: str, suffix: str) -> Path:
        return self._folder / f"{sha256(call_id.encode()).hexdigest()[:32]}{suffix}"

    def _files(self, call_id: str) -> list[Path]:
        return sorted(self._folder.glob(f"{self._file(call_id, '').name}.*"))

    @staticmethod
    def _put(file: Path, fill: Callable[[Path], object]) -> None:
        """The whole file or nothing, whoever else puts the same one; the store may be on another disk."""
        for left in file.parent.glob(f".{file.name}.*.part"):
            _clear(left)
        part = file.with_name(f".{file.name}.{os.getpid()}.part")
        try:
            fill(part)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def _clear(part: Path) -> None:
    """Delete a half-moved file of a process that is no more."""
    if is_gone(int(part.name.split(".")[-2])):
        part.unlink(missing_ok=True)
