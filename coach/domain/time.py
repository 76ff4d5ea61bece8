"""Half-open intervals of seconds and of characters, and the time of a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

Seconds = float
FIRST_YEAR, LAST_YEAR = 1970, 2199


def call_time(value: datetime) -> datetime:
    """``value`` when a call can have begun then; raises ``ValueError`` for a year that must be a mistake."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a call begins between {FIRST_YEAR} and {LAST_YEAR}")
    return value


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of time ``[start, end)`` in seconds from the start of the recording.

    >>> Interval(1.0, 3.0).overlap(Interval(2.5, 9.0))
    0.5
    """

    start: Seconds
    end: Seconds

    def __post_init__(self) -> None:
        if not self.start <= self.end:
            raise ValueError(f"an interval must not end before it starts: {self.start}..{self.end}")

    @property
    def duration(self) -> Seconds:
        """Length in seconds."""
        return self.end - self.start

    def overlap(self, other: Interval) -> Seconds:
        """Seconds that both intervals share; 0.0 when they only touch."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))

    def gap(self, other: Interval) -> Seconds:
        """Seconds between the end of this interval and the start of ``other``; negative when they overlap."""
        return other.start - self.end

    def padded(self, pad: Seconds) -> Interval:
        """The interval widened by ``pad`` on both sides, never before the start of the recording."""
        return Interval(max(0.0, self.start - pad), self.end + pad)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of characters ``[start, end)`` of a turn's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span must be 0 <= start <= end: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether both spans share at least one character."""
        return min(self.end, other.end) > max(self.start, other.start)


def merge(intervals: Iterable[Interval], *, gap: Seconds = 0.0) -> tuple[Interval, ...]:
    """Sorted, disjoint intervals; neighbours at most ``gap`` seconds apart become one.

    >>> merge([Interval(3, 4), Interval(0, 1), Interval(1, 2)])
    (Interval(start=0, end=2), Interval(start=3, end=4))
    """
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start - merged[-1].end <= gap:
            merged[-1] = merged[-1].hull(interval)
        else:
            merged.append(interval)
    return tuple(merged)
