"""Tell the language of a written transcript: Mandarin, English or another (written Cantonese is another)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

WrittenLanguage = Literal["zh", "en", "other"]

_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "i",
        "you",
        "we",
        "he",
        "she",
        "it",
        "is",
        "are",
        "was",
        "do",
        "did",
        "have",
        "has",
        "had",
        "not",
        "no",
        "yes",
        "to",
        "of",
        "in",
        "on",
        "for",
        "with",
        "this",
        "that",
        "my",
        "your",
        "me",
        "can",
        "could",
        "will",
        "would",
        "be",
        "been",
        "if",
        "so",
        "what",
        "when",
        "how",
        "please",
        "thanks",
        "hello",
        "hi",
        "okay",
        "just",
        "it's",
        "i'm",
        "don't",
        "pay",
        "call",
    ]
)
_KANA_OR_HANGUL = re.compile("[぀-ヿ가-힯]")
_HAN = re.compile("[㐀-鿿]")
_CANTONESE = re.compile("[嘅喺咗唔哋冇嗰啲佢乜嚟噉嘢咩咁俾畀攞搵揾瞓諗谂嬲]")
_CANTONESE_SHARE = 0.04
"""Characters that only written Cantonese uses: about a tenth of it; Mandarin from Hong Kong stays below."""

_LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEAST_LETTERS = 2
_HAN_SHARE = 0.25
_ENGLISH_SHARE = 0.2


def detect_language(texts: Iterable[str]) -> WrittenLanguage:
    """The language of the turns together; English words within Chinese speech do not change it.

    Written Cantonese is ``other``: nothing here was trained or measured on it.

    >>> detect_language(["喂，您好", "OK 我知道了"])
    'zh'
    """
    text = " ".join(texts)
    han = len(_HAN.findall(text))
    words = [word for word in _LATIN_WORD.findall(_HAN.sub(" ", text)) if not _KANA_OR_HANGUL.search(word)]
    foreign = len(_KANA_OR_HANGUL.findall(text))
    if han + len(words) + foreign < _LEAST_LETTERS or foreign > han:
        return "other"
    if len(_CANTONESE.findall(text)) > _CANTONESE_SHARE * han and han:
        return "other"
    if han >= _HAN_SHARE * (han + len(words)):
        return "zh" if foreign <= _HAN_SHARE * han else "other"
    known = sum(word.lower().replace("’", "'") in _ENGLISH for word in words)
    return "en" if known >= _ENGLISH_SHARE * len(words) else "other"
