"""How far a review has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The steps of a review in their order."""

    DECODE = "decode"
    SPEAKERS = "speakers"
    TRANSCRIBE = "transcribe"
    JUDGE = "judge"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` is the share (0..1) of ``stage``."""

    stage: Stage
    done: float
