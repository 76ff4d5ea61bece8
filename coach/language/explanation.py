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
ENOUGH = 0.75
"""Share of the greatest fall that a narrower span must reach to be preferred."""


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
    """The narrowest run of one to three units that carries the score, without the spaces at its ends.

    A unit's merit is how far the score falls without it, and how high it is on its own: where two clauses
    both carry the label, leaving out one alone changes little.
    """
    parts = units(text)
    if len(parts) == 1:
        return _trimmed(text, parts[0])
    runs = [Span(parts[i].start, parts[i + n - 1].end) for n in (1, 2, 3) for i in range(len(parts) - n + 1)]
    runs = [run for run in runs if without(text, run)] or [Span(0, len(text))]
    scores = score([text, *(without(text, run) for run in runs), *(run.of(text) for run in runs)])
    whole, left_out, alone = scores[0], scores[1 : len(runs) + 1], scores[len(runs) + 1 :]
    floor = min(alone)
    merits = [(whole - out) + 0.5 * (own - floor) for out, own in zip(left_out, alone, strict=True)]
    good = [run for run, merit in zip(runs, merits, strict=True) if merit >= ENOUGH * max(merits)]
    narrowest = min(good, key=lambda run: run.end - run.start) if good else runs[merits.index(max(merits))]
    return _trimmed(text, narrowest)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - len(words) + len(words.rstrip())))
