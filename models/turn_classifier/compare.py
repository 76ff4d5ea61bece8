"""Measure the simpler methods on the same split: `python -m models.turn_classifier.compare`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from coach.language.windows import Sizes, stack
from models.turn_classifier import base as bases
from models.turn_classifier.baselines import Booleans, Floats, frozen, key_words, tf_idf
from models.turn_classifier.build import HERE, split, trimmed_base
from models.turn_classifier.data import LABELS, Piece, read_folder
from models.turn_classifier.measures import table
from models.turn_classifier.net import TurnNet, encoder
from models.turn_classifier.report import of
from models.turn_classifier.sequences import coder_of, judged_windows


@torch.no_grad()
def turn_vectors(base: bases.Base, pieces: Sequence[Piece]) -> Floats:
    """Mean of each turn's last states in the untrained encoder, in the run time's windows."""
    net = TurnNet(encoder(base), len(LABELS)).eval()
    coder = coder_of(bases.tokenizer_of(base))
    vectors = []
    for piece in pieces:
        rows = np.zeros((len(piece.lines), base.hidden), np.float32)
        for window in judged_windows(piece, coder, Sizes()):
            ids, roles, places = (torch.from_numpy(a) for a in stack([window.layout], bases.PAD))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = net.states(ids, roles, places)[0]
            for row, turn in zip(window.rows, window.turns, strict=True):
                rows[turn] = states[places[0] == row + 1].mean(0).numpy()
        vectors.append(rows)
    return np.concatenate(vectors)


def main() -> None:
    """Write `baselines.json`: the same measures as those of the model, on the test split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=HERE / "artefacts")
    parser.add_argument("--every", type=int, default=3, help="the frozen encoder learns from each n-th piece")
    wish = parser.parse_args()
    torch.set_num_threads(1)
    pieces = read_folder(HERE / "data")
    splits = split(pieces)
    train, test = splits["train"], splits["test"]
    part = train[:: wish.every]
    base = trimmed_base(wish.work, pieces)
    predictions: dict[str, Booleans] = {
        "key words": key_words(test),
        "TF-IDF, logistic regression": tf_idf(train, test),
        "frozen encoder, linear head": frozen(part, test, turn_vectors(base, part), turn_vectors(base, test)),
    }
    truth = table(test)
    out = {name: of(said, truth, test) for name, said in predictions.items()}
    (HERE / "baselines.json").write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
