"""The facts of a call: what is owed, by when, in which parts, promised by whom."""

from __future__ import annotations

import time
from datetime import date, datetime
from decimal import Decimal

import pytest

from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import AmountKind, Facts, LabelHit
from coach.language.facts import RuleFactFinder
from coach.language.plans import adds_up

Line = tuple[str, str, str]
_ROLES = {"a": Role.AGENT, "c": Role.CUSTOMER, "t": Role.THIRD_PARTY}


def _facts(
    lines: list[Line], *, said_on: str | None = "2026-11-18T10:00:00+08:00", language: str = "zh"
) -> Facts:
    turns = tuple(Turn(i, _ROLES[who], text) for i, (who, text, _) in enumerate(lines))
    labels = [tuple(LabelHit(LabelId(name), 0.9) for name in names.split()) for _, _, names in lines]
    call = Call(
        id="call",
        source="call.json",
        playbook="collection",
        coached=Role.AGENT,
        language=language,
        turns=turns,
        started_at=datetime.fromisoformat(said_on) if said_on else None,
    )
    return RuleFactFinder().find(call, labels)


_AGREED: list[Line] = [
    ("a", "您好，请问是陈立先生吗？", "identify courtesy"),
    ("c", "是我，你说。", ""),
    ("a", "您二月账单三千二百六，三月五号到期，到今天没有入账，里面违约金四十块。", "state_facts"),
    ("c", "我这个月工资才四千，周末先给你两千行不行？", "hardship"),
    ("a", "那这样，下周五之前先还两千，能做到吗？", "clear_ask deadline"),
    ("c", "行，下周五还两千，我用手机银行转。", "promise"),
    (
        "a",
        "好，下周五二十七号，两千，手机银行转。二十八号上午我再给您打电话。",
        "confirm_commitment deadline follow_up",
    ),
]


def test_the_overdue_sum_is_the_one_that_the_agent_states() -> None:
    assert _facts(_AGREED).amount_due == Decimal(3260)


def test_the_deadline_is_the_day_that_was_confirmed_and_not_that_of_the_call_back() -> None:
    assert _facts(_AGREED).deadline == date(2026, 11, 27)


def test_a_promise_says_who_what_when_and_how() -> None:
    (promise,) = _facts(_AGREED).promises
    assert (promise.who, promise.amount, promise.due, promise.how, promise.turn) == (
        Role.CUSTOMER,
        Decimal(2000),
        date(2026, 11, 27),
        "手机银行",
        5,
    )


def test_sums_and_days_are_evidence_with_their_place() -> None:
    facts = _facts(_AGREED)
    fee = next(amount for amount in facts.amounts if amount.kind is AmountKind.FEE)
    assert (fee.span.of(_AGREED[fee.turn][1]), fee.value) == ("四十块", Decimal(40))
    assert all(day.span.end <= len(_AGREED[day.turn][1]) for day in facts.dates)


def test_without_the_day_of_the_call_there_is_no_deadline_but_a_reason() -> None:
    facts = _facts(_AGREED, said_on=None)
    assert facts.deadline is None
    assert {day.ambiguity for day in facts.dates if day.date is None} >= {"no_call_day"}


def test_a_later_agreement_wins_over_an_earlier_ask() -> None:
    facts = _facts(
        [
            ("a", "一共欠五千三，二十五号之前还清可以吗？", "state_facts clear_ask deadline"),
            ("c", "二十五号真不行，我三十号发工资，三十号还。", "promise"),
            ("a", "好，那就三十号，五千三。", "confirm_commitment deadline"),
        ]
    )
    assert facts.deadline == date(2026, 11, 30)


def test_payday_is_taken_from_what_was_said_before() -> None:
    facts = _facts(
        [
            ("c", "我每个月二十五号发工资。", ""),
            ("a", "那就发了工资以后还三千，行吗？", "clear_ask"),
        ]
    )
    assert date(2026, 11, 25) in {day.date for day in facts.dates if day.turn == 1}


@pytest.mark.parametrize(
    ("lines", "count", "total", "fits"),
    [
        (
            [
                ("a", "您一共欠六千三。", "state_facts"),
                ("a", "分三期，每期两千一，下个月五号开始，您看行吗？", "offer_plan clear_ask deadline"),
                ("c", "行，三期，每期两千一。", "promise"),
            ],
            3,
            Decimal(6300),
            True,
        ),
        (
            [
                ("a", "您一共欠六千三。", "state_facts"),
                ("a", "分三期，每期两千，下个月五号开始，您看行吗？", "offer_plan clear_ask deadline"),
                ("c", "行，三期，每期两千。", "promise"),
            ],
            3,
            Decimal(6000),
            False,
        ),
        (
            [
                ("a", "總額一萬八千四百二，還沒入帳。", "state_facts"),
                (
                    "a",
                    "那就十二月十六號先繳六千四百二，一月十六、二月十六各六千，這樣可以嗎？",
                    "clear_ask offer_plan deadline",
                ),
                ("c", "可以。", "promise"),
            ],
            3,
            Decimal(18420),
            True,
        ),
        (
            [
                ("a", "合计一万五千四。", "state_facts"),
                ("c", "二十五号三千四，后面三个月各四千，我一分不差。", "promise"),
            ],
            4,
            Decimal(15400),
            True,
        ),
    ],
)
def test_a_plan_has_count_total_and_whether_it_adds_up(
    lines: list[Line], count: int, total: Decimal, fits: bool
) -> None:
    plan = _facts(lines).plan
    assert plan is not None
    assert (plan.instalments, plan.total, plan.adds_up) == (count, total, fits)


def test_instalments_in_arrears_are_no_plan() -> None:
    facts = _facts([("a", "您有三期没还，每期两千一，一共六千三。", "state_facts"), ("c", "我知道。", "")])
    assert facts.plan is None


def test_a_plan_in_english_with_halves() -> None:
    facts = _facts(
        [
            ("a", "You owe three forty-seven eighteen in total.", "state_facts"),
            (
                "a",
                "We could do half on December fourth, half on the eighteenth.",
                "clear_ask offer_plan deadline",
            ),
            ("c", "Half on December fourth, half on the eighteenth, sure.", "promise"),
        ],
        language="en",
    )
    assert facts.plan is not None
    assert (facts.plan.instalments, facts.plan.adds_up) == (2, True)


def test_an_english_call_has_its_sum_and_deadline() -> None:
    facts = _facts(
        [
            (
                "a",
                "You're thirty-six days behind, six hundred twelve dollars and forty cents.",
                "state_facts",
            ),
            ("a", "Can you pay that by Friday the twentieth?", "clear_ask deadline"),
            ("c", "Yes, I'll pay it on Friday.", "promise"),
        ],
        language="en",
    )
    assert (facts.amount_due, facts.deadline) == (Decimal("612.4"), date(2026, 11, 20))


def test_no_facts_are_invented_where_none_were_said() -> None:
    facts = _facts([("a", "您好，请问是陈先生吗？", "identify"), ("c", "打错了。", "")])
    assert (facts.amount_due, facts.deadline, facts.plan, facts.promises) == (None, None, None, ())


def test_facts_are_found_without_a_classifier() -> None:
    turns = tuple(Turn(i, _ROLES[who], text) for i, (who, text, _) in enumerate(_AGREED))
    call = Call(
        "c", "c", "collection", Role.AGENT, "zh", turns, datetime.fromisoformat("2026-11-18T10:00:00+08:00")
    )
    facts = RuleFactFinder().find(call, [])
    assert facts.amount_due == Decimal(3260)
    assert len(facts.identity) == len(turns)


@pytest.mark.parametrize(
    ("count", "each", "owed", "fits"),
    [(3, 2100, 6300, True), (24, "986.67", 23680, True), (3, 2000, 6300, False), (7, 100, 701, True)],
)
def test_instalments_add_up_within_their_rounding(count: int, each: str, owed: int, fits: bool) -> None:
    assert adds_up(count, Decimal(each), Decimal(owed)) is fits


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["一", "三千二，", "周五", "twenty ", "the first ", "1,", " "])
def test_a_turn_of_a_hundred_thousand_characters_takes_seconds(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    _facts([("a", text, "state_facts")])
    assert time.process_time() - began < 20


@pytest.mark.parametrize("piece", ["三千二，", "the first ", "twenty "])
def test_long_turns_do_not_take_the_square_of_their_length(piece: str) -> None:
    text = piece * (15_000 // len(piece))
    began = time.process_time()
    _facts([("a", text, "state_facts")])
    assert time.process_time() - began < 4


def test_the_sum_of_principal_and_interest_is_what_is_due() -> None:
    facts = _facts([("a", "本金六千元利息一百二十元合计六千一百二十元", "state_facts")])
    assert (facts.amount_due, facts.amount_due_approximate) == (Decimal(6120), False)


def test_a_sum_that_was_only_named_roughly_is_not_stated_as_exact() -> None:
    facts = _facts([("a", "您这边大概四千多没还。", "state_facts")])
    assert facts.amount_due_approximate
    assert [amount.approximate for amount in facts.amounts] == [True]


def test_a_rough_sum_that_is_named_exactly_later_is_exact() -> None:
    lines: list[Line] = [("c", "我欠大概四千吧。", ""), ("a", "您一共欠四千，逾期十天。", "state_facts")]
    assert not _facts(lines).amount_due_approximate


def test_a_rough_promise_says_so() -> None:
    (promise,) = _facts([("c", "我周五还你一千左右。", "promise")]).promises
    assert (promise.amount, promise.approximate) == (Decimal(1000), True)


@pytest.mark.parametrize(
    ("lines", "language", "count", "each"),
    [
        (
            [
                ("a", "You owe eighteen hundred dollars on this account.", "state_facts"),
                ("c", "Could you waive the fees and take 150 a month for twelve months?", "clear_ask"),
            ],
            "en",
            12,
            Decimal(150),
        ),
        (
            [
                ("a", "It's nine hundred thirty, from the visit.", "state_facts"),
                ("a", "Three-ten on the first of October, November, and December?", "clear_ask deadline"),
            ],
            "en",
            3,
            Decimal(310),
        ),
        (
            [
                ("a", "您一共欠一千八。", "state_facts"),
                ("c", "我想每个月还一百五，还十二个月，违约金能不能免掉？", "clear_ask"),
            ],
            "zh",
            12,
            Decimal(150),
        ),
        (
            [
                ("a", "本息合计十八万六。", "state_facts"),
                ("c", "先还三万六，后面六个月每月两万五。", "clear_ask offer_plan"),
            ],
            "zh",
            7,
            Decimal(25000),
        ),
        (
            [
                ("a", "您本期账单一万二千六百元。", "state_facts"),
                ("a", "十一月三十号之前先还四千二，剩下两期每月三十号，对吗？", "clear_ask"),
            ],
            "zh",
            3,
            Decimal(4200),
        ),
        (
            [
                ("a", "您目前欠款一万五千元。", "state_facts"),
                ("a", "月底先还三千，剩下三期每月四千，对吗？", "clear_ask"),
            ],
            "zh",
            4,
            Decimal(4000),
        ),
    ],
)
def test_a_plan_is_put_together_from_what_was_said_of_it(
    lines: list[Line], language: str, count: int, each: Decimal
) -> None:
    plan = _facts(lines, language=language).plan
    assert plan is not None
    assert (plan.instalments, plan.each, plan.adds_up) == (count, each, True)


def test_an_offer_counts_when_it_is_taken_up() -> None:
    plan = _facts(
        [
            ("a", "这期九千七百二。", "state_facts"),
            ("a", "拆成三个月，每个月三千二百四，您看呢？", "offer_plan"),
            ("c", "咬咬牙可以的。", ""),
            ("a", "头一笔十一月三十号，这样排行吗？", "confirm_commitment deadline"),
        ]
    ).plan
    assert plan is not None
    assert plan.instalments == 3


@pytest.mark.parametrize("labels", ["follow_up", "follow_up deadline", ""])
def test_the_day_of_an_english_call_back_is_no_deadline(labels: str) -> None:
    lines: list[Line] = [("a", "I'll ring you back Tuesday the twenty-fourth, then.", labels)]
    assert _facts(lines, language="en").deadline is None


def test_a_promised_day_that_the_agent_turns_down_is_not_the_deadline() -> None:
    facts = _facts(
        [
            ("c", "我一号才有生活费，一号给你。", "promise"),
            ("a", "一号太晚了，明天上午两千六。", "pressure clear_ask deadline"),
            ("c", "明天真的没有。", "hardship"),
        ]
    )
    assert facts.deadline == date(2026, 11, 19)


def test_a_bare_number_is_the_day_that_was_named_before() -> None:
    facts = _facts(
        [
            ("a", "您看二十六号能还吗？", "clear_ask deadline"),
            ("c", "得行，二十六就还你！", "promise"),
        ]
    )
    assert facts.promises[0].due == date(2026, 11, 26)


def test_a_day_long_past_that_is_to_be_paid_is_the_coming_one() -> None:
    lines: list[Line] = [("c", "收了花生，七月二十号给你。", "promise")]
    assert _facts(lines, said_on="2026-11-18T10:00:00+08:00").deadline == date(2027, 7, 20)


def test_the_end_of_the_month_beside_the_thirtieth_is_the_thirtieth() -> None:
    facts = _facts(
        [
            ("a", "Could you pay the bill by the thirtieth of October?", "clear_ask deadline"),
            ("a", "So forty pounds by the end of October.", "confirm_commitment deadline"),
        ],
        said_on="2026-10-07T10:00:00+01:00",
        language="en",
    )
    assert facts.deadline == date(2026, 10, 30)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (
            [
                ("c", "下个月五号发工资，那天还。", "promise"),
                ("a", "五号，四千八，对吧？", "confirm_commitment deadline"),
            ],
            date(2027, 1, 5),
        ),
        (
            [
                ("c", "I get paid on the fifth of January.", ""),
                ("a", "The fifth, then, two hundred.", "clear_ask deadline"),
            ],
            date(2027, 1, 5),
        ),
        (
            [
                ("c", "二十号先还一千，下个月二十号再一千。", "promise"),
                ("a", "二十号一千，记下了。", "confirm_commitment"),
            ],
            date(2026, 12, 20),
        ),
        (
            [
                ("a", "这笔上个月五号到期，五号之前还上行吗？", "clear_ask deadline"),
                ("c", "行，五号。", "promise"),
            ],
            date(2026, 12, 5),
        ),
    ],
    ids=[
        "a day of next month",
        "the same in English",
        "the same number twice in one turn",
        "one that has passed",
    ],
)
def test_a_bare_day_of_the_month_is_the_one_that_was_named_in_full_before(
    lines: list[Line], day: date
) -> None:
    assert _facts(lines, said_on="2026-12-02T10:00:00+08:00").deadline == day


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (
            [
                ("a", "明天能还两千吗？", "clear_ask deadline"),
                ("c", "能。", ""),
                ("a", "好，五点之前两千。", "confirm_commitment deadline"),
            ],
            19,
        ),
        (
            [("a", "我明天把材料寄给你们单位。", "threat"), ("a", "下班之前，五千。", "clear_ask deadline")],
            18,
        ),
    ],
    ids=["the day of payment spoken of", "the day of something else"],
)
def test_an_hour_without_a_day_is_of_the_day_of_payment_spoken_of_before(lines: list[Line], day: int) -> None:
    assert _facts(lines).deadline == date(2026, 11, day)


def test_the_day_on_which_something_happens_is_not_the_day_of_the_call() -> None:
    assert _facts([("c", "批了我当天转两万。", "promise")]).deadline is None


def test_the_rest_of_a_contract_is_no_plan() -> None:
    assert _facts([("c", "所以我不想付剩下的这三个月了你给我退", "refusal")]).plan is None


_DAYS_OF_ONE_TURN = [
    ("a", "好，六百块，周日，最晚下周二。", "confirm_commitment deadline", date(2026, 11, 24)),
    (
        "a",
        "Okay, four hundred, Sunday, Tuesday at the outside.",
        "confirm_commitment deadline",
        date(2026, 11, 24),
    ),
    ("a", "二十号到二十五号之间还清，可以吧？", "clear_ask deadline", date(2026, 11, 25)),
    ("a", "We're open Monday to Friday, nine till five.", "deadline", None),
    ("a", "我们周一到周五营业。", "deadline", None),
    ("a", "那今天您给我一个准日子，一千七。", "clear_ask deadline", None),
]


@pytest.mark.parametrize(
    ("who", "text", "labels", "day"), _DAYS_OF_ONE_TURN, ids=[one[1] for one in _DAYS_OF_ONE_TURN]
)
def test_of_several_days_the_outermost_counts_and_opening_hours_do_not(
    who: str, text: str, labels: str, day: date | None
) -> None:
    assert _facts([(who, text, labels)], language="zh" if "，" in text else "en").deadline == day


def test_the_first_day_of_a_plan_counts_and_not_that_on_which_the_others_come_back() -> None:
    text = "好，十二月四号先还五百，之后每个月一号还五百。"
    assert _facts([("a", text, "confirm_commitment deadline")]).deadline == date(2026, 12, 4)


def test_a_day_for_which_the_customer_only_asks_yields_to_the_day_that_is_set() -> None:
    facts = _facts(
        [
            ("c", "可不可以给我一个月，我先还一期？", ""),
            ("a", "一期不够，周五下午五点前，至少两期。", "deadline"),
        ]
    )
    assert facts.deadline == date(2026, 11, 20)


def test_a_demand_for_today_is_a_deadline_though_it_is_pressure() -> None:
    assert _facts([("a", "今天下午四点之前必须到账，一分不能少。", "pressure")]).deadline == date(
        2026, 11, 18
    )


def test_a_festival_beside_a_day_that_was_named_is_that_day() -> None:
    facts = _facts(
        [
            ("a", "清明节前，两千一，能给吗？", "clear_ask deadline"),
            ("c", "清明之前，四月三号我给你。", "promise"),
        ],
        said_on="2026-03-26T10:00:00+08:00",
    )
    assert facts.deadline == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (
            [
                ("a", "forty three pounds twenty five a month for four months", "offer_plan"),
                ("a", "so forty three twenty five on the first of december", "confirm_commitment"),
            ],
            ["43.25", "43.25"],
        ),
        (
            [
                ("a", "there's nine hundred and forty pounds overdue since september", "state_facts"),
                ("c", "okay i'll pay forty three twenty five on friday at two thirty", "promise"),
                ("a", "so that's forty three twenty five on friday", "confirm_commitment"),
            ],
            ["940", "43.25", "43.25"],
        ),
        (
            [
                ("a", "You owe $150.", "state_facts"),
                ("c", "I can do twelve fifty a month.", "promise"),
            ],
            ["150", "12.50"],
        ),
        (
            [("a", "You owe four thousand dollars.", "state_facts"), ("c", "I'll send twelve fifty.", "")],
            ["4000", "1250"],
        ),
        (
            [
                ("a", "You owe four hundred dollars.", "state_facts"),
                ("c", "I make twelve fifty a month.", ""),
            ],
            ["400", "1250"],
        ),
        (
            [("a", "The late fee is forty dollars and you owe twelve fifty.", "state_facts")],
            ["40", "1250"],
        ),
        (
            [
                ("a", "That's one thousand two hundred and fifty dollars.", "state_facts"),
                ("c", "Twelve fifty? I paid $12.50 for a sandwich.", ""),
            ],
            ["1250", "1250", "12.50"],
        ),
    ],
    ids=["said in full", "more than is owed", "by the month", "less than is owed", "a wage", "a fee", "both"],
)
def test_twelve_fifty_is_read_as_the_call_bears_it_out(lines: list[Line], values: list[str]) -> None:
    amounts = _facts(lines, language="en").amounts
    assert [amount.value for amount in amounts] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        (
            "look i get paid friday i can do six fifty two friday and six fifty two the friday after",
            ["2026-11-20", "2026-11-27"],
        ),
        ("I get paid Friday. I'll send 100 Friday and 150 on the thirtieth.", ["2026-11-20", "2026-11-30"]),
        ("I can do six fifty two Friday and six fifty two the Friday after.", ["2026-11-20", "2026-11-27"]),
    ],
)
def test_the_day_on_which_somebody_is_paid_shifts_no_instalment(answer: str, days: list[str]) -> None:
    promises = _facts([("c", answer, "promise")], language="en").promises
    assert [promise.due for promise in promises] == [date.fromisoformat(day) for day in days]


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([("c", "邓经理他在隔壁广发欠了十二万信用卡 逾期半年了", "")], None),
        ([("c", "她自己都欠銀行十二萬，逾期半年了", "")], None),
        ([("c", "我就欠你们三千，他欠了十二万呢", "")], 3000),
        ([("c", "客户退货，压了我二十来万的货款", "state_facts")], None),
        ([("c", "客户那边扣了我五百六，一直没给", "state_facts")], None),
        ([("c", "甲方拖了咱八万工程款一直没给", "")], None),
        ([("c", "公司还扣着我三万块工资没发", "")], None),
        ([("c", "我阿媽入咗醫院做手術墊咗成八萬蚊", "")], None),
        ([("c", "在你们这借过八万 每个月二十号还三千六百七十五", "")], None),
        ([("c", "He owes twelve thousand dollars to another bank himself.", "")], None),
        ([("c", "my client's sitting on twenty thousand pounds of mine overdue since may", "")], None),
        ([("c", "they haven't paid me the nine thousand dollars they owe", "")], None),
        ([("a", "她那个一万二的贷款欠了两个月了", "privacy_leak")], 12000),
        ([("a", "He owes twelve thousand dollars.", "privacy_leak")], 12000),
        ([("t", "他欠了一万二吧", "")], 12000),
        ([("c", "他说我欠两万", "")], 20000),
        ([("c", "They say I owe two thousand dollars.", "")], 2000),
        ([("c", "我借了八万没还", "")], 80000),
        ([("c", "My company owes you two thousand dollars.", "")], 2000),
        ([("c", "我老公他欠你们两万吧", "")], 20000),
        ([("c", "我压着你们两万货款没结", "")], 20000),
        ([("c", "你们还扣我五百六十二块，抢钱啊", "dispute")], 562),
    ],
)
def test_what_others_owe_or_were_lent_is_not_the_overdue_sum(lines: list[Line], due: int | None) -> None:
    language = "zh" if any("一" <= char <= "鿿" for char in lines[0][1]) else "en"
    assert _facts(lines, language=language).amount_due == (None if due is None else Decimal(due))


@pytest.mark.parametrize(
    "answer",
    ["我下周一就把四十六万一次全给你", "下周一四十六萬一次付清", "下周一，四十六万一次性给你。"],
)
def test_what_is_paid_at_once_is_no_instalment_of_the_arrears(answer: str) -> None:
    lines: list[Line] = [("c", "七月到十月四期总共四十六万拖到现在", ""), ("c", answer, "promise")]
    facts = _facts(lines)
    assert (facts.amount_due, facts.plan) == (460000, None)


_OWED: Line = ("a", "您一共欠三千六，逾期十九天了。", "state_facts")


@pytest.mark.parametrize(
    ("lines", "days", "starts"),
    [
        (
            [
                ("a", "十二月十号还一千八，二十八号再还一千八，行吗？", "clear_ask deadline offer_plan"),
                ("c", "行，二十八号那笔也没问题。", "promise"),
            ],
            ["12-10", "12-28", "12-28"],
            "12-10",
        ),
        (
            [
                ("c", "十二月五號一千二 十五號一千二 二十五號一千二", "promise"),
                ("a", "那就五號 十五號 二十五號各一千二", "confirm_commitment"),
            ],
            ["12-05", "12-15", "12-25", "12-05", "12-15", "12-25"],
            "12-05",
        ),
        (
            [("a", "十二月五号先还一千二，可以吗？", "clear_ask"), ("c", "二十八号还你。", "promise")],
            ["12-05", "11-28"],
            None,
        ),
    ],
)
def test_a_day_keeps_the_month_in_which_it_was_offered(
    lines: list[Line], days: list[str], starts: str | None
) -> None:
    facts = _facts([_OWED, *lines], said_on="2026-11-24T10:00:00+08:00")
    assert [day.date.isoformat()[5:] for day in facts.dates if day.date] == days
    assert (facts.plan and facts.plan.starts and facts.plan.starts.isoformat()[5:]) == starts


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([("a", "你那个两万的经营贷 十一月六号该还一千九百三 到今天拖了十八天咯", "state_facts")], 1930),
        ([("a", "您那笔五万的装修贷，十一月八号应还两千四，逾期十六天。", "state_facts")], 2400),
        ([("a", "您那筆五萬的裝修貸，十一月八號應繳兩千四，逾期十六天。", "state_facts")], 2400),
        ([("a", "您在我们这借的三万二十一月十五号应还一千六逾期八天了", "state_facts")], 1600),
        ([("a", "您那個一萬二的分期 這期應繳一千零八十六還沒入帳", "state_facts")], 1086),
        ([("a", "你們家弟弟秋季班一萬八 開學繳了八千 還差一萬 原本說十月底要補的齁", "state_facts")], 10000),
        ([("a", "学费一万八，开学交了一万，还差八千，逾期一个月了。", "state_facts")], 8000),
        ([("a", "九月的瓷砖款一共四万，您付了两万五，还差一万五，账期到十月底。", "state_facts")], 15000),
        ([("a", "瓷磚款一共四萬您付了兩萬五還欠一萬五", "state_facts")], 15000),
        ([("a", "货款总共六万，您八月打过两万，还有四万没付。", "state_facts")], 40000),
        ([("c", "一共四万，我付了两万五，还差一万五。", "")], 15000),
    ],
)
def test_what_is_overdue_counts_over_the_loan_and_the_price(lines: list[Line], due: int) -> None:
    assert _facts(lines).amount_due == due


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([("a", "她那个一万二的贷款欠了两个月了", "state_facts")], 12000),
        ([("a", "您那笔两万的贷款，一共欠两万三。", "state_facts")], 23000),
        ([("a", "您一共欠四万，最低还款两千，逾期十天。", "state_facts")], 40000),
        ([("a", "您一共欠四万，其中本期应还两千。", "state_facts")], 40000),
        ([("a", "总欠款三万，本期应还两千五。", "state_facts")], 30000),
        ([("a", "全部结清是三万二，还差三天就上报了，先还两千。", "state_facts")], 32000),
        ([("a", "一共欠三千六。", "state_facts"), ("c", "我还了一千二，还差两千四怎么办？", "")], 3600),
        ([("a", "您欠四万。", "state_facts"), ("a", "今天付两万五，还差一万五下个月付。", "")], 40000),
    ],
)
def test_what_is_owed_in_all_stays_the_overdue_sum(lines: list[Line], due: int) -> None:
    assert _facts(lines).amount_due == due


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([("a", "那三万九千八这个，您看有没有亲戚能帮一点，这个月三十号先还两千？", "pressure")], 39800),
        ([("a", "那三萬九千八這筆，您這個月三十號先還兩千可以嗎", "clear_ask deadline")], 39800),
        (
            [
                ("a", "那三万九千八这个，您这个月三十号先还两千？", "clear_ask deadline"),
                ("c", "我真拿不出。", ""),
                ("a", "那您就三十号两千，可以吗？", "clear_ask deadline"),
            ],
            39800,
        ),
        (
            [
                ("a", "那你账上七万四，八月二十号那车三万六，九月二十八号那车三万八。", "state_facts"),
                ("a", "八月那车三万六，你分三回，十二月五号一万二。", "clear_ask offer_plan deadline"),
                ("a", "十二月五号、二十号、一月五号各一万二，合计三万六。", "confirm_commitment"),
            ],
            74000,
        ),
        ([("a", "账上七万四，一车三万六，一车三万八。", "")], 74000),
    ],
)
def test_the_whole_counts_over_what_is_paid_first_and_over_its_parts(lines: list[Line], due: int) -> None:
    assert _facts(lines).amount_due == due


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("保险定损单下来了吗？", "定了，九千，月底赔。"),
        ("定损了吗？", "定了，八千，月底赔下来。"),
        ("保險理賠下來了嗎", "下來了 九千 月底賠"),
        ("医保报销的钱什么时候下来？", "说是三千多，二十八号报下来。"),
        ("您公司那边回款呢？", "六千，月底保险公司赔给我。"),
    ],
)
def test_what_somebody_else_pays_out_is_no_promise(asked: str, answer: str) -> None:
    facts = _facts([_OWED, ("a", asked, "inquire"), ("c", answer, "promise")])
    assert facts.promises == ()


@pytest.mark.parametrize(
    ("answer", "amount", "due"),
    [
        ("保险月底赔，十二月二号我还你一千五。", 1500, "2026-12-02"),
        ("九千月底赔下来我就还你。", 9000, "2026-11-30"),
        ("月底我还九千。", 9000, "2026-11-30"),
        ("月底赔你九千。", 9000, "2026-11-30"),
    ],
)
def test_a_promise_beside_a_payout_is_what_the_customer_pays(answer: str, amount: int, due: str) -> None:
    (promise,) = _facts([_OWED, ("c", answer, "promise")]).promises
    assert (promise.amount, promise.due) == (amount, date.fromisoformat(due))


@pytest.mark.parametrize(
    ("offer", "starts"),
    [
        ("那您看月底赔款到了，十二月二号先还一千二，其余的分两期，可以吗？", "2026-12-02"),
        ("等月底保险赔下来，十二月二号还一千八，一月二号还一千八", "2026-12-02"),
        ("月底理賠款下來 十二月二號繳一千八 一月二號繳一千八", "2026-12-02"),
        ("月底还一千八，十二月二十号再还一千八", "2026-11-30"),
        ("等赔款到了，月底还一千八，十二月二十号再还一千八", "2026-11-30"),
    ],
)
def test_a_plan_does_not_start_with_the_payout_of_others(offer: str, starts: str) -> None:
    plan = _facts([_OWED, ("a", offer, "clear_ask offer_plan deadline"), ("c", "行", "promise")]).plan
    assert plan is not None
    assert plan.starts == date.fromisoformat(starts)


@pytest.mark.parametrize(
    ("text", "amount", "day"),
    [
        ("我下禮拜一開始在全聯上班 所以我十號先繳一千五", 1500, date(2026, 12, 10)),
        ("我下周三去新公司报到 十二月十号先还一千五", 1500, date(2026, 12, 10)),
        ("周一上班第一天 周五我先还五百", 500, date(2026, 11, 27)),
        ("下周一开工我就把一千五还上", 1500, date(2026, 11, 30)),
        ("i start a new job on monday so i'll pay twenty pounds on friday", 20, date(2026, 11, 27)),
        ("i'm starting work next wednesday i can do fifty on the tenth", 50, date(2026, 12, 10)),
        (
            "my first shift is thursday and i'll pay a hundred on the fourth of december",
            100,
            date(2026, 12, 4),
        ),
        ("starting Friday I'll pay forty pounds", 40, date(2026, 11, 27)),
        ("I'll pay the first thirty-eight on Saturday", 38, date(2026, 11, 28)),
        ("i can do twenty on friday", 20, date(2026, 11, 27)),
        ("on the first I'll pay fifty", 50, date(2026, 12, 1)),
    ],
)
def test_the_first_day_of_a_job_is_not_that_of_payment(text: str, amount: int, day: date) -> None:
    lines: list[Line] = [("a", "您欠四千五百元。" if "我" in text else "You owe 450 pounds.", "state_facts")]
    facts = _facts([*lines, ("c", text, "promise")], said_on="2026-11-24T10:00:00+08:00")
    assert facts.deadline == day
    assert [(promise.amount, promise.due) for promise in facts.promises] == [(Decimal(amount), day)]
