"""Counts before ratios: what the classifier got right, by label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coach.domain.labels import DONTS, DOS, OTHER_SIDE, LabelId
from models.turn_classifier.data import INDEX, LABELS, Piece, targets

Floats = npt.NDArray[np.float32]
GROUPS = {"donts": DONTS, "dos": DOS, "other_side": OTHER_SIDE}


@dataclass(frozen=True)
class Counts:
    """Hits, false alarms and misses of one label."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 0 where nothing was said."""
        return self.right / (self.right + self.false) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = 2 * self.right + self.false + self.missed
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True)
class Table:
    """Predictions (turns, labels) beside the truth and its mask, over many pieces."""

    wanted: Floats
    mask: Floats
    coached: npt.NDArray[np.bool_]


def table(pieces: Sequence[Piece]) -> Table:
    """The truth of all turns of ``pieces``, one after another."""
    both = [targets(piece) for piece in pieces]
    coached = [line.role is piece.coached for piece in pieces for line in piece.lines]
    return Table(
        np.concatenate([w for w, _ in both]), np.concatenate([m for _, m in both]), np.array(coached)
    )


def count(said: npt.NDArray[np.bool_], truth: Table) -> dict[LabelId, Counts]:
    """Counts by label; masked places do not count."""
    seen, wanted = truth.mask > 0, truth.wanted > 0
    return {
        label: Counts(
            int((said[:, i] & wanted[:, i] & seen[:, i]).sum()),
            int((said[:, i] & ~wanted[:, i] & seen[:, i]).sum()),
            int((~said[:, i] & wanted[:, i] & seen[:, i]).sum()),
        )
        for i, label in enumerate(LABELS)
    }


def count_any(said: npt.NDArray[np.bool_], truth: Table) -> Counts:
    """Whether a turn has any don't at all, whichever it is."""
    columns = [INDEX[label] for label in sorted(DONTS)]
    seen = truth.mask[:, columns].min(1) > 0
    guess, real = said[:, columns].any(1), truth.wanted[:, columns].max(1) > 0
    return Counts(
        int((guess & real & seen).sum()), int((guess & ~real & seen).sum()), int((~guess & real & seen).sum())
    )


def macro(counts: dict[LabelId, Counts]) -> dict[str, float]:
    """Macro F1 by group, over the labels that occur."""
    return {
        name: float(np.mean([counts[x].f1 for x in group if counts[x].right + counts[x].missed] or [0.0]))
        for name, group in GROUPS.items()
    }


def clean_false_alarms(said: npt.NDArray[np.bool_], truth: Table) -> tuple[int, int]:
    """How many coached turns without any don't were given one, and of how many."""
    columns = [INDEX[label] for label in sorted(DONTS)]
    clean = truth.coached & (truth.mask[:, columns].min(1) > 0) & (truth.wanted[:, columns].max(1) == 0)
    return int((said[:, columns].any(1) & clean).sum()), int(clean.sum())


def pairs_right(
    said: npt.NDArray[np.bool_], pieces: Sequence[Piece], labels: frozenset[LabelId]
) -> tuple[int, int]:
    """Minimal pairs of which both members have exactly the right ones of ``labels``, and of how many."""
    columns = [INDEX[label] for label in sorted(labels)]
    truth = table(pieces)
    wrong = ((said != (truth.wanted > 0)) & (truth.mask > 0))[:, columns].any(1)
    verdicts: dict[str, list[bool]] = {}
    at = 0
    for piece in pieces:
        end = at + len(piece.lines)
        if piece.pair is not None:
            verdicts.setdefault(piece.pair, []).append(not wrong[at:end].any())
        at = end
    whole = [both for both in verdicts.values() if len(both) == 2]
    return sum(all(both) for both in whole), len(whole)
