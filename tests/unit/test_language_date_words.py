"""Ways of naming a day, in both languages, each with the day that is meant."""

from __future__ import annotations

from datetime import date

import pytest

from coach.language.dates import find_dates
from coach.language.lunar import lunar_day

_WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("这星期结束前", "11-22"),
        ("这个月内", "11-30"),
        ("本月之内", "11-30"),
        ("下个月内", "12-31"),
        ("七个自然日内", "11-25"),
        ("那就十五天", "12-03"),
        ("最多三个工作日", "11-23"),
        ("再给半个月", "12-03"),
        ("12.5号之前", "12-05"),
        ("最晚拖到二十九", "11-29"),
        ("二十六就还", "11-26"),
        ("二十九三十号", "11-30"),
        ("十五六号", "12-16"),
        ("三五天之内", "11-23"),
        ("两三天就给你", "11-21"),
        ("阳历年前", "12-31"),
        ("双十二之前", "12-11"),
        ("冬至", "12-22"),
        ("平安夜", "12-24"),
        ("感恩节", "11-26"),
    ],
)
def test_a_day_of_this_year_said_in_chinese(text: str, day: str) -> None:
    assert _resolved(text) == [f"2026-{day}"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("过了元旦", "01-02"),
        ("一个半月后", "01-02"),
        ("腊八", "01-15"),
        ("腊月二十三", "01-30"),
        ("情人节", "02-14"),
        ("元宵节", "02-20"),
        ("三八节", "03-08"),
        ("五一之前", "04-30"),
        ("春节期间", "02-06"),
        ("儿童节前", "05-31"),
        ("母亲节", "05-09"),
        ("父亲节", "06-20"),
        ("七夕", "08-08"),
        ("重阳节", "10-08"),
        ("valentine's day", "02-14"),
        ("easter monday", "03-29"),
        ("presidents day", "02-15"),
        ("mlk day", "01-18"),
        ("independence day", "07-04"),
        ("columbus day", "10-11"),
    ],
)
def test_a_day_of_the_coming_year(text: str, day: str) -> None:
    assert _resolved(text) == [f"2027-{day}"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("a week friday", "11-27"),
        ("friday fortnight", "12-04"),
        ("friday after next", "11-27"),
        ("a week today", "11-25"),
        ("a week tomorrow", "11-26"),
        ("this time next week", "11-25"),
        ("within the week", "11-25"),
        ("in forty eight hours", "11-20"),
        ("couple of weeks from now", "12-02"),
        ("last friday of the month", "11-27"),
        ("first of the month", "12-01"),
        ("beginning of next month", "12-01"),
        ("start of december", "12-01"),
        ("middle of december", "12-15"),
        ("late december", "12-31"),
        ("give me three days", "11-21"),
        ("okay five business days", "11-25"),
        ("I just need two weeks", "12-02"),
    ],
)
def test_a_day_said_in_english(text: str, day: str) -> None:
    assert _resolved(text) == [f"2026-{day}"]


@pytest.mark.parametrize(
    "text",
    [
        "这两天没空",
        "打了两三天电话",
        "前三五天的事",
        "It's three weeks late",
        "you have thirty days past due",
        "we've called three days in a row",
        "约了十一点",
        "一共六一二块",
    ],
)
def test_a_stretch_of_time_that_is_over_is_no_day(text: str) -> None:
    assert _resolved(text) == []


@pytest.mark.parametrize(
    ("year", "month", "day", "solar"),
    [
        (2026, 1, 1, date(2026, 2, 17)),
        (2025, 2, 30, None),
        (2025, 7, 1, date(2025, 8, 23)),
        (2050, 1, 1, None),
        (2026, 13, 1, None),
    ],
)
def test_a_lunar_day_counts_the_leap_month(year: int, month: int, day: int, solar: date | None) -> None:
    assert lunar_day(year, month, day) == solar


def _resolved(text: str) -> list[str]:
    return [day.date.isoformat() for day in find_dates(text, _WEDNESDAY) if day.date]
