"""The day on which somebody begins to work is not the one on which he pays, where he names another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.language.dates import DateReading

_BEGINS_BEHIND = re.compile(
    r"(?:我|他|她)?(?:才|就)?(?:开始)?(?:正式)?(?:[去到在回][^，。！？0-9]{0,8}?)?(?:上班|入职|报到|上岗|到岗|开工|做事)"
    r"(?![^，。！？ ]{0,4}(?:还|付|交|转|缴|打|给))"
    r"|(?:开始|起)?在[^，。！？0-9]{1,10}(?:上班|工作|打工|做事)"
    r"|(?:'s when| is when)? (?:i|he|she|we)(?:'m|'ll| will)? "
    r"(?:start|begin|go back|am back|be back)(?:ning|ing)? "
    r"(?:\w+ ){0,4}?(?:job|work|shifts?|position)\b"
)
_BEGINS_BEFORE = re.compile(
    r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|back (?:at|to|in)|return(?:ing)? to) (?:\w+ ){0,5}?"
    r"(?:job|work|shifts?|position|contract)(?: \w+){0,3}?(?: on| from)?\s$"
    r"|\b(?:job|shift|contract|position)(?: (?:starts?|begins?|starting|is|at|on|from))+\s$"
)
_LONGEST = 60


def begins_work(folded: str, day: DateReading, days: Sequence[DateReading]) -> bool:
    """下周一开始上班，十号先还一千五: the first day is that of a job, the other one that of payment."""
    if not any(other.date != day.date for other in days if other is not day):
        return False
    before = _BEGINS_BEFORE.search(folded, max(0, day.span.start - _LONGEST), day.span.start)
    return before is not None or _BEGINS_BEHIND.match(folded, day.span.end) is not None
