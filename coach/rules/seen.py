"""What a rule made of a call: a truth of three values with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from coach.domain.text import Text
from coach.domain.time import Span


class Truth(StrEnum):
    """Whether a rule holds; ``UNKNOWN`` is an answer, never taken for yes or no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """Why a hit does not count by itself."""

    LABEL = "label"
    ROLE = "role"
    WORDS = "words"
    SOUND = "sound"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the call; ``span`` None is the whole turn, ``doubt`` None counts."""

    turn: int
    span: Span | None = None
    confidence: float = 1.0
    doubt: Doubt | None = None

    @property
    def position(self) -> tuple[int, int]:
        """For sorting by place."""
        return self.turn, -1 if self.span is None else self.span.start


@dataclass(frozen=True, slots=True)
class Seen:
    """The truth with hits that count, hits in doubt, and why nothing can be told (``blind``)."""

    truth: Truth
    hits: tuple[Hit, ...] = ()
    doubtful: tuple[Hit, ...] = ()
    blind: Text | None = None

    @property
    def turns(self) -> frozenset[int]:
        """Turns with a hit that counts."""
        return frozenset(hit.turn for hit in self.hits)


def unknown(why: Text) -> Seen:
    """Nothing can be told, and why."""
    return Seen(Truth.UNKNOWN, blind=why)


def told(holds: bool, hits: Iterable[Hit] = ()) -> Seen:
    """A plain yes or no."""
    return Seen(Truth.YES if holds else Truth.NO, distinct(hits))


def from_hits(hits: Iterable[Hit], blind: Text | None) -> Seen:
    """Yes with a hit that counts; unknown with a doubtful one or where one is ``blind``; else no."""
    found = distinct(hits)
    sure = tuple(hit for hit in found if hit.doubt is None)
    doubtful = tuple(hit for hit in found if hit.doubt is not None)
    if sure:
        return Seen(Truth.YES, sure, doubtful, blind)
    if doubtful or blind is not None:
        return Seen(Truth.UNKNOWN, (), doubtful, blind)
    return Seen(Truth.NO)


def negated(seen: Seen) -> Seen:
    """Absence: what was yes is no, and unknown stays unknown."""
    opposite = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}
    return replace(seen, truth=opposite[seen.truth])


def every(parts: tuple[Seen, ...]) -> Seen:
    """Kleene's and: no when one is no, unknown when one is unknown, else yes."""
    for deciding in (Truth.NO, Truth.UNKNOWN):
        chosen = tuple(part for part in parts if part.truth is deciding)
        if chosen:
            others = parts if deciding is Truth.UNKNOWN else chosen
            return _joined(deciding, others)
    return _joined(Truth.YES, parts)


def some(parts: tuple[Seen, ...]) -> Seen:
    """Kleene's or: yes when one is yes, unknown when one is unknown, else no."""
    for deciding in (Truth.YES, Truth.UNKNOWN):
        chosen = tuple(part for part in parts if part.truth is deciding)
        if chosen:
            return _joined(deciding, chosen)
    return _joined(Truth.NO, parts)


def hinted(seen: Seen) -> Seen:
    """Everything seen becomes doubtful; where there is nothing to show it is simply no."""
    places = () if seen.truth is Truth.NO else (*seen.hits, *seen.doubtful)
    hints = distinct(replace(hit, doubt=Doubt.HINT) for hit in places)
    return Seen(Truth.UNKNOWN, (), hints) if hints else Seen(Truth.NO)


def capped(seen: Seen) -> Seen:
    """At most unknown, since what it hangs on is in doubt."""
    if seen.truth is not Truth.YES:
        return seen
    doubtful = distinct((*(replace(hit, doubt=Doubt.LABEL) for hit in seen.hits), *seen.doubtful))
    return Seen(Truth.UNKNOWN, (), doubtful, seen.blind)


def distinct(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """One hit a turn and span by place; a hit that counts wins over a doubtful one."""
    kept: dict[tuple[int, Span | None], Hit] = {}
    for hit in hits:
        before = kept.get((hit.turn, hit.span))
        if before is None or (before.doubt is not None and hit.doubt is None):
            kept[hit.turn, hit.span] = hit
    return tuple(sorted(kept.values(), key=lambda hit: hit.position))


def _joined(truth: Truth, parts: tuple[Seen, ...]) -> Seen:
    blind = next(
        (part.blind for part in parts if part.blind is not None and part.truth is Truth.UNKNOWN), None
    )
    return Seen(
        truth,
        distinct(hit for part in parts for hit in part.hits),
        distinct(hit for part in parts for hit in part.doubtful),
        blind if truth is Truth.UNKNOWN else None,
    )
