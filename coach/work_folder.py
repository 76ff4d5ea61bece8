"""A folder for the samples of a call while it is judged; what a killed process left is cleared away."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "call-coach-"
_NAME = re.compile(rf"{_PREFIX}(\d+)-")


@contextmanager
def work_folder() -> Iterator[Path]:
    """A new folder that only this user can read, deleted at the end.

    Its name holds the process id, so that the next one can delete what a killed process could not: the sound
    of a call does not stay behind.
    """
    _clear()
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _clear() -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        named = _NAME.match(left.name)
        if named is None or left.is_symlink() or not is_gone(int(named[1])):
            continue
        with suppress(OSError):  # another process may be clearing at the same time
            if left.stat().st_uid == os.getuid():
                shutil.rmtree(left)


def is_gone(pid: int) -> bool:
    """Whether there is no such process on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
