"""What was said as tokens for search: one a Chinese character, one a word of other scripts, and pinyin.

An index of trigrams finds no word of one or two characters; one token a character finds words of any length,
and the same tokens serve SQLite and PostgreSQL. A word of other scripts is found from its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise

from coach.domain.time import Span
from coach.language.normalise import fold

BREAK = "\ue000"
"""A token that nobody says: a phrase does not reach from one turn into the next."""
_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f"
_TOKEN = re.compile(f"[{_HAN}぀-ヿ가-힣]|[^\\W_{_HAN}぀-ヿ가-힣]+")
_IS_HAN = re.compile(f"[{_HAN}]")
_PART = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
_LATIN = re.compile("[a-zü]+")
_PAY_BACK = re.compile("还(?=[款钱清债本息贷掉完给])|还(?=不(?:上|起|了|清))|(?<=[偿归返退])还")
MAX_QUERY = 200
"""Characters of a query that are looked at."""
MAX_READINGS = 8
"""Ways to cut a run of letters into syllables that are tried."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow one another; ``sounds`` are the ways to read them as pinyin."""

    said: tuple[str, ...]
    sounds: tuple[tuple[str, ...], ...] = ()

    @property
    def open_ended(self) -> bool:
        """Whether the last token is the beginning of a word."""
        return not _IS_HAN.match(self.said[-1])


def tokens(text: str) -> list[tuple[str, Span]]:
    """The tokens of ``text`` with their place in it, folded in width, script and case."""
    return [(found.group(), Span(*found.span())) for found in _TOKEN.finditer(fold(text))]


def said(turns: Iterable[str]) -> str:
    """The tokens of a call, turn by turn, with a blank before each; the text that is indexed."""
    words: list[str] = []
    for turn in turns:
        words += (token for token, _ in tokens(turn))
        words.append(BREAK)
    return " " + " ".join(words)


def sound(turns: Iterable[str]) -> str:
    """The same in pinyin without tones; anything but Chinese breaks a phrase."""
    syllables: list[str] = []
    for turn in turns:
        syllables += (syllable for syllable, _ in syllables_of(turn))
        syllables.append(BREAK)
    return " " + " ".join(syllables)


def syllables_of(text: str) -> list[tuple[str, Span]]:
    """The syllables of ``text`` with the place of their characters; a break where it is not Chinese."""
    found: list[tuple[str, Span]] = []
    for chinese, group in groupby(tokens(text), key=lambda token: bool(_IS_HAN.match(token[0]))):
        run = list(group)
        if chinese:
            heard = _pinyin("".join(token for token, _ in run))
            found += ((syllable, span) for syllable, (_, span) in zip(heard, run, strict=True))
        else:
            found.append((BREAK, run[0][1]))
    return found


def phrases(query: str) -> tuple[Phrase, ...]:
    """What a query asks for: all of these; quotes keep a phrase together, and so do neighbouring Latin words.

    >>> [phrase.said for phrase in phrases('退款 late fee')]
    [('退', '款'), ('late', 'fee')]
    """
    return tuple(_phrase(part) for part in _parts(query[:MAX_QUERY]) if tokens(part))


def places(phrase: Phrase, text: str) -> tuple[Span, ...]:
    """Where ``phrase`` stands in one turn."""
    found = _runs(tokens(text), phrase.said, open_ended=phrase.open_ended)
    if not found and phrase.sounds:
        heard = syllables_of(text)
        found = [span for sounds in phrase.sounds for span in _runs(heard, sounds, open_ended=False)]
    return tuple(sorted(set(found)))


def lexemes(said: str, sound: str) -> list[str]:
    """What PostgreSQL indexes: each token, and each pair of neighbours that a phrase can ask for."""
    words, heard = said.split(), sound.split()
    pairs = (a + b for a, b in pairwise(words) if _pairs(a) and _pairs(b))
    syllables = (f"~{a}~{b}" for a, b in pairwise(heard) if BREAK not in (a, b))
    found = {*words, *pairs, *(f"~{syllable}" for syllable in heard), *syllables}
    return sorted(found - {BREAK, f"~{BREAK}"})


def asked_lexemes(tokens: Sequence[str], *, open_ended: bool) -> list[str]:
    """The lexemes that a phrase of ``tokens`` needs; the last as a prefix where it is ``open_ended``."""
    pairs = [a + b for a, b in pairwise(tokens) if _pairs(a) and _pairs(b)]
    alone = [token for token in tokens if not (_pairs(token) and pairs)]
    quoted = [f"'{lexeme}'" for lexeme in dict.fromkeys((*pairs, *alone))]
    return [f"{one}:*" if open_ended and one == f"'{tokens[-1]}'" else one for one in quoted]


def asked_syllables(syllables: Sequence[str]) -> list[str]:
    """The lexemes that a phrase of ``syllables`` needs."""
    pairs = [f"'~{a}~{b}'" for a, b in pairwise(syllables)]
    return pairs or [f"'~{syllables[0]}'"]


def _pairs(token: str) -> bool:
    return len(token) == 1 and bool(_IS_HAN.match(token))


def _parts(query: str) -> Iterator[str]:
    latin: list[str] = []
    for found in _PART.finditer(query):
        quoted = found.group(1) or found.group(2)
        part = quoted or found.group(3) or ""
        if quoted is None and not _IS_HAN.search(fold(part)):
            latin.append(part)
            continue
        if latin:
            yield " ".join(latin)
            latin = []
        yield part
    if latin:
        yield " ".join(latin)


def _phrase(part: str) -> Phrase:
    words = tuple(token for token, _ in tokens(part))
    if all(_LATIN.fullmatch(word) for word in words):
        return Phrase(words, tuple(_readings(words)))
    return Phrase(words)


def _readings(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The ways to read all of ``words`` as syllables; none where a word is no pinyin."""
    read: list[tuple[str, ...]] = [()]
    for word in words:
        cuts = _cuts(word.replace("ü", "v"))
        read = [(*before, *cut) for before in read for cut in cuts][:MAX_READINGS]
    return read


@lru_cache(maxsize=256)
def _cuts(word: str) -> tuple[tuple[str, ...], ...]:
    if not word:
        return ((),)
    cuts = [
        (word[:n], *rest)
        for n in range(min(6, len(word)), 0, -1)
        if word[:n] in _syllables()
        for rest in _cuts(word[n:])
    ]
    return tuple(cuts[:MAX_READINGS])


@cache
def _syllables() -> frozenset[str]:
    from pypinyin import Style, pinyin

    common = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    heard = {reading[0] for reading in pinyin(common, style=Style.NORMAL, errors="ignore")}
    return frozenset(syllable for syllable in heard if set(syllable) & set("aeiouv"))


@lru_cache(maxsize=65536)
def _pinyin(run: str) -> tuple[str, ...]:
    """A syllable for each character; pypinyin takes every 还 for "still", also where it is "pay back"."""
    from pypinyin import lazy_pinyin

    heard = lazy_pinyin(run, errors=lambda unknown: BREAK)
    if len(heard) != len(run):  # neighbours without a reading come as one
        heard = [lazy_pinyin(char, errors=lambda unknown: BREAK)[0] for char in run]
    for found in _PAY_BACK.finditer(run):
        heard[found.start()] = "huan"
    return tuple(heard)


def _runs(have: list[tuple[str, Span]], want: Sequence[str], *, open_ended: bool) -> list[Span]:
    found = []
    last = len(want) - 1
    for at in range(len(have) - last):
        if all(
            have[at + k][0] == token or (open_ended and k == last and have[at + k][0].startswith(token))
            for k, token in enumerate(want)
        ):
            found.append(Span(have[at][1].start, have[at + last][1].end))
    return found
