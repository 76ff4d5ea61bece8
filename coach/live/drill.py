"""Drills: a customer's line to answer, and what the answer did of what it should do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from coach.domain.call import Role, Turn
from coach.domain.errors import TranscriptError
from coach.domain.playbook import Playbook
from coach.domain.time import Interval, Seconds
from coach.live.cues import Cue, CueKind, Line, LineState
from coach.live.judging import LiveJudge

_TURN: Seconds = 4.0
TYPED_SECONDS: Seconds = 5.0
"""A typed answer is taken to last so long."""


@dataclass(frozen=True, slots=True)
class Drill:
    """``before`` was said already; ``line`` is answered so that the ``wanted`` criteria are met."""

    id: str
    kind: str
    language: str
    playbook: str
    before: tuple[tuple[Role, str], ...]
    line: str
    wanted: tuple[str, ...]
    audio: str | None = None

    @property
    def preface(self) -> tuple[Turn, ...]:
        """What was said up to the answer, in turns before second 0."""
        said = [*self.before, (Role.CUSTOMER, self.line)]
        first = -_TURN * len(said)
        return tuple(
            Turn(i, role, text, Interval(first + _TURN * i, first + _TURN * (i + 1) - 0.5))
            for i, (role, text) in enumerate(said)
        )


@cache
def drills() -> tuple[Drill, ...]:
    """The drills that come with the tool."""
    import yaml

    text = files("coach.live").joinpath("drills.yaml").read_text(encoding="utf-8")
    return tuple(_drill(one) for one in yaml.safe_load(text))


def drill(drill_id: str) -> Drill:
    """The drill of that id; raises ``TranscriptError`` when there is none."""
    for one in drills():
        if one.id == drill_id:
            return one
    raise TranscriptError(f"there is no drill {drill_id!r}; there are {', '.join(d.id for d in drills())}")


def judge_typed(one: Drill, answer: str, judge: LiveJudge) -> tuple[tuple[Cue, ...], tuple[Line, ...]]:
    """Cues and checklist of a typed answer."""
    at = Interval(0.0, TYPED_SECONDS)
    turns = (*one.preface, Turn(len(one.before) + 1, judge.playbook.coached, answer, at))
    judged = judge.judge(turns, language=one.language, new=at, now=TYPED_SECONDS)
    return (judged.cues, judged.lines) if judged is not None else ((), ())


def result(one: Drill, playbook: Playbook, cues: Sequence[Cue], lines: Sequence[Line]) -> dict[str, Any]:
    """What the answer did: wanted criteria with their state, faults, what to add; ``score`` 0..100.

    The score is the share of what was wanted, half for what was done in part, and 0 with a critical fault.
    """
    states = {
        line.criterion: LineState.OPEN if line.state is LineState.UNNEEDED else line.state for line in lines
    }
    faults = [cue for cue in cues if cue.kind is CueKind.FAULT]
    worth = {LineState.MET: 1.0, LineState.PARTLY: 0.5}
    reached = sum(worth.get(states.get(name, LineState.OPEN), 0.0) for name in one.wanted)
    share = 0.0 if any(fault.critical for fault in faults) else reached / len(one.wanted)
    return {
        "drill": one.id,
        "score": round(100 * share),
        "wanted": [
            {"criterion": name, "state": states.get(name, LineState.OPEN).value, **_advice(playbook, name)}
            for name in one.wanted
        ],
        "faults": [
            {"criterion": fault.criterion, "critical": fault.critical, **_advice(playbook, fault.criterion)}
            for fault in faults
        ],
    }


def _advice(playbook: Playbook, name: str) -> dict[str, Any]:
    criterion = playbook.criterion(name)
    return {
        key: {"zh": text.zh, "en": text.en}
        for key, text in (
            ("title", criterion.title),
            ("advice", criterion.advice),
            ("better", criterion.better),
        )
    }


def _drill(one: dict[str, Any]) -> Drill:
    before = tuple((Role(role), text) for turn in one["before"] for role, text in turn.items())
    known = {key: one.get(key) for key in ("id", "kind", "language", "playbook", "line", "audio")}
    return Drill(before=before, wanted=tuple(one["wanted"]), **known)  # type: ignore[arg-type]
