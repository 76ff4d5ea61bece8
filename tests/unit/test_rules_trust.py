"""What is not clear in words or speaker proves nothing, neither by being there nor by being absent."""

from __future__ import annotations

import pytest

from coach import playbooks
from coach.domain.playbook import Playbook
from coach.domain.review import Outcome
from coach.rules import evaluate
from coach.rules.seen import Doubt
from tests.rule_calls import observed, seen, truth


@pytest.fixture(scope="module")
def collection() -> Playbook:
    return playbooks.load("collection")


@pytest.mark.parametrize(
    ("confidence", "outcome"), [({}, "no"), ({0: 0.9}, "no"), ({0: 0.2}, "unknown"), ({1: 0.2}, "no")]
)
def test_silence_proves_something_only_in_words_that_can_be_read(
    confidence: dict[int, float], outcome: str
) -> None:
    call = observed("A | 喂你好这里是那个什么", "C | 嗯嗯", confidence=confidence)
    assert truth("{said: empathy}", call) == outcome


def test_a_short_unclear_turn_among_clear_ones_does_not_hide_an_absence() -> None:
    call = observed("A | 嗯", "C | 好", "A | 您二月的账单六千八百四还没有还", confidence={0: 0.1, 2: 0.9})
    assert truth("{said: empathy}", call) == "no"


def test_a_label_on_unclear_words_does_not_count() -> None:
    call = observed("A threat | 你等着", confidence={0: 0.2})
    found = seen("{said: threat}", call)
    assert found.truth.value == "unknown"
    assert found.doubtful[0].doubt is Doubt.WORDS


@pytest.mark.parametrize("line", ["A threat | 你等着", "C threat | 你等着"])
def test_when_the_speaker_is_in_doubt_nobody_said_it_for_sure(line: str) -> None:
    call = observed(line, role_confidence={0: 0.4})
    found = seen("{said: threat}", call)
    assert found.truth.value == "unknown"
    assert found.doubtful[0].doubt is Doubt.ROLE


def test_an_unknown_speaker_may_be_the_coached_one() -> None:
    call = observed("A | 您好", "U threat | 你等着")
    assert truth("{said: threat}", call) == "unknown"
    assert truth("{said: {by: anyone, label: threat}}", call) == "yes"


def outcome_of(criterion: str, playbook: Playbook, *lines: str, **given: object) -> Outcome:
    call = observed(*lines, **given)  # type: ignore[arg-type]
    return next(f.outcome for f in evaluate(call, playbook) if f.criterion == criterion)


def test_a_faint_label_leaves_the_dont_met_and_a_doubtful_speaker_leaves_it_open(
    collection: Playbook,
) -> None:
    faint = observed("A threat? | 您家那条路我熟", "C | 嗯")
    finding = next(f for f in evaluate(faint, collection) if f.criterion == "no_threat")
    assert finding.outcome is Outcome.MET
    assert [evidence.turn for evidence in finding.to_check] == [0]
    assert finding.because.zh == "没有确凿的证据；可能说了威胁恐吓的话（请人工核对第 1 轮：把握不足）。"
    whose = outcome_of("no_threat", collection, "A threat | 你等着", "C | 嗯", role_confidence={0: 0.4})
    assert whose is Outcome.NOT_DETERMINABLE


def test_a_do_that_was_perhaps_said_is_left_open(collection: Playbook) -> None:
    lines = ("C hardship | 我失业了", "A empathy? | 嗯哪", "C | 唉", "A | 那行", "C | 嗯")
    assert outcome_of("empathy", collection, *lines) is Outcome.NOT_DETERMINABLE


def test_a_do_is_left_open_where_its_occasion_is_uncertain(collection: Playbook) -> None:
    lines = ("C hardship? | 最近嘛", "A | 周五之前处理一下", "C | 唉", "A | 那行", "C | 嗯")
    assert outcome_of("empathy", collection, *lines) is Outcome.NOT_DETERMINABLE


def test_no_criterion_is_met_when_nothing_can_be_read(collection: Playbook) -> None:
    lines = ["A courtesy,identify | 您好我是小王请问是李明吗", "C hardship | 我最近失业了没有钱"] * 5
    call = observed(*lines, confidence=dict.fromkeys(range(10), 0.1))
    assert {f.outcome for f in evaluate(call, collection)} <= {
        Outcome.NOT_DETERMINABLE,
        Outcome.NOT_APPLICABLE,
    }
