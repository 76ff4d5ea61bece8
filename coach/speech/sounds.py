"""How Chinese characters sound: syllables with tones, without, and blurred as on the telephone; and words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_FUZZY = ((r"^zh", "z"), (r"^ch", "c"), (r"^sh", "s"), (r"^n(?=[aeiou])", "l"), (r"ng$", "n"))
"""Sounds that telephone speech and southern Mandarin do not keep apart."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A syllable with its tone, without it, and with near sounds made one."""

    toned: str
    plain: str
    blurred: str


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[Reading, ...]:
    """Every way in which a character is read."""
    from pypinyin import Style, pinyin

    (found,) = pinyin(character, style=Style.TONE3, heteronym=True)
    plain = [(toned, re.sub(r"\d", "", toned)) for toned in found]
    return tuple(Reading(toned, bare, blurred(bare)) for toned, bare in plain)


@lru_cache(maxsize=4096)
def sounds(text: str) -> tuple[str, ...]:
    """The blurred syllables of a text, each character read as it is among its neighbours."""
    from pypinyin import lazy_pinyin

    return tuple(blurred(syllable) for syllable in lazy_pinyin(text))


def blurred(syllable: str) -> str:
    """The syllable with near sounds made one.

    >>> blurred("zhang"), blurred("na")
    ('zan', 'la')
    """
    for pattern, sound in _FUZZY:
        syllable = re.sub(pattern, sound, syllable)
    return syllable


@lru_cache(maxsize=1)
def dictionary() -> frozenset[str]:
    """Words of Chinese: the phrase lists of pypinyin and OpenCC."""
    from pypinyin.phrases_dict import phrases_dict

    table = files("opencc").joinpath("dictionary", "STPhrases.txt").read_text(encoding="utf-8")
    return frozenset(phrases_dict) | frozenset(line.split("\t")[0] for line in table.splitlines())


def lines(name: str) -> list[str]:
    """The lines of a lexicon without its remarks."""
    text = files("coach.speech").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
