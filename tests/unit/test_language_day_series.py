"""Days in a row name their month once, and are counted from one another."""

from __future__ import annotations

from datetime import date

import pytest

from coach.language.dates import find_dates

TUESDAY = date(2026, 11, 24)


def days(text: str) -> list[str]:
    return [day.date.isoformat()[5:] for day in find_dates(text, TUESDAY) if day.date is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十二月八号七百八，十八号七百八，二十八号七百八", ["12-08", "12-18", "12-28"]),
        ("十二月五号、十五号、二十五号各还一千", ["12-05", "12-15", "12-25"]),
        ("十二月十号付七千五 二十五号再付七千五", ["12-10", "12-25"]),
        ("十二月十號先還五千，二十八號再還五千", ["12-10", "12-28"]),
        ("六号、十六号、二十六号", ["12-06", "12-16", "12-26"]),
        ("十二月二十八号一千，十号一千", ["12-28", "01-10"]),
        ("十二月8号780，28号780", ["12-08", "12-28"]),
        ("half on december fourth and half on the twenty eighth", ["12-04", "12-28"]),
        ("December 4th 100, the 14th 100 and the 28th 100", ["12-04", "12-14", "12-28"]),
        ("fifty pounds on December 5th and the rest on the 29th", ["12-05", "12-29"]),
        ("十二月五号先还三千，剩下的二十八号还清", ["12-05", "12-28"]),
        ("十二月五號先付，餘款二十八號付", ["12-05", "12-28"]),
    ],
)
def test_a_day_of_a_list_goes_on_from_the_one_before(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("九月十二號到十四號那幾天", ["09-12", "09-14"]),
        ("十月一号到七号放假", ["10-01", "10-07"]),
        ("十二月一号到五号之间", ["12-01", "12-05"]),
        ("十月五号和十五号的都没还", ["10-05", "10-15"]),
    ],
)
def test_the_end_of_a_range_and_days_that_are_over_stay_in_the_month(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我十二月十号发工资，二十八号先还五百", ["12-10", "11-28"]),
        ("十月八号到期的，二十八号前还", ["10-08", "11-28"]),
        ("十二月五号还三千。二十八号我给您打电话", ["12-05", "11-28"]),
        ("十月五号，二十八号还", ["10-05", "11-28"]),
        ("十二月十号或者二十八号", ["12-10", "11-28"]),
        ("下个月五号，二十八号我再打给您", ["12-05", "11-28"]),
        ("i get paid december fourth, i can do fifty on the twenty eighth", ["12-04", "11-28"]),
        ("December 4th is the due date. Can you do the 28th?", ["12-04", "11-28"]),
        ("either december fourth or the twenty eighth", ["12-04", "11-28"]),
        ("December 4th works but I'll call you on the 28th", ["12-04", "11-28"]),
    ],
)
def test_a_day_of_another_matter_keeps_its_own_month(text: str, expected: list[str]) -> None:
    assert days(text) == expected
