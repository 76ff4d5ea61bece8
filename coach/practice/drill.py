"""Hard lines of customers, and how an answer to one is judged: by classifier and rules, as in a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from coach.domain.labels import LabelId
from coach.domain.progress import Progress
from coach.domain.review import CriterionInfo, CriterionKind, Finding, Outcome, Review

if TYPE_CHECKING:
    from coach.domain.playbook import Playbook
    from coach.pipeline import Judges

LONGEST = 2_000
"""Characters of an answer; a minute of speech has about 300."""


class LineKind(StrEnum):
    """What makes a line hard."""

    REFUSAL = "refusal"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True)
class HardLine:
    """A line to answer; ``before``: ``(speaker, words)``, ``clip``: the sample and turn where it is heard."""

    id: str
    kind: LineKind
    language: str
    playbook: str
    trains: tuple[str, ...]
    before: tuple[tuple[str, str], ...]
    line: str
    model: str
    clip: tuple[str, int] | None = None


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
    because: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer judged: points, faults in it, and faults that a person should look at."""

    answer: str
    points: tuple[Point, ...]
    faults: tuple[CriterionInfo, ...]
    doubtful: tuple[CriterionInfo, ...]
    score: int


@cache
def hard_lines() -> tuple[HardLine, ...]:
    """All lines, in the order of the file."""
    import yaml

    found = yaml.safe_load(files(__package__).joinpath("drill.yaml").read_text(encoding="utf-8"))
    return tuple(_line(one) for one in found)


def _line(given: dict[str, Any]) -> HardLine:
    clip = given.get("clip")
    return HardLine(
        id=given["id"],
        kind=LineKind(given["kind"]),
        language=given["language"],
        playbook=given["playbook"],
        trains=tuple(given["trains"]),
        before=tuple(pair for turn in given["before"] for pair in turn.items()),
        line=given["line"],
        model=given["model"],
        clip=None if clip is None else (clip["sample"], clip["turn"]),
    )


def judge(
    line: HardLine,
    answer: str,
    *,
    judges: Judges,
    playbook: Playbook,
    today: datetime,
    language: str,
) -> Judged:
    """Judge ``answer`` to ``line`` as a review would the call so far; reasons in ``language``."""
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
    return read(line, answer, review, language=language)


def read(line: HardLine, answer: str, review: Review, *, language: str) -> Judged:
    """What a review says of its last turn, the answer."""
    at = len(review.observed.call.turns) - 1
    findings = {finding.criterion: finding for finding in review.scorecard.findings}
    infos = {info.id: info for info in review.criteria}
    points = tuple(_point(infos[name], findings[name], review, at, language) for name in line.trains)
    against = [info for info in review.criteria if info.kind is CriterionKind.DONT]
    faults = tuple(info for info in against if _in_answer(findings[info.id], at))
    doubtful = tuple(info for info in against if any(e.turn == at for e in findings[info.id].to_check))
    return Judged(answer, points, faults, doubtful, _score(points, faults))


def _in_answer(finding: Finding, at: int) -> bool:
    return finding.outcome is Outcome.NOT_MET and any(piece.turn == at for piece in finding.evidence)


def _point(info: CriterionInfo, finding: Finding, review: Review, at: int, language: str) -> Point:
    because = finding.because.in_language("en" if language == "en" else "zh")
    if finding.outcome is Outcome.MET and any(piece.turn == at for piece in finding.evidence):
        return Point(info, Reached.DONE, because)
    hits = () if review.observed.labels is None else review.observed.labels[at]
    if any(hit.label.value == info.id and hit.sure for hit in hits) and info.id in set(LabelId):
        return Point(info, Reached.PARTLY, because)
    return Point(info, Reached.MISSING, because)


def _score(points: tuple[Point, ...], faults: tuple[CriterionInfo, ...]) -> int:
    """0..100: the share of the points; a fault leaves at most half of it, a critical one nothing."""
    if any(info.critical for info in faults):
        return 0
    worth = {Reached.DONE: 2, Reached.PARTLY: 1, Reached.MISSING: 0}
    share = 100 * sum(worth[point.reached] for point in points) / (2 * len(points))
    return round(min(share, 50.0) if faults else share)


def _unheard(_progress: Progress) -> None:
    """It takes a moment; nobody is told."""
