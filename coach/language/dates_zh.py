"""Days named in Mandarin, in either script."""

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
from coach.language.holidays import chinese_holiday, is_day_off
from coach.language.lunar import lunar_day
from coach.language.normalise import fold
from coach.language.numbers_zh import value_of

_NOT_NUMBER = (
    "(?:(?<![0-9零〇一二三四五六七八九十百千万幺两.])|(?<=周[一二三四五六])|(?<=[期拜][一二三四五六]))"
)
_BEHIND_A_SUM = (
    "(?:(?<=[千万])|(?:(?<=[百千万][一二两三四五六七八九])|(?<=十[一二三四五六七八九]))(?=[二三]十))"
)
"""三千十五号还, 二十万二十五号之前, 七千五二十五号再付: a day right behind a sum that has ended."""
_BEFORE_MONTH = (
    f"(?:{_NOT_NUMBER}|(?<=[百千万][一二两三四五六七八九])|(?<=十[一二三四五六七八九])|(?<=[千万])(?=十))"
)
"""三千四一月底, 一千六百二十五一月十五号, 三千十二月底: a month right behind a sum that has ended."""

_DAY = (
    "(?:三十一|三十|二十[一二三四五六七八九]|二十|廿[一二三四五六七八九]?|"
    "十[一二三四五六七八九]|十|[一二三四五六七八九]|3[01]|[12][0-9]|0?[1-9])"
)
_MONTH = "(?:十[一二]|十|元|[一二三四五六七八九]|1[0-2]|0?[1-9])"
_COUNT = "(?:[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|[0-9]{1,3})"
_PLACE = "(?![楼栋院线窗门铺机库桌员座房店仓柜球店站厅位单元])"
_DAY_END = "(?:[号日]|(?<=[十一二三四五六七八九0-9]{2})好(?![几不吗嘛么的得些呢吧]))"
"""号 and 日, and 好 for 号 behind two or more digits, as it is heard; 二十好几 is about an age."""

_NO_UNIT = "(?![0-9零一二三四五六七八九十百千万点块元年月个期天笔次回几来多])"
_WEEK = "(?:个|一个)?(?:周|星期|礼拜)"
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6} | {
    str(n): n - 1 for n in range(1, 7)
}
_DAY_WORDS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_HOLIDAYS = {
    "春节": "春节",
    "过年": "春节",
    "大年": "春节",
    "农历年": "春节",
    "阴历年": "春节",
    "阳历年": "元旦",
    "公历年": "元旦",
    "新年": "元旦",
    "元旦": "元旦",
    "元宵": "元宵",
    "情人节": "情人节",
    "妇女节": "妇女节",
    "三八": "妇女节",
    "清明": "清明",
    "五一": "五一",
    "劳动节": "五一",
    "母亲节": "母亲节",
    "六一": "儿童节",
    "儿童节": "儿童节",
    "端午": "端午",
    "父亲节": "父亲节",
    "七夕": "七夕",
    "中秋": "中秋",
    "八月十五": "中秋",
    "教师节": "教师节",
    "国庆": "国庆",
    "十一": "国庆",
    "重阳": "重阳",
    "双十一": "双十一",
    "双11": "双十一",
    "感恩节": "感恩节",
    "双十二": "双十二",
    "双12": "双十二",
    "冬至": "冬至",
    "平安夜": "平安夜",
    "圣诞": "圣诞",
    "腊八": "腊八",
    "小年": "小年",
}
_MERE_DIGITS = frozenset({"十一", "三八", "六一", "八月十五"})
"""Words that are no holiday unless a word for one stands beside them."""


def readings(text: str, calendar: Calendar) -> list[DateReading]:
    """All matches of all rules; they may overlap."""
    return apply_rules(fold(text), _RULES, calendar)


def number(spoken: str) -> int:
    """A small whole number in Chinese or Arabic digits; 廿 is twenty, 元 (of 元月) one."""
    plain = spoken.replace("廿", "二十").replace("元", "一")
    value = value_of(plain)
    if value is None:
        raise ValueError(f"not a number: {len(spoken)} characters")
    return int(value)


def _whole_year(said: str, this_year: int) -> int:
    """Of two digits (八五年 is 1985, 二七年 2027); with a ten between (民国七十九年) it is one of Taiwan."""
    year = number(said)
    if "十" in said:
        return year + _BEFORE_REPUBLIC
    return year if year >= 100 else year + (2000 if 2000 + year <= this_year + _YEARS_AHEAD else 1900)


_BEFORE_REPUBLIC = 1911
_YEARS_AHEAD = 20


def _full_date(match: re.Match[str], calendar: Calendar) -> Day | None:
    year = _whole_year(match["year"], calendar.today.year)
    month, day = number(match["month"]), number(match["day"])
    found = in_month(year, month, day) if 1 <= month <= 12 and 1900 < year < 2200 else None
    return _numbered(found)


def _numbered(found: date | None, ambiguity: Ambiguity | None = None) -> Day:
    return Day(found, ambiguity if found else Ambiguity.NO_SUCH_DAY, Style.NUMBER)


def _month_day(match: re.Match[str], calendar: Calendar) -> Day | None:
    if _runs_on(match):
        return None
    month, day = number(match["month"]), number(match["day"])
    shift = {"去年": -1, "今年": 0, "明年": 1, "前年": -2}.get(match["year"] or "")
    if shift is not None:
        return _numbered(in_month(calendar.today.year + shift, month, day))
    if _OVER_BEHIND.match(match.string, match.end()):
        return Day(latest_year(calendar.today, month, day))
    return _numbered(nearest_year(calendar.today, month, day))


def _runs_on(match: re.Match[str]) -> bool:
    """一百五六月底: May and June or a hundred and fifty, which nobody can tell."""
    at = match.start("month")
    pair = match.string[max(0, at - 1) : at] + match["month"]
    return len(pair) == 2 and pair in "一二三四五六七八九"


_OVER_BEHIND = re.compile(
    "(?:的|那[封张条份个]|的那[封张条份个])(?:电子)?(?:邮件|信(?!用)|短信|微信|通知|函|合同|协议|发票|收据|录音|截图)|"
    "(?:寄|签|办|借|买|写|取消|退订|停用|收到|开通)的"
)
"""In front of these a day lies in the past: 五月十一号的邮件, 三月一号签的合同."""


def _slashed(match: re.Match[str], calendar: Calendar) -> Day | None:
    month, day = int(match["month"]), int(match["day"])
    return _numbered(nearest_year(calendar.today, month, day)) if 1 <= month <= 12 and day else None


def _month_shift(said: str) -> int | None:
    return {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1, "次": 1, "下下": 2}.get(said)


def _day_in_relative_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    today, day = calendar.today, number(match["day"])
    if match["which"] in ("每", "每个", "逐"):
        return Day(next_day_of_month(today, day), Ambiguity.REPEATS, Style.NUMBER)
    shift = _month_shift(match["which"])
    return None if shift is None else _numbered(in_month(today.year, today.month + shift, day))


def _day_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    day = number(match["day"])
    if _is_gone_by(match):
        return _numbered(latest_day_of_month(calendar.today, day))
    return _numbered(next_day_of_month(calendar.today, day))


def _is_gone_by(match: re.Match[str]) -> bool:
    """五号到期，逾期十九天了; 期限是五号，到现在没还: a due day of which is said that it is over."""
    before = _DUE_BEFORE.search(match.string, max(0, match.start() - 8), match.start())
    due = _DUE_BEHIND.match(match.string, match.end())
    if not before and not due:
        return False
    return _GONE_BY.match(match.string, due.end() if due else match.end()) is not None


_DUE_BEFORE = re.compile("(?:期限|还款日|缴款日|缴费日|到期日|截止日|应还日|账期)(?:就?是|在|为|到)?$")
_DUE_BEHIND = re.compile("(?:就|已经?)?(?:到期|该还|应还|截止)的?")
_GONE_BY = re.compile(
    "(?:[^。！？；上下别号日]{0,12}?(?:到(?:今天|现在|目前|如今)[^。！？；]{0,6}?(?:没|未|逾期|拖)|"
    f"(?:已经?|都)?(?:逾期|拖|超)了?{_COUNT}(?:个?月|天))|了?(?:还|一直|都)?[没未]有?[还付交缴](?!的话))"
)


def _weekday(match: re.Match[str], calendar: Calendar) -> Day | None:
    which, weekday = match["which"] or "", _WEEKDAYS[match["weekday"]]
    weekend = Ambiguity.WEEKEND if match["weekday"] == "末" else None
    if which in ("每", "逢"):
        return Day(next_weekday(calendar.today, weekday), Ambiguity.REPEATS, Style.WEEKDAY)
    weeks = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}.get(which)
    if weeks is not None:
        return Day(weekday_of_week(calendar.today, weekday, weeks), weekend, Style.WEEKDAY)
    today_is_it = calendar.today.weekday() == weekday
    doubt = Ambiguity.WHICH_WEEK if today_is_it else weekend
    return Day(next_weekday(calendar.today, weekday), doubt, Style.WEEKDAY)


def _day_word(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today + timedelta(days=_DAY_WORDS[match["day"]]))


def _today(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today)


def _that_day(match: re.Match[str], calendar: Calendar) -> Day | None:
    """批了当天转: the day of something else, and not the day of the call."""
    return Day(None, Ambiguity.NOT_A_DAY, Style.VAGUE)


def _tomorrow(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today + timedelta(days=1))


def _day_after(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today + timedelta(days=2), Ambiguity.ROUGHLY)


def _within_week(match: re.Match[str], calendar: Calendar) -> Day | None:
    weeks = 1 if match["which"] == "下" else 0
    return Day(weekday_of_week(calendar.today, 6, weeks), Ambiguity.PART_OF_WEEK)


def _within_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    today = calendar.today
    return Day(month_end(today.year, today.month + (match["which"] == "下")), Ambiguity.PART_OF_MONTH)


def _part_of_some_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """中旬, 下旬: of this month, or of the next where it is over."""
    today, part = calendar.today, match["part"]
    ahead = 1 if today.day > {"上旬": 10, "中旬": 15, "下旬": 31}[part] else 0
    return _part(today.year, today.month + ahead, part, calendar, fixed=True)


def _lunar(match: re.Match[str], calendar: Calendar) -> Day | None:
    """腊月二十三, 农历八月初十."""
    month = _LUNAR_MONTHS.get(match["month"]) or number(match["month"])
    day = number(match["day"].removeprefix("初"))
    for year in range(calendar.today.year - 1, calendar.today.year + 2):
        found = lunar_day(year, month, day)
        if found is not None and found >= calendar.today:
            return Day(found)
    return Day(None, Ambiguity.NOT_A_DAY, Style.VAGUE)


def _some_lunar_day(match: re.Match[str], calendar: Calendar) -> Day | None:
    """初八: of the lunar month that brings it next."""
    wanted = number(match["day"])
    days = (
        lunar_day(year, month, wanted)
        for year in (calendar.today.year - 1, calendar.today.year)
        for month in range(1, 13)
    )
    ahead = [day for day in days if day is not None and day >= calendar.today]
    return Day(min(ahead)) if ahead else None


_LUNAR_MONTHS = {"腊": 12, "冬": 11, "正": 1}


def _months_and_a_half(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(add_months(calendar.today, number(match["count"])) + timedelta(days=15))


def _some_days(match: re.Match[str], calendar: Calendar) -> Day | None:
    """三五天: the later number."""
    return Day(calendar.today + timedelta(days=number(match["count"])), Ambiguity.ROUGHLY)


def _one_of_two_days(match: re.Match[str], calendar: Calendar) -> Day | None:
    """五六号: the later one."""
    first, second = number(match["first"]), number(match["day"])
    tens = number(match["tens"]) if match["tens"] else 0
    if second != first + 1:
        return None
    found = next_day_of_month(calendar.today, tens + second)
    return Day(found, Ambiguity.ROUGHLY, Style.NUMBER)


def _rough_day(match: re.Match[str], calendar: Calendar) -> Day | None:
    found = next_day_of_month(calendar.today, number(match["day"]))
    return Day(found, Ambiguity.ROUGHLY, Style.NUMBER)


def _next_spring_festival(today: date) -> date | None:
    for year in (today.year, today.year + 1):
        festival = chinese_holiday("春节", year)
        if festival is not None and festival.day + timedelta(days=29) > today:
            return festival.day
    return None


def _first_lunar_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """正月十五, 大年初六: counted from the Spring Festival."""
    first = _next_spring_festival(calendar.today)
    day = number(match["early"] or match["late"])
    return None if first is None else Day(first + timedelta(days=day - 1))


def _new_years_eve(match: re.Match[str], calendar: Calendar) -> Day | None:
    first = _next_spring_festival(calendar.today)
    return None if first is None else Day(first - timedelta(days=1))


def _span_of_time(match: re.Match[str], calendar: Calendar) -> Day | None:
    """三天之内, 两周内, 半个月之内, 一个月后, 十个工作日内."""
    said, unit = match["count"], match["unit"]
    if said == "半":
        return Day(calendar.today + timedelta(days=15)) if "月" in unit else None
    count = number(said)
    if "工作" in unit:
        found = add_working_days(calendar.today, min(count, 366), is_day_off)
        return Day(found, Ambiguity.WORKING_DAYS)
    if "月" in unit:
        return Day(add_months(calendar.today, min(count, 600)))
    if "时" in unit or "钟" in unit:
        return Day(calendar.today + timedelta(days=count // 24))
    days = count * (7 if unit[-1] in "周期拜" else 1)
    return Day(calendar.today + timedelta(days=days))


def _part_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """月底, 下个月初, 六月中旬, 这个月十号左右's month part."""
    today = calendar.today
    if match["month"]:
        if _runs_on(match):
            return None
        month = number(match["month"])
        year = nearest_month(today, month).year
    else:
        which = match["which"] or ""
        if which in ("每", "每个"):
            return Day(month_end(today.year, today.month), Ambiguity.REPEATS)
        year, month = today.year, today.month + (_month_shift(which) or 0)
    return _part(year, month, match["part"], calendar, fixed=bool(match["month"] or match["which"]))


def _part(year: int, month: int, part: str, calendar: Calendar, *, fixed: bool) -> Day | None:
    last = month_end(year, month)
    if part in ("底", "末", "尾"):
        return Day(last)
    day = {"初": 1, "头": 1, "上旬": 10, "中": 15, "中旬": 15, "下旬": last.day}[part]
    found = last.replace(day=day)
    if not fixed and found < calendar.today:
        found = add_months(found, 1)
    return Day(found, Ambiguity.PART_OF_MONTH)


def _year_end(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(date(calendar.today.year + (match["which"] == "明"), 12, 31))


def _holiday(match: re.Match[str], calendar: Calendar) -> Day | None:
    name, side = _HOLIDAYS[match["holiday"]], match["side"] or ""
    if match["holiday"] in _MERE_DIGITS and not side and not match["festive"]:
        return None
    if _is_since(match):
        years = (calendar.today.year, calendar.today.year - 1)
        begun = [holiday.day for year in years if (holiday := chinese_holiday(name, year))]
        return Day(next((day for day in begun if day <= calendar.today), None))
    for year in (calendar.today.year, calendar.today.year + 1):
        holiday = chinese_holiday(name, year)
        if holiday is not None and holiday.last_day_off >= calendar.today:
            break
    if holiday is None:
        return Day(None, Ambiguity.NOT_A_DAY, Style.VAGUE)
    if "前" in side:
        return Day(holiday.day - timedelta(days=1))
    if "后" in side or side == "回来" or match["over"]:
        first = holiday.last_day_off + timedelta(days=1)
        while match["work"] and first.weekday() >= _SATURDAY:
            first += timedelta(days=1)
        return Day(first, None if match["work"] else Ambiguity.TIME_OFF)
    return Day(holiday.day)


def _is_since(match: re.Match[str]) -> bool:
    """从中秋等到现在, 自春节以来."""
    since = _SINCE.search(match.string, max(0, match.start() - 2), match.start())
    return since is not None and _UNTIL_NOW.match(match.string, match.end()) is not None


_SINCE = re.compile("[从自打]$")
_UNTIL_NOW = re.compile("[^，。！？；]{0,6}?(?:到(?:现在|今天|今|如今|目前|这会儿)|以来)")
_SATURDAY = 5


def _last_night_of_year(match: re.Match[str], calendar: Calendar) -> Day | None:
    """跨年, 跨年夜之前: the last day of the year, also with a "before"."""
    return Day(date(calendar.today.year, 12, 31))


def _half_a_year(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(add_months(calendar.today, 6))


def _month_named(match: re.Match[str], calendar: Calendar) -> date:
    """The first of the month that a rule names as 这个月, 下个月 or 十二月."""
    today = calendar.today
    if match["month"]:
        return nearest_month(today, number(match["month"]))
    return add_months(today.replace(day=1), 1 if match["which"] == "下" else 0)


def _edge_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """这个月最后一天, 下个月第一天, 月末最后一个工作日."""
    first = _month_named(match, calendar)
    last = month_end(first.year, first.month)
    if "工作" in match["edge"]:
        return Day(last_working_day(last, is_day_off))
    return Day(last if "最后" in match["edge"] else first)


def _weekday_of_month(match: re.Match[str], calendar: Calendar) -> Day | None:
    """下个月第一个星期五, 十二月最后一个周一."""
    first, weekday = _month_named(match, calendar), _WEEKDAYS[match["weekday"]]
    found = nth_weekday(first, weekday, 0 if match["nth"] == "最后一" else number(match["nth"][1:]))
    return Day(found, None, Style.WEEKDAY) if found.month == first.month else None


def _around_new_year(match: re.Match[str], calendar: Calendar) -> Day | None:
    """年前, 年后: of the Spring Festival that comes next."""
    for year in (calendar.today.year, calendar.today.year + 1):
        festival = chinese_holiday("春节", year)
        if festival is not None and festival.day > calendar.today:
            if match["side"] == "前":
                return Day(festival.day - timedelta(days=1))
            return Day(festival.last_day_off + timedelta(days=1), Ambiguity.TIME_OFF)
    return None


def _payday(match: re.Match[str], calendar: Calendar) -> Day | None:
    if calendar.payday is None:
        return Day(None, Ambiguity.PAYDAY, Style.RELATIVE)
    return Day(next_day_of_month(calendar.today, calendar.payday))


def _hour(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(calendar.today, None, Style.TIME)


def _month_in_list(match: re.Match[str], calendar: Calendar) -> Day | None:
    """五月、六月的二十号: the day belongs to each month."""
    found = nearest_year(calendar.today, number(match["month"]), number(match["day"]))
    return _numbered(found)


def _vague(match: re.Match[str], calendar: Calendar) -> Day | None:
    return Day(None, Ambiguity.NOT_A_DAY, Style.VAGUE)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_RULES: tuple[Rule, ...] = (
    (
        _rule(
            f"{_NOT_NUMBER}(?P<year>[12][0-9]{{3}}|[一二][〇零0-9一二三四五六七八九]{{3}}|[0-9二三]{{2}}|"
            "[四五六七八九][〇零一二三四五六七八九]|[四五六七八九]十[一二三四五六七八九]?)年"
            f"(?P<month>{_MONTH})月份?(?P<day>{_DAY})(?:[号日]|(?![0-9]))"
        ),
        _full_date,
    ),
    (
        _rule(r"(?<![0-9])(?P<year>20[0-9]{2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?![0-9])"),
        _full_date,
    ),
    (
        _rule(
            f"(?P<year>去年|今年|明年|前年)?(?:{_BEFORE_MONTH}|(?<=[百千万]))(?P<month>{_MONTH})月份?的?"
            f"(?P<day>{_DAY})(?:[号日]{_PLACE}|{_NO_UNIT})"
        ),
        _month_day,
    ),
    (
        _rule(
            f"{_NOT_NUMBER}(?P<year>(?!))?(?P<month>{_MONTH})月份?(?P<day>三十一|二十[一二三四五六七八九]|十[一二三四五六七八九])"
            "(?=[一二两三四五六七八九][百千万])"
        ),
        _month_day,
    ),
    (_rule(r"(?<![0-9/.])(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?![0-9/%])(?=[^a-z]*[一-鿿])"), _slashed),
    (
        _rule(
            f"(?P<which>上上|下下|上|下|这|本|当|次|每个|每|"
            f"逐)个?月份?的?(?P<day>{_DAY})(?:[号日]|{_NO_UNIT})"
        ),
        _day_in_relative_month,
    ),
    (
        _rule(
            f"(?<![路街道弄巷工卡户账单编型第m-])(?<![工账编单户]号)(?:{_NOT_NUMBER}|{_BEHIND_A_SUM})"
            f"(?P<day>{_DAY}){_DAY_END}{_PLACE}"
        ),
        _day_of_month,
    ),
    (
        _rule(
            f"(?:(?P<which>上上|下下|上|下|这|本|每|逢){_WEEK}|"
            f"(?<!一个)(?<![上下这本每一两二三四五六七八九几半个])"
            "(?:周|星期|礼拜))(?P<weekday>[一二三四五六日天末]|[1-6](?![0-9]))(?![0-9百千万])"
        ),
        _weekday,
    ),
    (_rule("(?<!大)(?P<day>大前|大后|前|昨|今|明|后)(?:[天日]|儿个?|[早晚]上?)(?![前后]天)"), _day_word),
    (_rule("(?:即日|今儿|本日)(?:内|之内)?"), _today),
    (_rule("(?:当天|当日)(?:内|之内)?"), _that_day),
    (_rule("下班(?:之?前|以前)"), _hour),
    (_rule(f"(?:{_COUNT}分钟|半个?(?:小时|钟头)|[一三]刻钟)(?:之内|以内|内)"), _hour),
    (
        _rule(
            f"(?<![一-鿿0-9])(?:今天)?(?:上午|中午|下午|晚上|傍晚|夜里)?(?:{_COUNT}|十[一二])点(?:半|整|钟)?"
            "(?=[，。,！!]|$| |[关下开])"
        ),
        _hour,
    ),
    (_rule("听(?:日|朝|晚)"), _tomorrow),
    (_rule("明后[天日]|明[天儿]?或(?:者)?后天"), _day_after),
    (
        _rule("(?P<which>这|本|下)(?:一?个)?(?:周|星期|礼拜)(?:之?内|以内|里头?|结束(?:之?前)?|过完)"),
        _within_week,
    ),
    (
        _rule(
            "(?P<which>这|本)(?:一?个)?(?:周|星期|礼拜)(?![一二三四五六日天末1-6])(?=.{0,2}(?:[还付结清打转交缴补]|处理))"
        ),
        _within_week,
    ),
    (_rule("(?P<which>这|本|当|下)个?月份?(?:之?内|以内|里头?|结束(?:之?前)?|过完)"), _within_month),
    (
        _rule(
            "(?:(?<![超经不])过(?!了)|(?:再|就|只能|最多|顶多)?(?:给|宽限|容|等)(?:您|你|我)?(?:们)?(?:到|个)?|缓|"
            "延(?:长|后|期)?(?:到)?|推迟|最多|最长|最迟|顶多|期限(?:是|为)?|还要|要|还需|得|"
            f"(?:那就|^好?[，]?|行[，]|好[，])(?={_COUNT}(?:天|日|周|个))(?!一[天日周个]))"
            f"(?P<count>半|{_COUNT})(?P<unit>天|日|个?工作[日天]|个?自然日|"
            "周|个?(?:星期|礼拜)|(?:个|(?<=[半两]))月)(?!一|每|[前了没]|的?(?:账|利息|工资|钱|费|违约))"
        ),
        _span_of_time,
    ),
    (
        _rule(
            f"{_NOT_NUMBER}(?P<tens>二?十)?(?P<first>[一二三四五六七八九])(?P<day>[一二三四五六七八九])"
            f"[号日]{_PLACE}"
        ),
        _one_of_two_days,
    ),
    (
        _rule(
            f"{_NOT_NUMBER}(?P<first>{_DAY})[号日]?(?P<tens>(?!))?(?:或者?|、|到|，)?(?P<day>{_DAY})[号日]"
            f"{_PLACE}"
        ),
        _one_of_two_days,
    ),
    (
        _rule(
            "(?:拖到|等到|最晚|最迟|截止到?|宽限到|延到|推到|缓到|放到)(?P<day>三十一?|"
            "[一二]?十[一二三四五六七八九]?|[12][0-9]|3[01])(?=[，。！？吧呗行之以前还给转付交]|$)"
        ),
        _day_of_month,
    ),
    (
        _rule(
            f"{_NOT_NUMBER}(?<![个第周期拜差点])(?P<day>三十一|二十[一二三四五六七八九]|十[一二三四五六七八九]|"
            "2[0-9]|3[01]|1[0-9])(?=之?前|以前|那天|就还|一定还|我还|发(?:工资|薪|饷)|开支)(?!前[天后])"
        ),
        _day_of_month,
    ),
    (_rule("(?<![0-9.])(?P<month>1[0-2]|0?[1-9])[.](?P<day>3[01]|[12]?[0-9])[号日]"), _slashed),
    (_rule("(?:(?<![一-鿿])|(?<=[到等在是就]))(?P<part>[上中下]旬)"), _part_of_some_month),
    (
        _rule(
            "(?:农历|阴历|旧历)?(?P<month>(?:(?<=农历)|(?<=阴历)|(?<=旧历))(?:十[一二]|[一二三四五六七八九十])|"
            "[腊冬正])月(?:里的?)?(?P<day>初[一二三四五六七八九十]|三十|二十[一二三四五六七八九]?|"
            "廿[一二三四五六七八九]|十[一二三四五六七八九])"
        ),
        _lunar,
    ),
    (
        _rule(f"{_NOT_NUMBER}(?P<count>[一二两三四五六])个半月(?:之内|以内|内|后|之后|以后|的?时间)?"),
        _months_and_a_half,
    ),
    (
        _rule(
            "(?<![这那前近有了每隔0-9一二三四五六七八九十])(?:[一二两三四五六七八](?P<count>[两二三四五六七八九]))天"
            "(?:之内|以内|内|后|之后|以后|的?时间|(?=[吧我，。就给行一]|$))(?![前没都])"
        ),
        _some_days,
    ),
    (_rule(f"{_NOT_NUMBER}(?P<day>十|二十)(?:来|多|几)[号日]{_PLACE}"), _rough_day),
    (
        _rule(
            "(?:正月|大年|年后)(?:初(?P<early>[一二三四五六七八九十])|"
            "(?P<late>十[一二三四五六七八九]|二十[一-九]?))"
        ),
        _first_lunar_month,
    ),
    (
        _rule("(?<![月年当起最])初(?P<day>[一二三四五六七八九十])(?![期中次始衷二三学的]|年级)"),
        _some_lunar_day,
    ),
    (_rule("除夕|大年三十|年三十"), _new_years_eve),
    (_rule("十天半个?月|个把(?:星期|礼拜|月)"), _vague),
    (
        _rule(
            f"(?P<count>半|{_COUNT})(?P<unit>个?工作[日天]|个?自然日|天|日|个?小时|个钟头?|个?(?:星期|礼拜)|周|个?月)"
            "(?:时间)?(?:之内|以内|内|里头?|后|之后|以后)"
        ),
        _span_of_time,
    ),
    (
        _rule(
            "(?:(?P<which>上上|下下|上|下|这|本|当|每个|每)个?|(?P<month>"
            + _BEFORE_MONTH
            + _MONTH
            + "))?月份?的?"
            "(?P<part>底|末|尾|初(?![一二三四五六七八九十](?![号日]))|头|上旬|中旬|下旬|中(?![国秋]))"
        ),
        _part_of_month,
    ),
    (_rule("(?P<which>今|明)?年(?:底|末|尾)|今年(?:之内|以内|内)"), _year_end),
    (
        _rule(
            "(?<![0-9零〇一二三四五六七八九十幺])(?<!分之)(?!十一节)(?:(?P<over>过(?:完|了)+)|过)?(?P<holiday>"
            + "|".join(sorted(_HOLIDAYS, key=len, reverse=True))
            + ")(?![0-9零〇一二三四五六七八九十幺百千万块个次共定]|期(?!间))"
            "(?P<festive>节)?(?:假期|放假|长假)?(?P<side>之?前|"
            "以前|前头|后头|之?后|以后|过后|回来|当天|那天)?"
            "(?P<work>的?(?:第一个工作[日天]|(?:上班|开工)的?第一天|第一天(?:上班|开工)))?"
        ),
        _holiday,
    ),
    (_rule("跨年夜?(?:那?天|当[天晚]|那晚)?(?:之前|以前|前)?"), _last_night_of_year),
    (_rule("(?<![一二两三])半年(?:之内|以内|内|之后|以后|后)"), _half_a_year),
    (
        _rule(
            f"(?:(?P<which>这|本|下)个?|{_NOT_NUMBER}(?P<month>{_MONTH}))月份?的?(?P<edge>第一天|头一天|最后一天|最后一个工作日)"
        ),
        _edge_of_month,
    ),
    (
        _rule("(?P<which>(?!))?(?P<month>(?!))?月(?:底|末|尾)的?(?P<edge>最后一?个?工作[日天])"),
        _edge_of_month,
    ),
    (
        _rule(
            f"(?:(?P<which>这|本|下)个?|{_NOT_NUMBER}(?P<month>{_MONTH}))月份?的?(?P<nth>第[一二三四]|最后一)个?"
            "(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
        ),
        _weekday_of_month,
    ),
    (_rule(r"(?<![0-9.])(?P<month>1[0-2]|0?[1-9])[.](?P<day>3[01]|[12]?[0-9])(?=之前|以前)"), _slashed),
    (
        _rule(
            "(?:过完?)?(?<![0-9一二三四五六七八九十几半两多去今明前])年(?:关)?之?(?P<side>前|后)(?!两|几|一)"
        ),
        _around_new_year,
    ),
    (
        _rule(
            "(?:发|开|出|领)(?:了)?(?:工资|薪水?|饷|粮|支)(?:那天|那日|[嗰果𠮶]日|当天|的时候|之后|以后|后|"
            "了)|发薪日|发工资日"
        ),
        _payday,
    ),
    (
        _rule(
            f"(?:上午|中午|下午|晚上|傍晚|夜里)?(?:{_COUNT}|十[一二])点(?:半|整|钟|"
            f"[一二三四五]?十分?|一刻)?(?:之前|以前|前)"
        ),
        _hour,
    ),
    (
        _rule(
            f"{_NOT_NUMBER}(?P<month>{_MONTH})月(?=(?:[、，和跟及]{_MONTH}月(?:份)?){{1,11}}(?:的|"
            f"每月|每个月)?(?P<day>{_DAY})[号日])"
        ),
        _month_in_list,
    ),
    (
        _rule(
            "(?:过|等)(?:几|两|一阵)天|过阵子|改天|这[几两]天|尽快|"
            "(?<![0-9])下个?月(?![份底末初中上下尾头的0-9一二三四五六七八九十])"
            "|下(?:周|个?星期|个?礼拜)(?![一二三四五六日天末1-6])"
        ),
        _vague,
    ),
)
