"""How much was said."""

from __future__ import annotations

import re

_WORDS = re.compile("[\u3400-\u9fff]|[^\\W\\d_\u3400-\u9fff]+|\\d+")


def count_words(text: str) -> int:
    """Chinese characters, words of other scripts and numbers in figures.

    >>> count_words("逾期 32 days")
    4
    """
    return len(_WORDS.findall(text))
