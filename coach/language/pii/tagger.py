"""Names, places and employers by a small transformer over the characters of a turn.

Where no title, cue or suffix tells a name from other words, its characters and those around it do. The
network was trained on labelled turns and on lines with made-up names (``models/pii_tagger``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.domain.call import Turn
from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.model_folder import checked_files
from coach.language.normalise import fold
from coach.language.pii.spans import Found
from coach.language.session import session
from coach.language.windows import ROLE_IDS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

TYPES = (PiiType.NAME, PiiType.ADDRESS, PiiType.EMPLOYER)
"""Tag 0 is none; tags 1 and 2 begin and go on with the first type, 3 and 4 with the second, and so on."""

TAGS = 1 + 2 * len(TYPES)
BEGIN, PAD, END = "<s>", "<pad>", "</s>"
MOST_TOKENS = 160
"""A longer turn is read in pieces, as the network was trained."""

EDGE_TOKENS = 16
"""What pieces of a turn share at each side, where a piece lacks the words around it."""

BEFORE_TOKENS = 40
"""So much of the end of the turn before is read with a turn: the question that it answers."""

SHORT_TOKENS = 24
"""A longer turn says by itself what it is about, and is read without the one before, in half the time."""

_BATCH = 16


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the network found in a turn, and for each character how likely it belongs to nothing."""

    found: Sequence[Found]
    none: Sequence[float]

    def doubts(self, span: Span) -> bool:
        """Whether no character of ``span`` looks like a part of anything."""
        return min(self.none[span.start : span.end], default=0.0) > _SURELY_NONE


_SURELY_NONE = 0.8


def spelled(text: str) -> str:
    """The text as the network reads it: half width and Simplified, but with its capitals; as long as before.

    >>> spelled("您還欠３塊, Mr Li")
    '您还欠3块, Mr Li'
    """
    return "".join(char if char.isascii() else folded for char, folded in zip(text, fold(text), strict=True))


def within(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a token stands without the spaces that lead it."""
    while start < end and text[start].isspace():
        start += 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Coded:
    """The tokens of a turn and where each stands in it."""

    ids: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some tokens of a turn behind its ``opening``; the tags of ``first`` to ``last`` are taken from here."""

    turn: int
    opening: tuple[int, ...]
    start: int
    ids: tuple[int, ...]
    first: int
    last: int


class Tagger:
    """Opens and checks the files of ``folder`` at the first use."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._folder = folder
        self._threads = threads

    def read(self, turns: Sequence[Turn]) -> list[Tagged]:
        """What each turn of a call holds, seen with the end of the turn before it.

        Raises ``ModelError`` when the network's files are missing or damaged.
        """
        return self._read(turns, with_before=True)

    def read_alone(self, turns: Sequence[Turn]) -> list[Tagged]:
        """The same of turns that have nothing to do with each other."""
        return self._read(turns, with_before=False)

    def _read(self, turns: Sequence[Turn], *, with_before: bool) -> list[Tagged]:
        import numpy as np

        coded = self._coded(turns)
        shares = [np.zeros((len(one.ids), TAGS), np.float32) for one in coded]
        begin, _, end = self._marks
        pieces: list[_Piece] = []
        for turn, one in enumerate(coded):
            answers = with_before and turn > 0 and len(one.ids) <= SHORT_TOKENS
            pieces += _pieces(turn, one, opening(begin, end, coded[turn - 1].ids if answers else ()))
        pieces.sort(key=lambda piece: len(piece.opening) + len(piece.ids))
        for at in range(0, len(pieces), _BATCH):
            batch = pieces[at : at + _BATCH]
            for piece, rows in zip(batch, self._run(batch, turns), strict=True):
                offset = len(piece.opening) + piece.first - piece.start
                shares[piece.turn][piece.first : piece.last] = rows[
                    offset : offset + piece.last - piece.first
                ]
        return [
            _tagged(turn.text, one, of_turn) for turn, one, of_turn in zip(turns, coded, shares, strict=True)
        ]

    def _coded(self, turns: Sequence[Turn]) -> list[_Coded]:
        texts = [spelled(turn.text) for turn in turns]
        return [
            _Coded(tuple(one.ids), tuple(within(text, *place) for place in one.offsets))
            for text, one in zip(
                texts, self._tokenizer.encode_batch(texts, add_special_tokens=False), strict=True
            )
        ]

    def _run(self, batch: Sequence[_Piece], turns: Sequence[Turn]) -> Floats:
        """The share of each tag (pieces, tokens with the marks at both ends, tags)."""
        import numpy as np

        _, pad, end = self._marks
        read = [(*piece.opening, *piece.ids, end) for piece in batch]
        shape = len(batch), max(map(len, read))
        ids, roles, mask = np.full(shape, pad), np.zeros(shape, np.int64), np.zeros(shape, np.int32)
        for row, (piece, tokens) in enumerate(zip(batch, read, strict=True)):
            ids[row, : len(tokens)] = tokens
            roles[row] = ROLE_IDS[turns[piece.turn].role]
            roles[row, : len(piece.opening) - 1] = ROLE_IDS[turns[piece.turn - 1].role]
            mask[row, : len(tokens)] = 1
        logits = self._session.run(None, {"ids": ids, "roles": roles, "mask": mask})[0]
        logits -= logits.max(axis=-1, keepdims=True)
        shares: Floats = np.exp(logits)
        shares /= shares.sum(axis=-1, keepdims=True)
        return shares

    @cached_property
    def _files(self) -> dict[str, Path]:
        return checked_files(self._folder)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._files["tokenizer"]))

    @cached_property
    def _marks(self) -> tuple[int, int, int]:
        begin, pad, end = (self._tokenizer.token_to_id(mark) for mark in (BEGIN, PAD, END))
        return begin, pad, end

    @cached_property
    def _session(self) -> Any:
        return session(self._files["weights"], threads=self._threads)


def opening(begin: int, end: int, before: Sequence[int]) -> tuple[int, ...]:
    """What stands in front of a turn's tokens: a mark, or the end of the turn before between two.

    All but the last of it has the role of who spoke before.

    >>> opening(0, 2, (7, 8)), opening(0, 2, ())
    ((0, 7, 8, 2), (0,))
    """
    return (begin, *before[-BEFORE_TOKENS:], end) if before else (begin,)


def _pieces(turn: int, coded: _Coded, lead: tuple[int, ...]) -> list[_Piece]:
    size = len(coded.ids)
    step = MOST_TOKENS - 2 * EDGE_TOKENS
    starts = [0] if size <= MOST_TOKENS else list(range(0, size - 2 * EDGE_TOKENS, step))
    pieces = []
    for start in starts if size else ():
        end = min(size, start + MOST_TOKENS)
        first = start + EDGE_TOKENS if start else 0
        last = end if end == size else end - EDGE_TOKENS
        pieces.append(_Piece(turn, lead, start, coded.ids[start:end], first, last))
    return pieces


def _tagged(text: str, coded: _Coded, of_tokens: Floats) -> Tagged:
    shares = _by_character(text, coded, of_tokens)
    none = shares[:, 0].tolist()
    found = _spans(shares) if min(none, default=1.0) < _MORE_LIKELY else ()
    return Tagged(found, none)


def _by_character(text: str, coded: _Coded, of_tokens: Floats) -> Floats:
    """The share of each tag at each character; a space belongs to what goes on behind it."""
    import numpy as np

    shares = np.zeros((len(text), TAGS), np.float32)
    shares[:, 0] = 1.0
    covered = 0
    for (start, end), row in zip(coded.places, of_tokens, strict=True):
        if start >= end:
            continue
        goes_on = np.zeros(TAGS, np.float32)
        goes_on[2::2] = row[2::2]
        goes_on[0] = 1.0 - goes_on[2::2].sum()
        shares[covered:start] = goes_on
        shares[start] = row
        goes_on[0], goes_on[2::2] = row[0], row[1::2] + row[2::2]
        shares[start + 1 : end] = goes_on
        covered = end
    return shares


def _spans(shares: Floats) -> tuple[Found, ...]:
    """The stretches that are likelier something than nothing, with the doubtful characters beside them.

    A stretch ends where another begins for sure; its type is what its characters say together, so that none
    falls to pieces where they disagree.
    """
    none, begins = shares[:, 0].tolist(), shares[:, 1::2].sum(axis=1).tolist()
    inside = [one < _MORE_LIKELY for one in none]
    found: list[Found] = []
    start: int | None = None
    for at in range(len(none) + 1):
        ends = at == len(none) or not inside[at]
        if start is not None and (ends or begins[at] > _MORE_LIKELY):
            low, high = _widened(none, start, at, found[-1].span.end if found else 0, inside)
            found.append(_found(shares, low, high))
            start = None
        if not ends and start is None:
            start = at
    return tuple(found)


_MORE_LIKELY = 0.5


def _widened(
    none: Sequence[float], start: int, end: int, floor: int, inside: Sequence[bool]
) -> tuple[int, int]:
    while start > floor and not inside[start - 1] and none[start - 1] < _PERHAPS_NONE:
        start -= 1
    while end < len(none) and not inside[end] and none[end] < _PERHAPS_NONE:
        end += 1
    return start, end


_PERHAPS_NONE = 0.6


def _found(shares: Floats, start: int, end: int) -> Found:
    """Of the likeliest type; as sure as the better half of its characters are that it is something."""
    kinds = (shares[start:end, 1::2] + shares[start:end, 2::2]).sum(axis=0)
    best = sorted((1.0 - shares[start:end, 0]).tolist(), reverse=True)[: (end - start + 1) // 2]
    return Found(TYPES[int(kinds.argmax())], Span(start, end), sum(best) / len(best))
