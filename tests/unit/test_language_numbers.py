"""Numbers are read as people say them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language import numbers_en, numbers_zh
from coach.language.words import words

_DIGITS = "零一二三四五六七八九"
_SMALL = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = words("zero ten twenty thirty forty fifty sixty seventy eighty ninety")


@pytest.mark.parametrize(
    ("spoken", "value"),
    [
        ("三千二百六", "3260"),
        ("一万二", "12000"),
        ("一万零二", "10002"),
        ("两千零五十四", "2054"),
        ("一百二十万", "1200000"),
        ("十二万三", "123000"),
        ("一亿三千万", "130000000"),
        ("一百五", "150"),
        ("一百零五", "105"),
        ("三千二百七十六点四", "3276.4"),
        ("一点五万", "15000"),
        ("3万2", "32000"),
        ("１.５万", "15000"),
        ("12,600.5", "12600.5"),
        ("四二零零", "4200"),
        ("兩萬七千三", "27300"),
        ("十五", "15"),
        ("零点七", "0.7"),
    ],
)
def test_a_chinese_number_has_its_value(spoken: str, value: str) -> None:
    assert numbers_zh.value_of(spoken) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("两三千块", [("两三千", "2000", True)]),
        ("两千来块", [("两千", "2000", True)]),
        ("十多万", [("十多万", "100000", True)]),
        ("差不多三千", [("三千", "3000", True)]),
        ("一千二一个月", [("一千二", "1200", False), ("一", "1", False)]),
        ("三千五千都行", [("三千", "3000", False), ("五千", "5000", False)]),
        ("千万别", []),
        ("几千", []),
    ],
)
def test_chinese_numbers_are_found_with_their_vagueness(
    text: str, found: list[tuple[str, str, bool]]
) -> None:
    numerals = numbers_zh.find_numerals(text)
    assert [(each.span.of(text), str(each.value), each.approximate) for each in numerals] == found


@pytest.mark.parametrize(
    ("spoken", "value"),
    [
        ("eight hundred and fifty", "850"),
        ("twelve fifty", "1250"),
        ("three-oh-six twenty", "306.20"),
        ("six hundred twelve", "612"),
        ("four eighteen", "418"),
        ("nineteen hundred", "1900"),
        ("two thousand four hundred and six", "2406"),
        ("one and a half grand", "1500"),
        ("half a grand", "500"),
        ("a couple of hundred", "200"),
        ("a hundred and ten", "110"),
        ("3.2k", "3200"),
        ("1,250.50", "1250.50"),
        ("nineteen point nine nine", "19.99"),
        ("twelve oh five", "1205"),
        ("nine hunner and forty", "940"),
        ("nine hundred n forty", "940"),
        ("twa hunner", None),
        ("a hundred an hour", None),
    ],
)
def test_an_english_number_has_its_value(spoken: str, value: str | None) -> None:
    assert numbers_en.value_of(spoken) == (None if value is None else Decimal(value))


def test_twelve_fifty_says_that_it_may_be_twelve_and_a_half() -> None:
    (numeral,) = numbers_en.find_numerals("that's twelve fifty")
    assert (numeral.value, numeral.other) == (Decimal(1250), Decimal("12.5"))


def _say_section(value: int) -> str:
    """1..9999 in Chinese, every zero between units said once."""
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return said


def say_chinese(value: int) -> str:
    """A whole number from 1 to 99,999,999 as it is written out."""
    high, low = divmod(value, 10_000)
    if not high:
        return _say_section(low)
    zero = "零" if low and low < 1000 else ""
    return f"{_say_section(high)}万{zero}{_say_section(low) if low else ''}"


def say_english(value: int) -> str:
    """A whole number from 1 to 999,999 as it is written out."""
    if value < 20:
        return _SMALL[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_SMALL[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = value % 100
        return f"{_SMALL[value // 100]} hundred" + (f" and {say_english(rest)}" if rest else "")
    high, low = divmod(value, 1000)
    tail = "" if not low else f" and {say_english(low)}" if low < 100 else f" {say_english(low)}"
    return f"{say_english(high)} thousand{tail}"


@given(st.integers(1, 99_999_999))
def test_every_number_said_in_chinese_is_read_back(value: int) -> None:
    assert numbers_zh.value_of(say_chinese(value)) == value


@given(st.integers(1, 99_999_999))
def test_every_number_said_in_traditional_characters_is_read_back(value: int) -> None:
    assert numbers_zh.value_of(say_chinese(value).replace("万", "萬")) == value


@given(st.integers(2, 9), st.integers(1, 9), st.sampled_from([(1000, "千"), (10_000, "万")]))
def test_a_last_digit_without_its_unit_counts_a_tenth(high: int, low: int, unit: tuple[int, str]) -> None:
    size, name = unit
    assert numbers_zh.value_of(f"{_DIGITS[high]}{name}{_DIGITS[low]}") == high * size + low * size // 10


@given(st.integers(1, 999_999))
def test_every_number_said_in_english_is_read_back(value: int) -> None:
    assert numbers_en.value_of(say_english(value)) == value


@given(st.text(alphabet="一二三零十百千万亿点两幺0123456789,. 块个半多", max_size=40))
def test_chinese_numerals_lie_within_the_text_and_apart(text: str) -> None:
    end = 0
    for numeral in numbers_zh.find_numerals(text):
        assert end <= numeral.span.start < numeral.span.end <= len(text)
        end = numeral.span.end


@given(
    st.lists(
        st.sampled_from(words("a and half oh point hundred thousand grand k 12 3.5 fifty nine couple of")),
        max_size=12,
    )
)
def test_english_numerals_lie_within_the_text_and_apart(said: list[str]) -> None:
    text = " ".join(said)
    end = 0
    for numeral in numbers_en.find_numerals(text):
        assert end <= numeral.span.start < numeral.span.end <= len(text)
        end = numeral.span.end
