"""Why a day of the facts is uncertain, in words for the reader."""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain.observations import DateMention, Facts, Promise
from coach.domain.text import Text
from coach.language.dates import AMBIGUITIES, Ambiguity


def mention_doubt(mention: DateMention) -> Text | None:
    """Why this mention of a day is uncertain; None where it is not, or for a reason of a later version."""
    known = {ambiguity.value for ambiguity in AMBIGUITIES}
    return AMBIGUITIES[Ambiguity(mention.ambiguity)] if mention.ambiguity in known else None


def deadline_doubt(facts: Facts) -> Text | None:
    """Why the deadline is uncertain; None when anybody named that day clearly, or there is no deadline."""
    if facts.deadline is None:
        return None
    return _doubt([one for one in facts.dates if one.date == facts.deadline])


def promise_doubt(facts: Facts, promise: Promise) -> Text | None:
    """Why the day of a promise is uncertain, or could not be told at all."""
    there = [one for one in facts.dates if one.turn == promise.turn and one.date == promise.due]
    return _doubt(there)


def _doubt(mentions: Sequence[DateMention]) -> Text | None:
    doubts = [mention_doubt(one) for one in mentions]
    return None if not doubts or None in doubts else doubts[0]
