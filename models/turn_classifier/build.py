"""Rebuild the classifier from packages and data: `python -m models.turn_classifier.build`.

Needs torch, transformers, tokenizers, onnx, onnxruntime, scikit-learn, wordfreq, pypinyin and
opencc-python-reimplemented; seeds are fixed, one thread is used.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import wordfreq
from tokenizers import Tokenizer

from coach.domain.call import Turn
from coach.language.turn_encoder import TurnEncoder
from coach.language.windows import Sizes
from models.manifest import Manifest
from models.turn_classifier import base as bases
from models.turn_classifier.calibrate import Setting, choose
from models.turn_classifier.data import LABELS, Piece, read_folder, split_of
from models.turn_classifier.export import export
from models.turn_classifier.measures import Floats, table
from models.turn_classifier.net import TurnNet, encoder
from models.turn_classifier.report import report
from models.turn_classifier.sequences import Coder, coder_of
from models.turn_classifier.train import Pool, Recipe, prepare, save, train

HERE = Path(__file__).parent
VERSION = "9"
GOLD = HERE.parents[1] / "tests" / "gold"
HELD_OUT = ("validation", "test", "gold")


@dataclass(frozen=True, slots=True)
class Pass:
    """A training over all data, and what is kept of the weights that it began with.

    Files with a prefix of ``twice`` are read twice an epoch; ``before`` the old weights' share in the mean.
    With several ``seeds`` there are as many trainings from the same weights, and their mean comes out.
    """

    recipe: Recipe
    twice: tuple[str, ...] = ()
    before: float = 0.0
    seeds: tuple[int, ...] = ()


AGAIN = Recipe(epochs=6.5, rate=1.5e-4, head_rate=1e-3, warm_up=0.05, seed=20261122)
PASSES = (
    Pass(Recipe()),
    Pass(AGAIN, ("zh_quiet_", "mix_"), before=0.25),
    Pass(
        replace(AGAIN, epochs=5.5, seed=20261123),
        ("zh_temper_", "zh_press_", "zh_whole_", "en_more_", "hant_more_", "plain_"),
    ),
    Pass(
        replace(AGAIN, epochs=1.7, rate=1.3e-4, head_rate=8e-4),
        ("zh_tone_", "zh_slur_", "zh_veil2_", "zh_deal_", "zh_asr_", "en_most_"),
        seeds=(41, 42),
    ),
    Pass(
        replace(AGAIN, epochs=1.8, rate=1.3e-4, head_rate=8e-4),
        ("zh_menace_", "zh_scorn_", "zh_mood_", "zh_deeds_", "en_said_", "twins_"),
        seeds=(61, 62),
    ),
    Pass(
        replace(AGAIN, epochs=1.4, rate=1.3e-4, head_rate=8e-4),
        ("zh_gentle_", "zh_others_", "zh_quarrel_", "zh_decent_", "zh_rough_", "en_others_", "en_heated_"),
        seeds=(80, 81),
    ),
    Pass(
        replace(AGAIN, epochs=1.2, rate=1.3e-4, head_rate=8e-4),
        ("zh_hints_", "zh_asking_", "en_mock_", "en_plain_"),
        before=0.4,
        seeds=(90, 91),
    ),
)
"""What was written last is read twice; the second alone lost plain threats that the first was sure of."""
COMMON_ENGLISH = 30_000
FILES = {
    "weights": "turn_classifier.onnx",
    "tokenizer": "tokenizer.json",
    "thresholds": "thresholds.json",
    "layout": "layout.json",
}
MANIFEST = Manifest(
    "turn-classifier",
    VERSION,
    FILES,
    licence="MIT (base weights); Apache-2.0 (fine-tuning)",
    origin=f"fine-tuned here from multilingual-e5-small in {bases.PACKAGE}, sha256 {bases.SHA256}",
)


def split(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """The three splits by name, and the calls that others wrote for measuring only."""
    splits = {name: [p for p in pieces if split_of(p) == name] for name in ("train", "validation", "test")}
    return {**splits, "gold": read_folder(GOLD)}


def trimmed_base(work: Path, pieces: Sequence[Piece]) -> bases.Base:
    """Fetch the base and keep the vocabulary that Chinese and English need."""
    words = [word for word in wordfreq.top_n_list("en", COMMON_ENGLISH) if word.isascii()]
    texts = [line.text for piece in pieces for line in piece.lines]
    return bases.trim(bases.read(bases.fetch(work)), words, texts)


def logits_of(folder: Path, pieces: Sequence[Piece]) -> Floats:
    """Scores of the exported file (turns, labels), through the run time's own adapter."""
    onnx_encoder = TurnEncoder(folder, threads=1)
    rows = []
    for piece in pieces:
        turns = [Turn(i, line.role, line.text) for i, line in enumerate(piece.lines)]
        rows.append(onnx_encoder.scores(turns, coached=piece.coached))
    return np.nan_to_num(np.concatenate(rows), neginf=-30.0)


def write_layout(folder: Path, coder: Coder, sizes: Sizes) -> None:
    """The marks and sizes that the weights were trained with."""
    marks = coder.marks
    layout = {
        "begin": marks.begin,
        "pad": marks.pad,
        "separator": marks.separator,
        "headers": {role.value: list(ids) for role, ids in marks.headers.items()},
        "tags": {role.value: list(ids) for role, ids in marks.tags.items()},
        "stops": sorted(marks.stops),
        "sizes": {name: getattr(sizes, name) for name in sizes.__slots__},
    }
    _write(folder / FILES["layout"], layout)


def write_thresholds(folder: Path, settings: Sequence[Setting]) -> None:
    """Calibration and thresholds by label, in the order of the network's outputs."""
    rows = [
        {"id": s.label.value, "scale": s.scale, "offset": s.offset, "check": s.check, "sure": s.sure}
        for s in settings
    ]
    _write(folder / FILES["thresholds"], {"labels": rows})


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def finish(net: TurnNet, base: bases.Base, splits: dict[str, list[Piece]], folder: Path) -> None:
    """Export, calibrate on validation, and write the measures."""
    tokenizer = bases.tokenizer_of(base)
    tokenizer.save(str(folder / FILES["tokenizer"]), pretty=False)
    weights = {name: value.numpy() for name, value in net.state_dict().items()}
    export(weights, folder / FILES["weights"], heads=base.heads, eps=base.eps, scheme="weights")
    write_layout(folder, coder_of(tokenizer), Sizes())
    write_thresholds(folder, [Setting(label, 1.0, 0.0, 0.5, 0.5) for label in LABELS])
    MANIFEST.write(folder)
    logits = {name: logits_of(folder, splits[name]) for name in HELD_OUT}
    settings = choose(logits["validation"].astype(np.float64), table(splits["validation"]))
    write_thresholds(folder, settings)
    MANIFEST.write(folder)
    _write(folder / "measures.json", report(logits, splits, settings))


def _passed(
    net: TurnNet, tokenizer: Tokenizer, pieces: Sequence[Piece], one: Pass, checkpoint: Path
) -> TurnNet:
    """``net`` after a pass."""
    again = [piece for piece in pieces if one.twice and piece.file.startswith(one.twice)]
    before = {name: value.clone() for name, value in net.state_dict().items()}
    pool = Pool()
    for seed in one.seeds or (one.recipe.seed,):
        net.load_state_dict(before)
        net = train(net, tokenizer, lambda: [*pieces, *again], replace(one.recipe, seed=seed), checkpoint)
        pool.add(net.state_dict())
    net.load_state_dict(
        {name: torch.lerp(value, before[name], one.before) for name, value in pool.mean().items()}
    )
    return net


def main() -> None:
    """Parse the command and run every step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=HERE / "artefacts", help="downloads and checkpoints")
    parser.add_argument("--out", type=Path, default=HERE, help="where the model's files go")
    parser.add_argument("--from-checkpoint", action="store_true", help="skip training, use the last weights")
    wish = parser.parse_args()
    torch.set_num_threads(Recipe().threads)
    for folder in (wish.work, wish.out):
        folder.mkdir(parents=True, exist_ok=True)
    pieces = read_folder(HERE / "data")
    splits = split(pieces)
    base = trimmed_base(wish.work, pieces)
    tokenizer = bases.tokenizer_of(base)
    checkpoint = wish.work / "net.pt"
    if wish.from_checkpoint:
        net = TurnNet(encoder(base), len(LABELS)).eval()
        net.load_state_dict(torch.load(checkpoint))
    else:
        net = prepare(base, tokenizer, splits["train"])
        for one in PASSES:
            net = _passed(net, tokenizer, splits["train"], one, checkpoint)
        save(net, checkpoint)
    finish(net, base, splits, wish.out)


if __name__ == "__main__":
    main()
