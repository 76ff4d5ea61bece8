"""Learn which party of a call is the agent, by all that each says: ``coach/speech/lexicon/agent.*.txt``.

    python -m models.speaker_roles.agent

needs scikit-learn (the ``train`` group) and what the turn classifier's noise needs. A call gives the
difference of the agent's bag to each other party's (``coach.speech.habits.bag``), as written and as it
might be misheard; a logistic regression without an intercept learns its sign. Learnt from the training
split, measured on the others, also as misheard.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from coach.domain.call import Role
from coach.speech.habits import bag
from models.turn_classifier.augment import Noise
from models.turn_classifier.data import Piece, read_folder, split_of

ROOT = Path(__file__).parents[2]
DATA = ROOT / "models" / "turn_classifier" / "data"
LEXICON = ROOT / "coach" / "speech" / "lexicon"
OTHERS = (Role.CUSTOMER, Role.THIRD_PARTY)
LEAST_SEEN = 8
LEAST_WEIGHT = 0.015
LEAST_TURNS = 8
MISHEARD = 4.0
MISHEARD_WEIGHT = 0.5
STRENGTH = 0.03
SEED = 20261122

Difference = dict[str, float]


def differences(piece: Piece) -> list[Difference]:
    """The agent's bag less each other party's that speaks."""
    bags = {}
    for role in (Role.AGENT, *OTHERS):
        texts = [line.text for line in piece.lines if line.role is role]
        if texts:
            opens = piece.lines[0].role is role
            bags[role] = bag(texts, opens=opens, coached=piece.coached, language=piece.language)
    agent = bags.pop(Role.AGENT, None)
    if agent is None:
        return []
    return [{n: agent.get(n, 0.0) - other.get(n, 0.0) for n in {*agent, *other}} for other in bags.values()]


def misheard(piece: Piece, noise: Noise) -> Piece:
    """The piece as a poor line might let it be heard."""
    lines = tuple(
        replace(line, text=noise.misheard(line.text, piece, MISHEARD, bare=True)) for line in piece.lines
    )
    return replace(piece, lines=lines)


def table_of(rows: Sequence[Difference]) -> tuple[csr_matrix, dict[str, int]]:
    """Bags as a sparse table, and the column of each feature that is seen often enough."""
    counts = Counter(name for row in rows for name, value in row.items() if value)
    known = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= LEAST_SEEN))}
    places = [[known[name] for name in row if name in known] for row in rows]
    values = [[value for name, value in row.items() if name in known] for row in rows]
    edges = np.cumsum([0, *map(len, places)])
    shape = (len(rows), len(known))
    return csr_matrix((np.concatenate(values), np.concatenate(places), edges), shape), known


def fitted(rows: Sequence[Difference], importance: Sequence[float]) -> dict[str, float]:
    """Weights by feature. Every other pair is shown the other way round, so that both signs are there."""
    signs = [1 if i % 4 < 2 else -1 for i in range(len(rows))]
    table, known = table_of(
        [{name: sign * value for name, value in row.items()} for sign, row in zip(signs, rows, strict=True)]
    )
    model = LogisticRegression(C=STRENGTH, max_iter=300, fit_intercept=False)
    model.fit(table, signs, sample_weight=importance)
    return {name: model.coef_[0][i] for name, i in known.items() if abs(model.coef_[0][i]) >= LEAST_WEIGHT}


def right(pieces: Sequence[Piece], weights: dict[str, float]) -> str:
    """Of the pairs of agent and other party in whole calls, those whose agent gets the higher score."""
    rows = [row for piece in pieces if len(piece.lines) >= LEAST_TURNS for row in differences(piece)]
    good = sum(sum(value * weights.get(name, 0.0) for name, value in row.items()) > 0 for row in rows)
    return f"{good} of {len(rows)}"


def main() -> None:
    """Learn, measure and write both languages."""
    pieces = [piece for piece in read_folder(DATA) if piece.lines]
    learnt = [piece for piece in pieces if split_of(piece) == "train"]
    held = [piece for piece in pieces if split_of(piece) != "train"]
    noise = Noise(learnt, SEED)
    for language in ("zh", "en"):
        rows, importance = [], []
        for piece in (p for p in learnt if p.language == language):
            for version, weight in ((piece, 1.0), (misheard(piece, noise), MISHEARD_WEIGHT)):
                new = differences(version)
                rows += new
                importance += [weight] * len(new)
        weights = fitted(rows, importance)
        measured = {}
        for playbook, coached in (("collection", Role.AGENT), ("negotiation", Role.CUSTOMER)):
            mine = [p for p in held if p.language == language and p.coached is coached]
            measured[playbook] = right(mine, weights)
            measured[f"{playbook}, misheard"] = right([misheard(p, noise) for p in mine], weights)
        head = f"# Made by models/speaker_roles/agent.py from {len(rows)} pairs: {json.dumps(measured)}"
        lines = [head, *(f"{name}\t{weight:.3f}" for name, weight in sorted(weights.items()))]
        (LEXICON / f"agent.{language}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(language, len(rows), len(weights), measured, flush=True)


if __name__ == "__main__":
    main()
