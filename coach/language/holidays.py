"""The holidays that people name as a date, by year."""

from __future__ import annotations

from calendar import FRIDAY, MONDAY, THURSDAY
from dataclasses import dataclass
from datetime import date, timedelta

_LUNAR = {
    2020: ((1, 25), (6, 25), (10, 1)),
    2021: ((2, 12), (6, 14), (9, 21)),
    2022: ((2, 1), (6, 3), (9, 10)),
    2023: ((1, 22), (6, 22), (9, 29)),
    2024: ((2, 10), (6, 10), (9, 17)),
    2025: ((1, 29), (5, 31), (10, 6)),
    2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
    2036: ((1, 28), (5, 30), (10, 4)),
    2037: ((2, 15), (6, 18), (9, 24)),
    2038: ((2, 4), (6, 7), (9, 13)),
    2039: ((1, 24), (5, 27), (10, 2)),
    2040: ((2, 12), (6, 14), (9, 20)),
}
"""Month and day of 春节, 端午 and 中秋; two lunar calendars (zhdate, lunarcalendar) agree on all of them."""

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
    fixed = {
        "元旦": (1, 1, 1),
        "五一": (5, 1, 5),
        "国庆": (10, 1, 7),
        "双十一": (11, 11, 1),
        "圣诞": (12, 25, 1),
    }
    if name in fixed:
        month, first, last = fixed[name]
        return Holiday(date(year, month, first), date(year, month, last))
    if name == "清明":
        day = date(year, 4, 4 if year % 4 < _QINGMING_ON_FOURTH else 5)
        return Holiday(day, day)
    lunar = {"春节": 0, "端午": 1, "中秋": 2}
    if name not in lunar or year not in _LUNAR:
        return None
    day = date(year, *_LUNAR[year][lunar[name]])
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
