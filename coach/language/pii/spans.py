"""A piece of personal data before it becomes part of a turn's observations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.domain.labels import PiiType
from coach.domain.time import Span


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data in one text, with how sure the rule is (0..1)."""

    type: PiiType
    span: Span
    confidence: float


def without_overlaps(found: Iterable[Found]) -> tuple[Found, ...]:
    """The surer one wins where two overlap, then the longer one; sorted by place."""
    kept: list[Found] = []
    order = sorted(
        found, key=lambda each: (-each.confidence, each.span.start - each.span.end, each.span.start)
    )
    for one in order:
        if one.span.end > one.span.start and not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda each: each.span))
