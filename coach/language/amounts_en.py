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
    r"[\s-]{0,2}(?:(?:st|nd|rd|th)\b|days?|weeks?|months?|years?|hours?|minutes?|mins?|seconds?|"
    r"times?|percent|per\scent|%|people|"
    r"miles?|kilo\w*|watts?|grams?|degrees?|pages?|calls?|payments?|instal\w*|kids?|cats?|"
    r"employees|pieces|units|thanks|thank you|apologies|sorries|reasons|things|questions|messages|"
    r"a\.?m\b|p\.?m\b|o'clock|street|road|avenue|lane|close|court|drive|west|east|north|"
    r"south|in\sthe\smorning|"
    r"january|february|march|april|may\b|june|july|august|september|october|november|december)"
)
_NOT_SUM = re.compile(
    r"\b(?:number|phone|mobile|ending|ends|ending in|digits?|code|extension|ref\w*|account|order|ticket|"
    r"case|id|page|form|clause|section|"
    r"apartment|flat|unit|room|zip|post ?code|docket|"
    r"route|step|gate|flight|year|class|dial|press|badge|operator|"
    r"agent|invoice|bus|line|zero|oh|one|two|three|four|five|six|seven|eight|nine)[\s:#']{1,3}$"
)
_MANY_THANKS = re.compile(r"\b(?:thanks|cheers|ta|not in|one in|never in|chance in|feel like|look like) $")
_A_MILLION = re.compile(r"a (?:hundred|thousand|million)\b")
_BLANKED_DAY = re.compile(r"\x00 ?$")
_SUITS = re.compile(r" (?:works?|suits?|is (?:fine|good|ok|okay|perfect)|would work|does me)\b")
"""Wednesday ten thirty works: an hour of the day before it, which was blanked."""

_TIME_LEAD = re.compile(r"\b(?:at|since|in|by|around|till|until|after|before)\s$")
_CLOCK = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]"
    r"(?:oh[\s-]five|ten|fifteen|(?:twenty|thirty|forty|fifty)(?:[\s-]five)?)"
)
"""Two thirty, four fifteen, six oh five: hours and minutes, which may also be a sum."""

_AN_HOUR = re.compile(_CLOCK)
_HOUR_BEFORE = re.compile(
    rf"\b(?:at|by|since|till|until|after|before|between)\s(?:about\s|around\s)?(?:{_CLOCK}\s(?:and|or|to)\s)?$"
)
_HOURS_FROM = re.compile(rf"\bfrom\s$|\bfrom\s{_CLOCK}\s(?:till|until)\s$")
_HOUR_BEHIND = re.compile(r"\s(?:in the (?:afternoon|evening)|at night|sharp)\b")
_HOURS_TO = re.compile(
    rf"\s(?:(?:till|until|onwards?)\b|to (?:{_D}|ten|eleven|twelve|noon|midnight)\b"
    rf"(?!\s(?:hundred|thousand|grand|oh|{_T})\b))"
)
_PRICED = re.compile(
    r"\b(?:payments?|instal\w+|months?|weeks?|balance|bill|total|debt|arrears|amount|figure|fixed|set|capped|price|offer|deal|settle\w*|agreed|"
    r"stands?|standing|stays?|sits?|sitting)(?:'s)?(?:\s(?:is|are|was|still|now|currently|up))?\s\w+\s(?:about\s)?$"
)
"""Four payments at two fifty, a balance that stands at four fifteen."""

_PRICE_BEHIND = re.compile(
    r"\s(?:(?:each|every)\b(?!\s(?:day|morning))|apiece|(?:a|per) (?:month|week|fortnight|time|go)|"
    r"monthly|weekly|in (?:fees?|interest|charges?)|off|extra|overdue|outstanding|owing|altogether|in all)\b"
)
_YEAR_BEFORE = re.compile(r"\b(?:in|since|born|the year)\s$")
_DIGIT = rf"(?:{_D}|oh|zero|nought)"
_DIGITS_BEHIND = re.compile(rf"[\s,-]{{1,3}}(?:[0-9]|(?:oh|double|triple)\b)|(?:[\s-]{_DIGIT}\b){{2}}")
_DIGITS_BEFORE = re.compile(
    rf"(?:[0-9]|\b(?:{_DIGIT}|(?:number|mobile|cell|phone|telephone|landline)(?:'s|\sis|\swas)?))[\s-]$"
)
_RUN_OF_DIGITS = re.compile(
    rf"\b(?:(?:double|triple|treble)\s)?{_DIGIT}(?:[\s,-]{{1,2}}(?:(?:double|triple|treble)\s)?{_DIGIT}\b){{5,}}"
)
"""A number that is read out digit by digit, as of a telephone."""

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
_LEAST_PAID = 20
_PAYS_IT = re.compile(
    r"\b(?:pay|do|send|manage|afford|transfer|give you|put in|pay you|send you|do you)"
    r"(?: (?:the first|the other|another|just|only|about|like|maybe))* $"
)
_FOR_NOW = re.compile(r"(?:for now|to start|and the rest|then|on|now|tops|max)\b")
"""I can do twenty on Friday: a small number that is paid, with a day or nothing behind it."""

_BY_MONTH = re.compile(r" (?:a|per|each|every)(?: other| second)? (?:month|week|fortnight|payday)\b")

_WITH_FEE = re.compile(r"\b(?:with|including|plus|and) (?:the )?(?:\w+ )?(?:fees?|interest|charges?)\b")
_FEE = re.compile(r"\b(?:fees?|charges?|interest|penalt\w+|surcharge)\b")
_INSTALMENT = re.compile(
    r"\b(?:a|each|per|every|the first of) (?:month|week|fortnight|time|payment|two weeks|"
    r"other)|\beach\b|\bmonthly\b|"
    r"\binstal\w+|\bapiece\b|\ba (?:month|week|time|fortnight|go)\b|\ba piece\b"
)
_SEVERAL = re.compile(
    rf"\b(?:{_D}|{_T}|[0-9]{{1,2}})\s(?:equal\s)?(?:(?:monthly|weekly)\s)?"
    r"(?:payments|instal\w+|months|weeks|quarters)\s(?:of|at)\s(?:about\s|around\s)?$"
)
"""Three payments of two oh six, six months at thirty nine pounds."""

_WAGE = re.compile(
    r"(?<!can )(?<!could )(?<!to )(?<!will )(?<!'ll )\b(?:earn\w*|makes?|making|bring(?:s|ing)? (?:home|in)|"
    r"tak(?:e|es|ing) home|(?:i'm|i am|he's|she's|we're) on|"
    r"(?:get|gets|getting|i'm|am|is|he's|she's) paid|pays? (?:me|us)|"
    r"(?:wages?|salary|pension|income|rent|mortgage|childcare|my pay)(?: is| are|'s| was)?)\s"
    r"(?:(?!pay|instal|send|(?:do|it|that)\b)\w+\s){0,2}$"
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
    runs = [Span(*match.span()) for match in _RUN_OF_DIGITS.finditer(lower)]
    found: list[Money] = [
        _spelled(words, match)
        for match in _SPELLED.finditer(lower)
        if not _DIGITS_BEFORE.search(lower, max(0, match.start() - 16), match.start())
    ]
    taken = Taken((*runs, *(money.span for money in found)))
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
    wage = _WAGE.search(lower, clause.start, span.start) is not None
    means = wage or is_of_means(lower, clause)
    return Money(
        value, span, kind, total=is_total(lower, clause, span), means=means, wage=wage, clause=clause
    )


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
    if _A_MILLION.fullmatch(spoken) and _MANY_THANKS.search(lower, 0, numeral.span.start):
        return False
    if numeral.value >= _LEAST_PAID and _PAYS_IT.search(lower, 0, numeral.span.start):
        behind = lower[numeral.span.end :].lstrip(" ")
        if not behind or behind[0] in "\x00.,!?" or _FOR_NOW.match(behind):
            return True
    if numeral.value < _LEAST_BARE or _COUNTED.match(lower, numeral.span.end):
        return False
    if spoken.isdecimal() and (len(spoken) > 6 or spoken[0] == "0" or 1900 <= numeral.value < 2100):
        return False
    if (
        _is_hour(lower, numeral.span)
        or _is_year(numeral, before)
        or _is_of_digits(lower, numeral.span, before)
    ):
        return False
    after = lower[numeral.span.end : numeral.span.end + 2]
    if numeral.other is not None and numeral.other < 13 and _TIME_LEAD.search(before):
        return False
    glued = bool(after) and (after[0] in "-@_/" or after[0].isalnum())
    return not (glued or _NOT_SUM.search(before))


def _is_hour(lower: str, span: Span) -> bool:
    """At two thirty, between nine thirty and eleven fifteen: hours, where nothing there speaks of a price."""
    if not _AN_HOUR.fullmatch(lower, span.start, span.end) or _PRICE_BEHIND.match(lower, span.end):
        return False
    before = lower[max(0, span.start - 40) : span.start]
    if _HOUR_BEHIND.match(lower, span.end):
        return True
    if _BLANKED_DAY.search(before) and _SUITS.match(lower, span.end):
        return True
    if _HOURS_FROM.search(before):
        return not before.endswith("from ") or _HOURS_TO.match(lower, span.end) is not None
    return _HOUR_BEFORE.search(before) is not None and not _PRICED.search(before)


def _is_year(numeral: Numeral, before: str) -> bool:
    """Born in nineteen eighty one, since twenty fifteen."""
    return numeral.other is not None and 1900 <= numeral.value < 2100 and bool(_YEAR_BEFORE.search(before))


def _is_of_digits(lower: str, span: Span, before: str) -> bool:
    """Whether digits stand right beside it: it is a piece of a telephone number, and of no sum."""
    return bool(_DIGITS_BEHIND.match(lower, span.end) or _DIGITS_BEFORE.search(before))


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
    if _WAGE.search(before):
        return AmountKind.OTHER
    if _SEVERAL.search(before) or _INSTALMENT.search(before[-20:]) or _INSTALMENT.search(behind[:24]):
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
