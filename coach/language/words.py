"""Lists of words, written as one text so that they stay readable."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words of a text in their order.

    >>> words("two three")
    ('two', 'three')
    """
    return tuple(text.split())
