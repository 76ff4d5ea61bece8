"""Learn whether the only other party of a call is a third party: ``coach/speech/lexicon/third.*.txt``.

    python -m models.speaker_roles.third_party

needs what ``models.speaker_roles.agent`` needs. A call of an agent and one other party gives what that
party says and what the agent says to it (``coach.speech.habits.bag_of_other``), as written and as it might be
misheard; a logistic regression tells customers from third parties. Learnt from the training split,
measured on the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.linear_model import LogisticRegression

from coach.domain.call import Role
from coach.speech.habits import LEAST_THIRD, bag_of_other, third_score
from models.speaker_roles.agent import DATA, LEXICON, MISHEARD_WEIGHT, SEED, STRENGTH, misheard, table_of
from models.turn_classifier.augment import Noise
from models.turn_classifier.data import Piece, read_folder, split_of

LEAST_WEIGHT = 0.01
LEAST_TURNS = 6
RARER = 2.0
"""Third parties are an eighth of the calls, and count so much more."""


def other_of(piece: Piece) -> Role | None:
    """The one other party of a call with an agent; None where there are more or none."""
    roles = {line.role for line in piece.lines} - {Role.UNKNOWN}
    others = roles - {Role.AGENT}
    return others.pop() if Role.AGENT in roles and len(others) == 1 else None


def said_by(piece: Piece, role: Role) -> list[str]:
    """The texts of a party."""
    return [line.text for line in piece.lines if line.role is role]


def fitted(
    rows: Sequence[dict[str, float]], third: Sequence[bool], weights: Sequence[float]
) -> dict[str, float]:
    """Weights by feature; the empty name is the intercept."""
    table, known = table_of(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(table, third, sample_weight=weights)
    found = {name: float(model.coef_[0][i]) for name, i in known.items()}
    return {"": float(model.intercept_[0])} | {n: w for n, w in found.items() if abs(w) >= LEAST_WEIGHT}


def counted(pieces: Sequence[Piece], language: str) -> str:
    """Of the held-out calls of a split: third parties found, and customers taken for one."""
    found = {True: 0, False: 0}
    seen = {True: 0, False: 0}
    for piece in pieces:
        other = other_of(piece)
        if other is None or len(piece.lines) < LEAST_TURNS:
            continue
        third = other is Role.THIRD_PARTY
        score = third_score(said_by(piece, other), said_by(piece, Role.AGENT), language)
        seen[third] += 1
        found[third] += score > LEAST_THIRD[language]
    return f"found {found[True]} of {seen[True]}, falsely {found[False]} of {seen[False]}"


def main() -> None:
    """Learn and write both languages, then measure what was written."""
    pieces = [piece for piece in read_folder(DATA) if piece.lines and piece.coached is Role.AGENT]
    learnt = [piece for piece in pieces if split_of(piece) == "train"]
    noise = Noise(learnt, SEED)
    for language in ("zh", "en"):
        rows, third, importance = [], [], []
        for piece in (p for p in learnt if p.language == language):
            other = other_of(piece)
            if other is None:
                continue
            for version, weight in ((piece, 1.0), (misheard(piece, noise), MISHEARD_WEIGHT)):
                rows.append(bag_of_other(said_by(version, other), said_by(version, Role.AGENT), language))
                third.append(other is Role.THIRD_PARTY)
                importance.append(weight * (RARER if third[-1] else 1.0))
        weights = fitted(rows, third, importance)
        head = f"# Made by models/speaker_roles/third_party.py from {len(rows)} calls and fragments"
        lines = [head, *(f"{name}\t{weight:.3f}" for name, weight in sorted(weights.items()))]
        path = LEXICON / f"third.{language}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for split in ("validation", "test"):
            held = [p for p in pieces if p.language == language and split_of(p) == split]
            print(language, split, counted(held, language), flush=True)
            print(
                language, split, "misheard", counted([misheard(p, noise) for p in held], language), flush=True
            )


if __name__ == "__main__":
    main()
