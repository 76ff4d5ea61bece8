"""One frozen ``Settings``, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

import platformdirs

Script = Literal["simplified", "traditional", "taiwan", "as_heard"]
"""In which script Chinese is shown; ``taiwan`` is Traditional with Taiwan's words."""
MAX_HOURS = 24


def _data_dir() -> Path:
    return Path(platformdirs.user_data_dir("call-coach"))


def _models_dir() -> Path:
    """``models/`` beside the package in a checkout, the packed weights in an installed wheel."""
    package = Path(__file__).parent
    checkout = package.parent / "models"
    return checkout if checkout.is_dir() else package / "weights"


def _upload_mb() -> int:
    """A quarter of the machine's memory, at most 2 GiB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(256, min(2048, memory // 4 // 2**20))


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between machines; each field can be set by ``COACH_<NAME>``."""

    data_dir: Path = field(default_factory=_data_dir)
    models_dir: Path = field(default_factory=_models_dir)
    asr_model: str = "base-calls"
    script: Script = "simplified"
    cpu_threads: int = field(default_factory=lambda: max(1, min(4, os.cpu_count() or 1)))
    max_hours: float = 3.5
    correct_words: bool = True
    lexicon: Path | None = None
    store_url: str | None = None
    address: str | None = None
    listen: str = "127.0.0.1"
    keep_days: int | None = None
    upload_mb: int = field(default_factory=_upload_mb)

    @property
    def office_name(self) -> str | None:
        """The host name by which the office reaches the page; None: only this machine does."""
        return None if self.address is None else urlsplit(self.address).hostname

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from ``COACH_DATA_DIR``, ``COACH_ASR_MODEL``, ``COACH_SCRIPT`` and so on.

        Raises ``ValueError`` that names the variable when a value cannot be read.
        """
        env = os.environ if environment is None else environment
        given: dict[str, object] = {}
        for name, read in _READERS.items():
            variable = f"COACH_{name.upper()}"
            if variable in env:
                try:
                    given[name] = read(env[variable])
                except ValueError as error:
                    raise ValueError(f"{variable} cannot be read: {error}") from None
        return cls(**given)  # type: ignore[arg-type]


def _script(value: str) -> Script:
    for script in get_args(Script):
        if value == script:
            return cast(Script, script)
    raise ValueError(f"use {', '.join(get_args(Script))}")


def _threads(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError("use a whole number from 1 on")
    return int(value)


def _hours(value: str) -> float:
    try:
        hours = float(value)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= MAX_HOURS:
        raise ValueError(f"use a number of hours up to {MAX_HOURS}")
    return hours


def _switch(value: str) -> bool:
    if value not in ("0", "1"):
        raise ValueError("use 0 or 1")
    return value == "1"


def _address(value: str) -> str:
    found = urlsplit(value)
    rest = (found.path.strip("/"), found.query, found.fragment, found.username, found.password)
    if found.scheme != "https" or not found.hostname or any(rest):
        raise ValueError("use the https address that people type, e.g. https://coach.example.com")
    return f"https://{found.netloc.lower()}"


def _days(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError("use a whole number of days from 1 on")
    return int(value)


def _megabytes(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError("use a whole number of megabytes from 1 on")
    return int(value)


def _listen(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise ValueError("use an IP address of this machine, e.g. 127.0.0.1 or 0.0.0.0") from None


_READERS: dict[str, Callable[[str], object]] = {
    "data_dir": Path,
    "models_dir": Path,
    "asr_model": str,
    "script": _script,
    "cpu_threads": _threads,
    "max_hours": _hours,
    "correct_words": _switch,
    "lexicon": Path,
    "store_url": str,
    "address": _address,
    "listen": _listen,
    "keep_days": _days,
    "upload_mb": _megabytes,
}
