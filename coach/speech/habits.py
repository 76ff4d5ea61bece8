"""How parties talk, learnt from labelled calls: by runs of syllables or words.

Three tables, made by ``models/speaker_roles``: ``lexicon/roles.*.txt`` (log odds of a role by turn),
``lexicon/agent.*.txt`` (which party of a call is the agent, by all that each says, by playbook) and
``lexicon/third.*.txt`` (whether the only other party is a third one).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from coach.domain.call import Role
from coach.language.normalise import fold

ROLES = ("agent", "customer", "third_party")
LEAST_THIRD = {"zh": 3.0, "en": 2.0}
"""``third_score`` from which on it is believed by itself: no customer more is taken for a third party."""
_LONGEST_RUN = 3
_HAN_OR_WORD = re.compile(r"[㐀-鿿]+|[a-z']+|[0-9]+")
_HAN = re.compile("[㐀-鿿]")

Odds = npt.NDArray[np.float64]


@lru_cache(maxsize=256)
def features(text: str, language: str) -> frozenset[str]:
    """Runs of one to three units within a clause: toneless syllables of Chinese, words of English."""
    found: set[str] = set()
    for clause in re.split(r"[^\w' ]+", fold(text)):
        units = _units(clause, language)
        for length in range(1, _LONGEST_RUN + 1):
            found.update(" ".join(units[i : i + length]) for i in range(len(units) - length + 1))
    return frozenset(found)


def odds(text: str, language: str) -> Odds:
    """What a turn says for each of ``ROLES``, about in log odds."""
    weights = _weights(language)
    found = [weights[name] for name in features(text, language) if name in weights]
    return np.sum(found, axis=0) if found else np.zeros(len(ROLES))


def bag(texts: Sequence[str], *, opens: bool, coached: Role, language: str) -> dict[str, float]:
    """What tells whether somebody is the agent: runs of all his turns, of his first, and his place.

    ``opens``: he is the first to speak in the call. Values are square roots of how often; names that end in
    the coached party's role count in its calls only.
    """
    counts: Counter[str] = Counter({"#long": sum(map(len, texts)) // 100, "#opens": int(opens)})
    for text in texts:
        counts.update(features(text, language))
    counts.update(f"1 {name}" for name in features(texts[0], language))
    everywhere = {name: count**0.5 for name, count in counts.items() if count}
    return everywhere | {f"{name}@{coached.value}": value for name, value in everywhere.items()}


def agent_score(texts: Sequence[str], *, opens: bool, coached: Role, language: str) -> float:
    """How much somebody talks as the agent of a call does; the difference of two parties is in log odds."""
    weights = _agent_weights(language)
    found = bag(texts, opens=opens, coached=coached, language=language)
    return sum(value * weights.get(name, 0.0) for name, value in found.items())


def bag_of_other(own: Sequence[str], agents: Sequence[str], language: str) -> dict[str, float]:
    """What tells a customer from a third party: runs of his turns, of his first, and of the agent's."""
    counts: Counter[str] = Counter(f"1 {name}" for name in features(own[0], language))
    for mark, texts in (("o", own), ("a", agents)):
        for text in texts:
            counts.update(f"{mark} {name}" for name in features(text, language))
    return {name: count**0.5 for name, count in counts.items()}


def third_score(own: Sequence[str], agents: Sequence[str], language: str) -> float:
    """Log odds that the only other party of a call is a third party; see ``LEAST_THIRD``."""
    weights = _third_weights(language)
    found = bag_of_other(own, agents, language)
    return weights[""] + sum(value * weights.get(name, 0.0) for name, value in found.items())


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
    return {row[0]: np.array([float(value) for value in row[1:]]) for row in _table("roles", language)}


@lru_cache(maxsize=2)
def _agent_weights(language: str) -> dict[str, float]:
    return {name: float(weight) for name, weight in _table("agent", language)}


@lru_cache(maxsize=2)
def _third_weights(language: str) -> dict[str, float]:
    return {name: float(weight) for name, weight in _table("third", language)}


def _table(kind: str, language: str) -> Iterator[list[str]]:
    name = f"{kind}.{'zh' if language == 'zh' else 'en'}.txt"
    text = files("coach.speech").joinpath("lexicon", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("# "))
