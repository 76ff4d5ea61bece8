"""Numbers as they are said: the span of the words and the value they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from coach.domain.time import Span


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text; ``approximate`` for 两千来块, ``other`` a second reading ("twelve fifty").

    ``structured`` says that it was read with units (三千二, 12,600) and not digit by digit (三二六零).
    """

    span: Span
    value: Decimal
    approximate: bool = False
    structured: bool = True
    other: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A numeral beside its normalised form: ``spoken`` as in the text, ``written`` in digits."""

    span: Span
    spoken: str
    written: str


def in_digits(value: Decimal) -> str:
    """The plain decimal form, without exponent or idle zeros.

    >>> in_digits(Decimal("1E+3")), in_digits(Decimal("8650.50"))
    ('1000', '8650.5')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rewritten(text: str) -> tuple[Rewritten, ...]:
    """Every number of ``text`` in spoken and in written form, in order of place.

    >>> [(number.spoken, number.written) for number in rewritten("三千二百六，分三期")]
    [('三千二百六', '3260'), ('三', '3')]
    """
    from coach.language import numbers_en, numbers_zh

    found = [*numbers_zh.find_numerals(text), *numbers_en.find_numerals(text)]
    kept: list[Numeral] = []
    for numeral in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        if not kept or numeral.span.start >= kept[-1].span.end:
            kept.append(numeral)
    return tuple(Rewritten(numeral.span, numeral.span.of(text), in_digits(numeral.value)) for numeral in kept)
