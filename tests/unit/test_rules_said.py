"""What was said: labels, phrases, sounds, expressions, mentions, personal data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coach.domain.observations import Amount, AmountKind, DateMention, Facts, PiiSpan, PiiType
from coach.domain.time import Span
from tests.rule_calls import observed, seen, truth

CALL = observed(
    "A courtesy,identify | 您好，我是恒信金融的小王。",
    "C hardship | 我失業了，沒有錢還帳單。",
    "A empathy | 听到您失业我很抱歉，OK ＡＢＣ.",
    "C threat | 你再打我就去堵你。",
)


@pytest.mark.parametrize(
    ("rule", "turns"),
    [
        ("{said: empathy}", {2}),
        ("{said: [empathy, identify]}", {0, 2}),
        ("{said: hardship}", {1}),
        ("{said: threat}", set()),
        ("{said: {by: customer, label: threat}}", {3}),
        ("{said: {by: other, label: threat}}", {3}),
        ("{said: {by: anyone, label: threat}}", {3}),
        ("{said: {by: third_party}}", set()),
        ("{said: {by: customer}}", {1, 3}),
    ],
)
def test_a_label_is_looked_for_on_the_turns_of_whoever_is_meant(rule: str, turns: set[int]) -> None:
    assert seen(rule, CALL).turns == turns


@pytest.mark.parametrize(
    ("phrase", "by", "found"),
    [
        ("没有钱还账单", "customer", True),
        ("沒有錢", "customer", True),
        ("abc", "agent", True),
        ("ok", "agent", True),
        ("bc", "agent", False),
        ("失业", "agent", True),
        ("没钱", "customer", False),
    ],
)
def test_a_phrase_fits_in_any_script_width_and_case_but_not_inside_a_word(
    phrase: str, by: str, found: bool
) -> None:
    assert (truth(f"{{said: {{by: {by}, phrase: {phrase}}}}}", CALL) == "yes") is found


@pytest.mark.parametrize(
    ("phrase", "said", "outcome"),
    [
        ("逾期三十二天", "您与其三十二天了", "yes"),
        ("爆通讯录", "小心我报通讯录", "yes"),
        ("征信", "上了真心", "unknown"),
        ("征信", "上了征信", "yes"),
        ("征信", "您放心", "no"),
    ],
)
def test_a_phrase_may_be_heard_by_its_sound(phrase: str, said: str, outcome: str) -> None:
    assert truth(f"{{said: {{phrase: {phrase}, sounds_like: true}}}}", observed(f"A | {said}")) == outcome


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我去你单位找你", True),
        ("我们不会去你单位", False),
        ("他去单位上班", False),
    ],
)
def test_an_expression_has_exclusions(text: str, found: bool) -> None:
    rule = "{said: {regex: '去你.{0,4}单位', except: ['不会去', '不去']}}"
    assert (truth(rule, observed(f"A | {text}")) == "yes") is found


def test_a_label_has_exclusions_too() -> None:
    rule = "{said: {label: written_confirmation, except: 申请表}}"
    assert truth(rule, observed("A written_confirmation | 申请表什么时候寄给我")) == "no"
    assert truth(rule, observed("A written_confirmation | 方案发我邮箱一份")) == "yes"


@pytest.mark.parametrize(("kind", "owed"), [(AmountKind.OVERDUE, True), (AmountKind.OTHER, False)])
def test_a_sum_that_is_owed_is_told_from_others(kind: AmountKind, owed: bool) -> None:
    amounts = (
        Amount(Decimal(3200), kind, 0, Span(0, 3)),
        Amount(Decimal(80), AmountKind.OTHER, 1, Span(0, 2)),
    )
    call = observed("A | 三千二", "A | 八十", facts=Facts(amounts=amounts, amount_due=Decimal(80)))
    rule = "{said: {by: coached, mentions: debt, in: {%s: 1}}}"
    assert truth(rule % "first_turns", call) == ("yes" if owed else "no")
    assert truth(rule % "last_turns", call) == "yes"


def test_an_expression_that_runs_away_is_cut_off_and_proves_nothing() -> None:
    call = observed(f"A | {'啊' * 3000}！")
    assert truth("{said: {regex: '(啊+)+(啊+)+$'}}", call) == "unknown"


def test_everything_in_one_said_must_hold_in_the_same_turn() -> None:
    call = observed("A deadline | 周五之前", "C | 嗯", "A | 三千二")
    amounts = (Amount(Decimal(3200), AmountKind.OVERDUE, 2, Span(0, 3)),)
    apart = observed("A deadline | 周五之前", "C | 嗯", "A | 三千二", facts=Facts(amounts=amounts))
    together = observed("A | 您好", "C | 嗯", "A deadline | 周五之前三千二", facts=Facts(amounts=amounts))
    rule = "{said: {label: deadline, mentions: amount}}"
    assert [truth(rule, one) for one in (call, apart, together)] == ["no", "no", "yes"]


def test_a_date_that_cannot_be_resolved_is_a_date_but_no_day() -> None:
    call = observed("A | 过几天", facts=Facts(dates=(DateMention(None, 0, Span(0, 3)),)))
    assert truth("{said: {mentions: date}}", call) == "yes"
    assert truth("{said: {mentions: day}}", call) == "no"


def test_personal_data_is_seen_by_its_kind() -> None:
    data = ((PiiSpan(PiiType.PHONE, Span(4, 15)),),)
    call = observed("A | 电话是幺三八零零零零零零零零", pii=data)
    assert seen("{said: {personal_data: [phone, email]}}", call).hits[0].span == Span(4, 15)
    assert truth("{said: {personal_data: bank_card}}", call) == "no"


def test_a_label_below_the_wanted_confidence_is_not_seen() -> None:
    assert truth("{said: {label: empathy, min_confidence: 0.99}}", CALL) == "no"


def test_an_unsure_label_is_never_a_yes() -> None:
    call = observed("A threat? | 您家那条路我熟")
    found = seen("{said: threat}", call)
    assert found.truth.value == "unknown"
    assert found.hits == ()
    assert [hit.turn for hit in found.doubtful] == [0]


def test_without_a_classifier_labels_are_unknown_and_phrases_are_not() -> None:
    call = observed("A | 您好", classified=False)
    assert truth("{said: courtesy}", call) == "unknown"
    assert truth("{said: {phrase: 您好}}", call) == "yes"
