"""Practice without models: marks beside the key, and what a judged answer is worth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coach import playbooks
from coach.domain.call import Role
from coach.domain.labels import CRITICAL, DONTS, LabelId
from coach.domain.observations import LabelHit
from coach.domain.review import Finding, Outcome
from coach.domain.text import Text
from coach.practice.drill import Reached, read
from coach.practice.lines import HardLine, LineKind, hard_lines
from coach.practice.marks import (
    FAULTS,
    Mark,
    MarkKind,
    by_label,
    compare,
    key_of_card,
    key_of_gold,
    marks_from,
    points,
)
from tests.store_calls import judged

THREAT, INSULT, PRESSURE = LabelId.THREAT, LabelId.INSULT, LabelId.PRESSURE
KEY = (Mark(2, PRESSURE), Mark(4, THREAT))


@pytest.mark.parametrize(
    ("marks", "kinds", "worth"),
    [
        (KEY, ["hit", "hit"], 100),
        ((), ["missed", "missed"], 0),
        ((Mark(2, PRESSURE),), ["hit", "missed"], 67),
        ((Mark(2, PRESSURE), Mark(4, INSULT)), ["hit", "near"], 75),
        ((*KEY, Mark(0, INSULT)), ["false", "hit", "hit"], 80),
        ((Mark(0, INSULT),), ["false", "missed", "missed"], 0),
        ((Mark(4, THREAT), Mark(4, INSULT)), ["missed", "false", "hit"], 50),
    ],
)
def test_marks_are_compared_with_the_key(marks: tuple[Mark, ...], kinds: list[str], worth: int) -> None:
    compared = compare(marks, KEY)
    assert [one.kind.value for one in compared] == kinds
    assert points(compared) == worth


def test_a_call_without_faults_in_which_none_was_marked_is_all_right() -> None:
    assert points(compare((), ())) == 100
    assert points(compare((Mark(0, INSULT),), ())) == 0


def test_a_fault_under_another_name_is_missed_under_its_own() -> None:
    found = by_label(compare((Mark(4, INSULT),), KEY))
    assert found[THREAT][MarkKind.MISSED] == 1
    assert found[INSULT][MarkKind.FALSE] == 1


def test_every_fault_of_the_rubric_can_be_marked() -> None:
    assert set(FAULTS) == DONTS


def test_the_key_of_a_sample_holds_the_faults_of_the_coached_party_only() -> None:
    turns = [
        {"i": 0, "speaker": "agent", "labels": ["courtesy", "threat"]},
        {"i": 1, "speaker": "customer", "labels": ["insult", "hardship"]},
    ]
    assert key_of_gold({"coached": "agent", "turns": turns}) == {Mark(0, THREAT)}
    assert key_of_gold({"coached": "customer", "turns": turns}) == {Mark(1, INSULT)}


def test_the_key_of_a_call_is_what_stands_on_its_card() -> None:
    review = judged(faults={"no_threat": 2, "calm": 4}, doubts={"no_insult": 0})
    card = review.scorecard
    assert key_of_card(review, card) == {Mark(2, THREAT), Mark(4, LabelId.EMOTIONAL)}
    dismissed = [
        replace(one, outcome=Outcome.MET) if one.criterion == "no_threat" else one for one in card.findings
    ]
    assert key_of_card(review, replace(card, findings=tuple(dismissed))) == {Mark(4, LabelId.EMOTIONAL)}


@pytest.mark.parametrize("name", playbooks.names())
def test_every_fault_that_a_playbook_forbids_can_be_a_key(name: str) -> None:
    ids = {info.id for info in playbooks.load(name).infos()}
    assert {f"no_{label.value}" for label in CRITICAL} | {"no_pressure", "no_overpromise", "calm"} <= ids


@pytest.mark.parametrize(
    "given",
    [
        {"turn": 1, "label": "threat"},
        {"turn": 7, "label": "threat"},
        {"turn": -1, "label": "threat"},
        {"turn": "0", "label": "threat"},
        {"turn": 0, "label": "courtesy"},
        {"turn": 0, "label": "no such"},
    ],
)
def test_a_mark_that_cannot_be_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"mark|fault|LabelId"):
        marks_from([given], (Role.AGENT, Role.CUSTOMER), Role.AGENT)


# ---- hard lines --------------------------------------------------------------------------------------------

LINE = HardLine(
    id="test",
    kind=LineKind.HARDSHIP,
    language="zh",
    playbook="collection",
    trains=("empathy", "offer_plan"),
    before=(("agent", "您好。"),),
    line="我住院了。",
    model="…",
)
LINES = ("A: 您好。", "C: 我住院了。", "A: 您不容易，分三期行吗？")
AT = 2


def _answered(met: tuple[str, ...], faults: tuple[str, ...] = (), labels: tuple[LabelId, ...] = ()) -> int:
    review = judged("drill", *LINES, faults=dict.fromkeys(faults, AT), missed=("empathy", "offer_plan"))
    findings = []
    for finding in review.scorecard.findings:
        if finding.criterion in met:
            evidence = (replace(review.scorecard.findings[0].evidence[0], turn=AT),)
            finding = Finding(finding.criterion, Outcome.MET, Fraction(1), Text("好", "ok"), evidence)
        findings.append(finding)
    observed = replace(review.observed, labels=((), (), tuple(LabelHit(one, 0.99) for one in labels)))
    card = replace(review.scorecard, findings=tuple(findings))
    found = read(LINE, "答", replace(review, observed=observed, scorecard=card))
    assert {point.info.id for point in found.points if point.reached is Reached.DONE} == set(met)
    return found.score


@pytest.mark.parametrize(
    ("met", "faults", "labels", "score"),
    [
        (("empathy", "offer_plan"), (), (), 100),
        (("empathy",), (), (), 50),
        ((), (), (), 0),
        (("empathy",), (), (LabelId.OFFER_PLAN,), 75),
        (("empathy", "offer_plan"), ("no_pressure",), (), 50),
        (("empathy", "offer_plan"), ("no_threat",), (), 0),
    ],
)
def test_an_answer_is_worth_what_it_reached_less_its_faults(
    met: tuple[str, ...], faults: tuple[str, ...], labels: tuple[LabelId, ...], score: int
) -> None:
    assert _answered(met, faults, labels) == score


def test_the_lines_are_of_every_kind_in_both_languages_and_train_what_the_playbook_has() -> None:
    kinds = {(line.language, line.kind) for line in hard_lines()}
    assert kinds == {(language, kind) for language in ("zh", "en") for kind in LineKind}
    assert len({line.id for line in hard_lines()}) == len(hard_lines())
    for line in hard_lines():
        ids = {info.id for info in playbooks.load(line.playbook).infos()}
        assert line.trains
        assert set(line.trains) <= ids, line.id
