"""Read English numbers as people say them: eight hundred and fifty, twelve fifty, 3.2k, two grand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from coach.domain.time import Span
from coach.language.numbers import Numeral
from coach.language.words import words

ONES = {word: value for value, word in enumerate(words("one two three four five six seven eight nine"), 1)}
TEENS = {
    word: value
    for value, word in enumerate(
        [
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        10,
    )
}
TENS = {
    word: value * 10
    for value, word in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
} | {"fourty": 40}
SCALES = {"thousand": 1000, "grand": 1000, "k": 1000, "million": 10**6, "m": 10**6}
_SPOKEN = {
    "hunner": "hundred",
    "hunnert": "hundred",
    "hunnerd": "hundred",
    "thoosand": "thousand",
    "n": "and",
    "'n": "and",
    "'n'": "and",
}
"""Scots forms, and the "and" of which only its n is heard."""

_ZEROS = frozenset(("oh", "o", "zero", "nought", "naught"))
_WORD = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?|[a-z]+|'n'?")
_GAP = re.compile(r"[\s-]{1,3}")
_ARTICLES = frozenset(("a", "an"))
_VAGUE_BEFORE = re.compile(
    r"(?:about|around|roughly|nearly|almost|some|approximately|just over|just under|like|maybe|"
    r"close to|north of|"
    r"upwards of)\s[$£€]?$"
)
_VAGUE_AFTER = re.compile(
    r"[\s-]?(?:or so|ish|odd|give or take|and change|something|some(?=\s(?:dollars|pounds|bucks|"
    r"quid)))\b"
)
_START = re.compile(
    r"(?<![a-z0-9_.@])(?:[0-9]|(?:"
    + "|".join((*ONES, *TEENS, *TENS, "half", "a", "an", "zero", "hundred"))
    + r")\b)"
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All English and Arabic numbers of ``text`` in order; spans in ``text``."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    found: list[Numeral] = []
    at = 0
    while start := _START.search(lower, at):
        numeral = read(lower, start.start())
        if numeral is None:
            at = start.end()
            continue
        found.append(_with_vagueness(lower, numeral))
        at = numeral.span.end
    return tuple(found)


def value_of(spoken: str) -> Decimal | None:
    """The value when all of ``spoken`` is one number, else None.

    >>> value_of("eight hundred and fifty"), value_of("no")
    (Decimal('850'), None)
    """
    numeral = read(spoken.lower(), 0)
    return numeral.value if numeral and numeral.span.end == len(spoken) else None


def read(lower: str, start: int) -> Numeral | None:
    """The longest number that begins at ``start`` of a lower-case text."""
    return _Reader(lower, start).read()


def _with_vagueness(lower: str, numeral: Numeral) -> Numeral:
    before = _VAGUE_BEFORE.search(lower, max(0, numeral.span.start - 16), numeral.span.start)
    vague = before or _VAGUE_AFTER.match(lower, numeral.span.end)
    return Numeral(
        numeral.span,
        numeral.value,
        numeral.approximate or bool(vague),
        numeral.structured,
        numeral.other,
    )


class _Reader:
    """One attempt to read a number; ``groups`` are what stands below the next scale ("four" "eighteen")."""

    def __init__(self, lower: str, start: int) -> None:
        self.text, self.start, self.at = lower, start, start
        self.total = Decimal(0)
        self.groups: list[Decimal] = []
        self.hundred = self.scaled = self.arabic = self.approximate = False
        self.least_scale: int | None = None
        self.before_and: tuple[int, list[Decimal]] | None = None

    def read(self) -> Numeral | None:
        """The number, or None when the words are none."""
        if not self._first():
            return None
        while self._next():
            pass
        return self._numeral()

    def _word(self, at: int) -> _Word | None:
        found = _WORD.match(self.text, at)
        if found is None:
            return None
        return _Word(_SPOKEN.get(found.group(), found.group()), found.start(), found.end())

    def _behind(self) -> _Word | None:
        gap = _GAP.match(self.text, self.at)
        if gap is None and not self.arabic:
            return None
        return self._word(gap.end() if gap else self.at)

    def _first(self) -> bool:
        word = self._word(self.start)
        if word is None:
            return False
        if word.text == "hundred":
            self.groups, self.hundred, self.at = [Decimal(100)], True, word.end
            return self._behind() is not None
        if word.text in (*_ARTICLES, "half"):
            return self._article(word)
        if word.text == "zero":
            behind = _Reader(self.text, word.end)
            self.groups, self.at = [Decimal(0)], word.end
            return behind._behind() is None or True
        return self._group(word)

    def _article(self, word: _Word) -> bool:
        """a hundred, a thousand, a grand, half a grand, a couple hundred."""
        half = word.text == "half"
        self.at = word.end
        behind = self._behind()
        if half and behind is not None and behind.text in _ARTICLES:
            self.at = behind.end
            behind = self._behind()
        if behind is None:
            return False
        if behind.text == "couple":
            return self._couple(behind)
        if behind.text == "hundred" and not half:
            self.groups, self.hundred, self.at = [Decimal(100)], True, behind.end
            return True
        if behind.text in ("thousand", "grand", "million"):
            self.total = Decimal(SCALES[behind.text]) / (2 if half else 1)
            self.least_scale = int(SCALES[behind.text])
            self.scaled, self.at = True, behind.end
            return True
        return False

    def _couple(self, couple: _Word) -> bool:
        self.at, self.approximate = couple.end, True
        behind = self._behind()
        if behind is not None and behind.text == "of":
            self.at = behind.end
            behind = self._behind()
        if behind is None or behind.text not in ("hundred", "thousand", "grand"):
            return False
        self.groups = [Decimal(2)]
        return True

    def _group(self, word: _Word) -> bool:
        """One group below a hundred (seven, seventeen, seventy-seven) or Arabic digits."""
        if word.text[0].isdigit():
            if self.groups or (self.scaled and not self.total):
                return False
            self.groups.append(Decimal(word.text.replace(",", "")))
            self.arabic, self.at = True, word.end
            return True
        small = TEENS.get(word.text) or ONES.get(word.text)
        if small is not None:
            self._add(Decimal(small), word.end)
            return True
        if word.text not in TENS:
            return False
        self._add(Decimal(TENS[word.text]), word.end)
        unit = self._behind()
        if unit is not None and unit.text in ONES:
            self.groups[-1] += ONES[unit.text]
            self.at = unit.end
        return True

    def _add(self, value: Decimal, end: int) -> None:
        self.groups.append(value)
        self.at = end

    def _next(self) -> bool:
        word = self._behind()
        if word is None:
            return False
        if word.text == "hundred":
            return self._hundred(word)
        if word.text in SCALES:
            return self._scale(word)
        if self.arabic:
            return False
        if word.text in ("and", "an"):
            return self._and(word)
        if word.text in _ZEROS:
            return self._oh(word)
        if word.text == "point":
            return self._point(word)
        return self._further_group(word)

    def _hundred(self, word: _Word) -> bool:
        if len(self.groups) != 1 or self.hundred or self.groups[0] >= 100:
            return False
        self.groups = [self.groups[0] * 100]
        self.hundred, self.at, self.arabic = True, word.end, False
        return True

    def _scale(self, word: _Word) -> bool:
        short = word.text in ("k", "m")
        if not self.groups or (short and not (self.arabic and word.start == self.at)):
            return False
        if self.least_scale is not None and SCALES[word.text] >= self.least_scale:
            return self._another_begins()
        self.least_scale = int(SCALES[word.text])
        self.total += self._folded_groups() * SCALES[word.text]
        self.groups, self.hundred, self.scaled, self.arabic = [], False, True, False
        self.at = word.end
        return True

    def _another_begins(self) -> bool:
        """Nine thousand six hundred and three thousand: the second scale belongs to another number."""
        if self.before_and is not None:
            self.at, self.groups = self.before_and
        return False

    def _and(self, word: _Word) -> bool:
        """Only after hundred or thousand ("two hundred and six"), or "one and a half grand"."""
        mark = self.at
        self.before_and = (mark, list(self.groups))
        self.at = word.end
        behind = self._behind()
        if behind is not None and behind.text in _ARTICLES and self._half(behind):
            return True
        fits = (self.hundred and len(self.groups) == 1 and self.groups[0] % 100 == 0) or (
            self.scaled and not self.groups
        )
        if behind is not None and fits and self._is_small(behind) and self._group(behind):
            if self.hundred and len(self.groups) == 2:
                self.groups = [self.groups[0] + self.groups[1]]
            return True
        self.at = mark
        return False

    def _half(self, article: _Word) -> bool:
        mark = self.at
        self.at = article.end
        half = self._behind()
        if half is not None and half.text == "half" and len(self.groups) == 1:
            self.at = half.end
            scale = self._behind()
            if scale is not None and scale.text in ("grand", "thousand", "million", "hundred"):
                self.groups[0] += Decimal("0.5")
                return True
        self.at = mark
        return False

    def _is_small(self, word: _Word) -> bool:
        return word.text in ONES or word.text in TEENS or word.text in TENS

    def _oh(self, word: _Word) -> bool:
        """three-oh-six, twelve oh five, six hundred and oh... : a zero in the tens."""
        if len(self.groups) != 1 or self.hundred or self.groups[0] >= 100:
            return False
        mark = self.at
        self.at = word.end
        unit = self._behind()
        if unit is None or unit.text not in ONES:
            self.at = mark
            return False
        self.groups = [self.groups[0] * 100 + ONES[unit.text]]
        self.at = unit.end
        return True

    def _point(self, word: _Word) -> bool:
        digits = ""
        mark = self.at
        self.at = word.end
        while (behind := self._behind()) is not None and (behind.text in ONES or behind.text in _ZEROS):
            digits += str(ONES.get(behind.text, 0))
            self.at = behind.end
        if not digits or not self.groups:
            self.at = mark
            return False
        self.groups[-1] += Decimal(f"0.{digits}")
        return True

    def _further_group(self, word: _Word) -> bool:
        """A second group: the rest of a hundred, "four eighteen", or the cents of "three-oh-six twenty"."""
        if not self._is_small(word):
            return False
        if not self.groups:
            return self.scaled and self._group(word)
        if self.hundred and len(self.groups) == 1 and self.groups[0] % 100 == 0:
            self._group(word)
            self.groups = [self.groups[0] + self.groups[1]]
            return True
        two_digits = word.text not in ONES
        if len(self.groups) >= 3 or not two_digits or self.groups[-1] < 1:
            return False
        return self._group(word)

    def _folded_groups(self) -> Decimal:
        if len(self.groups) == 1:
            return self.groups[0]
        head, tail = self.groups[0], self.groups[1]
        if head >= 100:
            return head + tail / 100
        whole = head * 100 + tail
        return whole + self.groups[2] / 100 if len(self.groups) > 2 else whole

    def _numeral(self) -> Numeral | None:
        if not self.groups and not self.scaled:
            return None
        folded = self._folded_groups() if self.groups else Decimal(0)
        other = None
        if len(self.groups) == 2 and 10 <= self.groups[0] < 100 and not self.scaled:
            other = self.groups[0] + self.groups[1] / 100
        return Numeral(Span(self.start, self.at), self.total + folded, self.approximate, other=other)
