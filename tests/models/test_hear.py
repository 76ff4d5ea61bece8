"""Heard training turns: nothing held out is heard, twins stay together, illegible turns lose their labels."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain.call import Role
from coach.domain.labels import LabelId
from models.turn_classifier import data, hear, telephone

PIECES = [
    piece for piece in data.read_folder(hear.DATA) if piece.language == "zh" and piece.file != hear.HEARD.stem
]


def test_only_training_pieces_are_heard() -> None:
    assert {data.split_of(piece) for piece in hear.order(PIECES)} == {"train"}


def test_heard_pieces_stay_in_training_and_twins_together() -> None:
    written = {piece.id for piece in PIECES}
    heard = list(data.read_calls(hear.HEARD))
    assert heard
    assert {data.split_of(piece) for piece in heard} == {"train"}
    assert not written & {piece.id for piece in heard}
    for piece in hear.order(PIECES):
        name = hear.heard_id(piece)
        assert (name[-1] == piece.id[-1]) if piece.pair else name.startswith(f"{piece.id}-h")


def test_a_held_out_piece_gets_no_heard_id() -> None:
    held_out = next(piece for piece in PIECES if data.split_of(piece) == "test")
    with pytest.raises(ValueError, match="no training piece"):
        hear.heard_id(held_out)


@pytest.mark.parametrize(
    ("written", "heard", "errors"),
    [
        ("一共三千二百六。", "一共3260", 0.0),
        ("您好，還錢！", "您好还钱", 0.0),
        ("账单截图", "张单杰图", 0.5),
        ("喂", "", 1.0),
    ],
)
def test_character_errors_forgive_what_cannot_be_heard(written: str, heard: str, errors: float) -> None:
    assert hear.character_errors(written, heard) == errors


def test_an_illegible_turn_is_context_only() -> None:
    lines = (
        data.Line(Role.CUSTOMER, "分期行不行？", frozenset()),
        data.Line(Role.AGENT, "不行，今天必须还。", frozenset({LabelId.PRESSURE})),
    )
    train = next(piece for piece in hear.order(PIECES) if len(piece.lines) == 2 and not piece.pair)
    piece = data.Piece(train.id, "", "zh", "simplified", Role.AGENT, lines)
    out = hear.written_out(piece, ["分析形部形成。", "不行,今天必须环"])
    assert out is not None
    assert out.splitlines()[1:] == ["C ? | 分析形部形成。", "A pressure | 不行,今天必须环"]
    assert hear.written_out(piece, ["分析形部形成。", ""]) is None


def test_long_pieces_are_heard_in_windows() -> None:
    turns = [np.zeros(hear.RATE * seconds, np.float32) for seconds in (10, 10, 10)]
    cut = list(hear.windows(turns))
    assert [list(where) for where, _, _ in cut] == [[0, 1], [2]]
    assert cut[0][2] == pytest.approx([10.0, 20.8])


def test_a_law_keeps_speech_within_its_steps() -> None:
    tone = (0.2 * np.sin(np.arange(800) / 5)).astype(np.float32)
    assert np.abs(telephone.through_a_law(tone) - tone).max() < 0.01
