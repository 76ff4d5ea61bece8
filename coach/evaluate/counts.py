"""Counts of right and wrong answers, and the ratios made of them at the end."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

BOOTSTRAP_SAMPLES = 500
BOOTSTRAP_SEED = 7

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives of one label.

    >>> (Counts(8, 2, 0) + Counts(0, 0, 2)).f1
    0.8
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def support(self) -> int:
        """How often the gold has the label."""
        return self.tp + self.fn

    @property
    def precision(self) -> float | None:
        """Share of the answers that are right; None without an answer."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None where there is none."""
        return self.tp / self.support if self.support else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where the gold has none."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.support else None


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``all``."""

    right: int = 0
    all: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.all + other.all)

    @property
    def value(self) -> float | None:
        """The share, 0..1; None of nothing."""
        return self.right / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """A 95 % interval."""

    low: float
    high: float


def bootstrap(items: Sequence[T], measure: Callable[[Sequence[T]], float | None]) -> Bounds | None:
    """95 % interval of ``measure`` when whole calls are drawn again with replacement; the seed is fixed.

    Source: B. Efron, Bootstrap methods, 1979. None where the measure does not exist.
    """
    draw = random.Random(BOOTSTRAP_SEED)
    values = sorted(
        value
        for _ in range(BOOTSTRAP_SAMPLES)
        if (value := measure(draw.choices(items, k=len(items)))) is not None
    )
    if not values:
        return None
    edge = len(values) // 40
    return Bounds(values[edge], values[-edge - 1])


def mean(values: Sequence[float | None]) -> float | None:
    """Mean of those that exist."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
