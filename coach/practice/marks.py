"""Faults that somebody marked in a call beside the key: found, missed, named otherwise, or not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from coach.domain.call import Role
from coach.domain.labels import CRITICAL, DONTS, LabelId
from coach.domain.review import Outcome, Review, Scorecard

FAULTS: Final = (
    LabelId.THREAT,
    LabelId.INSULT,
    LabelId.PRIVACY_LEAK,
    LabelId.PRESSURE,
    LabelId.EMOTIONAL,
    LabelId.OVERPROMISE,
)
"""What can be marked, in the order in which it is shown."""
_CRITERIA: Final = {
    **{f"no_{label.value}": label for label in (*CRITICAL, LabelId.PRESSURE, LabelId.OVERPROMISE)},
    "calm": LabelId.EMOTIONAL,
}
"""The criteria of the playbooks that come with the tool, by the fault that each forbids."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A fault in a turn."""

    turn: int
    label: LabelId


class MarkKind(StrEnum):
    """What became of a mark, or of a fault of the key that nobody marked."""

    HIT = "hit"
    NEAR = "near"
    MISSED = "missed"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Compared:
    """A mark beside the key; ``near``: the right turn under another name, ``key`` is what the key has."""

    mark: Mark
    kind: MarkKind
    key: LabelId | None = None


def compare(marks: Iterable[Mark], key: Iterable[Mark]) -> tuple[Compared, ...]:
    """Each mark with what it was, and what was missed, in the order of the call."""
    marked, wanted = set(marks), set(key)
    found = [Compared(mark, MarkKind.HIT) for mark in marked & wanted]
    left = sorted(wanted - marked)
    for mark in sorted(marked - wanted):
        other = next((one for one in left if one.turn == mark.turn), None)
        if other is None:
            found.append(Compared(mark, MarkKind.FALSE))
        else:
            left.remove(other)
            found.append(Compared(mark, MarkKind.NEAR, other.label))
    found += [Compared(mark, MarkKind.MISSED) for mark in left]
    return tuple(sorted(found, key=lambda one: one.mark))


def points(compared: Sequence[Compared]) -> int:
    """0..100: the harmonic mean of the share that was found and the share that was right; near counts half.

    A call without faults in which none was marked is 100.
    """
    if not compared:
        return 100
    number = {kind: sum(one.kind is kind for one in compared) for kind in MarkKind}
    right = number[MarkKind.HIT] + Fraction(number[MarkKind.NEAR], 2)
    marked = number[MarkKind.HIT] + number[MarkKind.NEAR] + number[MarkKind.FALSE]
    wanted = number[MarkKind.HIT] + number[MarkKind.NEAR] + number[MarkKind.MISSED]
    return round(100 * 2 * right / (marked + wanted))


def by_label(compared: Sequence[Compared]) -> dict[LabelId, dict[MarkKind, int]]:
    """How often each fault was hit, missed and marked in vain; a near one is missed under its right name."""
    found: dict[LabelId, dict[MarkKind, int]] = {}

    def count(label: LabelId, kind: MarkKind) -> None:
        kinds = found.setdefault(label, dict.fromkeys((MarkKind.HIT, MarkKind.MISSED, MarkKind.FALSE), 0))
        kinds[kind] += 1

    for one in compared:
        if one.kind is not MarkKind.NEAR:
            count(one.mark.label, one.kind)
        else:
            assert one.key is not None
            count(one.mark.label, MarkKind.FALSE)
            count(one.key, MarkKind.MISSED)
    return {label: found[label] for label in FAULTS if label in found}


def key_of_gold(gold: Mapping[str, Any]) -> frozenset[Mark]:
    """The faults of the coached party that the labelled script of a sample has."""
    return frozenset(
        Mark(turn["i"], LabelId(label))
        for turn in gold["turns"]
        if turn["speaker"] == gold["coached"]
        for label in turn["labels"]
        if label in DONTS
    )


def key_of_card(review: Review, card: Scorecard) -> frozenset[Mark]:
    """The faults of the coached party that stand on a card, with the turns that prove them."""
    call = review.observed.call
    return frozenset(
        Mark(piece.turn, _CRITERIA[finding.criterion])
        for finding in card.findings
        if finding.criterion in _CRITERIA and finding.outcome is Outcome.NOT_MET
        for piece in finding.evidence
        if call.turns[piece.turn].role is call.coached
    )


def marks_from(given: Iterable[Mapping[str, Any]], roles: Sequence[Role], coached: Role) -> frozenset[Mark]:
    """The marks that a page sent; raises ``ValueError`` for one that cannot be."""
    found = set()
    for one in given:
        turn = one["turn"]
        if not isinstance(turn, int) or not 0 <= turn < len(roles) or roles[turn] is not coached:
            raise ValueError("a mark stands on a turn of the coached party")
        label = LabelId(one["label"])
        if label not in DONTS:
            raise ValueError("only faults are marked")
        found.add(Mark(turn, label))
    return frozenset(found)
