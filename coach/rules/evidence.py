"""Hits as evidence: the turn, its seconds and the sentence that carries it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coach.domain.review import Evidence
from coach.domain.time import Span
from coach.rules.seen import Hit
from coach.rules.view import View

_ENDS = re.compile(r"[。！？!?；;…]+[”’\"』」]?|(?<=[a-z])\.\s")


def evidence_of(hits: Iterable[Hit], view: View) -> tuple[Evidence, ...]:
    """One piece of evidence a turn, by place; several hits of a turn share one quote."""
    spans: dict[int, list[Hit]] = {}
    for hit in hits:
        spans.setdefault(hit.turn, []).append(hit)
    return tuple(_evidence(turn, found, view) for turn, found in sorted(spans.items()))


def _evidence(position: int, hits: list[Hit], view: View) -> Evidence:
    turn = view.turns[position]
    span = _quoted(turn.text, hits)
    return Evidence(
        turn=turn.i,
        interval=turn.interval,
        quote=span.of(turn.text),
        span=span,
        confidence=max(hit.confidence for hit in hits),
    )


def _quoted(text: str, hits: list[Hit]) -> Span:
    """From the sentence of the first hit to the sentence of the last; the whole turn when one has no span."""
    spans = [hit.span for hit in hits if hit.span is not None]
    if len(spans) < len(hits):
        return Span(0, len(text))
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    ends = [found.end() for found in _ENDS.finditer(text)]
    start = max((end for end in ends if end <= first), default=0)
    stop = min((end for end in ends if end >= last), default=len(text))
    while start < stop and text[start].isspace():
        start += 1
    return Span(start, stop)
