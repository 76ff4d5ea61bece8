"""A folder that is made at the first use and kept: whole or not there, whoever else makes it meanwhile."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path


def made_once(home: Path, make: Callable[[Path], None], *, whole: Callable[[Path], bool]) -> Path:
    """``home``, after ``make`` filled a folder that was put in its place at once, unless it is ``whole``.

    Another process may be first: what it made is kept. Raises ``OSError`` when there is no space or no right,
    and what ``make`` raises.
    """
    if whole(home):
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".whisper-", dir=home.parent) as folder:
        fresh = Path(folder) / "model"
        fresh.mkdir()
        make(fresh)
        if home.exists() and not whole(home):
            home.rename(Path(folder) / "damaged")
        try:
            fresh.rename(home)
        except OSError:
            if not whole(home):
                raise  # another process being first is fine, anything else is not
    return home
