"""A person says at the page who speaks: what he may ask for, and what he is shown of the hearing."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.domain.call import Correction, Role, Turn
from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import LOCAL, AccountRole, Actor
from coach.domain.recording import AudioQuality
from coach.domain.review import Review
from coach.domain.speaker_change import ChangeKind, SpeakerChange
from coach.domain.time import Interval, Span
from coach.domain.transcript import Word
from coach.store import ReviewStore
from coach.ui import correcting
from coach.ui.correcting import FAILED, NO_PARTIES, NO_PLAYBOOK
from coach.ui.heard_view import unclear
from coach.ui.review_view import review_view
from coach.ui.speakers import correct, requested
from tests.ui import fixtures

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "kind", "given"),
    [
        ({"do": "swap"}, ChangeKind.SWAP, {}),
        ({"do": "confirm"}, ChangeKind.CONFIRM, {}),
        ({"do": "turn", "turn": 3, "role": "customer"}, ChangeKind.TURNS, {"roles": {3: Role.CUSTOMER}}),
        (
            {"do": "party", "from": "customer", "role": "third_party"},
            ChangeKind.PARTY,
            {"parties": {Role.CUSTOMER: Role.THIRD_PARTY}},
        ),
    ],
)
def test_a_request_becomes_a_change(asked: dict[str, object], kind: ChangeKind, given: dict) -> None:
    assert requested(asked, by="li", at=NOW) == SpeakerChange(kind, "li", NOW, **given)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"do": "erase"},
        {"do": "turn", "turn": "3", "role": "customer"},
        {"do": "turn", "turn": 3, "role": "x"},
    ],
)
def test_any_other_request_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no such change|not a valid"):
        requested(asked, by="li", at=NOW)


def changed(review: Review) -> Review:
    return replace(review, changes=(SpeakerChange(ChangeKind.SWAP, "li", NOW),), machine=review)


def test_the_corrected_review_stands_with_its_sound_and_the_machines_stays(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path)
    review = fixtures.bad_review()
    peaks = fixtures.sound(review, tmp_path / "sound.wav")
    store.add(review, title="一", audio=tmp_path / "sound.wav", peaks=peaks)
    case = store.desk(LOCAL).case("bad")
    case.amend(changed(review))
    again = store.desk(LOCAL).case("bad")
    assert again.review() == changed(review)
    assert again.review_of(1) == review
    assert again.audio() is not None
    assert again.title() == "一"
    with pytest.raises(StoreError, match="another call"):
        again.amend(fixtures.good_review())


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("no json", NO_PARTIES),
        ({"call": "none"}, NO_PLAYBOOK),
        ({"role": "agent", "account": "li"}, NO_PLAYBOOK),  # a call that is not his is not there
        ({"asked": "swap"}, NO_PARTIES),
    ],
)
def test_the_child_says_what_went_wrong_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: object, why: str
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    store = ReviewStore(tmp_path)
    store.add(fixtures.bad_review(), title="一")
    whole = {"call": "bad", "account": "local", "role": "admin", "name": "", "asked": {"do": "swap"}}
    given = json.dumps({**whole, **order}) if isinstance(order, dict) else str(order)
    assert correcting.main(given) == why
    assert store.desk(LOCAL).case("bad").line.version == 1


def test_a_child_that_dies_is_told_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ReviewStore(tmp_path)
    store.add(fixtures.bad_review(), title="一")
    monkeypatch.setattr("coach.ui.speakers.sys.executable", "/bin/false")
    case = store.desk(LOCAL).case("bad")
    assert correct(case, {"do": "swap"}) == FAILED
    assert store.desk(LOCAL).case("bad").line.version == 1


def test_the_pages_process_loads_no_model_for_a_correction() -> None:
    """The page imports only what starts the child."""
    code = "import sys, coach.ui.speakers; print('onnxruntime' in sys.modules, 'tokenizers' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False"]


def test_only_who_leads_may_correct_the_speakers(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path)
    store.add(fixtures.bad_review(), title="一", agent="li")
    with pytest.raises(NotAllowed):
        store.desk(Actor("li", AccountRole.AGENT)).case("bad").amend(changed(fixtures.bad_review()))


@pytest.mark.parametrize(("channels", "sure", "asked"), [(1, 1.0, True), (2, 1.0, False), (2, 0.7, True)])
def test_the_page_asks_who_is_who_where_it_is_a_guess(channels: int, sure: float, asked: bool) -> None:
    review = fixtures.bad_review()
    turns = tuple(replace(turn, role_confidence=sure) for turn in review.observed.call.turns)
    call = replace(review.observed.call, channels=channels, turns=turns)
    review = replace(review, observed=replace(review.observed, call=call))
    assert review_view(review, "zh")["speakers"]["guessed"] is asked
    shown = review_view(changed(review), "zh")["speakers"]
    assert not shown["guessed"]
    assert shown["machine"] == {"score": 29, "verdict": "fail"}
    assert shown["changes"] == [{"kind": "swap", "by": "li", "at": NOW.isoformat()}]


def test_words_that_the_recogniser_was_not_sure_of_are_marked_unless_they_were_corrected() -> None:
    text, sure = "已经逾期两个月", (0.9, 0.9, 0.1, 0.1, 0.2, 0.25, 0.9)
    words = tuple(Word(c, Interval(i, i + 1), p) for i, (c, p) in enumerate(zip(text, sure, strict=True)))
    turn = Turn(0, Role.AGENT, text, words=words, corrections=(Correction(Span(2, 4), "与其", "sound"),))
    assert unclear(turn) == [Span(4, 6)]


def test_the_quality_of_the_sound_and_what_numbers_come_to_are_shown() -> None:
    review = fixtures.bad_review()
    call = replace(review.observed.call, quality=AudioQuality(0.62, 14.2, 0.004, 3390.0, -22.0))
    view = review_view(replace(review, observed=replace(review.observed, call=call)), "zh")
    assert view["call"]["quality"] == {"snr": 14, "bandwidth": 3400.0, "clipped": 0.004, "speech": 0.62}
    told = [number for turn in view["turns"] for number in turn["numbers"]]
    assert told
    assert {kind for *_, kind, _ in told} <= {"money", "day"}
