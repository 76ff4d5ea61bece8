"""Fine-tuning: random windows of turns, masked binary cross-entropy, a running average of the weights."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from coach.domain.labels import DONTS
from coach.language.windows import Sizes, stack
from models.turn_classifier.augment import Noise
from models.turn_classifier.base import PAD, Base
from models.turn_classifier.data import LABELS, Piece, targets
from models.turn_classifier.halves import Masters
from models.turn_classifier.net import TurnNet, encoder
from models.turn_classifier.sequences import Coder, Cut, Judged, coder_of, judged_windows, training_windows

CHECKPOINT_STEPS = 300


@dataclass(frozen=True)
class Recipe:
    """What can be turned; rates are for AdamW, ``batch_tokens`` include padding.

    Training ends after ``steps`` where given, else after ``epochs``; ``minutes`` ends it sooner and lets the
    rate fall with the clock. The running averages at the starts of the epochs after ``pooled_from`` of the
    time, and the last, are pooled into the result.
    """

    epochs: float = 11.0
    pooled_from: float = 0.5
    batch_tokens: int = 2048
    rate: float = 2e-4
    head_rate: float = 2e-3
    decay: float = 0.01
    warm_up: float = 0.06
    smoothing: float = 0.02
    average: float = 0.995
    dont_weight: float = 1.5
    seed: int = 20261118
    steps: int | None = None
    minutes: float | None = None
    threads: int = 1


def _batches(cuts: list[Cut], recipe: Recipe, rng: random.Random) -> list[list[Cut]]:
    """Windows of like length together, as many as the token budget holds, in random order."""
    rng.shuffle(cuts)
    order = sorted(cuts, key=lambda cut: len(cut.layout.ids) + rng.randrange(24))
    batches: list[list[Cut]] = [[]]
    longest = 0
    for cut in order:
        longest = max(longest, len(cut.layout.ids))
        if batches[-1] and longest * (len(batches[-1]) + 1) > recipe.batch_tokens:
            batches.append([])
            longest = len(cut.layout.ids)
        batches[-1].append(cut)
    rng.shuffle(batches)
    return batches


def _tensors(batch: Sequence[Cut]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    ids, roles, places = (torch.from_numpy(a) for a in stack([cut.layout for cut in batch], PAD))
    rows = max(len(cut.targets) for cut in batch)
    wanted = torch.zeros(len(batch), rows, len(LABELS))
    weights = torch.zeros_like(wanted)
    for i, cut in enumerate(batch):
        wanted[i, : len(cut.targets)] = torch.from_numpy(cut.targets)
        weights[i, : len(cut.targets)] = torch.from_numpy(cut.weights)
    return ids, roles, places, wanted, weights


class Pool:
    """The mean of some states of the weights; better on what was held out than the last state alone."""

    def __init__(self) -> None:
        self.count = 0
        self.sums: dict[str, Tensor] = {}

    def add(self, state: Mapping[str, Tensor]) -> None:
        """Take one more state in."""
        self.count += 1
        for name, value in state.items():
            self.sums[name] = value.clone() if self.count == 1 else self.sums[name] + value

    def mean(self) -> dict[str, Tensor]:
        """The mean of all states so far."""
        return {name: total / self.count for name, total in self.sums.items()}


class Objective:
    """Cross-entropy over the labels that a turn can have, don'ts counting somewhat more."""

    def __init__(self, recipe: Recipe) -> None:
        self.smoothing = recipe.smoothing
        self.label_weight = torch.tensor([recipe.dont_weight if label in DONTS else 1.0 for label in LABELS])

    def __call__(self, logits: Tensor, wanted: Tensor, weights: Tensor) -> Tensor:
        soft = wanted * (1 - self.smoothing) + self.smoothing / 2
        loss = nn.functional.binary_cross_entropy_with_logits(logits, soft, reduction="none")
        turns = (weights.amax(-1)).sum().clamp_min(1.0)
        total: Tensor = (loss * weights * self.label_weight).sum() / turns
        return total


def prepare(base: Base, tokenizer: Tokenizer, pieces: Sequence[Piece]) -> TurnNet:
    """The untrained network: standardised on the data, its bias at the labels' frequencies."""
    net = TurnNet(encoder(base), len(LABELS)).eval()
    coder = coder_of(tokenizer)
    rng = random.Random(0)
    cuts = [cut for piece in rng.sample(list(pieces), min(200, len(pieces)))
            for cut in training_windows(piece, coder, rng)]  # fmt: skip
    cuts.sort(key=lambda cut: len(cut.layout.ids))
    pooled = []
    with torch.no_grad():
        for i in range(0, len(cuts), 8):
            ids, roles, places, _, _ = _tensors(cuts[i : i + 8])
            states = net.states(ids, roles, places)
            for row in range(len(ids)):
                for place in range(1, int(places[row].max()) + 1):
                    pooled.append(states[row, places[row] == place].mean(0))
    net.standardise(torch.stack(pooled))
    both = [targets(piece) for piece in pieces]
    hits = sum((wanted * mask).sum(0) for wanted, mask in both) + 1.0
    seen = sum(mask.sum(0) for _, mask in both) + 2.0
    with torch.no_grad():
        net.bias.copy_(torch.logit(torch.from_numpy((hits / seen).astype(np.float32))))
    return net


Source = Callable[[], Sequence[Piece]]
"""The training pieces, asked for anew before every epoch."""


def train(
    net: TurnNet, tokenizer: Tokenizer, source: Source, recipe: Recipe, checkpoint: Path | None = None
) -> TurnNet:
    """Fine-tune in place and return the network with pooled weights; the way's are kept in ``checkpoint``."""
    pieces = source()
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    coder, objective = coder_of(tokenizer), Objective(recipe)
    noise = Noise(pieces, recipe.seed)
    masters = Masters(net, decay=recipe.decay, memory=recipe.average)
    steps_an_epoch = len(_batches(list(_cuts(pieces, coder, noise, rng)), recipe, rng))
    total = recipe.steps or max(1, int(steps_an_epoch * recipe.epochs))
    started, step, running, share = time.monotonic(), 0, 0.0, 0.0
    pool = Pool()
    net.train()
    while step < total:
        if share >= recipe.pooled_from:
            pool.add(masters.state())
        for batch in _batches(list(_cuts(source(), coder, noise, rng)), recipe, rng):
            share = (
                step / total if recipe.minutes is None else (time.monotonic() - started) / recipe.minutes / 60
            )
            ids, roles, places, wanted, weights = _tensors(batch)
            loss = objective(net(ids, roles, places), wanted, weights)
            loss.backward()
            step += 1
            rate = _rate(share, recipe.warm_up)
            masters.step(step, (recipe.rate * rate, recipe.head_rate * rate))
            running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
            if step % 50 == 0 or step == total:
                print(
                    f"step {step}/{total} loss {running:.4f} {time.monotonic() - started:.0f} s", flush=True
                )
            if checkpoint is not None and step % CHECKPOINT_STEPS == 0:
                torch.save(masters.state(), checkpoint)
            if share >= 1.0 or step >= total:
                total = step
                break
    pool.add(masters.state())
    net.float().load_state_dict(pool.mean())
    return net.eval()


def _cuts(pieces: Sequence[Piece], coder: Coder, noise: Noise, rng: random.Random) -> Iterator[Cut]:
    for piece in pieces:
        yield from training_windows(noise(piece), coder, rng)


def _rate(share: float, warm_up: float) -> float:
    return share / warm_up if share < warm_up else max(0.0, (1 - share) / (1 - warm_up))


@torch.no_grad()
def scores(net: TurnNet, tokenizer: Tokenizer, pieces: Sequence[Piece], sizes: Sizes) -> list[np.ndarray]:
    """Logits (turns, labels) of each piece, with the run time's own windows."""
    net.eval()
    coder = coder_of(tokenizer)
    out = [np.full((len(piece.lines), len(LABELS)), -np.inf, np.float32) for piece in pieces]
    jobs: list[tuple[int, Judged]] = [
        (i, window) for i, piece in enumerate(pieces) for window in judged_windows(piece, coder, sizes)
    ]
    jobs.sort(key=lambda job: len(job[1].layout.ids))
    for at in range(0, len(jobs), 8):
        chunk = jobs[at : at + 8]
        ids, roles, places = (torch.from_numpy(a) for a in stack([w.layout for _, w in chunk], PAD))
        logits = net(ids, roles, places).numpy()
        for row, (i, window) in enumerate(chunk):
            for place, turn in zip(window.rows, window.turns, strict=True):
                out[i][turn] = np.maximum(out[i][turn], logits[row, place])
    return out


def save(net: TurnNet, path: Path) -> None:
    """Write the state, all float32."""
    torch.save(net.state_dict(), path)
