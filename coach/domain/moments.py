"""When a stretch of a turn's text was said, by the times of its words."""

from __future__ import annotations

from collections.abc import Iterator

from coach.domain.call import Turn
from coach.domain.time import Interval, Span
from coach.domain.transcript import Word

_REACH = 12
"""Characters within which the next word is looked for; one that a correction replaced is not found."""


def located_words(turn: Turn) -> Iterator[tuple[Span, Word]]:
    """The words that stand in the turn's text, with their place there."""
    at = 0
    for word in turn.words:
        spoken = word.text.strip()
        found = turn.text.find(spoken, at, at + len(spoken) + _REACH) if spoken else -1
        if found >= 0:
            at = found + len(spoken)
            yield Span(found, at), word


def moment_of(turn: Turn, span: Span) -> Interval | None:
    """The seconds in which ``span`` was said; None where the turn has no times.

    Where a word of it has no time of its own, it lies between its neighbours: the answer is rather too wide
    than too narrow, and without any words it is the whole turn.
    """
    if turn.interval is None:
        return None
    start, end = turn.interval.start, turn.interval.end
    covered: list[Span] = []
    inside: list[Interval] = []
    for place, word in located_words(turn):
        if place.end <= span.start:
            start = max(start, word.interval.end)
        elif place.start >= span.end:
            end = min(end, word.interval.start)
            break
        else:
            covered.append(place)
            inside.append(word.interval)
    if inside and _covers(covered, span, turn.text):
        return Interval(inside[0].start, max(interval.end for interval in inside))
    for interval in inside:
        start, end = min(start, interval.start), max(end, interval.end)
    return Interval(min(start, end), max(start, end))


def _covers(places: list[Span], span: Span, text: str) -> bool:
    """Whether every letter and digit of ``span`` lies in one of ``places``."""
    known = {at for place in places for at in range(place.start, place.end)}
    return all(at in known for at in range(span.start, min(span.end, len(text))) if text[at].isalnum())
