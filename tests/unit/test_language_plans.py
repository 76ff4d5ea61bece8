"""Plans as callers put them, the ledger of promises, and sums beside fees."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import AmountKind, Facts, LabelHit
from coach.language.amounts import find_amounts
from coach.language.dates import find_dates
from coach.language.facts import RuleFactFinder
from coach.language.plans import plan_in


def _said(owed: str, answer: str, labels: str) -> Facts:
    hits = (
        (LabelHit(LabelId.STATE_FACTS, 0.9),),
        tuple(LabelHit(LabelId(name), 0.9) for name in labels.split()),
    )
    call = Call(
        id="call",
        source="call.json",
        playbook="collection",
        coached=Role.AGENT,
        language="zh" if any("一" <= char <= "鿿" for char in owed) else "en",
        turns=(Turn(0, Role.AGENT, owed), Turn(1, Role.CUSTOMER, answer)),
        started_at=datetime.fromisoformat("2026-11-18T10:00:00+08:00"),
    )
    return RuleFactFinder().find(call, hits)


@pytest.mark.parametrize(
    ("owed", "answer", "count", "each"),
    [
        ("您一共四千八。", "我一个月还八百行不行半年还清", 6, 800),
        ("您欠五千。", "这个月两千五下个月两千五", 2, 2500),
        ("您欠三千。", "每周还五百，六周还清。", 6, 500),
        ("您欠一万八。", "减免违约金的话我每个月还一千五还十二个月", 12, 1500),
        ("You owe 1800.", "I can do 150 a month for twelve months if you waive the late fee.", 12, 150),
        ("You owe 600 pounds.", "fifty a week for twelve weeks", 12, 50),
        ("It is 480 in total.", "if i pay eighty a month that's six months right", 6, 80),
        ("您一共三千三百九。", "今天先还一千一百三，余下的两千二百六分两期，十月五号和十一月五号。", 3, 1130),
        ("您一共三千三百九。", "三千三百九分三期，每月五号。", 3, 1130),
        ("The balance is 900.", "Half now and half next month.", 2, 450),
        (
            "The balance is 600.",
            "So two hundred on the first, two hundred on January first and two hundred on February first.",
            3,
            200,
        ),
    ],
)
def test_a_plan_as_callers_put_it(owed: str, answer: str, count: int, each: int) -> None:
    plan = _said(owed, answer, "promise clear_ask").plan
    assert plan is not None
    assert (plan.instalments, plan.each, plan.adds_up) == (count, Decimal(each), True)


def test_a_trifle_of_interest_is_no_instalment() -> None:
    said = _said(
        "账单三千零七十五。", "后天二十号，三千零七十五加上二十号前的利息，大概多十四块。", "promise deadline"
    )
    assert said.plan is None


@pytest.mark.parametrize("answer", ["一半都还不上。", "我半年没工作了。", "I've only got half of it."])
def test_half_of_something_is_no_plan(answer: str) -> None:
    assert _said("您欠三千。", answer, "promise").plan is None


@pytest.mark.parametrize(
    ("answer", "promises"),
    [
        ("下月十号先还五百，剩下的月底还清", [(500, "2026-12-10"), (None, "2026-11-30")]),
        ("I'll pay 100 Friday and 150 on the thirtieth.", [(100, "2026-11-20"), (150, "2026-11-30")]),
        ("周五我微信转你一千", [(1000, "2026-11-20")]),
    ],
)
def test_each_sum_with_a_day_of_its_own_is_a_line_of_the_ledger(
    answer: str, promises: list[tuple[int | None, str]]
) -> None:
    found = [(one.amount, one.due) for one in _said("您欠三千。", answer, "promise").promises]
    assert found == [
        (amount if amount is None else Decimal(amount), date.fromisoformat(due)) for amount, due in promises
    ]


@pytest.mark.parametrize(
    "text",
    [
        "本金六千元利息一百二十元合计六千一百二十元",
        "您这笔本金六千，利息一百二，一共六千一百二。",
        "principal six thousand interest one hundred and twenty total six thousand one hundred and twenty",
    ],
)
def test_the_total_of_principal_and_interest_is_owed(text: str) -> None:
    assert _said(text, "嗯", "").amount_due == 6120


def test_what_is_to_be_waived_does_not_make_an_instalment_a_fee() -> None:
    (money,) = find_amounts("能不能免掉违约金我每个月还一千五", [])
    assert (money.value, money.kind) == (1500, AmountKind.INSTALMENT)


@pytest.mark.parametrize(
    ("owed", "answer", "count", "total"),
    [
        (
            "您有一笔四千七百五十的账单 逾期六十三天",
            "十二月十五号先还一千五 剩下的三千二百五 一月十五号跟二月十五号各还一千六百二十五 要得不",
            3,
            4750,
        ),
        (
            "您有一笔四千七百五的账单，逾期六十三天。",
            "十二月十五号先还一千五，余下的三千二百五，一月十五号和二月十五号各还一千六百二十五。",
            3,
            4750,
        ),
        (
            "您有一筆四千七百五的帳單，逾期六十三天。",
            "十二月十五號先還一千五，剩下三千二百五，一月十五號還一千六百二十五，二月十五號還一千六百二十五。",
            3,
            4750,
        ),
        (
            "一共欠一万三千六。",
            "本月三十号先交六千八，剩下六千八，十二月底三千四，一月底三千四",
            3,
            13600,
        ),
        (
            "一共欠一万三千六",
            "本月三十号先交六千八剩下那期六千八分两个月十二月底三千四一月底三千四你看行不行",
            3,
            13600,
        ),
        (
            "You owe four thousand seven hundred and fifty pounds.",
            "I'll pay fifteen hundred on the fifteenth of December and the remaining three thousand two "
            "hundred and fifty, sixteen twenty five on January fifteenth and sixteen twenty five on "
            "February fifteenth.",
            3,
            4750,
        ),
        ("您一共欠九千。", "十二月十号先还三千，剩下六千一月十号还。", 2, 9000),
        ("您一共欠九千。", "十二月十号先还三千，剩下三千一月十号还，二月十号再还三千。", 3, 9000),
    ],
)
def test_the_rest_that_later_instalments_pay_is_not_counted_beside_them(
    owed: str, answer: str, count: int, total: int
) -> None:
    plan = _said(owed, answer, "promise clear_ask").plan
    assert plan is not None
    assert (plan.instalments, plan.total, plan.adds_up) == (count, total, True)


@pytest.mark.parametrize(
    ("owed", "answer", "count", "each"),
    [
        ("The balance is six hundred eighteen dollars.", "we can do three payments of two oh six", 3, 206),
        ("It's £618.", "Three payments of £206, starting December fifteenth.", 3, 206),
        ("You owe 234.", "so six months at thirty nine pounds starting january first", 6, 39),
        ("您欠一万。", "两千一个月，五个月还清。", 5, 2000),
        ("您欠一萬。", "兩千一個月五個月還清", 5, 2000),
        ("您欠八千。", "我工资一个月四千五，每个月还一千，分八期。", 8, 1000),
        ("You owe 600.", "I make two thousand a month, I can do a hundred a month for six months.", 6, 100),
    ],
)
def test_so_many_payments_of_one_size_are_a_plan(owed: str, answer: str, count: int, each: int) -> None:
    plan = _said(owed, answer, "promise clear_ask").plan
    assert plan is not None
    assert (plan.instalments, plan.each, plan.adds_up) == (count, Decimal(each), True)


@pytest.mark.parametrize(
    ("owed", "answer"),
    [
        ("You owe 234 pounds.", "yes that's six months at thirty nine pounds"),
        ("It's 173 pounds.", "two payments of eighty six pounds fifty from september didn't come through"),
        ("It's 400.", "I missed two payments of two hundred."),
        ("You owe 400.", "That's two payments of two hundred outstanding."),
        ("一共欠两万七千三。", "我在超市做兼职一个月两千六，分十期行吗"),
        ("一共欠两万七千三。", "我一个月工资两千七百三，想分十期"),
        ("You owe 1100.", "I make eleven hundred a month, could I split it into two?"),
    ],
)
def test_arrears_and_wages_are_no_plan(owed: str, answer: str) -> None:
    plan = _said(owed, answer, "").plan
    assert plan is None or plan.each is None


def test_a_sum_at_a_time_is_an_instalment() -> None:
    plan = _said("您一共欠九千。", "三千一次，分三次还", "promise").plan
    assert plan is not None
    assert (plan.instalments, plan.each) == (3, 3000)


@pytest.mark.parametrize(
    ("text", "count", "total"),
    [
        ("that's eleven payments of a hundred and a last one of a hundred and forty two", 12, "1242"),
        ("four fortnightly payments, a hundred and seventeen ninety-five each", 4, "471.80"),
        ("i can do twenty a week from this friday until the eighth of january", 7, "140"),
        ("fifty every other week from this friday till the fifteenth of january", 4, "200"),
        ("thirty a month from the first of december until the first of march", 4, "120"),
    ],
)
def test_a_plan_in_english_is_counted(text: str, count: int, total: str) -> None:
    today = date(2026, 11, 24)
    days = find_dates(text, today)
    said = plan_in(0, text, find_amounts(text, [day.span for day in days]), days, today)
    assert said is not None
    parts = [part.amount for part in said.parts] or [said.each] * (said.count or 0)
    assert len(parts) == count
    assert sum(part for part in parts if part is not None) == Decimal(total)


@pytest.mark.parametrize(
    "text",
    ["I get paid forty a week from this friday until the eighth of january", "I'm off until the eighth"],
)
def test_a_wage_by_the_week_is_no_plan(text: str) -> None:
    today = date(2026, 11, 24)
    days = find_dates(text, today)
    said = plan_in(0, text, find_amounts(text, [day.span for day in days]), days, today)
    assert said is None or said.each is None
