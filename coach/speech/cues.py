"""What gives a party away: the phrases of ``lexicon/cues.*.txt`` by which a role is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from coach.domain.call import Role

_SOUND = "sound:"
_NAMED = "ORGANISATION"
_OTHERS = "other_is_"


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that adds ``weight`` for ``role``, ``most`` times.

    ``by_sound`` meets toneless pinyin; ``of_others``: the role is that of whoever it is said to.
    """

    role: Role
    weight: float
    most: int
    pattern: re.Pattern[str]
    by_sound: bool = False
    of_others: bool = False


@lru_cache(maxsize=2)
def cues(language: str) -> tuple[Cue, ...]:
    """The cues of Chinese (``zh``) or, for any other language, English."""
    name = "cues.zh.txt" if language == "zh" else "cues.en.txt"
    text = files("coach.speech").joinpath("lexicon", name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    named = next((row[1] for row in rows if row[0] == _NAMED), "")
    return tuple(_cue(row, named) for row in rows if row[0] != _NAMED)


def _cue(row: list[str], named: str) -> Cue:
    role, weight, most, pattern = row
    by_sound = pattern.startswith(_SOUND)
    compiled = re.compile(pattern.removeprefix(_SOUND).replace(_NAMED, named))
    kind = Role(role.removeprefix(_OTHERS))
    return Cue(kind, float(weight), int(most), compiled, by_sound, role.startswith(_OTHERS))
