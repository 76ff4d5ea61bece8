"""What usually follows what in talk about debts: which of several texts fits, what an unclear character is.

没有搅了 becomes 没有缴了, 明天我在打 becomes 明天我再打: where the recogniser was not sure of a character,
those that sound like it are tried in its place; the best reading of a clause weighs the recogniser's own
probability, the likeness of the sound and what usually follows what. Counts: ``lexicon/context.zh.txt``, made
by ``models/speech_context/recipe.py``.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coach.language.normalise import fold
from coach.speech.sounds import dictionary, lines, readings

BEGINS, ENDS = "^", "$"
_HAN = re.compile("[㐀-鿿]+")
_SURE = 0.95
"""A character of which the recogniser was surer stays."""
_LEAST_CHANCE, _MOST_CHANCE = 0.05, 0.995
_COST = (1.5, 2.5, 4.0)
"""What another character costs that sounds alike with the tone, without it, or only nearly."""
_GAIN = 2.0
"""A change must make a clause so much likelier (natural logarithm)."""
_SHARE = 0.4
_USUAL = -5.0
"""How much what usually follows what counts beside the sound, and the chance of a character that neither adds
nor takes (natural logarithm): without it the shortest text would fit best. Chosen on Mandarin samples in
noise: 0.2 was worse, 0.7 too.
"""
_BEAM = 12
"""Three of 1,500 clauses with made-up chances come out otherwise than with 40, in half the time."""
_UNSEEN = 4_000
_LONGEST_WORD = 4
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许沈曾彭吕潘方曲丁任姚卢钟姜崔谭陆范汪廖石金韦贾夏"
)
_NUMERALS = frozenset("零一二三四五六七八九十百千万亿两")
_COUNTED = frozenset("天日号月年个周次点块元角分")
_BEFORE_NAMES = frozenset("是姓叫找告个下喂")
_TITLE = re.compile(".{0,2}(?:先生|女士|小姐|经理|主管|师傅|叔叔|阿姨)")


def clauses(text: str) -> Iterator[str]:
    """The runs of Chinese characters in a folded text."""
    for run in _HAN.finditer(text):
        yield run.group()


@dataclass(frozen=True, slots=True)
class _Option:
    """A character for a place, and what it adds in natural logarithm."""

    character: str
    weight: float


def fit(text: str) -> float:
    """By how much (natural logarithm) its Chinese characters make a text likelier among others for one sound.

    >>> fit("您已经逾期三十天了") > fit("您已经与其三十天了")
    True
    """
    return _SHARE * sum(_flow(clause) - _USUAL * len(clause) for clause in clauses(fold(text)))


def reread(clause: str, chances: Sequence[float]) -> str:
    """The clause (Simplified Chinese characters only) with what was probably said.

    ``chances`` are the recogniser's probabilities by character; the length stays.
    """
    if all(chance > _SURE for chance in chances):
        return clause
    options = [_options(character, chance) for character, chance in zip(clause, chances, strict=True)]
    best = _best(options)
    kept = clause
    for start, end in _changes(clause, best):
        changed = kept[:start] + best[start:end] + kept[end:]
        gain = _weight(changed, options) - _weight(kept, options)
        if gain >= _GAIN and _may(clause, changed, start, end):
            kept = changed
    return kept


def _options(heard: str, chance: float) -> list[_Option]:
    chance = min(_MOST_CHANCE, max(_LEAST_CHANCE, chance))
    if chance > _SURE:
        return [_Option(heard, 0.0)]
    other = math.log(1 - chance)
    alike = [_Option(character, other - cost) for character, cost in _alike(heard)]
    return [_Option(heard, math.log(chance)), *alike]


@lru_cache(maxsize=4096)
def _alike(heard: str) -> tuple[tuple[str, float], ...]:
    """Characters that sound like the one heard, with the cost of each."""
    own = readings(heard)
    found: dict[str, float] = {}
    for mine in own:
        for character in _counts().by_sound.get(mine.blurred, ()):
            if character == heard:
                continue
            theirs = readings(character)
            if any(mine.toned == other.toned for other in theirs):
                cost = _COST[0]
            elif any(mine.plain == other.plain for other in theirs):
                cost = _COST[1]
            else:
                cost = _COST[2]
            found[character] = min(cost, found.get(character, math.inf))
    return tuple(sorted(found.items()))


def _best(options: Sequence[Sequence[_Option]]) -> str:
    """The likeliest sequence of characters (Viterbi over the last two, the best few kept)."""
    states: dict[tuple[str, str], tuple[float, str]] = {(BEGINS, BEGINS): (0.0, "")}
    for choices in options:
        reached: dict[tuple[str, str], tuple[float, str]] = {}
        for (first, second), (weight, text) in states.items():
            for option in choices:
                so_far = weight + option.weight + _follows(first, second, option.character)
                key = (second, option.character)
                if key not in reached or so_far > reached[key][0]:
                    reached[key] = (so_far, text + option.character)
        ordered = sorted(reached.items(), key=lambda item: -item[1][0])
        states = dict(ordered[:_BEAM])
    return max(states.items(), key=lambda item: item[1][0] + 0.5 * _follows(*item[0], ENDS))[1][1]


def _weight(text: str, options: Sequence[Sequence[_Option]]) -> float:
    return _flow(text) + sum(
        next(option.weight for option in choices if option.character == text[i])
        for i, choices in enumerate(options)
    )


def _flow(clause: str) -> float:
    """The logarithm of the chance of a clause; its end counts half, for stops are often lost."""
    whole = BEGINS + BEGINS + clause
    total = 0.5 * _follows(whole[-2], whole[-1], ENDS)
    return total + sum(_follows(whole[i], whole[i + 1], character) for i, character in enumerate(clause))


def _changes(old: str, new: str) -> Iterator[tuple[int, int]]:
    start = None
    for i in range(len(old) + 1):
        differs = i < len(old) and old[i] != new[i]
        if differs and start is None:
            start = i
        elif not differs and start is not None:
            yield start, i
            start = None


def _may(old: str, new: str, start: int, end: int) -> bool:
    """Whether a change makes words, breaks none, and is in no name and no number."""
    return (
        not any(_is_number(old[i], new[i]) or counts_on(old, i + 1) for i in range(start, end))
        and all(_in_a_word(new, i, seen=True) for i in range(start, end))
        and not any(_in_a_word(old, i, seen=False) for i in range(start, end))
        and not _in_a_name(old, start, end)
    )


def counts_on(text: str, end: int) -> bool:
    """Whether the character before ``end`` is a numeral of what follows: the 七 of 宽限七天 and of 七十."""
    return text[end - 1] in _NUMERALS and text[end : end + 1] in _NUMERALS | _COUNTED


def _is_number(heard: str, written: str) -> bool:
    """Whether a change would say another number; only 七 is often a misheard 期."""
    return written in _NUMERALS or (heard in _NUMERALS and (heard, written) != ("七", "期"))


def _in_a_word(text: str, at: int, *, seen: bool) -> bool:
    """Whether the character is part of a word.

    With ``seen`` a word of two must have been said, and three characters that were said together will do.
    """
    for length in range(2, _LONGEST_WORD + 1):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            run = text[start : start + length]
            if run in dictionary() and not (seen and length == 2 and run not in _counts().runs):
                return True
            if seen and length == 3 and run in _counts().runs:
                return True
    return False


def _in_a_name(text: str, start: int, end: int) -> bool:
    """Whether it is a surname or one of the two characters behind it, where names stand."""
    titled = _TITLE.match(text, end) is not None
    return any(
        text[i] in _SURNAMES and (titled or i == 0 or text[i - 1] in _BEFORE_NAMES)
        for i in range(max(0, start - 2), end)
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """Runs and how often they were said; by first characters, how many followed, and how many kinds."""

    runs: dict[str, int]
    followed: dict[str, int]
    different: dict[str, int]
    total: int
    by_sound: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _counts() -> _Counts:
    rows = (line.split("\t") for line in lines("context.zh.txt"))
    runs = {run: int(count) for run, count in rows}
    followed: Counter[str] = Counter()
    different: Counter[str] = Counter()
    by_sound: dict[str, list[str]] = defaultdict(list)
    for run, count in runs.items():
        if len(run) > 1:
            followed[run[:-1]] += count
            different[run[:-1]] += 1
        elif run not in (BEGINS, ENDS):
            for sound in {reading.blurred for reading in readings(run)}:
                by_sound[sound].append(run)
    total = sum(count for run, count in runs.items() if len(run) == 1)
    return _Counts(
        runs, followed, different, total, {sound: tuple(found) for sound, found in by_sound.items()}
    )


@lru_cache(maxsize=1 << 18)
def _follows(first: str, second: str, character: str) -> float:
    """The logarithm of the chance of a character after two others (Witten and Bell's interpolation, 1991)."""
    counts = _counts()
    chance = (counts.runs.get(character, 0) + 0.3) / (counts.total + 0.3 * _UNSEEN)
    for before in (second, first + second):
        times, kinds = counts.followed.get(before, 0), counts.different.get(before, 0)
        if times:
            chance = (counts.runs.get(before + character, 0) + kinds * chance) / (times + kinds)
    return math.log(chance)
