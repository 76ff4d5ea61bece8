"""Sums of money in English: $1,250.50, £418, 3.2k, "eight hundred and fifty", "three-oh-six twenty"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from coach.domain.observations import AmountKind
from coach.domain.time import Span
from coach.language.amounts import Money
from coach.language.numbers import Numeral
from coach.language.numbers_en import ONES, find_numerals, read, value_of
from coach.language.overlaps import Taken

_D = "one|two|three|four|five|six|seven|eight|nine"
_T = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "twenty|thirty|forty|fifty|sixty|"
    "seventy|eighty|ninety"
)
_UNIT = re.compile(r"[\s-]?(?:dollars?|bucks?|pounds?|quid|euros?|usd|gbp|eur|yuan|rmb)\b")
_CENTS = re.compile(r"[\s-]?(?:cents?|pence|p)\b")
_LINK = re.compile(r",?\s(?:and\s)?")
_PREFIX = re.compile(r"[$£€]\s?$")
_COUNTED = re.compile(
    r"[\s-]{0,2}(?:st|nd|rd|th|days?|weeks?|months?|years?|hours?|minutes?|mins?|seconds?|"
    r"times?|percent|per\scent|%|people|"
    r"miles?|kilo\w*|watts?|grams?|degrees?|pages?|calls?|payments?|instal\w*|kids?|cats?|"
    r"employees|pieces|units|"
    r"a\.?m\b|p\.?m\b|o'clock|street|road|avenue|lane|close|court|drive|west|east|north|"
    r"south|in\sthe\smorning|"
    r"january|february|march|april|may\b|june|july|august|september|october|november|december)"
)
_NOT_SUM = re.compile(
    r"(?:number|ending|ends|ending in|digits?|code|extension|ref\w*|account|order|ticket|"
    r"case|id|page|form|clause|section|"
    r"apartment|flat|unit|room|zip|route|step|gate|flight|year|class|dial|press|badge|operator|"
    r"agent|invoice|bus|line|zero|oh|one|two|three|four|five|six|seven|eight|nine)[\s:#']{1,3}$"
)
_TIME_LEAD = re.compile(r"\b(?:at|since|in|by|around|till|until|after|before)\s$")
_SPELLED = re.compile(
    rf"\b(?P<a>{_D})[\s-](?P<b>{_D})[\s-](?P<c>{_D})[\s-](?P<cents>(?:{_T})(?:[\s-](?:{_D}))?)\b"
)
_STOP = re.compile(r"[.!?;](?:\s|$)|,\s|\u2026|—|\n")
_SENTENCE_STOP = re.compile(r"[.!?;](?:\s|$)|\n")
_ROUGHLY = re.compile(
    r"(?:about|around|roughly|nearly|almost|approximately|just over|just under|maybe|close to|"
    r"north of|upwards of|"
    r"region of|more like|say)\s$"
)
_LEAST_BARE = 100

_LEAST_BY_MONTH = 10
_BY_MONTH = re.compile(r" (?:a|per|each|every) (?:month|week|fortnight|payday)\b")

_WITH_FEE = re.compile(r"\b(?:with|including|plus|and) (?:the )?(?:\w+ )?(?:fees?|interest|charges?)\b")
_FEE = re.compile(r"\b(?:fees?|charges?|interest|penalt\w+|surcharge)\b")
_INSTALMENT = re.compile(
    r"\b(?:a|each|per|every|the first of) (?:month|week|fortnight|time|payment|two weeks|"
    r"other)|\beach\b|\bmonthly\b|"
    r"\binstal\w+|\bapiece\b|\ba (?:month|week|time|fortnight|go)\b|\ba piece\b"
)
_PRINCIPAL = re.compile(r"\b(?:principal|capital|balance)\b")
_PARTIAL = re.compile(
    r"\b(?:minimum|part[- ]pay\w*|something like|at least|for now|to start|towards?|down "
    r"payment|good faith|put down)\b"
)
_MEANS = re.compile(
    r"\b(?:earn\w*|make|makes|wage\w*|salary|pension|rent|mortgage|paycheck|check's|on me|"
    r"in the bank|to my name|cost|bought|"
    r"spent|an hour|benefits?|borrowed|got (?:about |only )?(?:forty|fifty)|literally got|"
    r"repairs?|groceries)\b"
)
_OVERDUE = re.compile(
    r"\b(?:owe|owes|owed|owing|overdue|past due|balance|outstanding|arrears|behind|unpaid|"
    r"late|due|missed|bill|invoice|total|"
    r"altogether|in all|the lot|all of it|in full|remaining|left|short|debt)\b"
)
_TOTAL = re.compile(
    r"\b(?:total\w*|altogether|in all|comes? to|balance|in full|all of it|the lot|together|"
    r"that leaves|so)\b"
)
_TOTAL_BEHIND = re.compile(r"\b(?:total\w*|altogether|in all|balance|in full|all of it|the lot|together)\b")


def amounts(free: str, text: str) -> list[Money]:
    """The sums of ``free`` in order of place; ``text`` is the same with the days that were blanked in it.

    None in a text without Latin letters.
    """
    lower, words = free.replace("’", "'").lower(), text.replace("’", "'").lower()
    if len(lower) != len(text) or len(words) != len(text) or any("一" <= char <= "鿿" for char in lower):
        return []
    found: list[Money] = [_spelled(words, match) for match in _SPELLED.finditer(lower)]
    taken = Taken(money.span for money in found)
    end = 0
    for numeral in find_numerals(lower):
        if numeral.span.start < end or taken.overlaps(numeral.span):
            continue
        money = _money(lower, numeral, words)
        if money is not None:
            found.append(money)
            end = money.span.end
    return found


def _spelled(lower: str, match: re.Match[str]) -> Money:
    """four seven eight twenty-two: 478.22."""
    digits = [Decimal(ONES[match[group]]) for group in "abc"]
    cents = value_of(match["cents"]) or Decimal(0)
    span = Span(*match.span())
    clause = clause_around(lower, span)
    value = digits[0] * 100 + digits[1] * 10 + digits[2] + cents / 100
    return _made(lower, value, span, clause)


def _made(lower: str, value: Decimal, span: Span, clause: Span) -> Money:
    kind = kind_in(lower, span, clause)
    total, means = is_total(lower, clause, span), is_of_means(lower, clause)
    return Money(value, span, kind, total=total, means=means, clause=clause)


def _money(lower: str, numeral: Numeral, words: str) -> Money | None:
    start, end = numeral.span.start, numeral.span.end
    before = lower[max(0, start - 14) : start]
    prefix, unit = _PREFIX.search(before), _UNIT.match(lower, end)
    value, other = numeral.value, numeral.other
    if unit is not None:
        value, end = _with_cents(lower, value, unit.end())
        other = None
    elif prefix is None and (_CENTS.match(lower, end) or not _is_bare_sum(lower, numeral, before)):
        return None
    if value <= 0:
        return None
    span = Span(start - len(prefix.group()) if prefix else start, end)
    clause = clause_around(words, span)
    money = _made(words, value, span, clause)
    roughly = numeral.approximate or _ROUGHLY.search(words, max(0, span.start - 16), span.start) is not None
    return replace(money, approximate=roughly, other=other, named=bool(unit or prefix))


def _with_cents(lower: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    """Behind the currency: "and forty cents", or only "sixty-seven"."""
    link = _LINK.match(lower, end)
    cents = read(lower, link.end()) if link else None
    if cents is None or link is None or not 0 < cents.value < 100 or cents.value % 1:
        return value, end
    named = _CENTS.match(lower, cents.span.end)
    if named is None and (link.group() != " " or cents.value < 10 or _COUNTED.match(lower, cents.span.end)):
        return value, end
    return value + cents.value / 100, named.end() if named else cents.span.end


def _is_bare_sum(lower: str, numeral: Numeral, before: str) -> bool:
    """A number without a currency is a sum when it is large and counts nothing else."""
    spoken = numeral.span.of(lower)
    if numeral.value >= _LEAST_BY_MONTH and _BY_MONTH.match(lower, numeral.span.end):
        return not _NOT_SUM.search(before)
    if numeral.value < _LEAST_BARE or _COUNTED.match(lower, numeral.span.end):
        return False
    if spoken.isdecimal() and (len(spoken) > 6 or spoken[0] == "0" or 1900 <= numeral.value < 2100):
        return False
    after = lower[numeral.span.end : numeral.span.end + 2]
    if numeral.other is not None and numeral.other < 13 and _TIME_LEAD.search(before):
        return False
    glued = bool(after) and (after[0] in "-@_/" or after[0].isalnum())
    run_on = re.match(
        r"[\s,-]{1,3}(?:[0-9]|oh\b|double\b|triple\b)", lower[numeral.span.end : numeral.span.end + 10]
    )
    return not (glued or run_on or _NOT_SUM.search(before))


def clause_around(text: str, span: Span, *, stop: re.Pattern[str] = _STOP) -> Span:
    """The clause that holds ``span``: up to the nearest punctuation on both sides, 60 characters at most."""
    start = max(0, span.start - 60)
    for found in stop.finditer(text, start, span.start):
        start = found.end()
    behind = stop.search(text, span.end, min(len(text), span.end + 60))
    return Span(start, behind.start() if behind else min(len(text), span.end + 60))


def kind_in(lower: str, span: Span, clause: Span) -> AmountKind:
    """What the sum is, by the words of its clause."""
    before, behind = lower[clause.start : span.start], lower[span.end : clause.end]
    words = f"{before} {behind}"
    if _INSTALMENT.search(before[-20:]) or _INSTALMENT.search(behind[:24]):
        return AmountKind.INSTALMENT
    if _WITH_FEE.search(words):
        return AmountKind.OVERDUE
    if _FEE.search(before[-24:]) or (_FEE.search(behind[:18]) and not _PRINCIPAL.search(before[-24:])):
        return AmountKind.FEE
    if _PARTIAL.search(words):
        return AmountKind.PARTIAL
    if _MEANS.search(words):
        return AmountKind.OTHER
    sentence = clause_around(lower, span, stop=_SENTENCE_STOP)
    owed = _OVERDUE.search(lower, sentence.start, sentence.end)
    return AmountKind.OVERDUE if owed else AmountKind.OTHER


def is_total(lower: str, clause: Span, span: Span) -> bool:
    """Whether words like "comes to" stand shortly before the sum, or like "altogether" on either side."""
    before = _TOTAL.search(lower, max(clause.start, span.start - 30), span.start)
    return bool(before or _TOTAL_BEHIND.search(lower, span.end, min(clause.end, span.end + 24)))


def is_of_means(lower: str, clause: Span) -> bool:
    """Whether the sum is what somebody earns, holds or spends."""
    return _MEANS.search(lower, clause.start, clause.end) is not None
