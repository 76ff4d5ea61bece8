"""Days that are named in speech, resolved from the day of the call, with what is unsure about them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coach.domain.text import Text
from coach.domain.time import Span
from coach.language.overlaps import without_overlaps


class Ambiguity(StrEnum):
    """Why a day is unsure, or could not be found."""

    NO_CALL_DAY = "no_call_day"
    NOT_A_DAY = "not_a_day"
    NO_SUCH_DAY = "no_such_day"
    WHICH_WEEK = "which_week"
    WEEKEND = "weekend"
    PART_OF_MONTH = "part_of_month"
    WORKING_DAYS = "working_days"
    TIME_OFF = "time_off"
    REPEATS = "repeats"
    PAYDAY = "payday"
    DAY_OR_MONTH = "day_or_month"
    CONTRADICTION = "contradiction"
    ROUGHLY = "roughly"
    PART_OF_WEEK = "part_of_week"


AMBIGUITIES: dict[Ambiguity, Text] = {
    Ambiguity.NO_CALL_DAY: Text("不知道通话是哪一天", "the day of the call is not known"),
    Ambiguity.NOT_A_DAY: Text("没有说到具体哪一天", "names no particular day"),
    Ambiguity.NO_SUCH_DAY: Text("没有这一天", "there is no such day"),
    Ambiguity.WHICH_WEEK: Text("可能是本周，也可能是下周", "could be this week or the next"),
    Ambiguity.WEEKEND: Text("周末按周日算", "the weekend, taken as its Sunday"),
    Ambiguity.PART_OF_MONTH: Text("一段日子，按其中一天算", "a part of a month, taken as one day"),
    Ambiguity.WORKING_DAYS: Text("工作日，调休未计", "working days, without decreed make-up days"),
    Ambiguity.TIME_OFF: Text("按惯常假期推算", "taken from the customary time off"),
    Ambiguity.REPEATS: Text("每月重复，按下一次算", "repeats, taken as the next one"),
    Ambiguity.PAYDAY: Text("发薪日没有说是几号", "payday, whose date was not said"),
    Ambiguity.DAY_OR_MONTH: Text("日和月的次序不明", "day and month could be the other way round"),
    Ambiguity.ROUGHLY: Text("只说了大概的日子，按较晚的一天算", "named roughly, taken as the later day"),
    Ambiguity.PART_OF_WEEK: Text("一周之内，按周日算", "within a week, taken as its Sunday"),
    Ambiguity.CONTRADICTION: Text("星期和日期对不上", "weekday and date do not agree"),
}


class Style(StrEnum):
    """How a day was named; a number next to a weekday is one mention.

    ``FOLLOWING`` is a weekday that is counted from the day named before it (the Friday after).
    """

    NUMBER = "number"
    WEEKDAY = "weekday"
    RELATIVE = "relative"
    TIME = "time"
    VAGUE = "vague"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A day in a text; ``date`` None where it cannot be known, and ``ambiguity`` says why.

    ``in_series`` says that it was counted from the day named before it.
    """

    span: Span
    date: date | None
    ambiguity: Ambiguity | None = None
    style: Style = Style.RELATIVE
    in_series: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What a rule made of its match."""

    date: date | None
    ambiguity: Ambiguity | None = None
    style: Style = Style.RELATIVE


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a day is resolved from: the day of the call, and the payday (day of the month) if it was said.

    ``month_first`` reads 3/4 as the fourth of March.
    """

    today: date
    payday: int | None = None
    month_first: bool = False


Resolve = Callable[[re.Match[str], Calendar], Day | None]
Rule = tuple[re.Pattern[str], Resolve]


def find_dates(
    text: str, said_on: date | None, *, payday: int | None = None, month_first: bool = False
) -> tuple[DateReading, ...]:
    """The days named in ``text``, in order of place.

    Without ``said_on`` a day that does not carry its own year stays unresolved, and says so.

    >>> [(day.span.of(t), day.date) for t in ["下周三之前"] for day in find_dates(t, date(2026, 11, 18))]
    [('下周三', datetime.date(2026, 11, 25))]
    """
    from coach.language import dates_en, dates_zh
    from coach.language.day_series import in_series

    calendar = Calendar(said_on or _ANY_DAY, payday, month_first)
    readings = [*dates_zh.readings(text, calendar), *dates_en.readings(text, calendar)]
    counted = in_series(text, _counted_on(_without_overlaps(readings)), calendar.today)
    merged = _with_agreeing_weekdays(_without_times(text, _join_twins(text, counted)))
    if said_on is None:
        merged = [_without_call_day(text, reading) for reading in merged]
    return tuple(merged)


_ANY_DAY = date(2000, 1, 1)
_OWN_YEAR = re.compile(r"[12][0-9]{3}|二[〇零0][一二三四五六七八九〇零]{2}")
_TWIN_GAP = re.compile(r"[，,、\s]?(?:也?就是|即|是|the\s)?\s?")


def apply_rules(text: str, rules: Iterable[Rule], calendar: Calendar) -> list[DateReading]:
    """All matches of all rules on a folded text of the same length."""
    found: list[DateReading] = []
    for pattern, resolve in rules:
        for match in pattern.finditer(text):
            day = resolve(match, calendar)
            if day is not None:
                found.append(DateReading(Span(*match.span()), day.date, day.ambiguity, day.style))
    return found


def _without_overlaps(readings: Iterable[DateReading]) -> list[DateReading]:
    """The longest reading wins where two overlap."""
    longest_first = sorted(readings, key=lambda each: (each.span.start - each.span.end, each.span.start))
    return without_overlaps(longest_first, lambda each: each.span)


def _counted_on(readings: Iterable[DateReading]) -> list[DateReading]:
    """Friday, and the Friday after: the later one is counted from the day before it, if one was named."""
    found: list[DateReading] = []
    for each in readings:
        if each.style is Style.FOLLOWING and each.date is not None:
            before = next((one.date for one in reversed(found) if one.date), None)
            later = each.date if before is None else next_weekday(before, each.date.weekday())
            each = replace(each, date=later, style=Style.WEEKDAY)
        found.append(each)
    return found


def _with_agreeing_weekdays(readings: list[DateReading]) -> list[DateReading]:
    """七月五号先还，礼拜天也能扣: a bare weekday that fits a day named in the same turn is that day."""
    named = [each.date for each in readings if each.style is Style.NUMBER and each.date is not None]
    return [_agreeing(each, named) for each in readings]


def _agreeing(reading: DateReading, named: Iterable[date]) -> DateReading:
    bare = reading.style is Style.WEEKDAY and reading.span.end - reading.span.start <= 3
    if not bare or reading.date is None:
        return reading
    same = next((day for day in named if day.weekday() == reading.date.weekday()), None)
    return reading if same is None else replace(reading, date=same, ambiguity=None)


_HAN = re.compile("[一-鿿]")
_TIME_REACH, _TIME_REACH_LATIN = 12, 32


def _without_times(text: str, readings: list[DateReading]) -> list[DateReading]:
    """An hour alone means today, but not where a day stands beside it.

    明天下午五点之前, "Friday's fine, you'll have it by five", "Friday by close of business".
    """
    reach = _TIME_REACH if _HAN.search(text) else _TIME_REACH_LATIN
    around = [None, *readings, None]
    return [
        each
        for before, each, behind in zip(around, readings, around[2:], strict=False)
        if each.style is not Style.TIME
        or not (_is_near(before, each, reach) or _is_near(each, behind, reach))
    ]


def _is_near(one: DateReading | None, other: DateReading | None, reach: int) -> bool:
    """Whether two neighbours name a day and its hour."""
    return one is not None and other is not None and other.span.start - one.span.end <= reach


def _join_twins(text: str, readings: list[DateReading]) -> list[DateReading]:
    """周五二十二号, "Friday the seventh": one day said twice is one mention."""
    joined: list[DateReading] = []
    for reading in readings:
        if joined and (twin := _twin(text, joined[-1], reading)):
            joined[-1] = twin
        else:
            joined.append(reading)
    return joined


def _twin(text: str, first: DateReading, second: DateReading) -> DateReading | None:
    numbers = [each for each in (first, second) if each.style is Style.NUMBER]
    gap = text[first.span.end : second.span.start]
    if len(numbers) != 1 or first.style is Style.VAGUE or second.style is Style.VAGUE:
        return None
    number = numbers[0]
    other = second if number is first else first
    if _is_explained(text, other, number) and _EXPLAINING_GAP.fullmatch(gap.lower()):
        each = _EACH_BEHIND.match(text, second.span.end)
        return None if each else replace(number, span=Span(first.span.start, second.span.end))
    if other is first and _is_stretch_told(text, other, number, gap):
        return replace(number, span=Span(first.span.start, second.span.end))
    same = first.date == second.date or other.ambiguity is Ambiguity.PAYDAY
    weekdays_agree = (
        other.style is Style.WEEKDAY
        and number.date is not None
        and other.date is not None
        and number.date.weekday() == other.date.weekday()
    )
    if not _TWIN_GAP.fullmatch(gap.lower()) or (gap.strip() and not (same or weekdays_agree)):
        return None
    trusted = same or weekdays_agree
    ambiguity = number.ambiguity if trusted else Ambiguity.CONTRADICTION
    if same and first.date is not None:
        ambiguity = None
    return replace(number, span=Span(first.span.start, second.span.end), ambiguity=ambiguity)


def _is_stretch_told(text: str, loose: DateReading, exact: DateReading, gap: str) -> bool:
    """延后十五天就是十二月十五号: counted from some other day, so that its date is right."""
    if loose.style is not Style.RELATIVE or exact.date is None or exact.ambiguity is not None:
        return False
    told = _STRETCH.search(loose.span.of(text).lower()) and _TOLD_GAP.fullmatch(gap.lower())
    return bool(told) and _EACH_BEHIND.match(text, exact.span.end) is None


_STRETCH = re.compile(
    r"[0-9一二两兩三四五六七八九十半](?:个|個)?(?:工作|自然)?(?:天|日|周|週|星期|礼拜|禮拜|月)"
    r"(?:[之以]?[内內后後])?$|\b(?:days|weeks|months)$"
)
_TOLD_GAP = re.compile(r"[，,\s]?\s?(?:那?也?就是|也即|即|(?:so\s)?that's\s|(?:so\s)?that is\s)\s?")
_EXPLAINING_GAP = re.compile(r"(?:之?前|以前)?[，,\s]?\s?(?:也?就是|也即|即|是|that's\s|that is\s|the\s)?\s?")
_EACH_BEHIND = re.compile(r"[，,\s]?\s?(?:各|分别|分別|each|apiece)")
_BARE_PART = re.compile(
    r"月[底末尾初头頭中]|[上中下]旬|month[- ]end|"
    r"(?:the )?(?:very )?(?:end|beginning|start|middle) of the month"
)
_END = re.compile("[底末尾]|end")
_NEAR_DAYS = 5


def _is_explained(text: str, loose: DateReading, exact: DateReading) -> bool:
    """月底，十二月三十一号: a part of some month, or the weekend, whose date is told beside it."""
    said = loose.span.of(text).lower()
    if loose.date is None or exact.date is None or exact.ambiguity is not None:
        return False
    if loose.ambiguity is Ambiguity.WEEKEND:
        return 0 <= (loose.date - exact.date).days <= 1
    if loose.style is not Style.RELATIVE or "week" in said:
        return False
    month_fits = _BARE_PART.fullmatch(said) or loose.date.replace(day=1) == exact.date.replace(day=1)
    if loose.ambiguity is Ambiguity.PART_OF_MONTH:
        near = abs(loose.date.day - exact.date.day) <= _NEAR_DAYS
    else:
        left = (month_end(exact.date.year, exact.date.month) - exact.date).days
        near = _END.search(said) is not None and left < _NEAR_DAYS
    return near and bool(month_fits)


def _without_call_day(text: str, reading: DateReading) -> DateReading:
    if _OWN_YEAR.match(reading.span.of(text)) or reading.date is None:
        return reading
    return replace(reading, date=None, ambiguity=Ambiguity.NO_CALL_DAY)


def month_end(year: int, month: int) -> date:
    """The last day of a month; months past December run into the next year, those before January back."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def in_month(year: int, month: int, day: int) -> date | None:
    """The day of a month (that may run past December), None where the month is too short."""
    last = month_end(year, month)
    return last.replace(day=day) if 1 <= day <= last.day else None


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a shorter month."""
    last = month_end(day.year, day.month + months)
    return last.replace(day=min(day.day, last.day))


def next_day_of_month(today: date, day: int) -> date | None:
    """The next time it is the ``day``-th, today included; None for a day that no month has."""
    for ahead in range(3):
        found = in_month(today.year, today.month + ahead, day)
        if found is not None and found >= today:
            return found
    return None


def nearest_year(today: date, month: int, day: int) -> date | None:
    """The day and month in the year that brings it nearest to ``today``."""
    candidates = (in_month(today.year + shift, month, day) for shift in (-1, 0, 1))
    real = [each for each in candidates if each is not None]
    return min(real, key=lambda each: abs((each - today).days), default=None)


def latest_year(today: date, month: int, day: int) -> date | None:
    """The last time that it was this day of the month, today included."""
    candidates = (in_month(today.year + shift, month, day) for shift in (0, -1, -2, -3, -4))
    return next((each for each in candidates if each is not None and each <= today), None)


def latest_day_of_month(today: date, day: int) -> date | None:
    """The last time that it was the ``day``-th, today included."""
    candidates = (in_month(today.year, today.month - back, day) for back in range(3))
    return next((each for each in candidates if each is not None and each <= today), None)


def nearest_month(today: date, month: int) -> date:
    """The first of the month in the year that brings its 28th nearest to ``today``."""
    candidates = (date(today.year + shift, month, 28) for shift in (-1, 0, 1))
    return min(candidates, key=lambda each: abs((each - today).days)).replace(day=1)


def nth_weekday(first: date, weekday: int, nth: int) -> date:
    """The ``nth`` such weekday (0 Monday) from ``first`` on; with 0 the last of the month."""
    if nth:
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    end = month_end(first.year, first.month)
    return end - timedelta(days=(end.weekday() - weekday) % 7)


def weekday_of_week(today: date, weekday: int, weeks: int) -> date:
    """The weekday (0 Monday) in the week ``weeks`` after the one of ``today``."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def next_weekday(today: date, weekday: int) -> date:
    """The next such weekday after ``today``."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def add_working_days(today: date, days: int, is_off: Callable[[date], bool]) -> date:
    """``days`` working days after ``today``."""
    found = today
    for _ in range(days):
        found += timedelta(days=1)
        while is_off(found):
            found += timedelta(days=1)
    return found


def last_working_day(day: date, is_off: Callable[[date], bool]) -> date:
    """``day``, or the nearest working day before it."""
    while is_off(day):
        day -= timedelta(days=1)
    return day
