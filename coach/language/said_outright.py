"""Words that a pattern finds, where they are meant: not reported, not denied, not asked about."""

from __future__ import annotations

import re

from coach.domain.time import Span
from coach.language.normalise import fold


def said_outright(
    text: str,
    words: re.Pattern[str],
    *,
    not_after: re.Pattern[str],
    not_before: re.Pattern[str] | None = None,
) -> Span | None:
    """Where ``words`` first stand in ``text`` without ``not_after`` before or ``not_before`` behind them."""
    folded = fold(text)
    for match in words.finditer(folded):
        if not_after.search(folded, 0, match.start()):
            continue
        if not_before is None or not not_before.match(folded, match.end()):
            return Span(*match.span())
    return None
