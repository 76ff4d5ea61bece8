"""A live drill: the answer to a hard line judged while it is spoken, by the judge of every drill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from coach.domain.call import Turn
from coach.domain.playbook import Playbook
from coach.domain.time import Interval, Seconds
from coach.live.cues import Line, LineState
from coach.live.judging import Judgement, LiveJudge
from coach.pipeline import Judges
from coach.practice.drill import Reached, judge
from coach.practice.lines import HardLine

_STATES = {
    Reached.DONE: LineState.MET,
    Reached.PARTLY: LineState.PARTLY,
    Reached.MISSING: LineState.OPEN,
}


class DrillJudge(LiveJudge):
    """Cues as in a call; the checklist holds what the line trains, as far as the answer has reached it."""

    def __init__(self, line: HardLine, playbook: Playbook, judges: Judges) -> None:
        now = datetime.now(UTC).astimezone()
        super().__init__(playbook, judges, started_at=now)
        self._line = line
        self._today = now

    def blank(self) -> tuple[Line, ...]:
        """What the line trains, all of it still to be done."""
        lines = {line.criterion: line for line in super().blank()}
        return tuple(lines[name] for name in self._line.trains)

    def judge(self, turns: Sequence[Turn], *, language: str, new: Interval, now: Seconds) -> Judgement | None:
        """As for a call, with how far the answer so far has come."""
        cued = super().judge(turns, language=language, new=new, now=now)
        if cued is None:
            return None
        found = judge(
            self._line,
            answer_of(self._line, turns),
            judges=self._judges,
            playbook=self.playbook,
            today=self._today,
        )
        lines = tuple(
            Line(
                point.info.id, point.info.kind, point.info.title, point.info.critical, _STATES[point.reached]
            )
            for point in found.points
        )
        return Judgement(cued.cues, lines)


def answer_of(line: HardLine, turns: Sequence[Turn]) -> str:
    """What was said after the line."""
    said = [turn.text for turn in turns[len(line.preface) :]]
    return ("" if line.language == "zh" else " ").join(said)
