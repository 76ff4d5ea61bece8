"""Group voice embeddings: one, two or three speakers, with two as the likely number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.intp]

_ROUNDS = 25
_ONE_VOICE = 0.15
"""A split in two with a lower silhouette is one voice (one voice: 0.10 to 0.25, two: 0.35 to 0.56)."""
_SURELY_TWO = 0.45
_THIRD_SEPARATION = 0.30
_LEAST_SECONDS = 1.2
_THIRD_SECONDS = 4.0
_THIRD_SHARE = 0.04
_MOST = 1_500


@dataclass(frozen=True, slots=True, eq=False)
class Speakers:
    """Unit ``centres`` of the speakers, and how sure it is (0..1) that they differ."""

    centres: Vectors
    confidence: float


def speakers(embeddings: Vectors, seconds: npt.NDArray[np.float64], *, most: int = 3) -> Speakers:
    """The speakers among unit ``embeddings`` (windows, numbers) that last ``seconds`` each."""
    if len(embeddings) > _MOST:
        keep = np.sort(np.argsort(-seconds, kind="stable")[:_MOST])
        embeddings, seconds = embeddings[keep], seconds[keep]
    one = Speakers(_unit((embeddings * seconds[:, None]).sum(axis=0, keepdims=True)), 0.5)
    if len(embeddings) < 3:
        return one
    two = _grouped(embeddings, seconds, 2)
    apart = separation(embeddings, nearest(embeddings, two))
    if apart < _ONE_VOICE or _held(embeddings, seconds, two).min() < _LEAST_SECONDS:
        return one
    if most > 2 and len(embeddings) >= 12:
        three = _grouped(embeddings, seconds, 3)
        if _clearly_three(three, embeddings, seconds):
            return Speakers(three, _confidence(separation(embeddings, nearest(embeddings, three))))
    return Speakers(two, _confidence(apart))


def separation(embeddings: Vectors, ids: Ids) -> float:
    """The mean silhouette (-1..1, cosine distance): how much nearer a window is to its own group."""
    groups = np.unique(ids)
    sums = np.stack([embeddings[ids == group].sum(axis=0) for group in groups])
    counts = np.array([(ids == group).sum() for group in groups])
    own = np.searchsorted(groups, ids)
    rows = np.arange(len(embeddings))
    alike = embeddings @ sums.T
    within = 1 - (alike[rows, own] - 1) / np.maximum(counts[own] - 1, 1)
    apart = 1 - alike / counts
    apart[rows, own] = np.inf
    between = apart.min(axis=1)
    score = np.where(counts[own] > 1, (between - within) / np.maximum(np.maximum(between, within), 1e-9), 0.0)
    return float(score.mean())


def nearest(embeddings: Vectors, centres: Vectors) -> Ids:
    """The index of the nearest centre of each embedding."""
    return np.asarray((embeddings @ centres.T).argmax(axis=1))


def _grouped(embeddings: Vectors, seconds: npt.NDArray[np.float64], count: int) -> Vectors:
    """Centres by k-means on the sphere, from the best of several starts."""
    best, best_fit = embeddings[:count], -np.inf
    for start in _starts(embeddings, seconds, count):
        centres = start
        for _ in range(_ROUNDS):
            ids = nearest(embeddings, centres)
            sums = [(embeddings[ids == k] * seconds[ids == k, None]).sum(axis=0) for k in range(count)]
            fresh = np.stack([_unit(s) if np.any(s) else c for s, c in zip(sums, centres, strict=True)])
            if np.allclose(fresh, centres, atol=1e-5):
                break
            centres = fresh
        fit = float(((embeddings @ centres.T).max(axis=1) * seconds).sum())
        if fit > best_fit:
            best, best_fit = centres, fit
    return best


def _starts(embeddings: Vectors, seconds: npt.NDArray[np.float64], count: int) -> list[Vectors]:
    """Each start takes one of the longer windows, and then those that are least like the ones taken."""
    sure = seconds >= np.quantile(seconds, 0.3)
    candidates = embeddings[sure]
    starts = []
    for first in np.linspace(0, len(candidates) - 1, 6).astype(int):
        taken = [candidates[first]]
        while len(taken) < count:
            taken.append(candidates[(candidates @ np.stack(taken).T).max(axis=1).argmin()])
        starts.append(np.stack(taken))
    return starts


def _held(embeddings: Vectors, seconds: npt.NDArray[np.float64], centres: Vectors) -> npt.NDArray[np.float64]:
    """Seconds of each group."""
    held = np.bincount(nearest(embeddings, centres), weights=seconds, minlength=len(centres))
    return held.astype(np.float64)


def _clearly_three(centres: Vectors, embeddings: Vectors, seconds: npt.NDArray[np.float64]) -> bool:
    """Whether every two of three groups are as far apart as two people are, and none is a mere scrap."""
    ids = nearest(embeddings, centres)
    held = _held(embeddings, seconds, centres)
    if held.min() < max(_THIRD_SECONDS, _THIRD_SHARE * held.sum()):
        return False
    pairs = [(ids == a) | (ids == b) for a, b in ((0, 1), (0, 2), (1, 2))]
    return all(separation(embeddings[pair], ids[pair]) >= _THIRD_SEPARATION for pair in pairs)


def _confidence(apart: float) -> float:
    return float(np.clip(0.5 + 0.5 * (apart - _ONE_VOICE) / (_SURELY_TWO - _ONE_VOICE), 0.0, 1.0))


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))
