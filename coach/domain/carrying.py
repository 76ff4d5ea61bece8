"""Which of a person's rulings still hold when a call is reviewed again, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from enum import StrEnum

from coach.domain.call import Turn
from coach.domain.review import Finding, Review
from coach.domain.rulings import Ruling, RulingKind

SHARED = 0.5
"""The share of the shorter turn's seconds that both must have in common to be the same turn."""
ALIKE = 0.6
"""How alike (0..1) the words of two readings of the same seconds must be."""


class Left(StrEnum):
    """Why a ruling did not come along, so that a person has to look again."""

    CRITERION = "criterion"
    """The review has no such criterion any more."""
    PLAYBOOK = "playbook"
    """Another playbook judged, or its text is not kept."""
    WORDS = "words"
    """The words that were ruled on are not heard any more."""
    SPEAKER = "speaker"
    """Somebody else is said to speak there."""
    EVIDENCE = "evidence"
    """The machine does not find it there any more."""
    CHANGED = "changed"
    """The finding as a whole came out otherwise."""
    EARLIER = "earlier"
    """It was made before rulings were carried along."""


def counterpart(turn: Turn, among: Sequence[Turn]) -> int | None:
    """The turn of another review in which the same was said; None when there is none.

    Where seconds are known the turn must share ``SHARED`` of them and its words be ``ALIKE``; in a written
    transcript the words must be the same, and the nearest place counts.
    """
    found = [(_shared(turn, other), -abs(other.i - turn.i), other.i) for other in among if _same(turn, other)]
    return max(found)[2] if found else None


def carried(rulings: Iterable[tuple[Ruling, Review]], review: Review) -> list[Ruling | Left]:
    """For each ruling and the review that it was made on: the ruling on ``review``, or why there is none."""
    added: set[tuple[str, int]] = set()
    made: list[Ruling | Left] = []
    for ruling, before in rulings:
        one = _carried(ruling, before, review, added)
        if isinstance(one, Ruling) and one.kind is RulingKind.ADD and one.turn is not None:
            added.add((one.criterion, one.turn))
        made.append(one)
    return made


def _carried(ruling: Ruling, before: Review, after: Review, added: set[tuple[str, int]]) -> Ruling | Left:
    if before.observed.call.playbook != after.observed.call.playbook:
        return Left.PLAYBOOK
    was, now = _finding(before, ruling.criterion), _finding(after, ruling.criterion)
    if was is None or now is None:
        return Left.CRITERION
    if ruling.turn is None:
        return ruling if _unchanged(was, now, before, after) else Left.CHANGED
    turn = before.observed.call.turns[ruling.turn]
    i = counterpart(turn, after.observed.call.turns)
    if i is None:
        return Left.WORDS
    if after.observed.call.turns[i].role is not turn.role:
        return Left.SPEAKER
    if ruling.kind in (RulingKind.CONFIRM, RulingKind.DISMISS):
        there = i in _places(now) or (ruling.criterion, i) in added
        return replace(ruling, turn=i) if there else Left.EVIDENCE
    return replace(ruling, turn=i)


def _finding(review: Review, criterion: str) -> Finding | None:
    return next((one for one in review.scorecard.findings if one.criterion == criterion), None)


def _places(finding: Finding) -> set[int]:
    return {piece.turn for piece in (*finding.evidence, *finding.to_check)}


def _unchanged(was: Finding, now: Finding, before: Review, after: Review) -> bool:
    """Whether the machine says the same of a criterion, for the same words of the same people."""
    if was.outcome is not now.outcome:
        return False
    old, new = before.observed.call.turns, after.observed.call.turns
    moved = {i: counterpart(old[i], new) for i in _places(was)}
    roles = all(j is not None and old[i].role is new[j].role for i, j in moved.items())
    return roles and set(moved.values()) == _places(now)


def _same(turn: Turn, other: Turn) -> bool:
    if turn.interval is None or other.interval is None:
        return turn.text == other.text
    shorter = min(turn.interval.duration, other.interval.duration)
    if turn.interval != other.interval and turn.interval.overlap(other.interval) < SHARED * shorter:
        return False
    return turn.text == other.text or SequenceMatcher(None, turn.text, other.text).ratio() >= ALIKE


def _shared(turn: Turn, other: Turn) -> float:
    if turn.interval is None or other.interval is None:
        return 0.0
    return turn.interval.overlap(other.interval)
