"""Sums of money are found, valued and told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language.amounts import find_amounts
from coach.language.dates import find_dates


def _sums(text: str) -> list[tuple[str, str]]:
    days = [day.span for day in find_dates(text, None)]
    return [
        (str(money.value.normalize().__format__("f")), money.kind.value) for money in find_amounts(text, days)
    ]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("您一共欠三千二百六", [("3260", "overdue")]),
        ("八千六百五十块五，逾期了", [("8650.5", "overdue")]),
        ("一期九百八十六块六毛七", [("986.67", "instalment")]),
        ("罚息到今天十块七毛五", [("10.75", "fee")]),
        ("四十块零五分", [("40.05", "other")]),
        ("每期三千四百八十六", [("3486", "instalment")]),
        ("先还两千", [("2000", "partial")]),
        ("本金加利息三万一千二", [("31200", "overdue")]),
        ("工资四千三", [("4300", "other")]),
        ("周五三千二", [("3200", "other")]),
        ("三千分三期", [("3000", "instalment")]),
        ("總共兩萬八千六", [("28600", "overdue")]),
        ("我还欠3260没还", [("3260", "overdue")]),
        ("十六块一桶", [("16", "other")]),
    ],
)
def test_a_chinese_sum_has_value_and_kind(text: str, sums: list[tuple[str, str]]) -> None:
    assert _sums(text) == sums


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("your balance is six hundred twelve dollars and forty cents", [("612.4", "overdue")]),
        ("sixty-nine pounds sixty-seven a month", [("69.67", "instalment")]),
        ("about seventy quid a time", [("70", "instalment")]),
        ("you owe $1,250.50", [("1250.5", "overdue")]),
        ("two hundred in fees", [("200", "fee")]),
        ("that leaves three forty-seven eighteen", [("347.18", "other")]),
        ("so four seven eight twenty-two outstanding", [("478.22", "overdue")]),
        ("it's 3.2k altogether", [("3200", "overdue")]),
        ("I make eleven hundred a month", [("1100", "other")]),
    ],
)
def test_an_english_sum_has_value_and_kind(text: str, sums: list[tuple[str, str]]) -> None:
    assert _sums(text) == sums


@pytest.mark.parametrize(
    "text",
    [
        "一百八十天",
        "尾号5590",
        "工号三三零七",
        "打12333问问",
        "二〇二六年",
        "我跟您一块儿想办法",
        "攒了一万八千七百分",
        "百分之十",
        "order number eight eight four one",
        "fifty-two minutes",
        "extension four four one",
        "flight 1205",
        "at eleven thirty",
        "in 1995",
    ],
)
def test_what_counts_something_else_is_no_sum(text: str) -> None:
    assert _sums(text) == []


def test_a_vague_sum_says_so() -> None:
    (money,) = find_amounts("两千来块")
    assert money.approximate


@given(st.text(alphabet="三千二百六块五毛一万，每期先还$12.5k ", max_size=40))
def test_sums_lie_within_the_text_and_apart(text: str) -> None:
    end = 0
    for money in find_amounts(text):
        assert end <= money.span.start < money.span.end <= len(text)
        assert money.value > 0
        end = money.span.end


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("本金六千元利息一百二十元合计六千一百二十元", "6120"),
        ("就是七百九十二块，是含在两千八百四十六块三里头的", "2846.3"),
        ("剩余应还两万七千四里头，有两期共四千五百六十", "27400"),
        (
            "principal six thousand plus interest one hundred twenty comes to six thousand one "
            "hundred and twenty",
            "6120",
        ),
    ],
)
def test_the_whole_is_told_from_its_parts(text: str, whole: str) -> None:
    totals = [str(money.value) for money in find_amounts(text) if money.total]
    assert totals == [whole]


def test_a_sum_named_as_a_part_of_another_says_so() -> None:
    bill, part = find_amounts("账单两千一百四十七块八，其中国际漫游一千九百八")
    assert (bill.part, part.part) == (False, True)


@pytest.mark.parametrize(
    ("text", "rough"),
    [
        ("大概四千多", True),
        ("差不多是三千二", True),
        ("五千块左右", True),
        ("一千出头", True),
        ("将近五千块", True),
        ("about four hundred", True),
        ("almost $500", True),
        ("maybe four hundred", True),
        ("close to six hundred dollars", True),
        ("四千三百五", False),
        ("four hundred and ten dollars", False),
    ],
)
def test_a_rough_sum_is_told_from_an_exact_one(text: str, rough: bool) -> None:
    assert [money.approximate for money in find_amounts(text)] == [rough]


@pytest.mark.parametrize(
    "text",
    [
        "thursday december third at two thirty i'll call you then",
        "I'll ring you Friday at four fifteen.",
        "call me at about three forty five",
        "any day after two thirty",
        "tomorrow between nine thirty and eleven fifteen",
        "from eight thirty until five thirty",
        "we're open from eight thirty to five",
        "born on the sixth of april two thousand",
        "two thirty in the afternoon",
        "could you ring me back before six oh five",
        "i was born on the fourth of march nineteen eighty one",
        "march fourth nineteen eighty one",
        "July the tenth, nineteen fifty-two",
        "born in nineteen eighty one",
        "born the first of may two thousand and one",
        "my number is eight hundred five five five zero one nine nine",
        "it's 0428 551 903",
        "555 1142",
        "four two eight, five five one, nine oh three",
        "oh four two eight twenty two",
        "my mobile's four nine six twenty two",
    ],
)
def test_an_hour_a_year_and_the_digits_of_a_number_are_no_sum(text: str) -> None:
    assert _sums(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two thirty a month", "230"),
        ("i can do two thirty", "230"),
        ("i can do two thirty friday", "230"),
        ("fixed at two thirty a month", "230"),
        ("four payments at two fifty", "250"),
        ("the balance is at four fifteen", "415"),
        ("at two hundred and thirty", "230"),
        ("at two thirty each", "230"),
        ("at two thirty dollars", "230"),
        ("after two fifty in fees", "250"),
        ("two thirty on friday at two thirty", "230"),
        ("on december first nineteen fifty dollars", "1950"),
        ("it comes to nineteen eighty one", "1981"),
        ("eight hundred five on friday", "805"),
        ("four seven eight twenty-two outstanding", "478.22"),
        ("four hundred the day after", "400"),
        ("nine hunner and forty quid", "940"),
        ("nine hundred n forty quid", "940"),
        ("nine hundred an forty quid", "940"),
        ("nine hundred 'n' forty quid", "940"),
        ("the offer stays at three fifty", "350"),
        ("we settled at four fifty", "450"),
        ("a hunner and ten pounds", "110"),
        ("two thousand n six dollars", "2006"),
    ],
)
def test_a_sum_that_looks_like_an_hour_or_a_year_stays_one(text: str, value: str) -> None:
    assert [sum_ for sum_, _ in _sums(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("四十六万一次给你", "460000"),
        ("四十六萬一次性給你", "460000"),
        ("一次给你四十六万", "460000"),
        ("三千一起还", "3000"),
        ("三千一定还", "3000"),
        ("两千一个月", "2000"),
        ("兩千一個月", "2000"),
        ("三千一期", "3000"),
        ("三千五一个月", "3500"),
        ("六百五一個禮拜", "650"),
        ("五千一共", "5000"),
        ("三万一年", "30000"),
        ("三千一", "3100"),
        ("还三千一，行吗", "3100"),
        ("两万一年底还", "21000"),
        ("三千一给你", "3100"),
        ("一千二一个月", "1200"),
        ("三千一下个月还", "3100"),
        ("三千一块", "3100"),
    ],
)
def test_a_one_that_begins_a_word_is_no_digit_of_the_sum(text: str, value: str) -> None:
    assert [sum_ for sum_, _ in _sums(text)] == [value]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("我在超市做兼职一个月两千六", ["other"]),
        ("我現在打工一個月三千", ["other"]),
        ("工资一个月四千五，每个月还一千", ["other", "instalment"]),
        ("我一个月工资四千五", ["other"]),
        ("发了工资每个月还两千", ["instalment"]),
        ("上班以后一个月还两千", ["instalment"]),
        ("上班之后每个月两千可以", ["instalment"]),
        ("每个月能拿出两千", ["instalment"]),
        ("一个月还两千六", ["instalment"]),
        ("九月跟十月两期的租金没交一期是六千八两期一万三千六", ["instalment", "overdue"]),
        ("一期六千八，两期一共一万三千六", ["instalment", "overdue"]),
        ("每期六千八，两期是一万三千六", ["instalment", "overdue"]),
        ("房租一千八", ["other"]),
        ("两期三千", ["other"]),
        ("墊咗成八萬蚊", ["other"]),
        ("三个月的房租没交六千", ["overdue"]),
        ("欠的房租一共九千", ["overdue"]),
        ("我房租九千都交不起", ["other"]),
        ("I make eleven hundred a month", ["other"]),
        ("my wages are two thousand six hundred a month", ["other"]),
        ("i'm on fourteen hundred a month", ["other"]),
        ("I take home nine hundred a month", ["other"]),
        ("i get paid two thousand six a month", ["other"]),
        ("i paid two hundred", ["other"]),
        ("rent is nine hundred a month", ["other"]),
        ("I can make two hundred a month", ["instalment"]),
        ("Shall we say twenty-five a month then?", ["instalment"]),
        ("let's make that two hundred a month", ["instalment"]),
        ("I'd make payments of two hundred a month", ["instalment"]),
        ("when i get my wages i'll pay two hundred a month", ["instalment"]),
        ("three payments of two oh six", ["instalment"]),
        ("six months at thirty nine pounds", ["instalment"]),
        ("four instalments of a hundred and ten", ["instalment"]),
        ("two payments of eighty six pounds fifty", ["instalment"]),
        ("十一月五号又一期 一共两千五百六", ["overdue"]),
        ("每期一共两千五百六", ["instalment"]),
    ],
)
def test_a_wage_is_no_instalment_and_several_of_one_size_are(text: str, kinds: list[str]) -> None:
    assert [kind for _, kind in _sums(text)] == kinds


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("六块二一斤，谁养谁赔", "6.2"),
        ("六塊二一斤", "6.2"),
        ("三块四一瓶", "3.4"),
        ("八块六一公斤", "8.6"),
        ("十块零五毛", "10.5"),
        ("六块二一", "6.21"),
        ("八百块五一个月", "800.5"),
        ("四十块二一共", "40.2"),
        ("一百块五二", "100.52"),
    ],
)
def test_the_one_of_a_price_for_one_is_no_tenth(text: str, value: str) -> None:
    assert next(sum_ for sum_, _ in _sums(text)) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("i owe nine thousand six hundred and three thousand one fifty", ["9600", "3150"]),
        ("two hundred and six thousand", ["206000"]),
        ("a thousand and fifty", ["1050"]),
        ("thanks a million", []),
        ("a million thanks to you", []),
        ("a million is owed", ["1000000"]),
        ("postcode three oh five six", []),
        ("i can do thirty", ["30"]),
        ("i could manage forty for now", ["40"]),
        ("could you do thirty days", []),
        ("i can do twenty past nine", []),
        ("i can do ten", []),
    ],
)
def test_two_sums_a_thank_you_and_a_small_payment(text: str, values: list[str]) -> None:
    assert [str(money.value) for money in find_amounts(text)] == values
