"""Join what the rules and the tagger found in a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii.spans import Found
from coach.language.pii.tagger import Tagged

LEAST = {PiiType.NAME: 0.6, PiiType.ADDRESS: 0.6, PiiType.EMPLOYER: 0.6}
"""How sure the tagger must be of a span that no rule knows."""

_SURE_RULE = 0.7
"""Below this a rule has only the characters to go by, and the tagger may overrule it."""

_CAST = frozenset(LEAST)


def joined_with(rules: Sequence[Found], tagged: Tagged) -> list[Found]:
    """The spans of both: where they agree on the type the longer stretch, where not the surer one.

    A guess of the rules by characters alone is dropped where the tagger sees nothing at all.
    """
    kept = [one for one in rules if not (_is_guess(one) and tagged.doubts(one.span))]
    for one in tagged.found:
        if one.confidence < LEAST[one.type] or one.span.end - one.span.start < 2:
            continue
        touching = [each for each in kept if each.span.overlaps(one.span)]
        if any(each.type not in _CAST for each in touching):
            continue
        same = [each for each in touching if each.type is one.type]
        if any(_holds(each, one) and each.confidence >= _SURE_RULE for each in touching):
            continue
        kept = [each for each in kept if each not in same and not (each in touching and _holds(one, each))]
        span = Span(
            min(each.span.start for each in (one, *same)), max(each.span.end for each in (one, *same))
        )
        kept.append(replace(one, span=span, confidence=max(0.72, min(0.94, one.confidence))))
    return kept


def _is_guess(one: Found) -> bool:
    return one.type in _CAST and one.confidence < _SURE_RULE


def _holds(outer: Found, inner: Found) -> bool:
    return outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
