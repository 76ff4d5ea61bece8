"""Learn how each party talks, from the labelled calls: ``coach/speech/lexicon/roles.*.txt``.

    python -m models.speaker_roles.recipe

needs scikit-learn (the ``train`` group). A turn is a bag of runs of one to three syllables (toneless pinyin,
so that a misheard character does no harm) or words; the weights are those of a logistic regression. The
measures are of five-fold cross-validation over whole calls.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from coach.speech.habits import ROLES, features

ROOT = Path(__file__).parents[2]
DATA = ROOT / "models" / "turn_classifier" / "data"
LEXICON = ROOT / "coach" / "speech" / "lexicon"
SPEAKERS = {"A": "agent", "C": "customer", "T": "third_party"}
LEAST_SEEN = 4
LEAST_TURNS = 8
LEAST_WEIGHT = 0.12


@dataclass(frozen=True, slots=True)
class Said:
    """A turn of a labelled call."""

    call: str
    speaker: str
    text: str


def said(language: str) -> Iterator[Said]:
    """Every turn of every labelled call in a language."""
    for path in sorted((DATA / "calls").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            call = json.loads(line)
            if call["lang"] == language:
                for turn in call["turns"]:
                    yield Said(call["id"], turn["speaker"], turn["text"])
    for path in sorted(DATA.glob(f"{language}_*.calls")):
        name = ""
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.startswith("## "):
                name = f"{path.stem}/{row.split()[1]}"
            head, bar, text = row.partition(" | ")
            if bar and name and head[:1] in SPEAKERS:
                yield Said(name, SPEAKERS[head[0]], text)


def matrix(
    turns: Sequence[Said], language: str, known: dict[str, int] | None
) -> tuple[csr_matrix, dict[str, int]]:
    """Turns by features; the features are counted when ``known`` is None."""
    bags = [features(turn.text, language) for turn in turns]
    if known is None:
        counts: dict[str, int] = {}
        for bag in bags:
            for name in bag:
                counts[name] = counts.get(name, 0) + 1
        known = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= LEAST_SEEN))}
    rows = [[known[name] for name in bag if name in known] for bag in bags]
    indices = np.concatenate([np.array(row, np.int64) for row in rows])
    edges = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(len(indices)), indices, edges), shape=(len(turns), len(known))), known


def fitted(turns: Sequence[Said], language: str) -> tuple[LogisticRegression, dict[str, int]]:
    """The regression on these turns."""
    bags, known = matrix(turns, language, None)
    model = LogisticRegression(C=0.3, max_iter=400, class_weight="balanced")
    return model.fit(bags, [ROLES.index(turn.speaker) for turn in turns]), known


def validated(turns: Sequence[Said], language: str) -> dict[str, float]:
    """Calls whose agent, and whose other party's kind, are named right when they were not learnt from."""
    right = agents = calls = 0
    groups = [turn.call for turn in turns]
    for learn, test in GroupKFold(5).split(turns, groups=groups):
        model, known = fitted([turns[i] for i in learn], language)
        held = [turns[i] for i in test]
        scores = model.predict_log_proba(matrix(held, language, known)[0])
        for name in {turn.call for turn in held}:
            mine = [i for i, turn in enumerate(held) if turn.call == name]
            totals = {
                speaker: scores[[i for i in mine if held[i].speaker == speaker]].sum(axis=0)
                for speaker in {held[i].speaker for i in mine}
            }
            if len(totals) != 2 or "agent" not in totals or len(mine) < LEAST_TURNS:
                continue
            lead = {s: t[0] - np.logaddexp(t[1], t[2]) for s, t in totals.items()}
            other = next(s for s in totals if s != "agent")
            agent_right = max(lead, key=lambda s: lead[s]) == "agent"
            kind_right = ROLES[1 + int(totals[other][2] > totals[other][1])] == other
            calls, agents, right = calls + 1, agents + agent_right, right + (agent_right and kind_right)
    return {"calls": calls, "agent_right": round(agents / calls, 4), "all_right": round(right / calls, 4)}


def main() -> None:
    """Learn, measure and write both languages."""
    for language in ("zh", "en"):
        turns = list(said(language))
        measured = validated(turns, language)
        model, known = fitted(turns, language)
        weights = model.coef_ - model.coef_.mean(axis=0)
        rows = [
            f"{name}\t" + "\t".join(f"{weights[k, i]:.2f}" for k in range(len(ROLES)))
            for name, i in known.items()
            if np.abs(weights[:, i]).max() >= LEAST_WEIGHT
        ]
        head = f"# Made by models/speaker_roles/recipe.py from {len(turns)} turns: {json.dumps(measured)}"
        columns = "# run of syllables or words\t" + "\t".join(ROLES)
        lines = "\n".join([head, columns, *rows]) + "\n"
        (LEXICON / f"roles.{language}.txt").write_text(lines, encoding="utf-8")
        print(language, len(turns), len(rows), measured)


if __name__ == "__main__":
    main()
