"""From logits to honest probabilities and to two thresholds a label, chosen on the validation split."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from coach.domain.labels import CRITICAL, DONTS, LabelId
from models.turn_classifier.data import LABELS
from models.turn_classifier.measures import Table

Floats = npt.NDArray[np.float64]
GRID = np.round(np.arange(0.20, 0.901, 0.01), 2)
PRIOR_STRENGTH = 8.0
"""How strongly a label's scale and offset are held to those of all labels together."""
TOLERANCE = 0.01
CHECK_PRECISION = 0.5
CHECK_FLOOR = 0.15
FAULT_BETA = 0.5
"""Of a fault, precision counts twice as much as recall: a wrong accusation costs more than a hint to check.

With 0.7, as until version 8, that version's don'ts stood at 0.859 for 0.855 on validation and 0.842 for 0.840
on test, and 75 and 75 clean turns were wrongly accused where it is 58 and 64 now.
"""
CRITICAL_FLOOR = 0.65
"""A fault that fails a call counts only where it is clearly likelier than not.

On validation (version 8) 0.65 for 0.6 costs 0.002 of the don'ts' macro F1 and spares 3 of 12 falsely failed
calls; 0.7 costs 0.005 and spares 4.
"""


@dataclass(frozen=True)
class Setting:
    """What the run time reads for a label."""

    label: LabelId
    scale: float
    offset: float
    check: float
    sure: float


def probabilities(logits: Floats, settings: tuple[Setting, ...]) -> Floats:
    """Calibrated probabilities (turns, labels)."""
    scale = np.array([one.scale for one in settings])
    offset = np.array([one.offset for one in settings])
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scale * logits + offset, -60, 60))))


def choose(logits: Floats, truth: Table) -> tuple[Setting, ...]:
    """Fit scale and offset, then the thresholds, label by label."""
    seen = truth.mask > 0
    shared = _platt(logits[seen], truth.wanted[seen], np.array([1.0, 0.0]), 0.0)
    settings = []
    for i, label in enumerate(LABELS):
        rows = seen[:, i]
        scale, offset = _platt(logits[rows, i], truth.wanted[rows, i], shared, PRIOR_STRENGTH)
        chance = 1.0 / (1.0 + np.exp(-np.clip(scale * logits[rows, i] + offset, -60, 60)))
        sure = _sure(chance, truth.wanted[rows, i] > 0, FAULT_BETA if label in DONTS else 1.0)
        if label in CRITICAL:
            sure = max(sure, CRITICAL_FLOOR)
        check = _check(chance, truth.wanted[rows, i] > 0, sure)
        settings.append(Setting(label, round(scale, 4), round(offset, 4), check, sure))
    return tuple(settings)


def _platt(logits: Floats, wanted: Floats, prior: Floats, strength: float) -> Floats:
    def cost(x: Floats) -> float:
        z = x[0] * logits + x[1]
        loss = np.logaddexp(0.0, z) - wanted * z
        return float(loss.sum() + strength * ((x - prior) ** 2).sum())

    found = minimize(cost, prior, method="L-BFGS-B", bounds=[(0.3, 3.0), (-3.0, 3.0)])
    return np.asarray(found.x)


def _f_beta(chance: Floats, wanted: npt.NDArray[np.bool_], threshold: float, beta: float) -> float:
    said = chance >= threshold
    right, false, missed = (said & wanted).sum(), (said & ~wanted).sum(), (~said & wanted).sum()
    square = beta * beta
    bottom = (1 + square) * right + square * missed + false
    return float((1 + square) * right / bottom) if bottom else 0.0


def _sure(chance: Floats, wanted: npt.NDArray[np.bool_], beta: float) -> float:
    """The middle of the thresholds about as good as the best; few examples leave it near one half."""
    values = np.array([_f_beta(chance, wanted, t, beta) - 0.04 * abs(t - 0.5) for t in GRID])
    good = GRID[values >= values.max() - TOLERANCE]
    return float(np.round(np.median(good), 2))


def _check(chance: Floats, wanted: npt.NDArray[np.bool_], sure: float) -> float:
    """The lowest threshold at which what lies between it and ``sure`` is still right half of the time."""
    best = sure
    for threshold in np.arange(sure - 0.01, CHECK_FLOOR - 1e-9, -0.01):
        between = (chance >= threshold) & (chance < sure)
        if between.any() and wanted[between].mean() >= CHECK_PRECISION * 0.6:
            best = float(threshold)
    return round(min(best, max(CHECK_FLOOR, 0.6 * sure)), 2)


def calibration_error(chance: Floats, wanted: Floats, bins: int = 10) -> float:
    """Expected calibration error: the mean gap of said and seen shares over bins, weighted by their size."""
    at = np.minimum((chance * bins).astype(int), bins - 1)
    gaps = [
        abs(chance[at == b].mean() - wanted[at == b].mean()) * (at == b).mean()
        for b in range(bins)
        if (at == b).any()
    ]
    return float(sum(gaps))
