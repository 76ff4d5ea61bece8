"""All comparisons as one summary: per label, per group of labels, per sort of call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from coach.domain.labels import DONTS, DOS, OTHER_SIDE, LabelId
from coach.evaluate.compare import CallComparison
from coach.evaluate.counts import Bounds, Counts, Share, bootstrap, mean

LABEL_GROUPS = {"donts": DONTS, "dos": DOS, "other_side": OTHER_SIDE}
CALIBRATION_BINS = 10


def summary(calls: Sequence[CallComparison], *, intervals: bool = True) -> dict[str, Any]:
    """The measures as plain numbers, ready for JSON; ratios that do not exist are None."""
    return {
        "calls": len(calls),
        **_measures(calls, intervals=intervals),
        "by": {
            kind: {
                value: _measures([c for c in calls if c.groups[kind] == value], intervals=False)
                for value in sorted({c.groups[kind] for c in calls})
            }
            for kind in ("language", "script", "playbook", "source")
        },
    }


def _measures(calls: Sequence[CallComparison], *, intervals: bool) -> dict[str, Any]:
    counts = _total(calls)
    clean = [call for call in calls if call.clean_call]
    turns = sum(call.clean_coached_turns for call in calls)
    false_turns = sum(call.false_dont_turns for call in calls)
    return {
        "macro_f1": {
            name: {
                "f1": macro_f1(calls, labels=labels),
                "interval": _bounds(bootstrap(calls, partial(macro_f1, labels=labels)))
                if intervals
                else None,
            }
            for name, labels in LABEL_GROUPS.items()
        },
        "labels": {
            label.value: {
                "precision": counts[label].precision,
                "recall": counts[label].recall,
                "f1": counts[label].f1,
                "tp": counts[label].tp,
                "fp": counts[label].fp,
                "fn": counts[label].fn,
            }
            for label in LabelId
            if label in counts
        },
        "false_donts_per_1000_clean_coached_turns": 1000 * false_turns / turns if turns else None,
        "clean_coached_turns": turns,
        "calls_without_critical": len(clean),
        "of_them_with_false_critical": sum(call.false_critical for call in clean),
        "criteria_agreement": _shares(calls, "criteria"),
        "facts": _shares(calls, "facts"),
        "pii_recall": _shares(calls, "pii"),
        "calibration_error": calibration_error([pair for call in calls for pair in call.confidences]),
    }


def macro_f1(calls: Sequence[CallComparison], *, labels: frozenset[LabelId]) -> float | None:
    """Mean F1 of the labels that the gold has at least once."""
    counts = _total(calls)
    return mean([counts[label].f1 for label in labels if label in counts])


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error of the hits that are shown, in ten bins of equal width.

    Source: Guo et al., On Calibration of Modern Neural Networks, 2017. None without a hit.
    """
    if not pairs:
        return None
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        bins[min(CALIBRATION_BINS - 1, int(confidence * CALIBRATION_BINS))].append((confidence, right))
    return sum(
        abs(sum(confidence for confidence, _ in some) - sum(right for _, right in some))
        for some in bins.values()
    ) / len(pairs)


def _total(calls: Sequence[CallComparison]) -> dict[LabelId, Counts]:
    total: dict[LabelId, Counts] = defaultdict(Counts)
    for call in calls:
        for label, counts in call.labels.items():
            total[label] += counts
    return dict(total)


def _shares(calls: Sequence[CallComparison], kind: str) -> dict[str, dict[str, float | int | None]]:
    total: dict[str, Share] = defaultdict(Share)
    for call in calls:
        for name, share in getattr(call, kind).items():
            total[str(name)] += share
    return {
        name: {"share": share.value, "right": share.right, "all": share.all}
        for name, share in sorted(total.items())
    }


def _bounds(bounds: Bounds | None) -> list[float] | None:
    return None if bounds is None else [bounds.low, bounds.high]
