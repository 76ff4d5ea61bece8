"""What is not clear in words or speaker proves nothing, neither by being there nor by being absent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach import playbooks
from coach.domain.call import Correction
from coach.domain.playbook import Playbook
from coach.domain.review import Outcome
from coach.domain.time import Span
from coach.rules import evaluate
from coach.rules.seen import Doubt
from coach.scoring import score
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


@pytest.mark.parametrize(
    ("faint", "outcome"),
    [
        ("明天就带", Outcome.NOT_DETERMINABLE),
        ("明天", Outcome.NOT_MET),
        ("您看着办吧", Outcome.NOT_MET),
    ],
    ids=["most of the carrying words are faint", "a few of them are", "others of the turn are"],
)
def test_a_dont_that_rests_on_faint_words_is_to_be_checked_and_fails_no_call(
    faint: str, outcome: Outcome, collection: Playbook
) -> None:
    lines = ("A threat | 明天就带人去，这件事情您看着办吧我再说一次", "C | 你这是什么意思")
    call = observed(*lines, heard={0: faint})
    finding = next(f for f in evaluate(call, collection) if f.criterion == "no_threat")
    assert finding.outcome is outcome
    assert bool(score([finding], collection).critical) is (outcome is Outcome.NOT_MET)
    if outcome is Outcome.NOT_DETERMINABLE:
        assert [evidence.turn for evidence in finding.to_check] == [0]
        assert finding.because.zh == "可能说了威胁恐吓的话（请人工核对第 1 轮：这里的识别不可靠）。"


def test_words_that_were_mended_by_their_sound_are_not_held_against_a_dont(collection: Playbook) -> None:
    call = observed("A threat | 上门催收，您看着办", "C | 嗯", heard={0: "上门催收"})
    turn = replace(call.call.turns[0], corrections=(Correction(Span(0, 4), "上们崔收", "sounds alike"),))
    call = replace(call, call=replace(call.call, turns=(turn, *call.call.turns[1:])))
    finding = next(f for f in evaluate(call, collection) if f.criterion == "no_threat")
    assert finding.outcome is Outcome.NOT_MET


def test_a_do_that_rests_on_faint_words_is_left_open() -> None:
    call = observed("A courtesy | 谢谢您，再见", "C | 再见", heard={0: "谢谢您"})
    assert truth("{said: {phrase: 谢谢您}}", call) == "unknown"
    assert truth("{said: {phrase: 再见}}", call) == "yes"


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
