"""Pieces to sequences: random windows for training, the run time's own windows for measuring."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from coach.domain.call import Role
from coach.language.windows import Layout, Marks, Part, Sizes, lay_out, parts_of, plan
from models.turn_classifier.data import Piece, targets

HEADERS = {Role.AGENT: "催收电话", Role.CUSTOMER: "协商电话"}
TAGS = {Role.AGENT: "客服", Role.CUSTOMER: "客户", Role.THIRD_PARTY: "家人", Role.UNKNOWN: "人"}
STOPS = (*"，。！？；,.!?;", "...", "......")
TRAINING_BUDGETS = (80, 128, 192, 256, 320, 384)
"""Until version 7 up to 256."""
NO_PAST_WEIGHT = 0.5

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Cut:
    """A training window: its layout, and targets and weights of shape (parts, labels)."""

    layout: Layout
    targets: Floats
    weights: Floats


@dataclass(frozen=True)
class Coder:
    """Texts to token ids, with the marks of the layout."""

    tokenizer: Tokenizer
    marks: Marks

    def encode(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """Token ids of each text, without marks."""
        coded = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [tuple(one.ids) for one in coded]


def coder_of(tokenizer: Tokenizer) -> Coder:
    """Find the ids of header words and speaker tags."""

    def ids(text: str) -> tuple[int, ...]:
        found = tokenizer.encode(text, add_special_tokens=False)
        return tuple(i for i, token in zip(found.ids, found.tokens, strict=True) if token != "▁")

    marks = Marks(
        begin=tokenizer.token_to_id("<s>"),
        pad=tokenizer.token_to_id("<pad>"),
        separator=tokenizer.token_to_id("</s>"),
        headers={role: ids(text) for role, text in HEADERS.items()},
        tags={role: ids(text) for role, text in TAGS.items()},
        stops=frozenset(i for i in map(tokenizer.token_to_id, STOPS) if i is not None),
    )
    return Coder(tokenizer, marks)


def parts_of_piece(piece: Piece, coder: Coder) -> list[Part]:
    """The piece's turns as parts."""
    ids = coder.encode([line.text for line in piece.lines])
    stops = coder.marks.stops
    return [
        part for turn, line in enumerate(piece.lines) for part in parts_of(turn, line.role, ids[turn], stops)
    ]


def training_windows(piece: Piece, coder: Coder, rng: random.Random) -> Iterator[Cut]:
    """Cut a piece at random: consecutive windows of a random length, each with a little of the one before."""
    wanted, mask = targets(piece)
    parts = parts_of_piece(piece, coder)
    start = 0
    while start < len(parts):
        budget = rng.choice(TRAINING_BUDGETS)
        if start == 0 and len(parts) > 6 and rng.random() < 0.5:
            budget = rng.randrange(40, 160)
        end, used = start, 0
        while end < len(parts) and (end == start or used + parts[end].cost <= budget):
            used += parts[end].cost
            end += 1
        if end - start > 4 and rng.random() < 0.1:
            end -= rng.randrange(1, 3)
        rows = [part.turn for part in parts[start:end]]
        weights = mask[rows].copy()
        if start > 0:
            weights[0] *= NO_PAST_WEIGHT
        cut = [
            rows.count(row) > 1 or _is_stretch(parts, part)
            for row, part in zip(rows, parts[start:end], strict=True)
        ]
        weights[cut] = 0.0
        if weights.any():
            yield Cut(lay_out(parts[start:end], piece.coached, coder.marks), wanted[rows], weights)
        if end >= len(parts):
            return
        overlap = rng.choice((0, 0, 1, 2, 3))
        start = max(start + 1, end - overlap)


def _is_stretch(parts: Sequence[Part], part: Part) -> bool:
    """Whether the part is a stretch of a longer turn, so that nobody knows which labels are its own."""
    return sum(other.turn == part.turn for other in parts) > 1


@dataclass(frozen=True)
class Judged:
    """A window as the run time lays it out: which rows of its scores belong to which turns."""

    layout: Layout
    rows: tuple[int, ...]
    turns: tuple[int, ...]


def judged_windows(piece: Piece, coder: Coder, sizes: Sizes) -> Iterator[Judged]:
    """The windows that the run time would use for a piece."""
    parts = parts_of_piece(piece, coder)
    for window in plan(parts, sizes):
        layout = lay_out(parts[window.start : window.end], piece.coached, coder.marks)
        rows = tuple(range(window.first - window.start, window.last - window.start))
        yield Judged(layout, rows, tuple(parts[window.start + row].turn for row in rows))
