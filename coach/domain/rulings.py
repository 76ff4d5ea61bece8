"""What a person says of the machine's findings, and the findings that come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from coach.domain.review import CriterionKind, Evidence, Finding, Outcome, Review
from coach.domain.text import Text
from coach.domain.time import Interval

BECAUSE = Text("由人工认定。", "Ruled by a person.")


class RulingKind(StrEnum):
    """What a person does to a finding."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    ADD = "add"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision on one criterion.

    ``turn`` names the piece of evidence (None: the finding as a whole), ``outcome`` is what ``OUTCOME`` sets,
    ``quote`` and ``at`` are the words and the seconds of an added finding.
    """

    kind: RulingKind
    criterion: str
    turn: int | None = None
    outcome: Outcome | None = None
    quote: str = ""
    at: Interval | None = None
    reason: str = ""
    by: str = ""
    made_at: datetime | None = None
    id: int = 0


def ruled(review: Review, rulings: Iterable[Ruling]) -> tuple[Finding, ...]:
    """The findings of ``review`` after ``rulings``, in their order; one on what is not there changes nothing.

    A dismissed piece of evidence goes; a fault or a merit without any evidence left turns into its opposite.
    What was to be checked and is confirmed counts. An outcome that a person sets carries full or no credit.
    """
    kinds = {info.id: info.kind for info in review.criteria}
    findings = {finding.criterion: finding for finding in review.scorecard.findings}
    for ruling in rulings:
        if ruling.criterion in findings:
            finding = findings[ruling.criterion]
            findings[ruling.criterion] = _after(finding, ruling, kinds[ruling.criterion], review)
    return tuple(findings.values())


def _after(finding: Finding, ruling: Ruling, kind: CriterionKind, review: Review) -> Finding:
    match ruling.kind:
        case RulingKind.CONFIRM:
            return _confirmed(finding, ruling, kind)
        case RulingKind.DISMISS:
            return _dismissed(finding, ruling, kind)
        case RulingKind.ADD:
            evidence = (*finding.evidence, _added(ruling, review))
            return _set(replace(finding, evidence=evidence), _seen(kind))
        case RulingKind.OUTCOME:
            return finding if ruling.outcome is None else _set(finding, ruling.outcome)


def _confirmed(finding: Finding, ruling: Ruling, kind: CriterionKind) -> Finding:
    """Evidence that was only to be checked counts from now on; any other stays and is certain."""
    wanted = [e for e in finding.to_check if ruling.turn is None or e.turn == ruling.turn]
    sure = tuple(
        replace(e, confidence=1.0) if ruling.turn is None or e.turn == ruling.turn else e
        for e in finding.evidence
    )
    if not wanted or (ruling.turn is None and finding.evidence):
        return replace(finding, evidence=sure)
    raised = tuple(replace(e, confidence=1.0) for e in wanted)
    left = tuple(e for e in finding.to_check if e not in wanted)
    return _set(replace(finding, evidence=(*sure, *raised), to_check=left), _seen(kind))


def _dismissed(finding: Finding, ruling: Ruling, kind: CriterionKind) -> Finding:
    def keeps(piece: Evidence) -> bool:
        return ruling.turn is not None and piece.turn != ruling.turn

    left = tuple(filter(keeps, finding.evidence))
    doubts = tuple(filter(keeps, finding.to_check))
    hit = len(left) < len(finding.evidence)
    changed = replace(finding, evidence=left, to_check=doubts)
    if finding.outcome in (Outcome.MET, Outcome.NOT_MET):
        as_seen = finding.outcome is _seen(kind)
        if (hit and not left and as_seen) or ruling.turn is None:
            return _set(changed, _opposite(finding.outcome))
        return replace(changed, credit=Fraction(0)) if hit and not left else changed
    cleared = bool(finding.to_check) and not doubts
    if finding.outcome is Outcome.NOT_DETERMINABLE and cleared and kind is CriterionKind.DONT:
        return _set(changed, Outcome.MET)
    return changed


def _added(ruling: Ruling, review: Review) -> Evidence:
    turns = review.observed.call.turns
    turn = turns[ruling.turn] if ruling.turn is not None and 0 <= ruling.turn < len(turns) else None
    at = ruling.at if ruling.at is not None or turn is None else turn.interval
    return Evidence(ruling.turn or 0, at, ruling.quote or ("" if turn is None else turn.text))


def _seen(kind: CriterionKind) -> Outcome:
    """What evidence shows: that a do was done, and the fault of any other."""
    return Outcome.MET if kind is CriterionKind.DO else Outcome.NOT_MET


def _opposite(outcome: Outcome) -> Outcome:
    return Outcome.NOT_MET if outcome is Outcome.MET else Outcome.MET


def _set(finding: Finding, outcome: Outcome) -> Finding:
    credit = Fraction(1) if outcome is Outcome.MET else Fraction(0)
    if outcome is finding.outcome:
        credit = finding.credit  # what was reached in part stays so
    return replace(finding, outcome=outcome, credit=credit, because=BECAUSE)
