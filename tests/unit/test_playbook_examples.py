"""The examples that stand in the built-in playbooks run as tests."""

from __future__ import annotations

import pytest

from coach import playbooks
from coach.domain.labels import DONTS, DOS, LabelId
from coach.domain.review import CriterionKind
from coach.rules.examples import Tried, try_examples

TRIED = [tried for name in playbooks.names() for tried in try_examples(playbooks.load(name))]


@pytest.mark.parametrize("tried", TRIED, ids=lambda t: f"{t.criterion}:{t.example.line}")
def test_an_example_comes_out_as_it_says(tried: Tried) -> None:
    assert tried.wrong is None, f"{tried.example.title}: {tried.wrong} ({tried.finding.because.en})"


@pytest.mark.parametrize("name", playbooks.names())
def test_every_criterion_has_examples_that_fire_and_that_stay_silent(name: str) -> None:
    for criterion in playbooks.load(name).criteria:
        outcomes = {example.outcome for example in criterion.examples}
        assert len(outcomes) >= 2, f"{criterion.id} only has examples of {outcomes}"


@pytest.mark.parametrize("name", playbooks.names())
def test_every_do_and_dont_has_sentences_for_the_classifier(name: str) -> None:
    for criterion in playbooks.load(name).criteria:
        if criterion.kind is not CriterionKind.MANNER:
            assert criterion.label in DOS | DONTS
            assert len(criterion.sentences.fire) >= 2, criterion.id
            assert len(criterion.sentences.silent) >= 2, criterion.id


FAULTS = {"no_threat", "no_insult", "no_privacy_leak", "no_pressure", "calm", "no_overpromise"}
MANNERS = {"listening", "interruptions", "pace"}
ONLY_COLLECTION = {LabelId.CONVENIENT_TIME, LabelId.INQUIRE, LabelId.IMPORTANCE}
ONLY_NEGOTIATION = {
    LabelId.APOLOGY,
    LabelId.EXPLAIN_REASON,
    LabelId.WILLINGNESS,
    LabelId.KEEP_RECORD,
    LabelId.KNOW_RIGHTS,
}
RUBRIC = {
    "collection": {label.value for label in DOS - ONLY_NEGOTIATION} | FAULTS | MANNERS,
    "negotiation": {label.value for label in DOS - ONLY_COLLECTION} | FAULTS | MANNERS,
}


@pytest.mark.parametrize(("name", "ids"), RUBRIC.items())
def test_the_playbook_holds_every_criterion_of_the_rubric(name: str, ids: set[str]) -> None:
    assert {criterion.id for criterion in playbooks.load(name).criteria} == ids


@pytest.mark.parametrize("name", playbooks.names())
def test_exactly_threat_insult_and_leak_are_critical(name: str) -> None:
    critical = {c.id for c in playbooks.load(name).criteria if c.critical}
    assert critical == {"no_threat", "no_insult", "no_privacy_leak"}
