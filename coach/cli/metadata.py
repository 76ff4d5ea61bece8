"""The file of ``--metadata``: one object for all inputs, or one keyed by file name."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Metadata:
    """What holds for every input, and what is added for those of a name."""

    common: Mapping[str, Value]
    by_file: Mapping[str, Mapping[str, Value]]

    def of(self, name: str) -> dict[str, Value]:
        """The metadata of an input."""
        return {**self.common, **self.by_file.get(name, {})}


def read_metadata(file: Path) -> Metadata:
    """The metadata in ``file``; raises ``ValueError`` that says what is wrong with it, and where."""
    try:
        found = json.loads(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (OSError, ValueError, RecursionError):
        raise ValueError("it is not a readable JSON file") from None
    if not isinstance(found, dict):
        raise ValueError("it does not hold a JSON object")
    by_file = {key: value for key, value in found.items() if isinstance(value, dict)}
    return Metadata(
        common=_values({key: value for key, value in found.items() if key not in by_file}, ""),
        by_file={key: _values(value, f"{key}.") for key, value in by_file.items()},
    )


def _values(found: dict[str, Any], within: str) -> dict[str, Value]:
    for key, value in found.items():
        if not isinstance(value, str | float | int | bool) or (
            isinstance(value, float) and not math.isfinite(value)
        ):
            raise ValueError(f"{within}{key}: a text, a number, true or false is needed")
    return found
