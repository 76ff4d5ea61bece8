"""Runs of digits as they are spoken: one by one, grouped, with fillers, doubled, over pauses and turns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.numbers_zh import DIGITS as ZH_DIGITS
from coach.language.words import words

_EN_DIGITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TEENS = {
    word: str(value)
    for value, word in enumerate(
        words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"), 10
    )
}
_TENS = {
    word: value
    for value, word in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_TIMES = {"double": 2, "triple": 3, "treble": 3, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4}
_ZH = "".join(ZH_DIGITS)
_EN_WORD = "|".join((*_EN_DIGITS, *_TEENS, *_TENS))
_TOKEN = re.compile(
    rf"(?P<many>[二两俩三四])个(?P<of>[{_ZH}0-9])(?![十百千万])"
    rf"|(?P<zh>[{_ZH}])|(?P<arabic>[0-9]+)"
    rf"|\b(?P<times>double|triple|treble)[\s-](?P<word_of>{'|'.join(_EN_DIGITS)}|[0-9])\b"
    rf"|\b(?P<word>{_EN_WORD})\b"
    r"|(?P<hundred>\bhundred\b)"
)
_GAP = re.compile(
    r"(?:[\s,，、.…．·。\-—－_/()（）:;；~～]|呃+|嗯+|啊|额|那个|这个|然后是?|后面是?|"
    r"再来?是?|接着是?|中间是?|最后是?|[后末]四位是?|对|就是|杠|转|稍等|等一?下|等等|我看看|我想想|我找找|慢点|"
    r"\bum+\b|\buh+\b|\ber+m?\b|\bthen\b|\band\b|\bso\b|\bdash\b|\bhyphen\b|\bspace\b){0,8}"
)
_NOT_DIGIT = re.compile(
    "[一两二三][个张条位]|[四五六]位|一[起定直般样下共些切同边会旦并]|[一二三四五六七八九](?:号[线楼窗]|[楼线])"
)
_UNITS = frozenset("十百千万亿")
_LONGEST_GAP = 16


@dataclass(frozen=True, slots=True)
class Run:
    """Digits said in one go; ``groups`` are their lengths between pauses."""

    digits: str
    span: Span
    groups: tuple[int, ...]

    def joined(self, other: Run) -> str:
        """The digits of both."""
        return self.digits + other.digits


@dataclass(frozen=True, slots=True)
class _Piece:
    digits: str
    start: int
    end: int


def digit_runs(text: str) -> tuple[Run, ...]:
    """The runs of digits of ``text``; numbers with units (三千二, two hundred) are none.

    >>> [run.digits for run in digit_runs("幺三五，嗯，八零七六，三个一二")]
    ['13580761112']
    """
    folded = fold(text)
    runs: list[Run] = []
    open_run: list[_Piece] = []
    for piece in _pieces(folded):
        if open_run and not _continues(folded, open_run[-1], piece):
            runs.append(_run(open_run))
            open_run = []
        open_run.append(piece)
    if open_run:
        runs.append(_run(open_run))
    return tuple(runs)


def _continues(folded: str, last: _Piece, piece: _Piece) -> bool:
    gap = piece.start - last.end
    return gap <= _LONGEST_GAP and _GAP.fullmatch(folded, last.end, piece.start) is not None


def _pieces(folded: str) -> list[_Piece]:
    found: list[_Piece] = []
    for match in _TOKEN.finditer(folded):
        if match["hundred"]:
            _make_hundred(folded, found, match)
            continue
        if folded[match.end() : match.end() + 1] in _UNITS or folded[max(0, match.start() - 1)] in _UNITS:
            continue
        if match["zh"] and _NOT_DIGIT.match(folded, match.start()):
            continue
        found.append(_Piece(_digits(match), *match.span()))
    return _with_tens_joined(folded, found)


def _digits(match: re.Match[str]) -> str:
    if match["many"]:
        of = match["of"]
        return (of if of.isdecimal() and of.isascii() else str(ZH_DIGITS[of])) * _TIMES[match["many"]]
    if match["zh"]:
        return str(ZH_DIGITS[match["zh"]])
    if match["arabic"]:
        return match["arabic"]
    if match["times"]:
        of = match["word_of"]
        return _EN_DIGITS.get(of, of) * _TIMES[match["times"]]
    word = match["word"]
    return _EN_DIGITS.get(word) or _TEENS.get(word) or f"{_TENS[word]}0"


def _make_hundred(folded: str, found: list[_Piece], match: re.Match[str]) -> None:
    """nine hundred within a number said in digits."""
    if found and len(found[-1].digits) == 1 and folded[found[-1].end : match.start()] in (" ", "-"):
        last = found.pop()
        found.append(_Piece(f"{last.digits}00", last.start, match.end()))


def _with_tens_joined(folded: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """forty five within a number is 45, not 405."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        is_ten = last is not None and folded[last.start : last.end] in _TENS
        if last and is_ten and len(piece.digits) == 1 and folded[last.end : piece.start] in (" ", "-"):
            joined[-1] = _Piece(last.digits[0] + piece.digits, last.start, piece.end)
        else:
            joined.append(piece)
    return joined


def _run(pieces: Sequence[_Piece]) -> Run:
    groups: list[int] = []
    end = -1
    for piece in pieces:
        together = piece.start - end <= (1 if piece.digits.isascii() and len(piece.digits) == 1 else 0)
        if groups and together:
            groups[-1] += len(piece.digits)
        else:
            groups.append(len(piece.digits))
        end = piece.end
    digits = "".join(piece.digits for piece in pieces)
    return Run(digits, Span(pieces[0].start, pieces[-1].end), tuple(groups))
