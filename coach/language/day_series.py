"""Days in a row that name their month once: 十二月八号、十八号、二十八号, 九月十二号到十四号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coach.language.dates import DateReading, Style, in_month, next_day_of_month
from coach.language.normalise import fold

_BARE = re.compile(
    r"[0-9零〇一二三四五六七八九十廿两]{1,3}[号日好]?"
    r"|(?:(?:on|by|before) )?(?:the )?(?:[0-3]?[0-9](?:st|nd|rd|th)"
    r"|(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|(?:ten|eleven|twelf|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)th|twentieth|thirtieth)"
)
_SUM = "[0-9零〇一二两三四五六七八九十百千万点.]++(?:块钱?|元|毛|角)?"
_PAY = "(?:还|付|交|给|打|转|存|补|缴|是|来)(?:你们?|您们?)?"
_REST = "(?:尾款|余款|剩余|剩下|余下|其余|另外|后面|最后|还有|[剩余另])(?:那?[一半些]+|全部|部分)?的?"
_NEXT_IN_A_LIST = re.compile(
    f"(?=.*[、跟和与及同剩余]|.*(?:{_SUM}))"
    f"(?:[，,、 跟和与及同先再各也就都]|一半|然后|接着|{_PAY}|{_REST}|第?[一二三四五六]?[次期笔]|{_SUM})*+"
)
"""Between two days of a plan stand an "and" or sums, and words for paying; no due date, no full stop."""
_NEXT_IN_ENGLISH = re.compile(
    r"(?=.*\b(?:and|then|another|rest)\b|.*[0-9])"
    r"(?:[ ,&$£€0-9.-]|\b(?:and|then|another|the|rest|other|half|a|on|by|of|it|for|again|same"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand|pounds?|dollars?|euros?|quid|bucks|pay|send|transfer)\b)*+"
)
_LONGEST_GAP = 40
_AND = re.compile("[、，, ]?[跟和与及同、][ ]?")
_UNTIL = re.compile("[ ]?(?:一直)?(?:到|至|—|-|~|～)[ ]?")


def in_series(text: str, readings: Sequence[DateReading], today: date) -> list[DateReading]:
    """``readings`` where a bare day behind another one of its row is counted from that one.

    A list of days to come goes on from each to the next; a range, and days that are over, stay in the month
    of the first.
    """
    folded = fold(text).lower()
    found: list[DateReading] = []
    for each in readings:
        before = found[-1] if found else None
        found.append(each if before is None else _counted_from(before, each, folded, today))
    return found


def _counted_from(before: DateReading, bare: DateReading, folded: str, today: date) -> DateReading:
    if not is_bare_day(folded, bare) or before.style is not Style.NUMBER:
        return bare
    if before.date is None or bare.date is None or bare.ambiguity or before.ambiguity:
        return bare
    gap, day = folded[before.span.end : bare.span.start], bare.date.day
    if _UNTIL.fullmatch(gap):
        later = next_day_of_month(before.date, day)
    elif before.date >= today and _goes_on(gap):
        later = next_day_of_month(before.date, day) if bare.date < before.date else bare.date
    elif before.date < today and day > before.date.day and _AND.fullmatch(gap):
        later = in_month(before.date.year, before.date.month, day)
    else:
        later = None
    return bare if later is None else replace(bare, date=later, in_series=True)


def is_bare_day(folded: str, day: DateReading) -> bool:
    """Whether a day was named by its number alone (二十八号, the 28th)."""
    return day.style is Style.NUMBER and _BARE.fullmatch(day.span.of(folded).lower()) is not None


def _goes_on(gap: str) -> bool:
    rows = (_NEXT_IN_A_LIST, _NEXT_IN_ENGLISH)
    return len(gap) <= _LONGEST_GAP and any(row.fullmatch(gap) for row in rows)
