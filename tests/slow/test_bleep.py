"""A recording with its personal data covered is heard again: the data is gone and the rest is still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.assembly import Reviewer
from coach.audio.bleep import bleeped_mp3, personal_moments
from coach.domain.moments import moment_of
from tests.benchmarks.bleep import kept, letters, personal
from tests.slow.conftest import Heard

pytestmark = pytest.mark.slow

NAMES = ("zh_collection_third_party_leak", "en_collection_good", "en_collection_threat")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_covered_is_not_heard_again_and_the_rest_is(
    heard: dict[str, Heard], reviewer: Reviewer, tmp_path: Path, name: str
) -> None:
    sample, review = heard[name].sample, heard[name].review
    known = personal(review)
    assert len(known) >= 2, "the sample has names and numbers"
    covered = bleeped_mp3(sample.path, review.observed, into=tmp_path / "covered.mp3", folder=tmp_path)
    call = reviewer.review(covered, sample.options).observed.call
    assert call.channels == review.observed.call.channels
    assert call.duration == pytest.approx(review.observed.call.duration or 0, abs=0.2)
    again = letters("".join(turn.text for turn in call.turns))
    assert [text for text in known if text in again] == []
    assert kept(review, again) > 0.75


@pytest.mark.parametrize("name", NAMES)
def test_the_tone_lies_where_the_words_are(heard: dict[str, Heard], name: str) -> None:
    observed = heard[name].review.observed
    moments = personal_moments(observed)
    for turn, spans in zip(observed.call.turns, observed.pii, strict=True):
        for one in spans:
            said = moment_of(turn, one.span)
            assert said is not None
            assert any(moment.start <= said.start and said.end <= moment.end for moment in moments)
    covered = sum(moment.duration for moment in moments)
    assert covered < 0.4 * (observed.call.duration or 0), "most of the call can still be heard"
