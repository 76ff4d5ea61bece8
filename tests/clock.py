"""A clock that a test moves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Clock:
    """Says ``now``, in seconds, until the test says otherwise."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now
