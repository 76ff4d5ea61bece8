"""Sums of money that are named in speech, and what each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from coach.domain.observations import AmountKind
from coach.domain.time import Span
from coach.language.overlaps import without_overlaps


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in a text; ``approximate`` for 两千来块, ``other`` a second reading ("twelve fifty" as 12.50).

    ``named`` says that a currency stood beside it, ``total`` that words like 一共 did, ``means`` that it is
    what somebody earns, holds or spends, ``wage`` that this comes or goes every month, ``part`` that it is a
    part of another sum (其中…); ``clause`` holds the words from which ``kind`` was told.
    """

    value: Decimal
    span: Span
    kind: AmountKind
    approximate: bool = False
    other: Decimal | None = None
    named: bool = False
    total: bool = False
    means: bool = False
    part: bool = False
    wage: bool = False
    clause: Span = field(default_factory=lambda: Span(0, 0))


def find_amounts(text: str, taken: Iterable[Span] = ()) -> tuple[Money, ...]:
    """The sums named in ``text``, in order of place; ``taken`` are spans (dates) that hold no sum.

    >>> [(str(sum_.value), sum_.kind.value) for sum_ in find_amounts("您一共欠三千二百六")]
    [('3260', 'overdue')]
    """
    from coach.language import amounts_en, amounts_zh

    free = _without(text, taken)
    found = [*amounts_zh.amounts(free, text), *amounts_en.amounts(free, text)]
    longest_first = sorted(found, key=lambda each: (each.span.start - each.span.end, each.span.start))
    return tuple(without_overlaps(longest_first, lambda each: each.span))


def _without(text: str, taken: Iterable[Span]) -> str:
    """The text with the taken characters blanked, so that no number runs into them."""
    characters = list(text)
    for span in taken:
        characters[span.start : span.end] = ["\x00"] * (span.end - span.start)
    return "".join(characters)
