"""Keep the first of several overlapping spans, in time that does not explode with their number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TypeVar

from coach.domain.time import Span

Found = TypeVar("Found")


class Taken:
    """Disjoint spans of one text, and whether a further one would cut into them."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> bool:
        """Take ``span`` if it is free; whether it was."""
        at = bisect_left(self._spans, span)
        if self._cuts(at, span):
            return False
        self._spans.insert(at, span)
        return True

    def overlaps(self, span: Span) -> bool:
        """Whether ``span`` shares a character with one that is taken."""
        return self._cuts(bisect_left(self._spans, span), span)

    def _cuts(self, at: int, span: Span) -> bool:
        return any(span.overlaps(near) for near in self._spans[max(0, at - 1) : at + 1])


def without_overlaps(found: Iterable[Found], span_of: Callable[[Found], Span]) -> list[Found]:
    """What is left when each of ``found``, best first, takes its characters; in order of place."""
    taken = Taken()
    kept = [one for one in found if taken.add(span_of(one))]
    return sorted(kept, key=span_of)
