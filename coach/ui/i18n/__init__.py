"""The texts of the page: two catalogues with the same keys, looked up by key.

A catalogue is a folder, with a file for each part of the page; a key stands in one of them.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from coach.domain.text import UiLanguage

LANGUAGES: tuple[UiLanguage, ...] = ("zh", "en")


@cache
def catalogue(language: UiLanguage) -> dict[str, str]:
    """All texts of ``language`` by key; raises ``ValueError`` for a key that stands in two files."""
    found: dict[str, str] = {}
    for file in sorted((files(__name__) / language).iterdir(), key=lambda file: file.name):
        texts: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        if twice := found.keys() & texts.keys():
            raise ValueError(f"{language}/{file.name} repeats {sorted(twice)}; keep each text in one file")
        found |= texts
    return found


def text(language: UiLanguage, key: str, **values: object) -> str:
    """The text of ``key`` with its ``{placeholders}`` filled; raises ``KeyError`` for an unknown key."""
    found = catalogue(language)[key]
    return found.format(**values) if values else found


def under(language: UiLanguage, prefix: str) -> dict[str, str]:
    """The texts whose keys start with ``prefix.``, without it: what a component is given."""
    start = f"{prefix}."
    return {key[len(start) :]: found for key, found in catalogue(language).items() if key.startswith(start)}
