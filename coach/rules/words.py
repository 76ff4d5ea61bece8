"""Phrases in a folded text, by their characters or by their sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from coach.domain.time import Span
from coach.language.normalise import fold

_HAN = "\u3400-\u9fff"
_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def phrase_spans(phrase: str, folded: str) -> Iterator[Span]:
    """Where the phrase stands; spaces fit any run of spaces, words of letters only match whole words."""
    for found in _phrase(phrase).finditer(folded):
        yield Span(found.start(), found.end())


def sound_spans(phrase: str, folded: str) -> Iterator[Span]:
    """Where Chinese characters sound like the phrase, tones and near sounds (zh/z, ang/an) aside.

    Only for phrases of two characters and more that are Chinese throughout.
    """
    wanted = tuple(_sound(char) for char in fold(phrase))
    if len(wanted) < 2 or not all(wanted):
        return
    places = [(i, sound) for i, char in enumerate(folded) if (sound := _sound(char))]
    for first in range(len(places) - len(wanted) + 1):
        window = places[first : first + len(wanted)]
        if all(sound == other for (_, sound), other in zip(window, wanted, strict=True)):
            yield Span(window[0][0], window[-1][0] + 1)


@lru_cache(maxsize=2048)
def _phrase(phrase: str) -> re.Pattern[str]:
    folded = fold(phrase).strip()
    body = r"\s*".join(re.escape(word) for word in folded.split())
    if any("a" <= char <= "z" for char in folded):
        body = r"\s+".join(re.escape(word) for word in folded.split())
    start = r"(?<![a-z0-9])" if folded[:1].isascii() and folded[:1].isalnum() else ""
    end = r"(?![a-z0-9])" if folded[-1:].isascii() and folded[-1:].isalnum() else ""
    return re.compile(start + body + end)


@lru_cache(maxsize=8192)
def _sound(char: str) -> str:
    """The character's syllable without tone, near sounds made one; empty for anything not Chinese."""
    if not re.match(f"[{_HAN}]", char):
        return ""
    from pypinyin import Style, pinyin

    syllable = str(pinyin(char, style=Style.NORMAL)[0][0])
    for wide, narrow in _FUZZY:
        if syllable.startswith(wide) or (syllable.endswith(wide) and len(wide) == 3):
            syllable = syllable.replace(wide, narrow)
    return syllable
