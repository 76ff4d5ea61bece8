"""Days of the Chinese lunar calendar."""

from __future__ import annotations

from datetime import date, timedelta

_YEARS = {
    2019: ((2, 5), "101010010011", 0),
    2020: ((1, 25), "0111010010101", 4),
    2021: ((2, 12), "011010101010", 0),
    2022: ((2, 1), "101011010101", 0),
    2023: ((1, 22), "0100110110101", 2),
    2024: ((2, 10), "010010110110", 0),
    2025: ((1, 29), "1010010101110", 6),
    2026: ((2, 17), "101001001110", 0),
    2027: ((2, 6), "110100100110", 0),
    2028: ((1, 26), "1110100100110", 5),
    2029: ((2, 13), "110101010011", 0),
    2030: ((2, 3), "010110101010", 0),
    2031: ((1, 23), "0110101101010", 3),
    2032: ((2, 11), "100101101101", 0),
    2033: ((1, 31), "0100101011101", 11),
    2034: ((2, 19), "010010101101", 0),
    2035: ((2, 8), "101001001101", 0),
    2036: ((1, 28), "1101001001011", 6),
    2037: ((2, 15), "110100100101", 0),
    2038: ((2, 4), "110101010010", 0),
    2039: ((1, 24), "1101101010100", 5),
    2040: ((2, 12), "101101011010", 0),
}
"""First day, long months (1: of 30 days), leap month; zhdate and lunarcalendar agree on all of it."""


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The day of a lunar month (not of a leap one); None outside the table, or where there is no such day.

    >>> lunar_day(2026, 1, 1)
    datetime.date(2026, 2, 17)
    """
    if year not in _YEARS or not 1 <= month <= 12:
        return None
    (first_month, first_day), lengths, leap = _YEARS[year]
    before = month - 1 + (1 if leap and month > leap else 0)
    days = sum(30 if long == "1" else 29 for long in lengths[:before])
    if not 1 <= day <= (30 if lengths[before] == "1" else 29):
        return None
    return date(year, first_month, first_day) + timedelta(days=days + day - 1)
