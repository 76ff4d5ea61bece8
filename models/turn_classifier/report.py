"""The measures of the model card as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from coach.domain.labels import DONTS
from models.turn_classifier.calibrate import Setting, calibration_error, probabilities
from models.turn_classifier.data import LABELS, Piece
from models.turn_classifier.measures import (
    Counts,
    Table,
    clean_false_alarms,
    count,
    count_any,
    macro,
    pairs_right,
    table,
)

Booleans = npt.NDArray[np.bool_]


def report(
    logits: Mapping[str, npt.NDArray[np.float32]],
    splits: Mapping[str, Sequence[Piece]],
    settings: tuple[Setting, ...],
) -> dict[str, object]:
    """Measures of both held-out splits at the chosen thresholds."""
    sure = np.array([one.sure for one in settings])
    check = np.array([one.check for one in settings])
    out: dict[str, object] = {}
    for name, scores in logits.items():
        truth = table(splits[name])
        chance = probabilities(scores.astype(np.float64), settings)
        seen = truth.mask > 0
        out[name] = {
            "pieces": len(splits[name]),
            "turns": len(truth.wanted),
            "sure": of(chance >= sure, truth, splits[name]),
            "check_or_sure": of(chance >= check, truth, splits[name]),
            "calibration_error": round(calibration_error(chance[seen], truth.wanted[seen]), 4),
        }
    return out


def of(said: Booleans, truth: Table, pieces: Sequence[Piece]) -> dict[str, object]:
    """Counts and ratios of one set of predictions."""
    counts = count(said, truth)
    alarms, clean = clean_false_alarms(said, truth)
    return {
        "macro_f1": {name: round(value, 4) for name, value in macro(counts).items()},
        "false_donts_on_clean_coached_turns": {"turns": alarms, "of": clean},
        "any_dont": _row(count_any(said, truth)),
        "pairs_right_donts": dict(zip(("right", "of"), pairs_right(said, pieces, DONTS), strict=True)),
        "pairs_right_all": dict(
            zip(("right", "of"), pairs_right(said, pieces, frozenset(LABELS)), strict=True)
        ),
        "labels": {label.value: _row(counts[label]) for label in LABELS},
    }


def _row(counts: Counts) -> dict[str, float]:
    return {
        "right": counts.right,
        "false": counts.false,
        "missed": counts.missed,
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
    }
