"""What the live cues and the full review say differently of the same call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from coach.domain.review import CriterionKind, Outcome, Review
from coach.domain.time import Interval, Seconds
from coach.live.cues import CueKind, LineState

NEAR: Seconds = 2.0
"""Cue and evidence may lie so far apart: live turns are cut a little differently."""


class SeenBy(StrEnum):
    """Who saw a fault."""

    BOTH = "both"
    LIVE = "live"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault at ``at`` and who saw it."""

    criterion: str
    critical: bool
    at: Interval
    seen_by: SeenBy


@dataclass(frozen=True, slots=True)
class DoSeen:
    """A do that is met for one of checklist and review and not for the other."""

    criterion: str
    live: LineState
    review: Outcome


@dataclass(frozen=True, slots=True)
class Differences:
    """Every fault with who saw it, and the dos on which both differ."""

    faults: tuple[FaultSeen, ...]
    dos: tuple[DoSeen, ...]

    def to_dict(self) -> dict[str, Any]:
        """For JSON; it holds times and ids, no words."""
        return asdict(self)


def compare(
    raised: Iterable[tuple[str, Interval]], lines: Mapping[str, LineState], review: Review
) -> Differences:
    """``raised`` are criterion and seconds of the faults that were cued, ``lines`` the last checklist."""
    left = list(raised)
    critical = {info.id for info in review.criteria if info.critical}
    kinds = {info.id: info.kind for info in review.criteria}
    faults: list[FaultSeen] = []
    for finding in review.scorecard.findings:
        if kinds[finding.criterion] is not CriterionKind.DONT or finding.outcome is not Outcome.NOT_MET:
            continue
        for evidence in finding.evidence:
            if evidence.interval is None:
                continue
            same = _matching(left, finding.criterion, evidence.interval)
            left = [one for one in left if one not in same]
            seen_by = SeenBy.BOTH if same else SeenBy.REVIEW
            faults.append(
                FaultSeen(finding.criterion, finding.criterion in critical, evidence.interval, seen_by)
            )
    faults.extend(FaultSeen(name, name in critical, at, SeenBy.LIVE) for name, at in left)
    return Differences(tuple(sorted(faults, key=lambda fault: fault.at)), _dos(lines, review))


def _matching(
    raised: Sequence[tuple[str, Interval]], criterion: str, at: Interval
) -> list[tuple[str, Interval]]:
    wide = at.padded(NEAR)
    return [one for one in raised if one[0] == criterion and wide.overlap(one[1]) > 0]


def _dos(lines: Mapping[str, LineState], review: Review) -> tuple[DoSeen, ...]:
    kinds = {info.id: info.kind for info in review.criteria}
    return tuple(
        DoSeen(finding.criterion, lines[finding.criterion], finding.outcome)
        for finding in review.scorecard.findings
        if kinds[finding.criterion] is CriterionKind.DO
        and finding.criterion in lines
        and (lines[finding.criterion] is LineState.MET, finding.outcome)
        in ((True, Outcome.NOT_MET), (False, Outcome.MET))
    )


def raised_faults(events: Iterable[Mapping[str, Any]]) -> list[tuple[str, Interval]]:
    """The faults that a journal says were cued."""
    cues = [event["cue"] for event in events if event["event"] == "cue"]
    return [
        (cue["criterion"], Interval(cue["at"]["start"], cue["at"]["end"]))
        for cue in cues
        if cue["kind"] == CueKind.FAULT
    ]


def last_lines(events: Iterable[Mapping[str, Any]]) -> dict[str, LineState]:
    """The checklist as the journal last had it."""
    found: dict[str, LineState] = {}
    for event in events:
        if event["event"] == "checklist":
            found.update({name: LineState(state) for name, state in event["lines"].items()})
    return found
