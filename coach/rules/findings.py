"""One criterion over a call: what was seen becomes an outcome with evidence and a plain sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from coach.domain.playbook import Criterion, Part
from coach.domain.review import CriterionKind, Evidence, Finding, Outcome
from coach.domain.rule import Who
from coach.domain.text import Text
from coach.rules.evidence import evidence_of
from coach.rules.reasons import Clause, broke_off, clause, ended, joined, perhaps
from coach.rules.see import see
from coach.rules.seen import Doubt, Hit, Seen, Truth, distinct
from coach.rules.spoiled import but_spoiled, earned
from coach.rules.view import View

ASKED_FOR = Text("需要这样做", "the call needed it")
NO_PROOF = Text("没有确凿的证据", "there is no certain evidence")
NOT_APPLICABLE = Text("这通电话里没有出现需要这样做的情况", "nothing in this call asked for it")


@dataclass(frozen=True, slots=True)
class Judged:
    """A part of a criterion with what was seen of it, and where it was said beside a threat or an insult."""

    part: Part
    seen: Seen
    spoiled: tuple[Hit, ...] = ()


def find(criterion: Criterion, view: View) -> Finding:
    """The finding of ``criterion``; evidence and ``because`` always go with it."""
    finding = _found(criterion, view)
    if criterion.check is None or finding.outcome is Outcome.NOT_APPLICABLE:
        return finding
    seen = see(criterion.check.seen, view, view.everything)
    if seen.truth is not Truth.YES:
        return finding
    because = joined([Clause(finding.because), clause(criterion.check.note, seen.hits, view)])
    to_check = (*finding.to_check, *evidence_of(seen.hits, view))
    return replace(finding, because=because, to_check=to_check)


def _found(criterion: Criterion, view: View) -> Finding:
    applies = None if criterion.applies is None else see(criterion.applies, view, view.everything)
    if applies is not None and applies.truth is Truth.NO:
        return _finding(
            criterion, Outcome.NOT_APPLICABLE, joined([Clause(criterion.otherwise or NOT_APPLICABLE)])
        )
    if criterion.kind is CriterionKind.DONT:
        return _dont(criterion, view)
    judged = _judged(criterion, view)
    if not judged:
        return _finding(
            criterion, Outcome.NOT_APPLICABLE, joined([Clause(criterion.otherwise or NOT_APPLICABLE)])
        )
    return _do(criterion, view, judged, applies)


def _judged(criterion: Criterion, view: View) -> tuple[Judged, ...]:
    """The parts that are wanted here."""
    judged: list[Judged] = []
    for part in criterion.parts:
        if part.when is not None and see(part.when, view, view.everything).truth is not Truth.YES:
            continue
        left = earned(part.seen, see(part.seen, view, view.everything), view)
        if part.if_known and left.seen.truth is Truth.UNKNOWN:
            continue
        judged.append(Judged(part, left.seen, left.spoiled))
    return tuple(judged)


def _do(criterion: Criterion, view: View, judged: tuple[Judged, ...], applies: Seen | None) -> Finding:
    reached = tuple(one for one in judged if one.seen.truth is Truth.YES)
    credit = sum((one.part.share for one in reached), Fraction(0)) / sum(one.part.share for one in judged)
    hits = distinct(hit for one in judged for hit in one.seen.hits)
    because = joined(_clauses(judged, view))
    if credit == 1:
        return _finding(criterion, Outcome.MET, because, view, hits, credit=credit)
    doubtful = distinct(hit for one in judged if one not in reached for hit in one.seen.doubtful)
    if applies is not None and applies.truth is Truth.UNKNOWN:
        why = joined([perhaps(applies, view, ASKED_FOR)])
        return _undetermined(criterion, why, view, hits, (*applies.doubtful, *doubtful))
    unsettled = tuple(one for one in judged if one.seen.truth is Truth.UNKNOWN)
    if unsettled:
        return _undetermined(criterion, because, view, hits, doubtful)
    spoiled = distinct(hit for one in judged for hit in one.spoiled)
    turns = sum(view.is_by(position, Who.COACHED) for position in view.everything)
    if turns < criterion.needs_turns and not spoiled:
        outcome = Outcome.NOT_DETERMINABLE if hits else Outcome.NOT_APPLICABLE
        return _finding(criterion, outcome, broke_off(turns, because), view, hits)
    asked_at = () if applies is None else applies.hits[:2]
    if asked_at and not hits and not spoiled and not view.has_floor_after(asked_at[0].turn):
        return _undetermined(criterion, ended(because), view, asked_at, ())
    shown = distinct((*hits, *spoiled)) or asked_at
    return _finding(criterion, Outcome.NOT_MET, because, view, shown, credit=credit)


def _clauses(judged: tuple[Judged, ...], view: View) -> Iterable[Clause]:
    for one in judged:
        if one.spoiled and one.seen.truth is Truth.NO:
            yield clause(but_spoiled(one.part.done), one.spoiled, view)
            continue
        match one.seen.truth:
            case Truth.YES:
                yield clause(one.part.done, one.seen.hits, view)
            case Truth.NO:
                yield clause(one.part.missing, (), view)
            case Truth.UNKNOWN:
                yield perhaps(one.seen, view, one.part.done)


def _dont(criterion: Criterion, view: View) -> Finding:
    part = criterion.parts[0]
    seen = see(part.seen, view, view.everything)
    if seen.truth is Truth.YES:
        because = joined([clause(part.done, seen.hits, view)])
        return _finding(criterion, Outcome.NOT_MET, because, view, seen.hits, seen.doubtful)
    if seen.blind is not None or any(hit.doubt in (Doubt.ROLE, Doubt.WORDS) for hit in seen.doubtful):
        return _undetermined(criterion, joined([perhaps(seen, view, part.done)]), view, (), seen.doubtful)
    clauses = [Clause(NO_PROOF), perhaps(seen, view, part.done)] if seen.doubtful else [Clause(part.missing)]
    because = joined(clauses)
    return _finding(criterion, Outcome.MET, because, view, (), seen.doubtful, credit=Fraction(1))


def _undetermined(
    criterion: Criterion, because: Text, view: View, hits: Iterable[Hit], doubtful: Iterable[Hit]
) -> Finding:
    return _finding(criterion, Outcome.NOT_DETERMINABLE, because, view, hits, doubtful)


def _finding(
    criterion: Criterion,
    outcome: Outcome,
    because: Text,
    view: View | None = None,
    hits: Iterable[Hit] = (),
    doubtful: Iterable[Hit] = (),
    *,
    credit: Fraction = Fraction(0),
) -> Finding:
    evidence: tuple[Evidence, ...] = ()
    to_check: tuple[Evidence, ...] = ()
    if view is not None:
        evidence, to_check = evidence_of(hits, view), evidence_of(doubtful, view)
    return Finding(criterion.id, outcome, credit, because, evidence, to_check)
