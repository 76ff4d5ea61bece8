"""A threat counts where a debt is spoken of; in a long call of another trade a person looks at it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach import playbooks
from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Hits, LabelHit
from coach.domain.review import Outcome
from coach.language.trade import doubt_threats
from coach.pipeline import rescore
from tests.rule_calls import observed

TAXI = (
    "您好，我在火车站北门，想叫一辆车去植物园，大概要多久能到？",
    "您好，现在这边路上有点堵，司机大概十分钟到您那里，您在出口的报刊亭旁边等一下就可以。",
    "好的，我带着孩子，行李有两件，麻烦找一辆后备箱大一点的车。",
    "没问题，我看到您家孩子的学校就在植物园旁边，下回从那边走更快，司机师傅会在路口等您。",
    "那太好了，顺便问一下植物园今天几点关门，里面有没有吃饭的地方？",
    "六点关门，南门进去左手边有一家面馆，味道不错，价钱也公道，您可以带孩子去尝尝。",
)
IN_ENGLISH = ("Hello, I'd like a table for four by the window this evening, if there is one left. " * 8,)


def said(texts: Sequence[str], *labels: LabelId) -> Hits:
    """Hits after the look at the trade, where every turn was given ``labels``."""
    turns = [Turn(i, (Role.CUSTOMER, Role.AGENT)[i % 2], text) for i, text in enumerate(texts)]
    return doubt_threats(turns, tuple(tuple(LabelHit(label, 0.8, True) for label in labels) for _ in turns))


def sure_labels(texts: Sequence[str], *labels: LabelId) -> set[LabelId]:
    return {hit.label for hits in said(texts, *labels) for hit in hits if hit.sure}


@pytest.mark.parametrize("texts", [TAXI, IN_ENGLISH])
def test_a_threat_in_a_long_call_without_a_debt_is_left_to_a_person(texts: Sequence[str]) -> None:
    assert sure_labels(texts, LabelId.THREAT) == set()


def test_it_is_shown_with_its_confidence() -> None:
    found = said(TAXI, LabelId.THREAT)
    assert [hit.confidence for hits in found for hit in hits] == [0.8] * len(TAXI)


def test_an_insult_is_one_in_every_trade() -> None:
    assert sure_labels(TAXI, LabelId.INSULT, LabelId.EMOTIONAL) == {LabelId.INSULT, LabelId.EMOTIONAL}


@pytest.mark.parametrize(
    "word",
    ["您的账单逾期了", "这笔钱什么时候还清", "與其三十二天了", "与其三十二天了", "You owe us two hundred"],
)
def test_one_word_of_a_debt_is_enough(word: str) -> None:
    assert sure_labels((*TAXI, word), LabelId.THREAT) == {LabelId.THREAT}


def test_turns_that_speak_of_a_debt_without_its_words_are_enough() -> None:
    assert LabelId.THREAT in sure_labels(TAXI, LabelId.THREAT, LabelId.PROMISE)


def test_a_fragment_is_left_as_it_is() -> None:
    assert sure_labels(TAXI[:2], LabelId.THREAT) == {LabelId.THREAT}


BOOKING = (
    "您好 云岭客栈 工号七七二一",
    "你好 我想问下 我订的那间看湖的房 十二月五号到七号的 能改到十二号吗",
    "请问您的订单号是多少",
    "二零二六一一二零四四八三",
    "查到了 那间房十二号到十四号还有 差价每晚六十八",
    "两晚就是一百三十六 那我补给你们 我妈那几天要住院 走不开",
    "好的 我发个链接到您手机",
    "好嘞 谢谢你 祝你周末愉快",
)
BROADBAND = (
    "hi it's the engineer from skyline fibre i'm about ten minutes away are you in",
    "oh no i'm at the school run could you leave it till half past",
    "i've got another job at four but i can squeeze you in if you're back by three forty",
    "i'll try my best my husband's been off sick so i'm doing everything",
    "no problem i need somebody over eighteen in the house and the old box near the socket",
    "okay see you then and thanks for waiting",
)


def score_of(
    texts: Sequence[str], *, other: str = "C", labels: Sequence[str] = ()
) -> tuple[float | None, str]:
    """The score of a call under the playbook for collections, and why.

    Every second turn is by ``other``; the first of the agent's carry one of ``labels`` each.
    """
    given = [*labels, *["courtesy"] * len(texts)]
    lines = [f"{(other, f'A {given[i // 2]}')[i % 2]} | {text}" for i, text in enumerate(texts)]
    card = rescore(observed(*lines), playbooks.load("collection")).scorecard
    return (None if card.score is None else float(card.score)), card.because.en


@pytest.mark.parametrize("texts", [TAXI, IN_ENGLISH * 4])
def test_a_call_of_another_trade_gets_no_score(texts: Sequence[str]) -> None:
    score, why = score_of(texts)
    assert score is None
    assert why.startswith("Nobody speaks of a debt")


def test_one_word_of_a_debt_is_scored() -> None:
    assert score_of((*TAXI, "好的。", "您九月的学费还没交。"))[0] is not None


def test_with_a_third_party_silence_about_the_debt_is_no_other_trade() -> None:
    assert score_of(TAXI, other="T")[0] is not None


@pytest.mark.parametrize("texts", [BOOKING, BROADBAND])
@pytest.mark.parametrize("labels", [(), ("clear_ask", "offer_plan"), ("state_facts",)])
def test_a_booking_or_an_appointment_gets_none_though_some_turns_sound_like_it(
    texts: Sequence[str], labels: Sequence[str]
) -> None:
    assert score_of(texts, labels=labels)[0] is None


@pytest.mark.parametrize(
    "labels",
    [("state_facts", "state_facts"), ("clear_ask", "clear_ask", "offer_plan"), ("insult", "clear_ask")],
)
def test_more_turns_of_that_kind_or_a_fault_are_scored(labels: Sequence[str]) -> None:
    assert score_of(BOOKING, labels=labels)[0] is not None


def test_nothing_is_asked_of_such_a_call_and_its_faults_stay() -> None:
    lines = [f"{('C', 'A courtesy')[i % 2]} | {text}" for i, text in enumerate(BOOKING)]
    card = rescore(observed(*lines), playbooks.load("collection")).scorecard
    outcomes = {finding.criterion: finding.outcome for finding in card.findings}
    assert (outcomes["courtesy"], outcomes["state_facts"]) == (Outcome.NOT_APPLICABLE,) * 2
    card = rescore(
        observed(*(f"{'CA'[i % 2]} | {text}" for i, text in enumerate(TAXI)), "A insult | 你是猪吗"),
        playbooks.load("collection"),
    ).scorecard
    assert (card.score, card.critical) == (None, ("no_insult",))


def test_a_few_polite_turns_are_not_yet_a_call_of_another_trade() -> None:
    assert score_of(BOOKING[:4], labels=("clear_ask",))[0] is not None
