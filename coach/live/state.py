"""What a session shows at a moment, as plain data for the terminal and the page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from coach.domain.call import Turn
from coach.domain.time import Seconds
from coach.live.cues import Cue, Line

SHOWN_TURNS = 30
SHOWN_CUES = 12


class Status(StrEnum):
    """What the session is doing."""

    STARTING = "starting"
    LISTENING = "listening"
    PAUSED = "paused"
    FINISHING = "finishing"
    STOPPED = "stopped"
    DISK_FULL = "disk_full"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LiveState:
    """One moment: ``levels`` in dB of full scale by channel, ``lag`` seconds of sound not yet heard.

    ``shares`` by role 0..1, ``tentative`` by channel, ``lost`` by source. ``late`` is the time from the end
    of speech to its final words, at the last utterance. ``deaf``: the recogniser failed and only the sound
    is kept.
    """

    status: Status
    elapsed: Seconds
    levels: tuple[float, ...]
    lag: Seconds
    late: Seconds | None
    shares: dict[str, float]
    language: str | None
    turns: tuple[Turn, ...]
    tentative: tuple[str, ...]
    lines: tuple[Line, ...]
    cues: tuple[Cue, ...]
    marks: tuple[Seconds, ...]
    lost: tuple[bool, ...]
    shed: int
    dropped: int
    error: str | None = None
    deaf: bool = False

    def to_dict(self) -> dict[str, Any]:
        """For JSON: the last turns and cues only."""
        return {
            "status": self.status.value,
            "elapsed": round(self.elapsed, 2),
            "levels": [round(level, 1) for level in self.levels],
            "lag": round(self.lag, 2),
            "late": None if self.late is None else round(self.late, 2),
            "shares": {role: round(share, 3) for role, share in self.shares.items()},
            "language": self.language,
            "turns": [turn_dict(turn) for turn in self.turns[-SHOWN_TURNS:]],
            "tentative": list(self.tentative),
            "lines": [asdict(line) for line in self.lines],
            "cues": [asdict(cue) for cue in self.cues[-SHOWN_CUES:]],
            "cue_count": len(self.cues),
            "marks": [round(mark, 1) for mark in self.marks],
            "lost": list(self.lost),
            "shed": self.shed,
            "dropped": self.dropped,
            "error": self.error,
            "deaf": self.deaf,
        }


def turn_dict(turn: Turn) -> dict[str, Any]:
    """A turn as it is shown."""
    at = turn.interval
    return {
        "i": turn.i,
        "role": turn.role.value,
        "start": None if at is None or at.start < 0 else round(at.start, 2),
        "end": None if at is None or at.end < 0 else round(at.end, 2),
        "text": turn.text,
        "sure": turn.role_confidence >= 0.5,
    }
