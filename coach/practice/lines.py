"""Hard lines of customers: one catalogue for the trainer's page and for live drills, each with its sound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from coach.domain.call import Role, Turn
from coach.domain.errors import TranscriptError
from coach.domain.time import Interval, Seconds

SOUNDS: Final = Path(__file__).parent / "lines"
"""One small file a line, rendered by ``python -m sample_audio.recipe.lines``."""
_TURN: Seconds = 4.0


class LineKind(StrEnum):
    """What makes a line hard."""

    REFUSAL = "refusal"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    ABUSE = "abuse"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class HardLine:
    """A line to answer; ``before``: ``(speaker, words)``, ``trains``: criteria that a good answer meets."""

    id: str
    kind: LineKind
    language: str
    playbook: str
    trains: tuple[str, ...]
    before: tuple[tuple[str, str], ...]
    line: str
    model: str

    @property
    def sound(self) -> Path | None:
        """The line read aloud; None where these very words have no sound, and it is shown only."""
        file = SOUNDS / sound_name(self.id, self.line)
        return file if file.is_file() else None

    @property
    def preface(self) -> tuple[Turn, ...]:
        """What was said up to the answer, in turns before second 0."""
        said = [*self.before, (Role.CUSTOMER.value, self.line)]
        first = -_TURN * len(said)
        return tuple(
            Turn(i, Role(role), text, Interval(first + _TURN * i, first + _TURN * (i + 1) - 0.5))
            for i, (role, text) in enumerate(said)
        )


def sound_name(line_id: str, words: str) -> str:
    """The file of a line's sound; it changes with the words, so that they are never said in others."""
    return f"{line_id}.{sha256(words.encode()).hexdigest()[:12]}.opus"


@cache
def hard_lines() -> tuple[HardLine, ...]:
    """All lines, in the order of the file."""
    import yaml

    found = yaml.safe_load(files(__package__).joinpath("drill.yaml").read_text(encoding="utf-8"))
    return tuple(_line(one) for one in found)


def hard_line(line_id: str) -> HardLine:
    """The line of that id; raises ``TranscriptError`` when there is none."""
    for one in hard_lines():
        if one.id == line_id:
            return one
    known = ", ".join(one.id for one in hard_lines())
    raise TranscriptError(f"there is no hard line {line_id!r}; there are {known}")


def _line(given: dict[str, Any]) -> HardLine:
    return HardLine(
        id=given["id"],
        kind=LineKind(given["kind"]),
        language=given["language"],
        playbook=given["playbook"],
        trains=tuple(given["trains"]),
        before=tuple(pair for turn in given["before"] for pair in turn.items()),
        line=given["line"],
        model=given["model"],
    )
