"""How an answer to a hard line is judged: by classifier, facts and rules, as in a review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from coach.domain.labels import LabelId
from coach.domain.progress import Progress
from coach.domain.review import CriterionInfo, CriterionKind, Finding, Outcome, Review
from coach.practice.lines import HardLine

if TYPE_CHECKING:
    from coach.domain.playbook import Playbook
    from coach.pipeline import Judges

LONGEST = 2_000
"""Characters of an answer; a minute of speech has about 300."""


class Reached(StrEnum):
    """How far an answer met a criterion that the line trains."""

    DONE = "done"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Point:
    """A criterion that the line trains, and what the answer made of it."""

    info: CriterionInfo
    reached: Reached


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer judged: points, faults in it, and faults that a person should look at."""

    answer: str
    points: tuple[Point, ...]
    faults: tuple[CriterionInfo, ...]
    doubtful: tuple[CriterionInfo, ...]
    score: int

    def to_dict(self) -> dict[str, Any]:
        """For JSON; the criteria by their ids."""
        return {
            "answer": self.answer,
            "points": {point.info.id: point.reached.value for point in self.points},
            "faults": [info.id for info in self.faults],
            "doubtful": [info.id for info in self.doubtful],
            "score": self.score,
        }

    @classmethod
    def of(cls, found: Mapping[str, Any], infos: Mapping[str, CriterionInfo]) -> Judged:
        """What ``to_dict`` made; ``infos`` are the criteria of the playbook by id."""
        return cls(
            answer=found["answer"],
            points=tuple(Point(infos[name], Reached(how)) for name, how in found["points"].items()),
            faults=tuple(infos[name] for name in found["faults"]),
            doubtful=tuple(infos[name] for name in found["doubtful"]),
            score=found["score"],
        )


def judge(line: HardLine, answer: str, *, judges: Judges, playbook: Playbook, today: datetime) -> Judged:
    """Judge ``answer`` to ``line`` as a review would the call so far."""
    from coach.pipeline import Circumstances, review_written
    from coach.written import WrittenCall, WrittenTurn

    said = [*line.before, ("customer", line.line), ("agent", answer[:LONGEST])]
    turns = [WrittenTurn.model_validate({"speaker": speaker, "text": text}) for speaker, text in said]
    review = review_written(
        WrittenCall(turns=turns, lang=line.language),
        f"drill-{line.id}",
        line.id,
        Circumstances(playbook=playbook, language=line.language, started_at=today),
        judges=judges,
        on_progress=_unheard,
    )
    return read(line, answer, review)


def read(line: HardLine, answer: str, review: Review) -> Judged:
    """What a review says of its last turn, the answer."""
    at = len(review.observed.call.turns) - 1
    findings = {finding.criterion: finding for finding in review.scorecard.findings}
    infos = {info.id: info for info in review.criteria}
    points = tuple(_point(infos[name], findings[name], review, at) for name in line.trains)
    against = [info for info in review.criteria if info.kind is CriterionKind.DONT]
    faults = tuple(info for info in against if _in_answer(findings[info.id], at))
    doubtful = tuple(info for info in against if any(e.turn == at for e in findings[info.id].to_check))
    return Judged(answer, points, faults, doubtful, _score(points, faults))


def _in_answer(finding: Finding, at: int) -> bool:
    return finding.outcome is Outcome.NOT_MET and any(piece.turn == at for piece in finding.evidence)


def _point(info: CriterionInfo, finding: Finding, review: Review, at: int) -> Point:
    if finding.outcome is Outcome.MET and any(piece.turn == at for piece in finding.evidence):
        return Point(info, Reached.DONE)
    hits = () if review.observed.labels is None else review.observed.labels[at]
    if any(hit.label.value == info.id and hit.sure for hit in hits) and info.id in set(LabelId):
        return Point(info, Reached.PARTLY)
    return Point(info, Reached.MISSING)


def _score(points: tuple[Point, ...], faults: tuple[CriterionInfo, ...]) -> int:
    """0..100: the share of the points; a fault leaves at most half of it, a critical one nothing."""
    if any(info.critical for info in faults):
        return 0
    worth = {Reached.DONE: 2, Reached.PARTLY: 1, Reached.MISSING: 0}
    share = 100 * sum(worth[point.reached] for point in points) / (2 * len(points))
    return round(min(share, 50.0) if faults else share)


def _unheard(_progress: Progress) -> None:
    """It takes a moment; nobody is told."""
