"""Texts that the user reads, in the two languages of the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UiLanguage = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Chinese and in English.

    >>> Text("达到", "met").in_language("en")
    'met'
    """

    zh: str
    en: str

    def in_language(self, language: UiLanguage) -> str:
        """The message in ``language``."""
        return self.zh if language == "zh" else self.en
