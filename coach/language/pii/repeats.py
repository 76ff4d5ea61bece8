"""Names that were recognised once are marked wherever they are said again in the call."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from coach.domain.call import Turn
from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.pii.lexicon_zh import GIVEN, TITLES
from coach.language.pii.names_zh import is_everyday
from coach.language.pii.spans import Found

_HAN = re.compile("[一-鿿]")
_LEAST_SURE_TO_REPEAT = 0.64
_SURE = 0.8
"""From here on a name overrules a guess that the same words are a place or a workplace."""

_A_GUESS = 0.7
_REPEATED = 0.8
_ANY_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
_TITLED = re.compile(f"(?P<name>[一-鿿]{{2,4}}?)(?:妈妈|爸爸|奶奶|爷爷|家长|{_ANY_TITLE})")


def add_repeated_names(turns: Sequence[Turn], found: list[list[Found]]) -> None:
    """Mark each known name in all turns, also without its title, its given name and a surname said alone."""
    texts = [fold(turn.text) for turn in turns]
    sure = _known(texts, found, _SURE)
    marked = [_Marked(of_turn) for of_turn in found]
    for name, pattern in _patterns(_known(texts, found, _LEAST_SURE_TO_REPEAT)):
        for index, text in enumerate(texts):
            if name in text:
                for match in pattern.finditer(text):
                    marked[index].mark(Span(*match.span()), overrules=name in sure)
    for index, of_turn in enumerate(marked):
        found[index] = of_turn.found()


def _known(texts: Sequence[str], found: Sequence[Sequence[Found]], least: float) -> frozenset[str]:
    return frozenset(
        one.span.of(text)
        for text, of_turn in zip(texts, found, strict=True)
        for one in of_turn
        if one.type is PiiType.NAME and one.confidence >= least
    )


def _patterns(known: frozenset[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each way to say a known name, with a pattern that does not match within a longer word."""
    names = set(known)
    names |= {match["name"] for name in known if (match := _TITLED.fullmatch(name))}
    names |= {name[1:] for name in names if len(name) == 3 and set(name[1:]) <= GIVEN}
    names |= {part for name in known if not _HAN.search(name) for part in _parts(name)}
    for name in sorted(names):
        if not _HAN.search(name):
            if len(name) >= 4:
                yield name, re.compile(rf"(?<![a-z]){re.escape(name)}(?![a-z])")
        elif len(name) > 1 and not is_everyday(name):
            yield name, re.compile(re.escape(name))
        elif len(name) == 1:
            yield (
                name,
                re.compile(
                    rf"(?:(?<=[，。！？,.!?\s])|^){name}(?:(?:{_ANY_TITLE})|(?=[，。！？,.!?]|$|什么来着|啥来着))"
                ),
            )


def _parts(name: str) -> list[str]:
    """First and last name, without titles and common words."""
    from coach.language.pii import names_en

    return [part for part in name.split() if len(part) >= 4 and names_en.is_distinctive(part)]


class _Marked:
    """What is found in a turn, by the characters that it covers: a turn may hold thousands of names."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._found: dict[Found, None] = {}
        self._at: defaultdict[int, list[Found]] = defaultdict(list)
        for one in found:
            self._add(one)

    def found(self) -> list[Found]:
        """All that is marked now."""
        return list(self._found)

    def mark(self, span: Span, *, overrules: bool) -> None:
        """Mark a name, unless something stands there that is no guess; a sure name overrules a guess."""
        touching = {one: None for at in range(span.start, span.end) for one in self._at[at]}
        if any(one.type is PiiType.NAME or one.confidence >= _A_GUESS or not overrules for one in touching):
            return
        for one in touching:
            del self._found[one]
            for at in range(one.span.start, one.span.end):
                self._at[at].remove(one)
        self._add(Found(PiiType.NAME, span, _REPEATED))

    def _add(self, one: Found) -> None:
        if one not in self._found:
            self._found[one] = None
            for at in range(one.span.start, one.span.end):
                self._at[at].append(one)
