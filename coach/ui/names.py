"""The names of uploaded files, as titles and as kinds."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

RECORDINGS: Final = (
    *("wav", "mp3", "m4a", "mp4", "aac", "amr", "3gp", "opus", "ogg", "oga", "flac"),
    *("webm", "mka", "mkv", "wma", "aiff", "aif", "au", "gsm", "w64", "caf", "spx"),
)


def plain_name(name: str) -> str:
    """A file's name as a title: the last part, without control or direction characters, at most 120 long.

    >>> plain_name("../../etc/2026-11-18 call.wav")
    '2026-11-18 call'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    stem = Path(shown.strip()).stem.strip()
    return stem[:120] or "—"


def suffix_of(name: str) -> str:
    """The ending of a file that can be reviewed, with its dot; empty for another."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix.removeprefix(".") in (*RECORDINGS, "json") else ""
