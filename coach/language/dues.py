"""Which of the sums that were named is the overdue sum of a call."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from coach.domain.call import Role
from coach.domain.labels import LabelId
from coach.domain.observations import AmountKind
from coach.language.amounts import Money
from coach.language.hearing import Heard


def amount_due(heard: Sequence[Heard]) -> Decimal | None:
    """The overdue sum: stated as a fact or a total, by the side that knows, early, and repeated."""
    scores: dict[Decimal, float] = {}
    means = {money.value for one in heard for money in one.sums if _is_of_means(one, money)}
    for one in heard:
        for money in one.sums:
            score = _weight_as_due(one, money) - (1.5 if money.value in means else 0.0)
            best = scores.get(money.value)
            scores[money.value] = score if best is None else max(score, best) + 0.25
    if not scores:
        return None
    value = max(scores, key=lambda each: (round(scores[each], 1), each))
    return value if scores[value] >= _LEAST_DUE else None


def is_approximate(heard: Sequence[Heard], due: Decimal | None) -> bool:
    """Whether the sum was only ever named roughly (大概四千多)."""
    named = [money.approximate for one in heard for money in one.sums if money.value == due]
    return bool(named) and all(named)


_LEAST_DUE = 0.6
_SMALL = 20
"""A price of a unit, or a measure word (两块地毯), rather than a debt."""


def _is_of_means(one: Heard, money: Money) -> bool:
    """What the customer earns or holds; a caller who names rent means the bill."""
    return money.means and one.turn.role is not Role.AGENT


def _weight_as_due(one: Heard, money: Money) -> float:
    score = 1.0 - 0.03 * one.turn.i
    score += 3.0 if one.has(LabelId.STATE_FACTS) else 0.0
    score += 0.7 if one.turn.role is Role.AGENT else 0.0
    score += 1.5 if money.total else 0.0
    score -= 1.5 if money.part else 0.0
    score += 0.3 if money.named else 0.0
    score -= 1.5 if money.value < _SMALL else 0.0
    score -= 0.8 if money.approximate else 0.0
    score -= 3.0 if one.owed_to_me else 0.0
    score += {
        AmountKind.OVERDUE: 1.5,
        AmountKind.OTHER: 0.0,
        AmountKind.INSTALMENT: -2.0,
        AmountKind.PARTIAL: -2.0,
        AmountKind.FEE: -2.5,
    }[money.kind]
    return score
