"""Written transcripts are checked at the border."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.domain.call import Role
from coach.domain.errors import TranscriptError
from coach.domain.time import Interval
from coach.written import read_written, turns_of


def _file(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "call.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_turns_keep_their_speaker_words_and_times(tmp_path: Path) -> None:
    written, _ = read_written(
        _file(
            tmp_path,
            {"turns": [{"speaker": "third_party", "text": " 喂 ", "start": 1, "end": 2.5, "labels": []}]},
        )
    )
    (turn,) = turns_of(written)
    assert (turn.role, turn.text, turn.interval) == (Role.THIRD_PARTY, "喂", Interval(1, 2.5))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", "the file"),
        ("not json 秘密", "the file"),
        ([], "the file"),
        ({}, "turns"),
        ({"turns": [{"speaker": "robot", "text": "秘密"}]}, "turns.0.speaker"),
        ({"turns": [{"speaker": "agent"}]}, "turns.0.text"),
        ({"turns": [{"speaker": "agent", "text": "秘密", "start": -1}]}, "turns.0.start"),
        ({"turns": [], "started_at": "秘密"}, "started_at"),
    ],
)
def test_a_mistake_is_named_by_place_and_never_by_words(tmp_path: Path, content: object, place: str) -> None:
    with pytest.raises(TranscriptError, match=place) as error:
        read_written(_file(tmp_path, content))
    assert "秘密" not in str(error.value)


def test_a_turn_that_ends_before_it_starts_has_no_time(tmp_path: Path) -> None:
    written, _ = read_written(
        _file(tmp_path, {"turns": [{"speaker": "agent", "text": "喂", "start": 5, "end": 2}]})
    )
    assert turns_of(written)[0].interval is None
