"""Mend misheard words by sound: 才员 becomes 裁员, 公号 becomes 工号; what was right stays.

Three ways, all of equal length so that every character keeps its time: a run of characters that is no word
and sounds like a term becomes the term; a real word becomes a term only in surroundings that the term alone
fits; what the recogniser was not sure of becomes what sounds alike and fits the words around it (see
``context``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from coach.domain.call import Correction, Turn
from coach.domain.errors import ModelError
from coach.domain.time import Span
from coach.domain.transcript import Word, chances_of
from coach.language.normalise import fold, is_traditional, to_script
from coach.speech.context import counts_on, reread
from coach.speech.sounds import dictionary, lines, sounds

_HAN = re.compile("[㐀-鿿]+")
_SAME_TONES, _SAME_SOUNDS, _LIKE_SOUNDS = 0.97, 0.6, 0.0
"""A run that the recogniser is surer of than this becomes a two-character term only if more alike."""
_LONGER_TERM = 1
"""A term of more characters is taken one step of likeness earlier."""
_UNKNOWN = 0.9


@dataclass(frozen=True)
class Corrector:
    """``lexicon`` is a file of the office's own terms and names, one a line; None: the built-in ones only."""

    lexicon: Path | None = None

    def correct(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """The turns with misheard terms mended; each ``Correction`` keeps what was heard.

        Raises ``ModelError`` when the office's file cannot be read.
        """
        return tuple(self._turn(turn) for turn in turns)

    def _turn(self, turn: Turn) -> Turn:
        text = turn.text
        found: list[Correction] = []
        traditional = is_traditional(text)
        for span, simplified, because in [*self._by_context(text), *self._by_sound(turn)]:
            term = to_script(simplified, "traditional") if traditional else simplified
            if (
                len(term) != len(simplified)
                or term == span.of(text)
                or any(span.overlaps(other.span) for other in found)
            ):
                continue
            found.append(Correction(span, span.of(turn.text), because))
            text = text[: span.start] + term + text[span.end :]
        for span, written in self._by_surroundings(turn, text, found):
            found.append(Correction(span, span.of(turn.text), "sounds like it, and fits the words around it"))
            text = text[: span.start] + written + text[span.end :]
        if not found:
            return turn
        kept = tuple(sorted([*turn.corrections, *found], key=lambda correction: correction.span))
        return replace(turn, text=text, words=_respelt(turn.words, text), corrections=kept)

    def _by_context(self, text: str) -> Iterator[tuple[Span, str, str]]:
        folded = fold(text)
        for pattern, term in _confusions():
            for match in pattern.finditer(folded):
                if match.end(1) - match.start(1) == len(term):
                    yield Span(*match.span(1)), term, "sounds like it, and only it fits here"

    def _by_sound(self, turn: Turn) -> Iterator[tuple[Span, str, str]]:
        folded = fold(turn.text)
        doubt = _Doubt(turn.words, turn.text)
        for run in _HAN.finditer(folded):
            heard = sounds(run.group())
            for length in self._lengths:
                for i in range(len(heard) - length + 1):
                    span = Span(run.start() + i, run.start() + i + length)
                    term = self._terms.get(heard[i : i + length])
                    if term is None or _is_language(folded, span, term):
                        continue
                    if folded[span.end - 1] != term[-1] and counts_on(folded, span.end):
                        continue
                    if not doubt(span, _likeness(span.of(folded), term)):
                        continue
                    yield span, term, "sounds like this term, and is no word as heard"

    def _by_surroundings(
        self, turn: Turn, text: str, mended: Sequence[Correction]
    ) -> Iterator[tuple[Span, str]]:
        """Runs of unclear characters and what they become; what is mended already is sure."""
        chances = chances_of(turn.words, turn.text)
        if is_traditional(text):
            return
        for correction in mended:
            chances[correction.span.start : correction.span.end] = [1.0] * len(correction.original)
        for run in _HAN.finditer(text):
            reading = reread(run.group(), chances[run.start() : run.end()])
            for i, (heard, written) in enumerate(zip(run.group(), reading, strict=True)):
                if heard != written:
                    yield Span(run.start() + i, run.start() + i + 1), written

    @cached_property
    def _terms(self) -> dict[tuple[str, ...], str]:
        own = self.lexicon
        try:
            office = own.read_text(encoding="utf-8").splitlines() if own is not None else []
        except (OSError, UnicodeDecodeError) as error:
            name = own.name if own is not None else ""
            raise ModelError(f"the lexicon {name} cannot be read as UTF-8 text: {error}") from None
        terms = [line.strip() for line in [*lines("terms.zh.txt"), *office]]
        return {
            sounds(term): term
            for term in terms
            if len(term) >= 2 and not term.startswith("#") and _HAN.fullmatch(term)
        }

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(found) for found in self._terms}, reverse=True)


class _Doubt:
    """Whether the recogniser was unsure of some character of a span; of a written turn nothing is known."""

    def __init__(self, words: Sequence[Word], text: str) -> None:
        self.by_character = [word.confidence for word in words for _ in word.text]
        if len(self.by_character) != len(text):
            self.by_character = [_UNKNOWN] * len(text)

    def __call__(self, span: Span, sure: float) -> bool:
        return min(self.by_character[span.start : span.end]) < sure


def _likeness(heard: str, term: str) -> float:
    """How sure the recogniser may have been of ``heard`` for ``term`` to replace it."""
    from pypinyin import Style, lazy_pinyin

    steps = (_SAME_TONES, _SAME_SOUNDS, _LIKE_SOUNDS)
    if lazy_pinyin(heard, style=Style.TONE3) == lazy_pinyin(term, style=Style.TONE3):
        step = 0
    else:
        step = 1 if lazy_pinyin(heard) == lazy_pinyin(term) else 2
    return steps[max(0, step - (_LONGER_TERM if len(term) > 2 else 0))]


def _respelt(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """The words with the letters of ``text``, which is as long as they are together."""
    if sum(len(word.text) for word in words) != len(text):
        return tuple(words)
    at, respelt = 0, []
    for word in words:
        respelt.append(replace(word, text=text[at : at + len(word.text)]))
        at += len(word.text)
    return tuple(respelt)


def _is_language(text: str, span: Span, term: str) -> bool:
    """Whether the heard characters are right: the term, a word, or parts of words around them."""
    heard = span.of(text)
    if heard == term or heard in dictionary():
        return True
    for start in range(max(0, span.start - 3), span.end):
        for end in range(start + 2, min(len(text), span.end + 3) + 1):
            crosses = (start < span.start < end) or (start < span.end < end)
            if crosses and text[start:end] in dictionary():
                return True
    return False


@lru_cache(maxsize=1)
def _confusions() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = (line.split("\t") for line in lines("confusions.zh.txt") if "\t" in line)
    return tuple((re.compile(pattern), term.strip()) for pattern, term in pairs)
