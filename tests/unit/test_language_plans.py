"""Plans as callers put them, the ledger of promises, and sums beside fees."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import AmountKind, Facts, LabelHit
from coach.language.amounts import find_amounts
from coach.language.facts import RuleFactFinder


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
