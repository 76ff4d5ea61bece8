"""Days are resolved from the day of the call, and what is unsure is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language.dates import AMBIGUITIES, Ambiguity, find_dates
from coach.language.holidays import chinese_holiday, english_holiday

_WEDNESDAY = date(2026, 11, 18)


def _days(text: str, said_on: date | None = _WEDNESDAY) -> list[tuple[str, str | None]]:
    return [(day.span.of(text), day.date and day.date.isoformat()) for day in find_dates(text, said_on)]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("这周五之前", "这周五", "2026-11-20"),
        ("周五二十号之前", "周五二十号", "2026-11-20"),
        ("下周三", "下周三", "2026-11-25"),
        ("下禮拜三", "下禮拜三", "2026-11-25"),
        ("下个月十号", "下个月十号", "2026-12-10"),
        ("月底之前", "月底", "2026-11-30"),
        ("发工资那天十五号", "发工资那天十五号", "2026-12-15"),
        ("三天之内", "三天之内", "2026-11-21"),
        ("后天中午", "后天", "2026-11-20"),
        ("大后天", "大后天", "2026-11-21"),
        ("国庆前", "国庆前", "2027-09-30"),
        ("春节前", "春节前", "2027-02-05"),
        ("元旦后", "元旦后", "2027-01-02"),
        ("一月八号", "一月八号", "2027-01-08"),
        ("二〇二七年一月三号", "二〇二七年一月三号", "2027-01-03"),
        ("半个月之内", "半个月之内", "2026-12-03"),
        ("今天下午五点之前", "今天", "2026-11-18"),
        ("二十万二十五号之前到", "二十五号", "2026-11-25"),
        ("三千十五号还", "十五号", "2026-12-15"),
        ("十二月三十一三万", "十二月三十一", "2026-12-31"),
        ("这个星期结清", "这个星期", "2026-11-22"),
        ("一千五，晚上九点。", "晚上九点", "2026-11-18"),
        ("十分钟之内", "十分钟之内", "2026-11-18"),
        ("初八一千", "初八", "2026-12-16"),
        ("下午五点之前", "下午五点之前", "2026-11-18"),
        ("二十好两期一共三千三百二", "二十好", "2026-11-20"),
        ("月末最后一个工作日", "月末最后一个工作日", "2026-11-30"),
        ("下个月最后一个工作日", "下个月最后一个工作日", "2026-12-31"),
        ("年底", "年底", "2026-12-31"),
        ("上礼拜四", "上礼拜四", "2026-11-12"),
    ],
)
def test_a_day_said_in_chinese(text: str, words: str, day: str) -> None:
    assert _days(text) == [(words, day)]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("Friday by close of business", "Friday", "2026-11-20"),
        ("Friday's doable. You'll have it by five.", "Friday", "2026-11-20"),
        ("by close of business", "close of business", "2026-11-18"),
        ("the last working day of February", "the last working day of February", "2027-02-26"),
        ("the first Friday of each month", "the first Friday of each month", "2026-12-04"),
        ("by close of business Friday", "Friday", "2026-11-20"),
        ("Friday the twentieth", "Friday the twentieth", "2026-11-20"),
        ("the 15th", "the 15th", "2026-12-15"),
        ("by the end of the month", "the end of the month", "2026-11-30"),
        ("within seven days", "within seven days", "2026-11-25"),
        ("the twelfth of December", "the twelfth of December", "2026-12-12"),
        ("January 2nd", "January 2nd", "2027-01-02"),
        ("Friday week", "Friday week", "2026-11-27"),
        ("in a fortnight", "in a fortnight", "2026-12-02"),
        ("before Christmas", "before Christmas", "2026-12-24"),
        ("the day after tomorrow", "the day after tomorrow", "2026-11-20"),
        ("the first of the twelfth", "the first of the twelfth", "2026-12-01"),
        ("by noon", "by noon", "2026-11-18"),
        ("tomorrow by noon", "tomorrow", "2026-11-19"),
    ],
)
def test_a_day_said_in_english(text: str, words: str, day: str) -> None:
    assert _days(text) == [(words, day)]


@pytest.mark.parametrize(
    ("text", "ambiguity"),
    [
        ("下周", Ambiguity.NOT_A_DAY),
        ("周末", Ambiguity.WEEKEND),
        ("五个工作日内", Ambiguity.WORKING_DAYS),
        ("春节后", Ambiguity.TIME_OFF),
        ("每月五号", Ambiguity.REPEATS),
        ("等发了工资以后", Ambiguity.PAYDAY),
        ("周五二十一号", Ambiguity.CONTRADICTION),
        ("二月三十号", Ambiguity.NO_SUCH_DAY),
        ("next Friday", Ambiguity.WHICH_WEEK),
        ("by 3/4", Ambiguity.DAY_OR_MONTH),
        ("on payday", Ambiguity.PAYDAY),
    ],
)
def test_what_is_unsure_about_a_day_is_said(text: str, ambiguity: Ambiguity) -> None:
    (day,) = find_dates(text, _WEDNESDAY)
    assert day.ambiguity is ambiguity
    assert AMBIGUITIES[ambiguity].zh


@pytest.mark.parametrize("text", ["下周三", "十五号", "三天之内", "by Friday", "the end of the month"])
def test_without_the_day_of_the_call_a_relative_day_stays_open(text: str) -> None:
    (day,) = find_dates(text, None)
    assert (day.date, day.ambiguity) == (None, Ambiguity.NO_CALL_DAY)


def test_a_day_with_its_year_needs_no_day_of_the_call() -> None:
    assert _days("2027年1月3号", None) == [("2027年1月3号", "2027-01-03")]


def test_payday_is_the_day_of_the_month_on_which_wages_come() -> None:
    (day,) = find_dates("等发了工资以后", _WEDNESDAY, payday=25)
    assert day.date == date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "十二号楼",
        "三号窗口",
        "工号五号",
        "三千分三期",
        "一个月三千",
        "the second payment",
        "sat in the car",
        "第二天",
        "二十好几的人了",
        "Friday's payment bounced",
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert _days(text) == []


def test_a_day_shared_by_several_months_belongs_to_each() -> None:
    assert [day for _, day in _days("五月、六月的二十号各三千", date(2026, 4, 1))] == [
        "2026-05-20",
        "2026-06-20",
    ]


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)), st.integers(1, 28))
def test_the_next_such_day_of_the_month_is_never_past_and_within_a_month(said_on: date, day: int) -> None:
    (found,) = find_dates(f"{day}号之前", said_on)
    assert found.date is not None
    assert found.date.day == day
    assert timedelta(0) <= found.date - said_on <= timedelta(days=31)


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)))
def test_next_months_tenth_crosses_the_end_of_the_year(said_on: date) -> None:
    (found,) = find_dates("下个月十号", said_on)
    months = (said_on.year * 12 + said_on.month) % 12
    assert found.date == date(said_on.year + (said_on.month == 12), months + 1, 10)


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)), st.integers(0, 6))
def test_a_weekday_of_next_week_lies_in_next_week(said_on: date, weekday: int) -> None:
    (found,) = find_dates(f"下周{'一二三四五六日'[weekday]}", said_on)
    assert found.date is not None
    assert found.date.weekday() == weekday
    assert found.date.isocalendar()[:2] == (said_on + timedelta(days=7)).isocalendar()[:2]


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)))
def test_the_end_of_the_month_is_followed_by_a_first(said_on: date) -> None:
    (found,) = find_dates("月底之前", said_on)
    assert found.date is not None
    assert (found.date + timedelta(days=1)).day == 1
    assert (found.date.year, found.date.month) == (said_on.year, said_on.month)


@given(st.text(alphabet="这下上个周月五三十二号底天内后前年国庆春节之,，the 1st of May/", max_size=30))
def test_days_lie_within_the_text_and_apart(text: str) -> None:
    end = 0
    for day in find_dates(text, _WEDNESDAY):
        assert end <= day.span.start < day.span.end <= len(text)
        end = day.span.end


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2026, (2, 17)),
        ("中秋", 2026, (9, 25)),
        ("端午", 2027, (6, 9)),
        ("清明", 2026, (4, 5)),
        ("国庆", 2030, (10, 1)),
    ],
)
def test_chinese_holidays(name: str, year: int, day: tuple[int, int]) -> None:
    holiday = chinese_holiday(name, year)
    assert holiday is not None
    assert holiday.day == date(year, *day)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("thanksgiving", 2026, (11, 26)),
        ("easter", 2026, (4, 5)),
        ("memorial day", 2026, (5, 25)),
        ("labor day", 2026, (9, 7)),
    ],
)
def test_english_holidays(name: str, year: int, day: tuple[int, int]) -> None:
    assert english_holiday(name, year) == date(year, *day)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("周五下班前", "周五", "2026-11-20"),
        ("by close of business Friday", "Friday", "2026-11-20"),
        ("下下周二", "下下周二", "2026-12-01"),
        ("再给你三天", "再给你三天", "2026-11-21"),
        ("元月十号十万", "元月十号", "2027-01-10"),
        ("正月十五之前", "正月十五", "2027-02-20"),
        ("除夕", "除夕", "2027-02-05"),
        ("聽日還", "聽日", "2026-11-19"),
        ("two weeks from Friday", "two weeks from Friday", "2026-12-04"),
        ("by the last day of the month", "the last day of the month", "2026-11-30"),
        ("the last Friday of the month", "the last Friday of the month", "2026-11-27"),
        ("before Chinese New Year", "before Chinese New Year", "2027-02-05"),
        ("跨年之前", "跨年之前", "2026-12-31"),
        ("跨年那天", "跨年那天", "2026-12-31"),
        ("今年之内", "今年之内", "2026-12-31"),
        ("半年内", "半年内", "2027-05-18"),
        ("这个月最后一天", "这个月最后一天", "2026-11-30"),
        ("下个月第一天", "下个月第一天", "2026-12-01"),
        ("下月第一个星期五", "下月第一个星期五", "2026-12-04"),
        ("十二月最后一个周一", "十二月最后一个周一", "2026-12-28"),
        ("元旦后上班第一天", "元旦后上班第一天", "2027-01-04"),
        ("国庆后第一个工作日", "国庆后第一个工作日", "2027-10-08"),
        ("11.25之前", "11.25", "2026-11-25"),
        ("can you pay it December 5th", "December 5th", "2026-12-05"),
        ("the first Monday in December", "the first Monday in December", "2026-12-07"),
        ("the last Friday of next month", "the last Friday of next month", "2026-12-25"),
    ],
)
def test_a_day_said_in_a_roundabout_way(text: str, words: str, day: str) -> None:
    assert _days(text) == [(words, day)]


@pytest.mark.parametrize(
    ("text", "day", "ambiguity"),
    [
        ("五六号吧", "2026-12-06", Ambiguity.ROUGHLY),
        ("二十来号", "2026-11-20", Ambiguity.ROUGHLY),
        ("明后天", "2026-11-20", Ambiguity.ROUGHLY),
        ("这周之内", "2026-11-22", Ambiguity.PART_OF_WEEK),
        ("mid-December", "2026-12-15", Ambiguity.PART_OF_MONTH),
    ],
)
def test_a_rough_day_is_taken_as_the_later_one_and_says_so(text: str, day: str, ambiguity: Ambiguity) -> None:
    (found,) = find_dates(text, _WEDNESDAY)
    assert (str(found.date), found.ambiguity) == (day, ambiguity)


@pytest.mark.parametrize("text", ["工号五五一二", "十二五一三零"])
def test_digits_of_a_number_are_no_holiday(text: str) -> None:
    assert _days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("please pay by thirtieth", "2026-11-30"),
        ("pay the nine hundred by five and we are done", "2026-11-18"),
        ("by the last day of June", "2026-06-30"),
        ("could I have that by this day week?", "2026-11-25"),
        ("twentieth three hundred, I'll email it", "2026-11-20"),
        ("in the next thirty minutes", "2026-11-18"),
    ],
)
def test_a_day_said_in_passing(text: str, day: str) -> None:
    assert [found for _, found in _days(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "maintenance for november four thousand two hundred",
        "it's on the second page",
        "the first decent word",
        "这周工资没发",
        "下午几点？",
        "五点您打的电话",
        "按日万分之五一天",
        "初三学生",
        "批了当天转",
        "it may second that",
        "版本11.25",
        "三千五一个月",
        "六百五一個禮拜",
        "两千五一次",
    ],
)
def test_a_sum_a_page_and_an_occasion_are_no_day(text: str) -> None:
    assert [day for _, day in _days(text) if day] == []


def test_today_behind_a_day_that_falls_on_the_same_weekday_is_a_day_of_its_own() -> None:
    assert _days("说好上个月十八号，今天过了", date(2026, 12, 18)) == [
        ("上个月十八号", "2026-11-18"),
        ("今天", "2026-12-18"),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("march fourth nineteen eighty one", "1981-03-04"),
        ("I was born on the tenth of July, nineteen fifty-two.", "1952-07-10"),
        ("born the first of may two thousand and one", "2001-05-01"),
        ("date of birth the ninth of june twenty oh five", "2005-06-09"),
        ("the 4th of march 1981", "1981-03-04"),
        ("january fifth twenty twenty seven", "2027-01-05"),
        ("i'll pay on december first nineteen fifty", "2026-12-01"),
        ("december fifth two thousand six hundred", "2026-12-05"),
        ("the fifth of january two thousand and six", "2027-01-05"),
        ("march fourth nineteen eighty one dollars", "2027-03-04"),
    ],
)
def test_a_year_is_told_from_a_sum_behind_a_day(text: str, day: str) -> None:
    assert [found for _, found in _days(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "that's six months at thirty nine pounds",
        "yes, it's six months at £39",
        "that is two weeks at a hundred and ten",
        "it's three months for ninety pounds",
        "that's four months worth",
    ],
)
def test_months_that_are_priced_are_no_day(text: str) -> None:
    assert _days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("give me six months at the most", "2027-05-18"),
        ("that's two weeks", "2026-12-02"),
        ("it's two weeks at least", "2026-12-02"),
        ("i need three months for the full sum", "2027-02-18"),
        ("an email dated the eleventh of may", "2026-05-11"),
        ("a letter of the first of March", "2026-03-01"),
        ("open since january tenth", "2026-01-10"),
        ("I cancelled on the second of February.", "2026-02-02"),
        ("your invoice dated April 3rd", "2026-04-03"),
        ("i'll pay on the eleventh of may", "2027-05-11"),
        ("it will be signed on the second of february", "2027-02-02"),
        ("a cheque dated the first of december", "2026-12-01"),
        ("we sent the letter on the eleventh of may", "2026-05-11"),
        ("the fee was added on the second of february", "2026-02-02"),
        ("it'll be added on the second of february", "2027-02-02"),
        ("五月十一号的邮件", "2026-05-11"),
        ("二月三號那封信", "2026-02-03"),
        ("三月一号签的合同", "2026-03-01"),
        ("我是四月二号取消的", "2026-04-02"),
        ("五月十一号还", "2027-05-11"),
        ("五月十一号的租金", "2027-05-11"),
    ],
)
def test_a_day_of_what_is_over_lies_in_the_past(text: str, day: str) -> None:
    assert [found for _, found in _days(text)] == [day]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("six fifty two friday and six fifty two the friday after", ["2026-11-20", "2026-11-27"]),
        ("Half this Friday, half the Friday after that.", ["2026-11-20", "2026-11-27"]),
        ("two hundred on monday and the rest the following monday", ["2026-11-23", "2026-11-30"]),
        ("monday and then the friday after", ["2026-11-23", "2026-11-27"]),
        ("the fourth of december and the friday after", ["2026-12-04", "2026-12-11"]),
        ("friday, the friday after, and the friday after that", ["2026-11-20", "2026-11-27", "2026-12-04"]),
        ("the friday after next", ["2026-11-27"]),
        ("friday after two", ["2026-11-20"]),
        ("the friday after i get paid", ["2026-11-20"]),
        ("friday and friday", ["2026-11-20", "2026-11-20"]),
    ],
)
def test_the_friday_after_is_counted_from_the_day_named_before(text: str, days: list[str]) -> None:
    assert [found for _, found in _days(text) if found] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("十二月底三千四一月底三千四", ["2026-12-31", "2027-01-31"]),
        ("十二月底三千四，一月底三千四", ["2026-12-31", "2027-01-31"]),
        ("十二月十五號一千六百二十五一月十五號一千六百二十五", ["2026-12-15", "2027-01-15"]),
        ("十二月十号三千二二月十号三千二", ["2026-12-10", "2027-02-10"]),
        ("十二月底三千四百块一月底三千四百块", ["2026-12-31", "2027-01-31"]),
        ("还一百五六月底", []),
        ("十一月底还三千十二月底还三千", ["2026-11-30", "2026-12-31"]),
        ("先還三千一月十五號再還三千", ["2027-01-15"]),
        ("先还三千二月十五再还三千", ["2027-02-15"]),
        ("月底三千四", ["2026-11-30"]),
        ("还三千四月底还", ["2026-11-30"]),
    ],
)
def test_a_month_right_behind_a_sum_is_read_whole(text: str, days: list[str]) -> None:
    assert [found for _, found in _days(text)] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("月底 十二月三十一之前", "2026-12-31"),
        ("月底，十二月三十一号之前", "2026-12-31"),
        ("月底，也就是十二月三十号", "2026-12-30"),
        ("月底之前也就是十二月三十一號", "2026-12-31"),
        ("十二月三十一号月底之前", "2026-12-31"),
        ("十二月底 十二月三十号", "2026-12-30"),
        ("月初 十二月三号", "2026-12-03"),
        ("月中，十二月十六号", "2026-12-16"),
        ("周末二十一号", "2026-11-21"),
        ("by the end of the month, December thirty-first", "2026-12-31"),
        ("month end the thirty first of december", "2026-12-31"),
        ("the weekend, the twenty-first", "2026-11-21"),
    ],
)
def test_a_loose_day_explained_by_its_date_is_that_date(text: str, day: str) -> None:
    (found,) = find_dates(text, _WEDNESDAY)
    assert (str(found.date), found.ambiguity) == (day, None)


@pytest.mark.parametrize(
    "text",
    [
        "明天十二月三十一号",
        "这个月底十二月三十一号",
        "十一月底十二月三十一号",
        "月底十二月十号",
        "周五二十一号",
        "周末二十五号",
    ],
)
def test_two_days_that_do_not_agree_are_a_contradiction(text: str) -> None:
    (found,) = find_dates(text, _WEDNESDAY)
    assert found.ambiguity is Ambiguity.CONTRADICTION


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("月底、十二月三十一号各还一千", ["2026-11-30", "2026-12-31"]),
        ("月底 十二月三十一号各一千", ["2026-11-30", "2026-12-31"]),
        ("月底还一千 十二月三十一号再还一千", ["2026-11-30", "2026-12-31"]),
        ("the end of the month and december thirty-first", ["2026-11-30", "2026-12-31"]),
    ],
)
def test_a_loose_day_beside_another_payment_stays_a_day_of_its_own(text: str, days: list[str]) -> None:
    assert [found for _, found in _days(text)] == days


_TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("十二月八号七百八，十八号七百八，二十八号七百八", "12-08 12-18 12-28"),
        ("十二月八號七百八 十八號七百八 二十八號七百八", "12-08 12-18 12-28"),
        ("十二月六号、十六号、二十六号各一千二", "12-06 12-16 12-26"),
        ("那就十二月五号一千二，十五号一千二，二十五号一千二，合计三千六。", "12-05 12-15 12-25"),
        ("下个月十号还一千八，二十八号再还一千八，行吗？", "12-10 12-28"),
        ("十二月十号付七千五二十五号再付七千五行吗", "12-10 12-25"),
        ("十二月八号到二十八号之间还清", "12-08 12-28"),
        ("十二月十号一半，下个月二十六号一半，二十八号全清", "12-10 12-26 12-28"),
        ("十二月十號先繳五千，剩下的三十號繳", "12-10 12-30"),
    ],
)
def test_a_bare_day_is_of_the_month_named_before_it(text: str, days: str) -> None:
    assert [found[5:] for _, found in _days(text, _TUESDAY) if found] == days.split()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("十月八号到期的，二十八号前还行吗", "10-08 11-28"),
        ("十月八号到期，二十八号", "10-08 11-28"),
        ("账单十二月八号出。您二十八号之前先还五百。", "12-08 11-28"),
        ("十二月八号还七百八？二十八号我先给你打个电话。", "12-08 11-28"),
        ("十二月八号还七百八，我二十八号发工资", "12-08 11-28"),
        ("我十二月八号才发工资，二十八号还不了", "12-08 11-28"),
        ("十二月八号是最后期限，您二十八号先还五百", "12-08 11-28"),
        ("十二月八号还清，二十八号我打电话提醒您", "12-08 11-28"),
        ("要么十二月八号还清，要么二十八号先还一半", "12-08 11-28"),
        ("二十八号先还五百，十二月八号还清", "11-28 12-08"),
        ("十二月八号还一千，明天先还五百，二十八号还五百", "12-08 11-25 11-28"),
        ("每月八号还一千，二十八号先还五百", "12-08 11-28"),
        ("I get paid december fourth, i can do fifty on the twenty eighth", "12-04 11-28"),
        ("December 4th is the due date. Can you do the 28th?", "12-04 11-28"),
    ],
)
def test_a_bare_day_of_another_matter_keeps_its_own_month(text: str, days: str) -> None:
    assert [found[5:] for _, found in _days(text, _TUESDAY) if found] == days.split()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("我九月十二号到十四号出差", "09-12 09-14"),
        ("您說的是九月十二號到十四號在大阪那筆漫遊對嗎", "09-12 09-14"),
        ("十月一号到七号不在家", "10-01 10-07"),
        ("从十月二十八号一直到三号都在外地", "10-28 11-03"),
        ("十月八号、十八号、二十八号打过三次电话", "10-08 10-18 10-28"),
        ("十月八号跟十八号都没扣成", "10-08 10-18"),
        ("上个月二十号至二十五号住院", "10-20 10-25"),
        ("十二月一号到五号之间您方便吗", "12-01 12-05"),
        ("十月八号到期，十四号之前还", "10-08 12-14"),
    ],
)
def test_a_range_and_a_list_of_days_stay_in_their_month(text: str, days: str) -> None:
    assert [found[5:] for _, found in _days(text, _TUESDAY) if found] == days.split()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("您的缴款期限是十一月五号", "11-05"),
        ("繳款期限是十一月五號，到今天還沒有看到款項", "11-05 11-24"),
        ("繳費期限為十月二十號到今天還沒有繳", "10-20 11-24"),
        ("最迟十二月五号", "12-05"),
        ("最长三个月", "02-24"),
        ("还款期限是三个月", "02-24"),
        ("缓两月行不行", "01-24"),
        ("再给半月", "12-09"),
        ("五号到期，到今天逾期十九天了", "11-05 11-24"),
        ("缴款期限是五号，到现在还没有进来", "11-05"),
        ("還款日是五號，到現在沒還", "11-05"),
        ("这笔十五号到期的，已经逾期九天", "11-15"),
        ("二十号到期没有还", "11-20"),
    ],
)
def test_a_due_day_that_has_gone_by_lies_in_the_past(text: str, days: str) -> None:
    assert [found[5:] for _, found in _days(text, _TUESDAY) if found] == days.split()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("五号到期", "12-05"),
        ("您的还款日是五号，还有十一天", "12-05"),
        ("还款日是五号，别逾期了", "12-05"),
        ("到现在没还，五号之前还清", "12-05"),
        ("这期五号到期，您看五号能不能还", "12-05"),
        ("二十八号到期，上期到现在没还", "11-28"),
        ("已经逾期十九天了，五号到期的那笔另算", "12-05"),
    ],
)
def test_a_due_day_that_is_not_said_to_be_over_is_to_come(text: str, day: str) -> None:
    assert {found[5:] for _, found in _days(text, _TUESDAY) if found} == {day}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("您这个下周我从中秋等到现在", "2026-09-25"),
        ("從中秋節拖到現在", "2026-09-25"),
        ("我从国庆等到今天", "2026-10-01 2026-11-24"),
        ("自春节以来一直没还", "2026-02-17"),
        ("中秋前还", "2027-09-14"),
        ("从元旦开始每月还", "2027-01-01"),
        ("从春节后还起", "2027-02-13"),
        ("从现在到元旦", "2027-01-01"),
    ],
)
def test_a_holiday_since_which_somebody_waits_is_the_last_one(text: str, days: str) -> None:
    assert [found for _, found in _days(text, _TUESDAY) if found] == days.split()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("我给您申请延后十五天就是十二月十五号", "2026-12-15"),
        ("延後十五天，也就是十二月十五號", "2026-12-15"),
        ("宽限七天，就是十二月二号", "2026-12-02"),
        ("再给您一个月，也就是十二月二十五号", "2026-12-25"),
        ("两周之内，也就是十二月十号", "2026-12-10"),
        ("延后十五天，十二月十五号我再打给您", "2026-12-09 2026-12-15"),
        ("三天之内先还五百，十二月十五号还清", "2026-11-27 2026-12-15"),
        ("三天之内就是十二月十五号各还五百", "2026-11-27 2026-12-15"),
    ],
)
def test_a_stretch_of_days_explained_by_its_date_is_that_date(text: str, days: str) -> None:
    assert [found for _, found in _days(text, _TUESDAY) if found] == days.split()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("my date of birth is the twelfth of may seventy nine", "1979-05-12"),
        ("it's the third of july ninety one", "1991-07-03"),
        ("yes may twelfth eighty four", "1984-05-12"),
        ("七十九年五月十二號", "1990-05-12"),
        ("八五年三月二号生的", "1985-03-02"),
        ("79年5月12号", "1979-05-12"),
        ("26年12月5号我还五百", "2026-12-05"),
        ("二七年一月三号还清", "2027-01-03"),
        ("i'll pay on the third of january fifty two dollars", "2027-01-03"),
        ("the fifteenth of december fifty", "2026-12-15"),
    ],
)
def test_a_day_of_birth_lies_in_its_year(text: str, day: str) -> None:
    assert [str(one.date) for one in find_dates(text, date(2026, 11, 24))] == [day]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("a hundred dollars every other friday starting december fourth", ["2026-12-04"]),
        ("every friday from the eleventh", ["2026-12-11"]),
        ("every second friday i'll pay forty", ["2026-11-27"]),
        ("two payments, the first on the fourth of december", ["2026-12-04"]),
        ("on the first I'll pay it", ["2026-12-01"]),
    ],
)
def test_a_repeated_day_and_a_first_payment_are_told_from_their_dates(text: str, days: list[str]) -> None:
    assert [str(one.date) for one in find_dates(text, date(2026, 11, 24))] == days
