"""The main job on real audio: every sample is heard, judged and scored as its script says."""

from __future__ import annotations

import pytest

from coach.domain.review import Outcome, Verdict
from coach.domain.time import Interval
from tests.slow.conftest import SAMPLES, Heard

pytestmark = pytest.mark.slow

IDS = sorted(path.name.removesuffix(".gold.json") for path in SAMPLES.glob("*.gold.json"))
CRITERION = {"threat": "no_threat", "insult": "no_insult", "privacy_leak": "no_privacy_leak"}


def test_there_are_enough_samples() -> None:
    assert len(IDS) >= 10


@pytest.mark.parametrize("name", IDS)
def test_planted_critical_faults_are_found_in_the_right_turn(heard: dict[str, Heard], name: str) -> None:
    sample = heard[name]
    planted = {item["label"] for item in sample.gold["expected"]["critical"]}
    findings = {finding.criterion: finding for finding in sample.review.scorecard.findings}
    for label in planted:
        finding = findings[CRITERION[label]]
        assert finding.outcome is Outcome.NOT_MET, f"{label} was not found"
        said = [
            Interval(turn["start"], turn["end"]) for turn in sample.gold["turns"] if label in turn["labels"]
        ]
        found = [evidence.interval for evidence in finding.evidence if evidence.interval is not None]
        assert any(a.overlap(b) > 0 for a in found for b in said), f"{label} has evidence elsewhere"


@pytest.mark.parametrize("name", IDS)
def test_no_critical_fault_is_invented(heard: dict[str, Heard], name: str) -> None:
    sample = heard[name]
    planted = {CRITERION[item["label"]] for item in sample.gold["expected"]["critical"]}
    assert set(sample.review.scorecard.critical) <= planted


@pytest.mark.parametrize("name", IDS)
def test_the_verdict_is_the_scripts(heard: dict[str, Heard], name: str) -> None:
    """A critical fault decides by itself; by points alone a verdict may be one step off what was heard."""
    sample = heard[name]
    steps = [Verdict.FAIL, Verdict.NEEDS_WORK, Verdict.PASS]
    expected = steps.index(Verdict(sample.gold["expected"]["verdict"]))
    found = steps.index(sample.review.scorecard.verdict)
    if sample.gold["expected"]["critical"]:
        assert found == expected
    assert abs(found - expected) <= 1


@pytest.mark.parametrize("name", IDS)
def test_most_of_the_talk_is_given_to_the_right_party(heard: dict[str, Heard], name: str) -> None:
    sample = heard[name]
    right = wrong = 0.0
    for turn in sample.review.observed.call.turns:
        assert turn.interval is not None
        for gold in sample.gold["turns"]:
            shared = Interval(gold["start"], gold["end"]).overlap(turn.interval)
            if gold["speaker"] == turn.role.value:
                right += shared
            else:
                wrong += shared
    assert right / (right + wrong) > 0.85


@pytest.mark.parametrize("name", IDS)
def test_every_piece_of_evidence_can_be_played(heard: dict[str, Heard], name: str) -> None:
    call = heard[name].review.observed.call
    assert call.duration is not None
    for finding in heard[name].review.scorecard.findings:
        for evidence in (*finding.evidence, *finding.to_check):
            assert evidence.interval is not None
            assert 0 <= evidence.interval.start < evidence.interval.end <= call.duration + 0.5
            assert evidence.quote in call.turns[evidence.turn].text
