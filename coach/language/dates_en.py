"""Days named in English, the British and the American way."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coach.language.dates import (
    Ambiguity,
    Calendar,
    DateReading,
    Day,
    Rule,
    Style,
    add_months,
    add_working_days,
    apply_rules,
    in_month,
    last_working_day,
    latest_day_of_month,
    latest_year,
    month_end,
    nearest_month,
    nearest_year,
    next_day_of_month,
    next_weekday,
    nth_weekday,
    weekday_of_week,
)
from coach.language.holidays import chinese_holiday, english_holiday
from coach.language.numbers_en import value_of
from coach.language.words import words

_MONTHS = {
    name: index
    for index, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: index
    for index, names in enumerate(
        ("monday", "tuesday tues", "wednesday", "thursday thurs", "friday", "saturday", "sunday")
    )
    for name in names.split()
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
} | {"thirtieth": 30}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_EARLY = _MONTH.replace("P<month>", "P<early>")
_WEEKDAY = r"(?P<weekday>" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")\b"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    + "|".join(sorted(_ORDINALS, key=len, reverse=True))
    + r"|[0-9]{1,2}(?:st|nd|rd|th))\b"
)
_CARDINAL = (
    r"(?:(?:twenty|thirty)[- ](?:one|two|three|four|five|six|seven|eight|nine)|[0-9]{1,2}|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|"
    r"thirty|one|two|three|four|five|six|seven|eight|nine)\b"
)
_ONE_TO_NINE = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONE_TO_NINE}))?"
_YEAR = r"(?:,?\s(?P<year>(?:19|20)[0-9]{2}|twenty[- ]twenty[- ](?:five|six|seven|eight|nine)))?"
_SPOKEN_YEAR = (
    rf",?\s(?P<year>nineteen[- ](?:{_TENS}|{_TEENS})|twenty[- ](?:oh[- ](?:{_ONE_TO_NINE})|{_TEENS}|"
    rf"twenty(?:[- ](?:{_ONE_TO_NINE}))?)|two thousand(?:(?: and)? (?:{_ONE_TO_NINE}|{_TEENS}))?)\b"
    r"(?![- ](?:hundred|thousand|grand|dollars?|pounds?|quid|bucks|cents|pence|a (?:month|week)|each|and|oh|"
    rf"{_ONE_TO_NINE})\b)"
)
_SHORT_YEAR = (
    rf",?\s(?P<year>(?:forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONE_TO_NINE}))?|[4-9][0-9])\b"
    r"(?![- ](?:hundred|thousand|grand|dollars?|pounds?|quid|bucks|euros?|cents|pence|each|and|oh|"
    rf"a (?:month|week)|per|{_ONE_TO_NINE})\b)"
)
_COUNT = (
    r"(?P<count>(?:a )?couple(?: of)?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fourteen|fifteen|eighteen|(?:twenty|thirty|forty|sixty|seventy|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|[0-9]{1,3})"
)
_UNIT = r"(?P<unit>(?:business |working )?days?|weeks?|months?|hours?|fortnight)"
_NOT_PAST = (
    r"(?!'?s?'? (?:ago|late|behind|overdue|past|before|now|old|straight|of|in a row|running|already|notice|"
    r"in arrears|each|a|worth)\b| (?:at|for) (?:£|\$|[0-9]|"
    rf"(?:about|{_ONE_TO_NINE}|{_TEENS}|{_TENS}|(?:a|half a) (?:hundred|thousand|grand))\b))"
)
_HOLIDAYS = (
    "christmas eve|christmas|lunar new year|chinese new year|spring festival|boxing day|new "
    "year's eve|new year's day|new year's|new "
    "year|halloween|thanksgiving|valentine's(?: day)?|independence day|fourth of july(?=\\W|$)|july fourth|"
    "veterans day|remembrance day|martin luther king day|mlk day|president'?s day|columbus day|"
    "black friday|labou?r day|memorial day|good friday|easter monday|easter"
)


def readings(text: str, calendar: Calendar) -> list[DateReading]:
    """All matches of all rules; they may overlap."""
    lower = text.replace("’", "'").lower()
    return apply_rules(lower if len(lower) == len(text) else text, _RULES, calendar)


def ordinal(spoken: str) -> int:
    """The day of "fifteenth", "twenty-first", "15th" or "15"."""
    digits = re.match(r"[0-9]+", spoken)
    if digits:
        return int(digits.group())
    if spoken in _ORDINALS:
        return _ORDINALS[spoken]
    tens, _, ones = spoken.replace("-", " ").partition(" ")
    if ones in _ORDINALS:
        return (20 if tens == "twenty" else 30) + _ORDINALS[ones]
    value = value_of(spoken)
    if value is None:
        raise ValueError(f"not an ordinal: {len(spoken)} characters")
    return int(value)


def _year(said: str | None) -> int | None:
    if not said:
        return None
    return int(said) if said.isdecimal() else int(value_of(said) or 0)


def _numbered(found: date | None, ambiguity: Ambiguity | None = None) -> Day:
    return Day(found, ambiguity if found else Ambiguity.NO_SUCH_DAY, Style.NUMBER)


def _month_day(match: re.Match[str], calendar: Calendar) -> Day | None:
    month, day, year = _MONTHS[match["month"]], ordinal(match["day"]), _year(match["year"])
    if year is not None:
        return _numbered(in_month(year, month, day))
    if _is_over(match):
        return Day(latest_year(calendar.today, month, day))
    return _numbered(nearest_year(calendar.today, month, day))


_OVER_BEFORE = re.compile(
    r"\b(?:since|(?<!cheque )(?<!check )dated|"
    r"(?:letter|email|invoice|statement|notice|receipt) (?:of|from)|"
    r"(?<!be )(?<!get )(?:cancelled|canceled|bought|signed|borrowed|missed|bounced|expired|(?:was|were) due|"
    r"(?:i|we|you|they) sent(?: \w+){1,2}|(?:was|were) \w+(?:ed|en|nt))"
    r" on)\s$"
)
"""Behind these a day lies in the past: a letter dated the eleventh of May."""


def _is_over(match: re.Match[str]) -> bool:
    start = match.start() + 3 * match.group().startswith("on ")
    return _OVER_BEFORE.search(match.string, max(0, start - 30), start) is not None


def _day_of_past_year(match: re.Match[str], calendar: Calendar) -> Day | None:
    """March fourth nineteen eighty one. Beside a payment a sum is meant; two thousand one needs a birth."""
    before = match.string[max(0, match.start() - 30) : match.start()]
    if _PAYS.search(before) or ("thousand" in match["year"] and not _BORN.search(before)):
        return None
    return _month_day(match, calendar)


def _day_of_birth(match: re.Match[str], calendar: Calendar) -> Day | None:
    """The twelfth of May seventy nine, where a birth is spoken of or nothing else is said."""
    before = match.string[max(0, match.start() - 60) : match.start()]
    alone = _ONLY_ANSWERS.fullmatch(match.string[: match.start()]) and _NOTHING_BEHIND.match(
        match.string, match.end()
    )
    last_two = int(match["year"]) if match["year"].isdecimal() else int(value_of(match["year"]) or 0)
    if not _BORN.search(before) and not (alone and last_two % 10):
        return None
    return _numbered(in_month(1900 + last_two, _MONTHS[match["month"]], ordinal(match["day"])))


_ONLY_ANSWERS = re.compile(
    r"(?:(?:yes|yeah|yep|sure|ok|okay|um|uh|er|erm|well|right|so|it's|it is|that's|that would be|i'm|the)\b"
    r"[,.\s]*)*"
)
_NOTHING_BEHIND = re.compile(
    r"[\s.,!]*(?:$|and (?:my|the) (?:post ?code|address|zip)|my (?:post ?code|address|zip))"
)
_BORN = re.compile(r"\b(?:born|birth\w*|d\.?o\.?b)\b")
_PAYS = re.compile(r"\b(?:pay\w*|send|transfer|do|manage|clear|settle|give|instal\w+)\b")


def _iso(match: re.Match[str], calendar: Calendar) -> Day | None:
    month = int(match["month"])
    return _numbered(in_month(int(match["year"]), month, int(match["day"])) if 1 <= month <= 12 else None)


def _slashed(match: re.Match[str], calendar: Calendar) -> Day | None:
    one, two = int(match["one"]), int(match["two"])
    month, day = (one, two) if calendar.month_first else (two, one)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    doubt = Ambiguity.DAY_OR_MONTH if one <= 12 and two <= 12 and one != two else None
    return _numbered(nearest_year(calendar.today, month, day), doubt)


def _day_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    today, day, which = calendar.today, ordinal(match["day"]), match["which"]
    if which:
        shift = {"this": 0, "next": 1, "last": -1}[which.split()[0]]
        return _numbered(in_month(today.year, today.month + shift, day))
    if _is_over(match):
        return Day(latest_day_of_month(today, day))
    repeats = Ambiguity.REPEATS if match["every"] else None
    return _numbered(next_day_of_month(today, day), repeats)


_FROM_WHEN = re.compile(r",? (?:starting|beginning|commencing|from|as of)\b")
"""Every other Friday starting December fourth: the day behind it is meant, and not the next Friday."""


def _weekday(match: re.Match[str], calendar: Calendar) -> Day | None:
    today, weekday, which = calendar.today, _WEEKDAYS[match["weekday"]], (match["which"] or "").strip()
    if which == "last":
        return Day(
            weekday_of_week(today, weekday, 0 if weekday < today.weekday() else -1), None, Style.WEEKDAY
        )
    if which.startswith(("every", "each")):
        if _FROM_WHEN.match(match.string, match.end()):
            return None
        return Day(next_weekday(today, weekday), Ambiguity.REPEATS, Style.WEEKDAY)
    coming = next_weekday(today, weekday)
    if match["week"]:
        return Day(coming + timedelta(days=7), None, Style.WEEKDAY)
    if which == "next":
        return Day(weekday_of_week(today, weekday, 1), _doubt_of_next(today, weekday), Style.WEEKDAY)
    doubt = Ambiguity.WHICH_WEEK if today.weekday() == weekday else None
    return Day(coming, doubt, Style.WEEKDAY)


def _doubt_of_next(today: date, weekday: int) -> Ambiguity | None:
    """ "Next Friday" said on a Tuesday means the one in three days to some and in ten to others."""
    return Ambiguity.WHICH_WEEK if weekday > today.weekday() else None


def _following_weekday(match: re.Match[str], calendar: Calendar) -> Day | None:
    """The Friday after, the following Friday."""
    return Day(
        next_weekday(calendar.today, _WEEKDAYS[match["weekday"] or match["after"]]), None, Style.FOLLOWING
    )


def _today(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today)


def _tomorrow(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today + timedelta(days=2 if match["after"] else 1))


def _yesterday(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today - timedelta(days=1))


def _month_named(match: re.Match[str], calendar: Calendar) -> date:
    """The first of the month that a rule names as December, next month or the month."""
    if match["month"]:
        return nearest_month(calendar.today, _MONTHS[match["month"]])
    return add_months(calendar.today.replace(day=1), 1 if "next" in match.group() else 0)


def _end_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    first = _month_named(match, calendar)
    return Day(month_end(first.year, first.month))


def _end_of_week(match: re.Match[str], calendar: Calendar) -> Day | None:
    weeks = 1 if "next" in match.group() else 0
    return Day(weekday_of_week(calendar.today, 4, weeks), Ambiguity.PART_OF_MONTH)


def _end_of_year(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(date(calendar.today.year, 12, 31))


def _weekend(match: re.Match[str], calendar: Calendar) -> Day | None:
    weeks = 1 if "next" in match.group() else 0
    return Day(weekday_of_week(calendar.today, 6, weeks), Ambiguity.WEEKEND)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def _span_of_time(match: re.Match[str], calendar: Calendar) -> Day | None:
    said, unit = match["count"], match["unit"]
    small = {"a": 1, "an": 1}.get(said, 2 if "couple" in said else None)
    count = small if small is not None else int(value_of(said) or 0)
    today = calendar.today
    if "business" in unit or "working" in unit:
        found = add_working_days(today, min(count, 366), _is_weekend)
        return Day(found, Ambiguity.WORKING_DAYS)
    if unit.startswith("month"):
        return Day(add_months(today, min(count, 600)))
    if unit.startswith("hour"):
        return Day(today + timedelta(days=count // 24))
    days = {"day": 1, "wee": 7, "for": 14}[unit[:3]]
    return Day(today + timedelta(days=days * count))


def _week_from(match: re.Match[str], calendar: Calendar) -> Day | None:
    named = match["weekday"]
    start = next_weekday(calendar.today, _WEEKDAYS[named]) if named else calendar.today
    return Day(start + timedelta(days=7))


def _weekday_and_weeks(match: re.Match[str], calendar: Calendar) -> Day | None:
    """Friday fortnight, a week Friday, two weeks Friday, a week tomorrow."""
    weeks = {
        "a week": 1,
        "one week": 1,
        "two weeks": 2,
        "two week": 2,
        "three week": 3,
        "a fortnight": 2,
        "fortnight": 2,
        "three weeks": 3,
    }
    ahead = timedelta(days=7 * weeks[match["ahead"]])
    if match["weekday"]:
        return Day(next_weekday(calendar.today, _WEEKDAYS[match["weekday"]]) + ahead, None, Style.WEEKDAY)
    return Day(calendar.today + ahead + timedelta(days=match["day"] == "tomorrow"))


def _weekday_after_next(match: re.Match[str], calendar: Calendar) -> Day | None:
    found = next_weekday(calendar.today, _WEEKDAYS[match["weekday"]])
    return Day(found + timedelta(days=7), Ambiguity.WHICH_WEEK, Style.WEEKDAY)


def _this_time_next_week(match: re.Match[str], calendar: Calendar) -> Day | None:
    if "month" in match.group():
        return Day(add_months(calendar.today, 1))
    return Day(calendar.today + timedelta(days=7))


def _start_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """The first of the month, the beginning of next month, early December."""
    today = calendar.today
    doubt = None if "first" in match.group() or "1st" in match.group() else Ambiguity.PART_OF_MONTH
    named = match["month"] or match["early"]
    if named:
        return Day(nearest_year(today, _MONTHS[named], 10 if match["early"] else 1), doubt)
    return Day(month_end(today.year, today.month) + timedelta(days=1), doubt)


def _holiday(match: re.Match[str], calendar: Calendar) -> Day | None:
    name = match["holiday"].replace("labour", "labor").replace("president's", "presidents")
    if name in _SPRING_FESTIVAL:
        return _spring_festival(match["side"] or "", calendar.today)
    for year in (calendar.today.year, calendar.today.year + 1):
        found = english_holiday(name, year)
        if found is not None and found >= calendar.today:
            side = match["side"] or ""
            return Day(found + timedelta(days=-1 if side == "before" else 1 if side == "after" else 0))
    return None


_SPRING_FESTIVAL = ("lunar new year", "chinese new year", "spring festival")


def _spring_festival(side: str, today: date) -> Day | None:
    for year in (today.year, today.year + 1):
        festival = chinese_holiday("春节", year)
        if festival is not None and festival.day >= today:
            if side == "after":
                return Day(festival.last_day_off + timedelta(days=1), Ambiguity.TIME_OFF)
            return Day(festival.day - timedelta(days=1 if side == "before" else 0))
    return None


def _last_day_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    first = _month_named(match, calendar)
    if match["weekday"]:
        return Day(nth_weekday(first, _WEEKDAYS[match["weekday"]], 0), None, Style.WEEKDAY)
    end = month_end(first.year, first.month)
    return Day(last_working_day(end, _is_weekend) if match["working"] else end)


def _weekday_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """The first Monday in December, the last Friday of next month."""
    first, weekday = _month_named(match, calendar), _WEEKDAYS[match["weekday"]]
    nth = {"last": 0, "first": 1, "second": 2, "third": 3, "fourth": 4}[match["nth"]]
    found = nth_weekday(first, weekday, nth)
    if not match["every"]:
        return Day(found, None, Style.WEEKDAY)
    coming = found if found >= calendar.today else nth_weekday(add_months(first, 1), weekday, nth)
    return Day(coming, Ambiguity.REPEATS, Style.WEEKDAY)


def _middle_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    today = calendar.today
    if match["month"]:
        return Day(nearest_year(today, _MONTHS[match["month"]], 15), Ambiguity.PART_OF_MONTH)
    return Day(next_day_of_month(today, 15), Ambiguity.PART_OF_MONTH)


def _weeks_from_weekday(match: re.Match[str], calendar: Calendar) -> Day | None:
    weeks = {"a": 1, "one": 1, "two": 2, "three": 3}[match["count"]]
    named = match["weekday"]
    start = next_weekday(calendar.today, _WEEKDAYS[named]) if named else calendar.today + timedelta(days=1)
    return Day(start + timedelta(days=7 * weeks))


def _day_of_numbered_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """The British "first of the twelfth"."""
    day, month = ordinal(match["day"]), ordinal(match["nth"])
    return _numbered(nearest_year(calendar.today, month, day)) if month <= 12 else None


def _month_in_list(match: re.Match[str], calendar: Calendar) -> Day | None:
    """The first of October, November, and December: the day belongs to each month."""
    found = nearest_year(calendar.today, _MONTHS[match["month"]], ordinal(match["day"]))
    return _numbered(found)


def _in_a_week(match: re.Match[str], calendar: Calendar) -> Day | None:
    """ "This day week"."""
    return Day(calendar.today + timedelta(days=7))


def _week_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """The last day of "the first week of November"."""
    nth = {"first": 7, "second": 14, "third": 21, "last": 28}[match["nth"]]
    return Day(nearest_year(calendar.today, _MONTHS[match["month"]], nth), Ambiguity.PART_OF_MONTH)


def _payday(match: re.Match[str], calendar: Calendar) -> Day | None:
    if calendar.payday is None:
        return Day(None, Ambiguity.PAYDAY)
    return Day(next_day_of_month(calendar.today, calendar.payday))


def _hour(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today, None, Style.TIME)


def _vague(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(None, Ambiguity.NOT_A_DAY, Style.VAGUE)


_NOT_A_SUM = r"(?!\s(?:hundred|thousand|grand|k\b|pounds?|quid|dollars?|bucks|percent|days|weeks|months))"
"""Behind a bare number beside a month: the rent of November, four thousand two hundred, is no fourth."""

_NOT_MONTH_SIZE = (
    r"(?!\s(?:time|one|half|of all|thing|person|step|class|party|reminder|notice|payment|"
    r"instal|quarter|letter|call|line|floor|name|two|few|week|page|sensible|decent|kind|nice|good|bad|honest|"
    r"real|proper|human|only|place|precinct|ward|door|item|invoice|bill|box|lot|load|part|try|go\b|lady|man|"
    r"woman|guy|chap|lot|or\s|"
    r"on (?:the\s|this\s|next\s)?(?:[a-z]+(?:th|st|nd|rd)|[0-9]|\w+day)\b))"
)
_SUITS = r"(?:fine|doable|good|great|ok(?:ay)?|perfect|possible|better|best|no problem|all ?right|when)\b"
""" "Friday's fine" names a day, "Friday's payment" tells of one."""

_RULES: tuple[Rule, ...] = (
    (re.compile(r"(?<![0-9])(?P<year>20[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])"), _iso),
    (
        re.compile(
            rf"\b(?:(?!ma[yr])|(?<!i )(?<!you )(?<!we )(?<!it )(?<!they )){_MONTH}\s(?:the\s)?"
            rf"(?P<day>{_ORDINAL}|{_CARDINAL}{_NOT_A_SUM}){_YEAR}"
        ),
        _month_day,
    ),
    (re.compile(rf"\b(?:the\s)?(?P<day>{_ORDINAL}|[0-9]{{1,2}})\s(?:of\s)?{_MONTH}{_YEAR}"), _month_day),
    (
        re.compile(rf"\b(?:the\s)?(?P<day>{_ORDINAL})\s(?:of\s)?{_MONTH}{_SPOKEN_YEAR}"),
        _day_of_past_year,
    ),
    (re.compile(rf"\b{_MONTH}\s(?:the\s)?(?P<day>{_ORDINAL}){_SPOKEN_YEAR}"), _day_of_past_year),
    (re.compile(rf"\b(?:the\s)?(?P<day>{_ORDINAL})\s(?:of\s)?{_MONTH}{_SHORT_YEAR}"), _day_of_birth),
    (re.compile(rf"\b{_MONTH}\s(?:the\s)?(?P<day>{_ORDINAL}){_SHORT_YEAR}"), _day_of_birth),
    (
        re.compile(r"(?<![0-9/.])(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})(?:/(?:20)?[0-9]{2})?(?![0-9/%])"),
        _slashed,
    ),
    (
        re.compile(
            rf"\b(?:(?:on\s)?the|by|before|till|until)\s(?P<day>{_ORDINAL})(?:\s(?:of\s)?(?P<every>every|each)\smonth)?"
            rf"(?:\s(?:of\s)?(?P<which>this month|next month|last "
            rf"month))?{_NOT_MONTH_SIZE}(?!\s(?:of\s)?(?:{'|'.join(_MONTHS)})\b)"
            rf"(?!(?:(?<=pay the first)|(?<=send the first)|(?<=do the first)) (?:{_TENS}))"
        ),
        _day_of_month,
    ),
    (
        re.compile(
            rf"\b(?P<which>(?:this|next|last|every(?: other| second)?|each|this coming|"
            rf"coming)\s)?{_WEEKDAY}(?P<week>\sweek\b)?(?!'(?!s {_SUITS}))"
        ),
        _weekday,
    ),
    (
        re.compile(
            rf"\b(?:the )?following {_WEEKDAY}|\bthe {_WEEKDAY.replace('P<weekday>', 'P<after>')} after"
            r"(?: that\b|(?= (?:and|then|for)\b|\s?[,.!?;]|$))"
        ),
        _following_weekday,
    ),
    (
        re.compile(r"\b(?:today|tonight|this (?:afternoon|morning|evening))\b"),
        _today,
    ),
    (
        re.compile(r"\b(?:close of (?:business|play)|cob|eod|end of (?:the )?(?:day|business))\b"),
        _hour,
    ),
    (re.compile(rf"\bthe\s(?P<day>{_ORDINAL})\sof\sthe\s(?P<nth>{_ORDINAL})"), _day_of_numbered_month),
    (re.compile(rf"\b(?:the\s)?(?P<nth>first|second|third|last) week (?:of|in)\s{_MONTH}"), _week_of_month),
    (
        re.compile(
            rf"\b(?:the\s)?(?P<nth>first|second|third|fourth|last) {_WEEKDAY} (?:of|in) "
            rf"(?:(?:the |this |next |(?P<every>each |every ))month\b|{_MONTH})"
        ),
        _weekday_of_month,
    ),
    (re.compile(r"\b(?P<after>(?:the\s)?day after\s)?tomorrow\b"), _tomorrow),
    (re.compile(r"\byesterday\b"), _yesterday),
    (
        re.compile(
            rf"\b(?:the\s)?(?:(?:very\s)?end of\s(?:(?:the|this|next)\s)?(?:month\b|{_MONTH})|"
            rf"month[- ]end\b)"
        ),
        _end_of_month,
    ),
    (re.compile(r"\b(?:the\s)?end of\s(?:(?:the|this|next)\s)?week\b"), _end_of_week),
    (re.compile(r"\b(?:the\s)?(?:end of\s(?:(?:the|this)\s)?year|year[- ]end)\b"), _end_of_year),
    (re.compile(r"\b(?:(?:the|this|next)\s)?weekend\b"), _weekend),
    (
        re.compile(
            rf"\b(?:the )?last (?:(?P<working>(?:working|business) )?day|{_WEEKDAY}) (?:of|in) "
            rf"(?:(?:the|this|next) month\b|{_MONTH})"
        ),
        _last_day_of_month,
    ),
    (
        re.compile(rf"\b(?:(?:the )?middle of|mid)[- ](?:(?:the|this)\s)?(?:month\b|{_MONTH})"),
        _middle_of_month,
    ),
    (
        re.compile(
            rf"\b(?P<ahead>(?:a|one|two|three) weeks?|(?:a )?fortnight) (?:on |from )?(?:{_WEEKDAY}|"
            r"(?P<day>today|tomorrow)\b)"
        ),
        _weekday_and_weeks,
    ),
    (re.compile(rf"\b{_WEEKDAY} (?P<ahead>fortnight)(?P<day>)\b"), _weekday_and_weeks),
    (re.compile(rf"\b(?:the )?{_WEEKDAY} after next\b"), _weekday_after_next),
    (
        re.compile(r"\b(?:(?:by )?this time next (?:week|month)|within (?:the|this) week)\b"),
        _this_time_next_week,
    ),
    (
        re.compile(
            rf"\b(?:(?:the )?(?:beginning|start) of (?:(?:the|next) month\b|{_MONTH})|early {_EARLY}|"
            r"(?:the )?(?:first|1st) of (?:the|next) month\b)"
        ),
        _start_of_month,
    ),
    (re.compile(rf"\blate {_MONTH}"), _end_of_month),
    (
        re.compile(
            r"\b(?:gives? (?:me|us|you|him|her)|needs?|take|have|has|get|got|another|about|okay|ok|fine|"
            r"say|right|yeah|yes|sure|it's|it is|that's|allow|maximum|most|least|only|just|extra)"
            rf"(?:,| just| only| another| about| like| the full)? {_COUNT} {_UNIT}\b{_NOT_PAST}"
        ),
        _span_of_time,
    ),
    (
        re.compile(
            rf"(?:^|[.!?] ){_COUNT} (?P<unit>days|weeks|(?:business |working )days|hours)(?=[,.!?]|$)"
        ),
        _span_of_time,
    ),
    (
        re.compile(rf"\b(?P<count>a|one|two|three) weeks? (?:from|after|on) (?:{_WEEKDAY}|tomorrow\b)"),
        _weeks_from_weekday,
    ),
    (re.compile(rf"\b(?:within|in)\s(?:the next\s)?{_COUNT}\s{_UNIT}(?:'s? time)?\b"), _span_of_time),
    (re.compile(rf"\b{_COUNT}\s{_UNIT}\s(?:from (?:now|today)|time)\b"), _span_of_time),
    (re.compile(rf"\ba week (?:from|on)\s(?:today|{_WEEKDAY})"), _week_from),
    (re.compile(rf"\b(?:(?P<side>before|after)\s)?(?P<holiday>{_HOLIDAYS})\b"), _holiday),
    (re.compile(r"\b(?:pay ?day|(?:when|once|day) (?:i|you|they|we) (?:get|'?re) paid)\b"), _payday),
    (
        re.compile(
            r"\b(?:by|before) (?:noon|midnight|lunch\w*|[0-9]{1,2}(?::[0-9]{2})?\s?(?:[ap]\.?m\b|"
            r"o'clock)|"
            r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
            r"twelve)(?:\s(?:thirty|fifteen|forty-five))?(?:\s(?:[ap]\.?m\b|o'clock)|"
            r"(?=\s(?:and|or|tonight|sharp)\b|[,.!?]|$)))"
        ),
        _hour,
    ),
    (
        re.compile(r"\b(?:within|in) (?:the next )?(?:\w+ )?(?:minutes|an hour|half an hour|the hour)\b"),
        _hour,
    ),
    (
        re.compile(
            r"(?:^|[.!?]\s)(?P<day>(?:(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|"
            r"eighth|ninth)|(?:\w+teen|ten|eleven|twelf|twentie|thirtie)th))\b(?P<every>(?!))?"
            r"(?P<which>(?!))?(?= (?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
            r"fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b)"
        ),
        _day_of_month,
    ),
    (re.compile(r"\b(?:this day|today) week\b"), _in_a_week),
    (
        re.compile(
            r"\b(?:next (?:week|month)|sometime|soon|some ?day|in a (?:bit|while|few days)|as "
            r"soon as possible)\b"
        ),
        _vague,
    ),
)
