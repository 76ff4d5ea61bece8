"""Findings to a score: exact sums, and a reason where there is none."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coach import playbooks
from coach.domain.call import Role
from coach.domain.playbook import Playbook
from coach.domain.recording import AudioQuality
from coach.domain.review import Evidence, Finding, Outcome, Scorecard, Verdict
from coach.domain.text import Text
from coach.rules import evaluate
from coach.scoring import score
from tests.rule_calls import observed

BECAUSE = Text("因为。", "Because.")


@pytest.fixture(scope="module")
def collection() -> Playbook:
    return playbooks.load("collection")


def card_of(playbook: Playbook, **outcomes: Outcome | Fraction | int) -> Scorecard:
    """Everything met or not applicable but what is given: an outcome, a credit, or a number of faults."""
    findings = []
    for criterion in playbook.criteria:
        given = outcomes.get(criterion.id, Outcome.MET)
        findings.append(_finding(criterion.id, given))
    return score(findings, playbook)


def _finding(criterion: str, given: Outcome | Fraction | int) -> Finding:
    if isinstance(given, Outcome):
        credit = Fraction(1) if given is Outcome.MET else Fraction(0)
        return Finding(criterion, given, credit, BECAUSE)
    if isinstance(given, Fraction):
        return Finding(criterion, Outcome.NOT_MET, given, BECAUSE)
    evidence = tuple(Evidence(turn, None, "x") for turn in range(given))
    return Finding(criterion, Outcome.NOT_MET, Fraction(0), BECAUSE, evidence)


WEIGHT = 95
"""Of all dos and manners of the collection playbook."""


def test_the_weights_of_the_collection_playbook(collection: Playbook) -> None:
    assert sum(criterion.weight for criterion in collection.criteria) == WEIGHT


def test_everything_done_is_a_hundred(collection: Playbook) -> None:
    card = card_of(collection)
    assert card.score == 100
    assert card.verdict is Verdict.PASS
    assert card.because.zh == "适用的各项都做到了。"


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ({"clear_ask": Outcome.NOT_MET}, Fraction(100 * (WEIGHT - 10), WEIGHT)),
        ({"clear_ask": Fraction(1, 2)}, Fraction(100 * (WEIGHT - 5), WEIGHT)),
        ({"clear_ask": Outcome.NOT_APPLICABLE}, Fraction(100)),
        ({"clear_ask": Outcome.NOT_DETERMINABLE}, Fraction(100)),
        ({"calm": 1}, Fraction(90)),
        ({"calm": 2}, Fraction(85)),
        ({"calm": 9}, Fraction(75)),
        ({"no_pressure": 1, "calm": 1}, Fraction(78)),
        ({"no_threat": 1}, Fraction(35)),
        ({"no_threat": 3}, Fraction(35)),
        ({"no_threat": 3, "no_insult": 3}, Fraction(0)),
    ],
)
def test_the_score_is_exact(
    collection: Playbook, outcomes: dict[str, Outcome | Fraction | int], expected: Fraction
) -> None:
    assert card_of(collection, **outcomes).score == expected


def test_two_pieces_of_evidence_in_one_turn_are_one_fault(collection: Playbook) -> None:
    same = tuple(Evidence(4, None, quote) for quote in ("a", "b"))
    findings = [
        Finding(c.id, Outcome.NOT_MET, Fraction(0), BECAUSE, same)
        if c.id == "calm"
        else _finding(c.id, Outcome.MET)
        for c in collection.criteria
    ]
    assert score(findings, collection).score == 90


@pytest.mark.parametrize("critical", ["no_threat", "no_insult", "no_privacy_leak"])
def test_a_critical_fault_fails_the_call_whatever_else_went_well(collection: Playbook, critical: str) -> None:
    card = card_of(collection, **{critical: 1})
    assert card.verdict is Verdict.FAIL
    assert card.critical == (critical,)
    assert card.score is not None
    assert card.score <= collection.bars.critical_cap
    assert collection.criterion(critical).title.zh in card.because.zh


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ({}, Verdict.PASS),
        ({"clear_ask": Outcome.NOT_MET, "deadline": Outcome.NOT_MET}, Verdict.PASS),
        ({"calm": 3, "no_pressure": 1}, Verdict.NEEDS_WORK),
        ({"calm": 5, "no_pressure": 5, "no_overpromise": 1}, Verdict.FAIL),
        ({"no_threat": Outcome.NOT_DETERMINABLE}, Verdict.NEEDS_WORK),
        ({"calm": Outcome.NOT_DETERMINABLE}, Verdict.PASS),
    ],
)
def test_the_verdict(
    collection: Playbook, outcomes: dict[str, Outcome | Fraction | int], verdict: Verdict
) -> None:
    assert card_of(collection, **outcomes).verdict is verdict


def test_a_possible_threat_must_be_looked_at_before_a_pass(collection: Playbook) -> None:
    card = card_of(collection, no_threat=Outcome.NOT_DETERMINABLE)
    assert card.score == 100
    assert card.because.zh == "先请人工核对：威胁恐吓。"


def test_no_pass_when_too_little_of_a_good_call_could_be_judged(collection: Playbook) -> None:
    heavy = ("identify", "state_facts", "clear_ask", "deadline", "offer_plan")
    blind: dict[str, Outcome | Fraction | int] = dict.fromkeys(heavy, Outcome.NOT_DETERMINABLE)
    half: dict[str, Outcome | Fraction | int] = {
        name: Fraction(1, 2) for name in ("empathy", "explain_evidence", "confirm_commitment", "inquire")
    }
    card = card_of(collection, **blind, **half)
    assert card.score is not None
    assert card.score >= collection.bars.passed
    assert card.verdict is Verdict.NEEDS_WORK
    assert "无法判断的太多" in card.because.zh


def test_no_score_when_most_could_not_be_determined(collection: Playbook) -> None:
    outcomes = {c.id: Outcome.NOT_DETERMINABLE for c in collection.criteria if c.id != "courtesy"}
    card = card_of(collection, **outcomes)
    assert card.score is None
    assert card.verdict is Verdict.NOT_ASSESSED


TALK = (
    "A identify | 您好我是恒信的小王请问是李明吗",
    "C | 是我什么事",
    "A state_facts | 您的账单逾期了",
    "C | 哦",
    "A | 好",
)
CLEAN = AudioQuality(speech_share=0.6, snr_db=25.0, clipped_share=0.0, bandwidth_hz=3400.0, level_dbfs=-20.0)


def test_a_call_that_can_be_judged_gets_a_score(collection: Playbook) -> None:
    call = observed(*TALK)
    call = replace(call, call=replace(call.call, quality=CLEAN))
    assert score(evaluate(call, collection), collection, observed=call).score is not None


NOT_JUDGED = [
    ("nobody speaks", observed(), "没有听到人说话"),
    (
        "only the agent speaks",
        observed("A | 您好您好请问是李明先生吗", "A | 您的账单逾期了请回电"),
        "只听到一方",
    ),
    ("too few words", observed("A | 喂", "C | 嗯", "A | 好"), "只说了 2 个字"),
    (
        "nobody knows who speaks",
        observed("U | 您好请问是李明先生吗", "U | 您的账单逾期了"),
        "分不清每句话是谁说的",
    ),
    ("no classifier", observed(*TALK, classified=False), "没有话术分类模型"),
    ("nothing is clear", observed(*TALK, confidence=dict.fromkeys(range(4), 0.1)), "的话识别得可靠"),
]


@pytest.mark.parametrize(("call", "why"), [case[1:] for case in NOT_JUDGED], ids=[c[0] for c in NOT_JUDGED])
def test_no_score_is_invented(collection: Playbook, call: object, why: str) -> None:
    card = score(evaluate(call, collection), collection, observed=call)  # type: ignore[arg-type]
    assert card.score is None
    assert card.verdict is Verdict.NOT_ASSESSED
    assert why in card.because.zh


def test_another_language_and_much_noise_are_not_judged(collection: Playbook) -> None:
    call = observed(*TALK)
    french = replace(call, call=replace(call.call, language="fr"))
    noisy = replace(call, call=replace(call.call, quality=replace(CLEAN, snr_db=-3.0)))
    assert {f.outcome for f in evaluate(french, collection)} == {Outcome.NOT_DETERMINABLE}
    for one, why in ((french, "fr"), (noisy, "噪声太大")):
        card = score(evaluate(one, collection), collection, observed=one)
        assert card.score is None
        assert why in card.because.zh


def test_a_threat_on_a_voice_mail_is_named_though_there_is_no_score(collection: Playbook) -> None:
    call = observed("A threat | 再不还钱我就去你单位找你们领导", "A | 你自己看着办吧")
    card = score(evaluate(call, collection), collection, observed=call)
    assert card.score is None
    assert card.critical == ("no_threat",)
    assert "但听到严重问题：威胁恐吓" in card.because.zh


def test_a_critical_fault_fails_a_call_of_which_little_else_is_known(collection: Playbook) -> None:
    outcomes: dict[str, Outcome | Fraction | int] = {
        c.id: Outcome.NOT_DETERMINABLE for c in collection.criteria if c.id != "courtesy"
    }
    assert card_of(collection, **outcomes).verdict is Verdict.NOT_ASSESSED
    assert card_of(collection, **(outcomes | {"no_threat": 1})).verdict is Verdict.FAIL


def test_the_coached_customer_is_the_one_who_is_counted() -> None:
    negotiation = playbooks.load("negotiation")
    call = observed("A | 您好请讲您的需求是什么", "C | 喂", coached=Role.CUSTOMER)
    card = score(evaluate(call, negotiation), negotiation, observed=call)
    assert card.verdict is Verdict.NOT_ASSESSED
