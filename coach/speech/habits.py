"""How parties talk, learnt from labelled calls: log odds of a role by runs of syllables or words.

The weights are ``lexicon/roles.*.txt``, made by ``models/speaker_roles/recipe.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from coach.language.normalise import fold

ROLES = ("agent", "customer", "third_party")
_LONGEST_RUN = 3
_HAN_OR_WORD = re.compile(r"[㐀-鿿]+|[a-z']+|[0-9]+")
_HAN = re.compile("[㐀-鿿]")

Odds = npt.NDArray[np.float64]


def features(text: str, language: str) -> Iterator[str]:
    """Runs of one to three units within a clause: toneless syllables of Chinese, words of English."""
    for clause in re.split(r"[^\w' ]+", fold(text)):
        units = _units(clause, language)
        for length in range(1, _LONGEST_RUN + 1):
            for i in range(len(units) - length + 1):
                yield " ".join(units[i : i + length])


def odds(text: str, language: str) -> Odds:
    """What a turn says for each of ``ROLES``, about in log odds."""
    weights = _weights(language)
    found = [weights[name] for name in set(features(text, language)) if name in weights]
    return np.sum(found, axis=0) if found else np.zeros(len(ROLES))


def _units(clause: str, language: str) -> list[str]:
    if language != "zh":
        return _HAN_OR_WORD.findall(clause)
    from pypinyin import lazy_pinyin

    found: list[str] = []
    for run in _HAN_OR_WORD.findall(clause):
        found.extend(lazy_pinyin(run) if _HAN.match(run) else ["#"] if run.isdigit() else [run])
    return found


@lru_cache(maxsize=2)
def _weights(language: str) -> dict[str, Odds]:
    name = "roles.zh.txt" if language == "zh" else "roles.en.txt"
    text = files("coach.speech").joinpath("lexicon", name).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: np.array([float(value) for value in row[1:]]) for row in rows}
