"""A piece of personal data before it becomes part of a turn's observations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.overlaps import without_overlaps


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data in one text, with how sure the rule is (0..1)."""

    type: PiiType
    span: Span
    confidence: float


def surest(found: Iterable[Found]) -> tuple[Found, ...]:
    """The surer one wins where two overlap, then the longer one; sorted by place."""
    order = sorted(
        (one for one in found if one.span.end > one.span.start),
        key=lambda each: (-each.confidence, each.span.start - each.span.end, each.span.start),
    )
    return tuple(without_overlaps(order, lambda each: each.span))
