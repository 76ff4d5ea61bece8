"""What must hold of the score of any call."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from coach import playbooks
from coach.domain.call import Call, Role, Turn
from coach.domain.labels import DONTS, LabelId
from coach.domain.observations import Facts, LabelHit, ObservedCall
from coach.domain.playbook import Playbook
from coach.domain.review import CriterionKind, Evidence, Finding, Outcome
from coach.domain.text import Text
from coach.rules import evaluate
from coach.scoring import score

PLAYBOOKS = {name: playbooks.load(name) for name in playbooks.names()}
BECAUSE = Text("因为。", "Because.")
COLLECTION = PLAYBOOKS["collection"]
MANY = settings(max_examples=60, deadline=None)


@st.composite
def findings(draw: st.DrawFn) -> tuple[Finding, ...]:
    """A finding for every criterion of the collection playbook."""
    return tuple(draw(_finding(c.id, c.kind)) for c in COLLECTION.criteria)


@st.composite
def _finding(draw: st.DrawFn, criterion: str, kind: CriterionKind) -> Finding:
    outcome = draw(st.sampled_from(Outcome))
    credit = Fraction(1) if outcome is Outcome.MET else Fraction(0)
    if outcome is Outcome.NOT_MET and kind is not CriterionKind.DONT:
        credit = draw(st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]))
    turns = draw(st.integers(0, 4))
    return Finding(criterion, outcome, credit, BECAUSE, tuple(Evidence(i, None, "x") for i in range(turns)))


def points(found: tuple[Finding, ...], playbook: Playbook = COLLECTION) -> Fraction:
    """The score, where nothing was judged counted as the least."""
    card = score(found, playbook)
    return Fraction(-1) if card.score is None else card.score


@MANY
@given(findings())
def test_a_score_lies_between_0_and_100_and_is_exact(found: tuple[Finding, ...]) -> None:
    card = score(found, COLLECTION)
    assert card.score is None or (isinstance(card.score, Fraction) and 0 <= card.score <= 100)
    assert card.findings == found


@MANY
@given(findings(), st.sampled_from([c.id for c in COLLECTION.criteria if c.kind is CriterionKind.DONT]))
def test_a_further_fault_never_raises_the_score(found: tuple[Finding, ...], fault: str) -> None:
    worse = tuple(_worse(f) if f.criterion == fault else f for f in found)
    before = score(found, COLLECTION).score
    assert before is None or points(worse) <= before


def _worse(finding: Finding) -> Finding:
    further = Evidence(99, None, "x")
    evidence = (*finding.evidence, further) if finding.outcome is Outcome.NOT_MET else (further,)
    return replace(finding, outcome=Outcome.NOT_MET, credit=Fraction(0), evidence=evidence)


@MANY
@given(findings())
def test_taking_out_what_does_not_apply_changes_nothing(found: tuple[Finding, ...]) -> None:
    applicable = tuple(f for f in found if f.outcome is not Outcome.NOT_APPLICABLE)
    kept = {f.criterion for f in applicable}
    smaller = replace(COLLECTION, criteria=tuple(c for c in COLLECTION.criteria if c.id in kept))
    whole, part = score(found, COLLECTION), score(applicable, smaller)
    assert (whole.score, whole.verdict, whole.critical) == (part.score, part.verdict, part.critical)


@MANY
@given(findings(), st.data())
def test_what_cannot_be_determined_never_scores_higher_than_had_it_been_met(
    found: tuple[Finding, ...], data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from([c.id for c in COLLECTION.criteria]))
    met = tuple(
        replace(f, outcome=Outcome.MET, credit=Fraction(1)) if f.criterion == chosen else f for f in found
    )
    open_ = tuple(
        replace(f, outcome=Outcome.NOT_DETERMINABLE, credit=Fraction(0)) if f.criterion == chosen else f
        for f in found
    )
    rank = {"fail": 0, "not_assessed": 0, "needs_work": 1, "pass": 2}
    assert points(open_) <= points(met)
    if score(met, COLLECTION).score is not None:
        assert rank[score(open_, COLLECTION).verdict.value] <= rank[score(met, COLLECTION).verdict.value]


@MANY
@given(findings(), st.data())
def test_more_credit_never_lowers_the_score(found: tuple[Finding, ...], data: st.DataObject) -> None:
    partly = [f for f in found if f.outcome is Outcome.NOT_MET and COLLECTION.criterion(f.criterion).weight]
    if not partly:
        return
    chosen = data.draw(st.sampled_from(partly))
    better = tuple(replace(f, outcome=Outcome.MET, credit=Fraction(1)) if f is chosen else f for f in found)
    assert points(better) >= points(found)


@st.composite
def calls(draw: st.DrawFn) -> ObservedCall:
    """A small call of either playbook with any labels that may stand on its turns."""
    playbook = PLAYBOOKS[draw(st.sampled_from(sorted(PLAYBOOKS)))]
    size = draw(st.integers(4, 12))
    roles = [draw(st.sampled_from([Role.AGENT, Role.CUSTOMER, Role.THIRD_PARTY])) for _ in range(size)]
    labels = [
        tuple(
            LabelHit(label, 0.9, sure=draw(st.booleans()))
            for label in draw(st.lists(st.sampled_from(LabelId), max_size=2, unique=True))
        )
        for _ in range(size)
    ]
    turns = tuple(Turn(i, role, "这是一句普通的话没有别的意思") for i, role in enumerate(roles))
    call = Call("any", "any", playbook.id, playbook.coached, "zh", turns)
    return ObservedCall(call, tuple(labels), tuple(() for _ in turns), Facts())


@MANY
@given(calls(), st.sampled_from(sorted(DONTS)), st.data())
def test_one_more_dont_of_the_coached_party_never_raises_the_score(
    observed: ObservedCall, dont: LabelId, data: st.DataObject
) -> None:
    coached = [t.i for t in observed.call.turns if t.role is observed.call.coached]
    if not coached or observed.labels is None:
        return
    at = data.draw(st.sampled_from(coached))
    others = tuple(hit for hit in observed.labels[at] if hit.label is not dont)
    labels = list(observed.labels)
    labels[at] = (*others, LabelHit(dont, 0.99))
    playbook = PLAYBOOKS[observed.call.playbook]
    before = points(evaluate(observed, playbook), playbook)
    after = points(evaluate(replace(observed, labels=tuple(labels)), playbook), playbook)
    assert before == -1 or after <= before


@MANY
@given(calls())
def test_a_finding_always_says_why_and_points_into_the_call(observed: ObservedCall) -> None:
    playbook = PLAYBOOKS[observed.call.playbook]
    found = evaluate(observed, playbook)
    assert [f.criterion for f in found] == [c.id for c in playbook.criteria]
    for finding in found:
        assert finding.because.zh.endswith("。")
        assert finding.because.en.endswith(".")
        assert 0 <= finding.credit <= 1
        assert (finding.outcome is Outcome.MET) == (finding.credit == 1)
        for evidence in (*finding.evidence, *finding.to_check):
            assert evidence.span is not None
            assert evidence.span.of(observed.call.turns[evidence.turn].text) == evidence.quote
        if playbook.criterion(finding.criterion).kind is CriterionKind.DONT:
            roles = {observed.call.turns[e.turn].role for e in finding.evidence}
            assert roles <= {observed.call.coached}
