"""Fold a text for matching (width, script, case) without moving a character, and write it in a script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from opencc import OpenCC

_WIDE_STOPS = {",": "，", "?": "？", "!": "！", ":": "：", ";": "；"}
_KEPT_WIDE = frozenset(_WIDE_STOPS.values())
_NARROW_STOP = re.compile("(?<=[一-鿿])[,?!:;]")

Script = Literal["simplified", "traditional", "taiwan", "as_heard"]
"""``taiwan`` is Traditional with Taiwan's words (軟體 for 軟件)."""

_PREFERRED = {"著": "着", "妳": "你", "帐": "账", "祂": "他", "﹑": "、", "週": "周"}
"""Variants that the character table leaves alone, though speech does not tell them apart."""

_BOOKS = re.compile("(?<!蚊)帐(?![篷幕])")
"""The 帐 of books and bills, which today's Simplified writes 账 and OpenCC leaves."""

_CONFIG = {
    ("simplified", False): "t2s",
    ("simplified", True): "tw2sp",
    ("traditional", False): "s2tw",
    ("traditional", True): "s2twp",
}


def fold(text: str) -> str:
    """The text in half width, Simplified characters and lower case, of exactly the same length.

    Stops become the wide ones of Chinese where they follow a Chinese character, so that patterns need to
    know one form only. Offsets into the folded text are offsets into the text, which no whole-string NFKC
    or phrase conversion would keep. Source of the characters: OpenCC's ``TSCharacters``.

    >>> fold("您還欠３２６０塊 OK")
    '您还欠3260块 ok'
    """
    folded = text.translate(_TABLE)
    return _NARROW_STOP.sub(lambda stop: _WIDE_STOPS[stop.group()], folded)


def to_script(text: str, script: Script, *, taiwan_words: bool = False) -> str:
    """The text in ``script``; ``taiwan_words`` also swaps words (軟體/软件), so not for verbatim records.

    >>> to_script("帳單逾期", "simplified")
    '账单逾期'
    """
    if script == "as_heard":
        return text
    if script == "taiwan":
        script, taiwan_words = "traditional", True
    written = _converter(_CONFIG[script, taiwan_words]).convert(text)
    return _BOOKS.sub("账", written) if script == "simplified" else written.replace("賬", "帳")


def is_traditional(text: str) -> bool:
    """Whether more characters are written the Traditional way than the Simplified way."""
    traditional = sum(_to_simplified().get(ord(char), char) != char for char in text)
    simplified = sum(char in _simplified_only() for char in text)
    return traditional > simplified


@lru_cache(maxsize=4)
def _converter(config: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(config)


class _FoldTable(dict[int, str]):
    """A translation table that folds each character once, when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _FoldTable()


def _fold_char(char: str) -> str:
    if char in _KEPT_WIDE:
        return char
    wide = unicodedata.normalize("NFKC", char)
    if len(wide) != 1:
        wide = char
    simple = _to_simplified().get(ord(wide), wide)
    simple = _PREFERRED.get(simple, simple)
    lower = simple.lower()
    return lower if len(lower) == 1 else simple


@lru_cache(maxsize=1)
def _to_simplified() -> dict[int, str]:
    """Code points of Traditional characters to the first Simplified candidate of OpenCC."""
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1}


@lru_cache(maxsize=1)
def _simplified_only() -> frozenset[str]:
    return frozenset(new for old, new in _to_simplified().items() if chr(old) != new)
