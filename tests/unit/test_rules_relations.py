"""Order, nearness, counts, places in the call and the three-valued and/or/not."""

from __future__ import annotations

import itertools

import pytest

from coach.rules.seen import Seen, Truth, every, negated, some
from tests.rule_calls import observed, truth

CALL = observed(
    "A identify | 我是小王",
    "C | 嗯",
    "A state_facts | 您欠三千",
    "C hardship | 我失业了",
    "A | 哦",
    "C | 唉",
    "A empathy | 我理解",
    "C promise | 周五还一千",
    "A courtesy | 再见",
)


@pytest.mark.parametrize(
    ("first", "then", "outcome"),
    [
        ("identify", "state_facts", "yes"),
        ("state_facts", "identify", "no"),
        ("identify", "threat", "yes"),
        ("threat", "identify", "no"),
    ],
)
def test_order_holds_when_nothing_of_the_second_comes_first(first: str, then: str, outcome: str) -> None:
    assert truth(f"{{order: {{first: {{said: {first}}}, then: {{said: {then}}}}}}}", CALL) == outcome


def test_the_same_turn_is_early_enough() -> None:
    call = observed("A identify,state_facts | 我是小王，您欠三千")
    assert truth("{order: {first: {said: identify}, then: {said: state_facts}}}", call) == "yes"


def test_an_unsure_second_that_comes_first_leaves_the_order_open() -> None:
    call = observed("A state_facts? | 那笔钱", "A identify | 我是小王")
    assert truth("{order: {first: {said: identify}, then: {said: state_facts}}}", call) == "unknown"


@pytest.mark.parametrize(("turns", "outcome"), [(1, "no"), (2, "yes"), (3, "yes")])
def test_within_counts_the_turns_of_whoever_should_answer(turns: int, outcome: str) -> None:
    rule = f"{{within: {{after: {{said: hardship}}, turns: {turns}, seen: {{said: empathy}}}}}}"
    assert truth(rule, CALL) == outcome


@pytest.mark.parametrize(("turns", "outcome"), [(1, "no"), (2, "no"), (3, "yes")])
def test_within_looks_backwards_too(turns: int, outcome: str) -> None:
    rule = f"{{within: {{before: {{said: empathy}}, turns: {turns}, seen: {{said: identify}}}}}}"
    assert truth(rule, CALL) == outcome


def test_without_a_number_within_reaches_to_the_end() -> None:
    assert truth("{within: {after: {said: state_facts}, seen: {said: courtesy}}}", CALL) == "yes"
    assert truth("{within: {after: {said: courtesy}, seen: {said: empathy}}}", CALL) == "unknown"


def test_what_never_came_up_was_not_answered() -> None:
    assert truth("{within: {after: {said: dispute}, turns: 2, seen: {said: empathy}}}", CALL) == "no"


def test_nobody_can_answer_after_the_last_word() -> None:
    call = observed("A | 您好", "C hardship | 我没钱")
    rule = "{within: {after: {said: hardship}, turns: 2, seen: {said: empathy}}}"
    assert truth(rule, call) == "unknown"


def test_an_unsure_occasion_gives_no_certain_answer() -> None:
    call = observed("C hardship? | 最近嘛……", "A empathy | 我理解")
    assert truth("{within: {after: {said: hardship}, turns: 2, seen: {said: empathy}}}", call) == "unknown"


TWICE = observed(
    "C dispute | 不对",
    "A explain_evidence | 明细发您",
    "C dispute | 还是不对",
    "A pressure | 少废话",
    "C | 唉",
)


@pytest.mark.parametrize(("which", "outcome"), [("any", "yes"), ("first", "yes"), ("every", "no")])
def test_any_first_or_every_occurrence_must_be_answered(which: str, outcome: str) -> None:
    answer = "turns: 1, seen: {said: explain_evidence}"
    rule = f"{{within: {{after: {{said: dispute}}, which: {which}, {answer}}}}}"
    assert truth(rule, TWICE) == outcome


@pytest.mark.parametrize(
    ("window", "label", "outcome"),
    [
        ("first_turns: 1", "identify", "yes"),
        ("first_turns: 1", "state_facts", "no"),
        ("first_turns: 2, by: coached", "state_facts", "yes"),
        ("last_turns: 1", "courtesy", "yes"),
        ("last_turns: 1", "empathy", "no"),
        ("last_turns: 2, by: coached", "empathy", "yes"),
        ("first_seconds: 3", "identify", "yes"),
        ("first_seconds: 3", "state_facts", "no"),
        ("last_seconds: 3", "courtesy", "yes"),
        ("last_seconds: 3", "empathy", "no"),
    ],
)
def test_a_rule_may_look_only_at_the_start_or_the_end(window: str, label: str, outcome: str) -> None:
    assert truth(f"{{said: {{label: {label}, in: {{{window}}}}}}}", CALL) == outcome
    assert truth(f"{{in: {{{window}, seen: {{said: {label}}}}}}}", CALL) == outcome


@pytest.mark.parametrize(
    ("bounds", "outcome"),
    [("at_least: 2", "yes"), ("at_least: 3", "unknown"), ("at_least: 4", "no"), ("at_most: 1", "no"),
     ("at_most: 2", "unknown"), ("at_most: 3", "yes")],
)  # fmt: skip
def test_a_count_lies_between_the_sure_and_the_unsure_turns(bounds: str, outcome: str) -> None:
    call = observed("A clear_ask | 还", "A clear_ask | 还", "A clear_ask? | 嗯", "A | 好")
    assert truth(f"{{said: {{label: clear_ask, {bounds}}}}}", call) == outcome
    assert truth(f"{{count: {{of: {{said: clear_ask}}, {bounds}}}}}", call) == outcome


@pytest.mark.parametrize(("a", "b"), list(itertools.product(Truth, Truth)))
def test_and_or_not_are_kleenes(a: Truth, b: Truth) -> None:
    rank = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
    assert rank[every((Seen(a), Seen(b))).truth] == min(rank[a], rank[b])
    assert rank[some((Seen(a), Seen(b))).truth] == max(rank[a], rank[b])
    assert rank[negated(Seen(a)).truth] == 2 - rank[a]


def test_a_hint_is_only_ever_for_a_person_to_check() -> None:
    assert truth("{hint: {said: identify}}", CALL) == "unknown"
    assert truth("{hint: {said: threat}}", CALL) == "no"


def test_a_list_of_rules_means_all_of_them() -> None:
    assert truth("[{said: identify}, {said: empathy}]", CALL) == "yes"
    assert truth("[{said: identify}, {said: threat}]", CALL) == "no"
