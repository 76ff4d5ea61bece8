"""What the player is given of a review."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from coach.domain.call import Role, Turn
from coach.domain.time import Interval
from coach.domain.transcript import Word
from coach.ui.review_view import channel_lanes, review_view, word_starts
from tests.ui import fixtures


def _by_id(view: dict[str, object]) -> dict[str, dict[str, object]]:
    return {criterion["id"]: criterion for criterion in view["criteria"]}  # type: ignore[index,attr-defined]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_view_is_plain_json(language: str) -> None:
    for review in (fixtures.bad_review(), fixtures.good_review(), fixtures.hostile_review()):
        view = review_view(review, language)  # type: ignore[arg-type]
        assert json.loads(json.dumps(view)) == view


def test_quotes_lie_where_their_spans_say() -> None:
    view = review_view(fixtures.bad_review(), "zh")
    pieces = [
        piece for criterion in view["criteria"] for piece in criterion["evidence"] + criterion["toCheck"]
    ]
    assert len(pieces) >= 10
    for piece in pieces:
        start, end = piece["span"]
        assert view["turns"][piece["turn"]]["text"][start:end] == piece["quote"]


def test_evidence_is_coloured_by_what_it_shows() -> None:
    bad = _by_id(review_view(fixtures.bad_review(), "zh"))
    tones = {name: [piece["tone"] for piece in bad[name]["evidence"]] for name in bad}  # type: ignore[attr-defined]
    assert tones["no_threat"] == ["critical"]
    assert tones["no_pressure"] == ["fault"]
    assert tones["offer_plan"] == ["merit"]
    assert bad["calm"]["toCheck"][0]["tone"] == "check"  # type: ignore[index]


def test_what_the_other_side_said_is_never_a_merit_or_a_fault() -> None:
    review = fixtures.bad_review()
    findings = tuple(
        replace(finding, evidence=(replace(finding.evidence[0], turn=3),)) if finding.evidence else finding
        for finding in review.scorecard.findings
    )
    view = review_view(replace(review, scorecard=replace(review.scorecard, findings=findings)), "zh")
    tones = {piece["tone"] for criterion in view["criteria"] for piece in criterion["evidence"]}
    assert tones == {"context"}


def test_evidence_that_earned_nothing_is_context() -> None:
    review = fixtures.good_review()
    findings = tuple(replace(finding, credit=0 * finding.credit) for finding in review.scorecard.findings)
    view = review_view(replace(review, scorecard=replace(review.scorecard, findings=findings)), "zh")
    assert {piece["tone"] for criterion in view["criteria"] for piece in criterion["evidence"]} == {"context"}


def test_criteria_are_grouped() -> None:
    groups = {
        name: criterion["group"]
        for name, criterion in _by_id(review_view(fixtures.bad_review(), "zh")).items()
    }
    assert groups["no_threat"] == "critical"
    assert groups["no_pressure"] == "dont"
    assert groups["empathy"] == "do"
    assert groups["pace"] == "manner"


def test_texts_are_in_the_language_of_the_page() -> None:
    review = fixtures.bad_review()
    assert _by_id(review_view(review, "en"))["no_threat"]["title"] == "Threats"
    assert _by_id(review_view(review, "zh"))["no_threat"]["title"] == "威胁恐吓"


def test_a_call_that_was_not_assessed_has_no_score() -> None:
    review = fixtures.bad_review()
    view = review_view(replace(review, scorecard=replace(review.scorecard, score=None)), "zh")
    assert view["score"] is None


def test_places_are_counted_as_the_browser_counts() -> None:
    text = "𠮷先生，今天必须还"
    words = (Word("今天", Interval(0, 1), 0.9), Word("必须", Interval(1, 2), 0.9))
    assert word_starts(text, words) == [[5, 0.0], [7, 1.0]]
    utf16 = text.encode("utf-16-le")
    assert utf16[10:14].decode("utf-16-le") == "今天"


def test_words_that_were_corrected_are_left_out() -> None:
    words = tuple(Word(said, Interval(i, i + 1), 0.9) for i, said in enumerate(("已经", "与其", "三个月")))
    assert word_starts("已经逾期三个月", words) == [[0, 0.0], [4, 2.0]]


@pytest.mark.parametrize(("agent_channel", "lanes"), [(0, [0, 1]), (1, [1, 0])])
def test_each_party_is_drawn_from_its_own_channel(agent_channel: int, lanes: list[int]) -> None:
    turns = (
        Turn(0, Role.AGENT, "a", Interval(0, 5)),
        Turn(1, Role.CUSTOMER, "b", Interval(5, 10)),
    )
    agent, customer = [0.8] * 5 + [0.1] * 5, [0.1] * 5 + [0.6] * 5
    peaks = [agent, customer] if agent_channel == 0 else [customer, agent]
    assert channel_lanes(peaks, turns, 10.0) == lanes


def test_one_channel_serves_both_parties() -> None:
    assert channel_lanes([[0.5] * 10], (), 10.0) == [0, 0]
