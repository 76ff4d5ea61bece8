"""The words that carry a label: what must be left out for its score to fall, and what holds it alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from coach.domain.time import Span

Score = Callable[[Sequence[str]], list[float]]
"""Texts in the place of the turn to the label's logits."""

CLAUSE = re.compile(r"[^，。！？；：、…,.!?;:]+[，。！？；：、…,.!?;:\s]*")
WORD = re.compile(r"[A-Za-z0-9']+\s*|[^A-Za-z0-9']")
CHUNK_WORDS = 10
"""A clause is cut into stretches of about so many characters (Chinese) or words (English)."""
ALONE = 0.5
"""Weight of the score that a unit has on its own."""
WIDER = 0.5
"""By how much more the score must fall for a wider span to be preferred, as a share of the narrower one's."""


def units(text: str) -> tuple[Span, ...]:
    """Clauses, long ones cut into even chunks; together they cover all words of ``text``.

    >>> [unit.of("好的，我明天去你单位。") for unit in units("好的，我明天去你单位。")]
    ['好的，', '我明天去你单位。']
    """
    found: list[Span] = []
    for clause in CLAUSE.finditer(text):
        words = list(WORD.finditer(clause[0]))
        count = max(1, round(len(words) / CHUNK_WORDS))
        cuts = [round(len(words) * i / count) for i in range(count + 1)]
        for a, b in pairwise(cuts):
            found.append(Span(clause.start() + words[a].start(), clause.start() + words[b - 1].end()))
    return tuple(found) or (Span(0, len(text)),)


def without(text: str, span: Span) -> str:
    """``text`` with the span cut out."""
    return (text[: span.start] + text[span.end :]).strip()


def carrying_span(text: str, score: Score) -> Span:
    """The unit that carries the score, with its neighbours where they matter as much.

    A unit's merit is how far the score falls without it, and how high it is on its own: where two clauses
    both carry the label, leaving out one alone changes little.
    """
    parts = units(text)
    if len(parts) == 1:
        return _trimmed(text, parts[0])
    scores = score([text, *(without(text, unit) for unit in parts), *(unit.of(text) for unit in parts)])
    whole, left_out, alone = scores[0], scores[1 : len(parts) + 1], scores[len(parts) + 1 :]
    floor = min(alone)
    merits = [(whole - out) + ALONE * (own - floor) for out, own in zip(left_out, alone, strict=True)]
    best = max(range(len(parts)), key=merits.__getitem__)
    wider = [
        Span(parts[a].start, parts[b].end)
        for a, b in ((best - 1, best), (best, best + 1), (best - 1, best + 1))
        if a >= 0 and b < len(parts) and (a, b) != (0, len(parts) - 1)
    ]
    falls = [whole - out for out in score([without(text, run) for run in wider])] if wider else []
    chosen, fall = parts[best], whole - left_out[best]
    for run, its_fall in zip(wider, falls, strict=True):
        if its_fall > fall + WIDER * max(abs(fall), 1.0):
            chosen, fall = run, its_fall
    return _trimmed(text, chosen)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - len(words) + len(words.rstrip())))
