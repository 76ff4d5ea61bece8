"""The holidays that people name as a date, by year."""

from __future__ import annotations

from calendar import FRIDAY, MONDAY, SUNDAY, THURSDAY
from dataclasses import dataclass
from datetime import date, timedelta

from coach.language.lunar import lunar_day

_QINGMING_ON_FOURTH = 2
"""Of every four years: 清明 falls on 4 April in the first ones and on 5 April in the others (until 2043)."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """The day itself, and the last day of the customary time off that begins with it."""

    day: date
    last_day_off: date


def chinese_holiday(name: str, year: int) -> Holiday | None:
    """The holiday in ``year``; None for a name or a lunar year that the table does not hold.

    >>> chinese_holiday("春节", 2026).day
    datetime.date(2026, 2, 17)
    """
    if name in _FIXED:
        month, first, last = _FIXED[name]
        return Holiday(date(year, month, first), date(year, month, last))
    if name in _NTH_SUNDAY:
        day = _nth_weekday(year, *_NTH_SUNDAY[name])
        return Holiday(day, day)
    match name:
        case "清明":
            day = date(year, 4, 4 if year % 4 < _QINGMING_ON_FOURTH else 5)
        case "冬至":
            day = date(year, 12, 21 if year % 4 == 0 else 22)
        case "感恩节":
            day = _nth_weekday(year, 11, THURSDAY, 4)
        case _:
            return _lunar_holiday(name, year)
    return Holiday(day, day)


_FIXED = {
    "元旦": (1, 1, 1),
    "情人节": (2, 14, 14),
    "妇女节": (3, 8, 8),
    "五一": (5, 1, 5),
    "儿童节": (6, 1, 1),
    "教师节": (9, 10, 10),
    "国庆": (10, 1, 7),
    "双十一": (11, 11, 11),
    "双十二": (12, 12, 12),
    "平安夜": (12, 24, 24),
    "圣诞": (12, 25, 25),
}
"""Month, day, and the last day of the time off that goes with it."""

_NTH_SUNDAY = {"母亲节": (5, SUNDAY, 2), "父亲节": (6, SUNDAY, 3)}
_LUNAR = {
    "春节": (1, 1),
    "元宵": (1, 15),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "小年": (12, 23),
}


def _lunar_holiday(name: str, year: int) -> Holiday | None:
    """One that falls into ``year``, also where it belongs to the lunar year before (腊八)."""
    if name not in _LUNAR:
        return None
    candidates = (lunar_day(lunar_year, *_LUNAR[name]) for lunar_year in (year - 1, year))
    day = next((each for each in candidates if each is not None and each.year == year), None)
    if day is None:
        return None
    return Holiday(day, day + timedelta(days=6) if name == "春节" else day)


def english_holiday(name: str, year: int) -> date | None:
    """The day of a holiday as English speakers name it; None for a name that is not known.

    >>> english_holiday("thanksgiving", 2026)
    datetime.date(2026, 11, 26)
    """
    match name:
        case "christmas":
            return date(year, 12, 25)
        case "christmas eve":
            return date(year, 12, 24)
        case "boxing day":
            return date(year, 12, 26)
        case "new year" | "new year's" | "new year's day":
            return date(year, 1, 1)
        case "new year's eve":
            return date(year, 12, 31)
        case "halloween":
            return date(year, 10, 31)
        case "thanksgiving":
            return _nth_weekday(year, 11, THURSDAY, 4)
        case "labor day" | "labour day":
            return _nth_weekday(year, 9, MONDAY, 1)
        case "valentine's day" | "valentine's":
            return date(year, 2, 14)
        case "independence day" | "july fourth" | "fourth of july":
            return date(year, 7, 4)
        case "veterans day" | "remembrance day":
            return date(year, 11, 11)
        case "martin luther king day" | "mlk day":
            return _nth_weekday(year, 1, MONDAY, 3)
        case "presidents day" | "president's day":
            return _nth_weekday(year, 2, MONDAY, 3)
        case "columbus day":
            return _nth_weekday(year, 10, MONDAY, 2)
        case "easter monday":
            return _easter(year) + timedelta(days=1)
        case "memorial day":
            return _nth_weekday(year, 6, MONDAY, 1) - timedelta(days=7)
        case "easter":
            return _easter(year)
        case "good friday":
            return _easter(year) - timedelta(days=2)
        case "black friday":
            return _nth_weekday(year, 11, THURSDAY, 4) + timedelta(days=FRIDAY - THURSDAY)
    return None


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _easter(year: int) -> date:
    """Western Easter by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    j, k = c // 4, c % 4
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * j - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def is_day_off(day: date) -> bool:
    """A weekend or a Chinese holiday; make-up working days are decreed each year and not known here."""
    if day.weekday() >= 5:
        return True
    names = ("元旦", "春节", "清明", "五一", "端午", "中秋", "国庆")
    holidays = (chinese_holiday(name, day.year) for name in names)
    return any(holiday is not None and holiday.day <= day <= holiday.last_day_off for holiday in holidays)
