"""Regular expressions as a playbook may use them: folded text, bounded in time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import regex  # type: ignore[import-untyped]  # plain "re" knows no time limit

from coach.domain.time import Span

SECONDS_A_SEARCH = 0.05
MAX_CHARACTERS = 4000
"""Of a turn that are searched at once; a longer one is searched in pieces that overlap by half."""


class BadExpression(ValueError):
    """The expression cannot be read; the text says why."""


class TooSlow(Exception):
    """An expression did not come to an end in its time."""


@lru_cache(maxsize=512)
def compile_expression(expression: str) -> Any:
    """The expression over folded text (half width, Simplified, lower case); raises ``BadExpression``."""
    try:
        compiled = regex.compile(expression, regex.IGNORECASE | regex.VERSION0)
        if compiled.search("", timeout=SECONDS_A_SEARCH) is not None:
            raise BadExpression("it matches an empty text, so it would match everywhere")
    except regex.error as error:
        raise BadExpression(str(error)) from None
    return compiled


def expression_spans(expression: str, folded: str) -> Iterator[Span]:
    """Where the regular expression matches; raises ``TooSlow`` when it takes too long."""
    compiled = compile_expression(expression)
    for offset in range(0, max(1, len(folded)), MAX_CHARACTERS // 2):
        piece = folded[offset : offset + MAX_CHARACTERS]
        try:
            for found in compiled.finditer(piece, timeout=SECONDS_A_SEARCH):
                yield Span(offset + found.start(), offset + found.end())
        except TimeoutError:
            raise TooSlow(expression) from None
        if offset + MAX_CHARACTERS >= len(folded):
            return
