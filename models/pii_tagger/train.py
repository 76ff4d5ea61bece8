"""Train the tagger of names, places and employers, and write it into the package.

    python -m models.pii_tagger.train --check
    python -m models.pii_tagger.train --check --teacher coach/language/pii/tagger.npz
    python -m models.pii_tagger.train --check --first coach/language/pii/tagger.npz

Needs torch, faker and jieba (for training only) and a few minutes on one thread. Seeds are fixed.
``--check`` keeps the part that is set aside by call out of training, as for the weights in the package;
without it that part is learned from as well. ``--teacher`` names a tagger that reads the turns that only
rules marked, in place of one trained for nothing else; the network itself starts anew. ``--first`` goes on
from the tagger of the version before: it reads those turns, and the network starts from its weights, with
fewer epochs and smaller steps.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import Tensor, nn

from coach.language.normalise import fold
from coach.language.pii.lexicon_zh import GIVEN, SURNAMES
from coach.language.pii.tagger import DILATIONS, PAD, TYPES, UNKNOWN, WIDTH, read_from
from models.pii_tagger.data import Data, read_data
from models.pii_tagger.synthesis import Example, Maker

OUT = Path(__file__).parents[2] / "coach" / "language" / "pii" / "tagger.npz"
EMBEDDING, CHANNELS = 48, 128
TAGS = 1 + 2 * len(TYPES)
TAG_OF = {kind.value: 2 * i + 1 for i, kind in enumerate(TYPES)}
CHARS_A_BATCH = 1200
_NOT_COUNTED = -100
"""The tag of places that torch leaves out of the loss."""

STEP, STEP_GOING_ON = 3e-3, 1.5e-3
EPOCHS, EPOCHS_GOING_ON = 28, 10
FIRST_EPOCHS, FIRST_WEIGHT, WEIGHT = 12, 0.15, 0.4
"""Turns that only rules marked teach the first tagger little; it reads them again for the second."""


class Net(nn.Module):
    """Embedding, three convolutions of growing reach, tags."""

    def __init__(self, codes: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(codes, EMBEDDING, padding_idx=PAD)
        self.capital = nn.Parameter(torch.zeros(EMBEDDING))
        self.of_agent = nn.Parameter(torch.zeros(EMBEDDING))
        sizes = [EMBEDDING, *[CHANNELS] * len(DILATIONS)]
        self.layers = nn.ModuleList(
            nn.Conv1d(here, there, WIDTH, dilation=dilation, padding=WIDTH // 2 * dilation)
            for here, there, dilation in zip(sizes, sizes[1:], DILATIONS, strict=False)
        )
        self.out = nn.Linear(CHANNELS, TAGS)
        self.drop = nn.Dropout(0.2)

    def forward(self, codes: Tensor, capital: Tensor, agent: Tensor) -> Tensor:
        """Logits, batch by places by tags."""
        mask = (codes != PAD).float()[:, None]
        x = self.embedding(codes) + capital[..., None] * self.capital + agent[..., None] * self.of_agent
        hidden = self.drop(x).transpose(1, 2) * mask
        for i, layer in enumerate(self.layers):
            heard = torch.relu(layer(hidden))
            hidden = (heard if i == 0 else hidden + self.drop(heard)) * mask
        return self.out(hidden.transpose(1, 2))


def codes_of(examples: Sequence[Example]) -> str:
    """The characters that the network knows, in a fixed order."""
    seen = Counter(char for one in examples for char in fold(one.text))
    return "".join(sorted({char for char, times in seen.items() if times >= 2} | SURNAMES | GIVEN))


def batches(examples: list[Example], chars: str, *, noise: float, seed: int) -> list[tuple[Tensor, ...]]:
    """Lines of like length together; ``noise`` is the share of characters that are hidden."""
    rng = random.Random(seed)
    code = {char: i for i, char in enumerate(chars, UNKNOWN + 1)}
    order = sorted(examples, key=lambda one: (len(one.text), rng.random()))
    found: list[tuple[Tensor, ...]] = []
    at = 0
    while at < len(order):
        longest = len(order[min(len(order) - 1, at + 64)].text) + 1
        part = order[at : at + max(1, CHARS_A_BATCH // longest)]
        found.append(_batch(part, code, noise, rng))
        at += len(part)
    rng.shuffle(found)
    return found


def _batch(part: list[Example], code: dict[str, int], noise: float, rng: random.Random) -> tuple[Tensor, ...]:
    longest = max(len(one.text) for one in part)
    codes = np.zeros((len(part), longest), np.int64)
    marks = np.zeros((2, len(part), longest), np.float32)
    tags = np.full((len(part), longest), _NOT_COUNTED, np.int64)
    for row, one in enumerate(part):
        text = fold(one.text)
        size = len(text)
        codes[row, :size] = [UNKNOWN if rng.random() < noise else code.get(char, UNKNOWN) for char in text]
        marks[0, row, :size] = ["A" <= char <= "Z" for char in one.text]
        marks[1, row, :size] = one.of_agent
        tags[row, :size] = 0
        for start, end, kind in one.spans:
            tags[row, start] = TAG_OF[kind]
            tags[row, start + 1 : end] = TAG_OF[kind] + 1
        for start, end in one.open:
            tags[row, start:end] = _NOT_COUNTED
    weights = np.array([one.weight for one in part], np.float32)
    return tuple(map(torch.from_numpy, (codes, marks[0], marks[1], tags, weights)))


def train(
    data: Data, maker: Maker, epochs: int, *, check: bool, going_on: Path | None = None, seed: int = 0
) -> tuple[Net, str]:
    """A network trained on freshly filled lines in each epoch, from the weights in ``going_on`` if given."""
    torch.manual_seed(7 + seed)
    torch.set_num_threads(1)
    chars = codes_of([*data.lines(maker, check=check), *data.lines(maker, check=check)])
    step = STEP_GOING_ON if going_on else STEP
    net = Net(len(chars) + UNKNOWN + 1)
    if going_on:
        start_from(net, chars, going_on)
    optimiser = torch.optim.AdamW(net.parameters(), lr=step, weight_decay=0.01)
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group["lr"] = step * 0.5 * (1 + np.cos(np.pi * epoch / epochs)) + 2e-5
        lost = seen = 0.0
        net.train()
        for codes, capital, agent, tags, weights in batches(
            data.lines(maker, check=check), chars, noise=0.04, seed=epoch
        ):
            logits = net(codes, capital, agent)
            losses = nn.functional.cross_entropy(logits.transpose(1, 2), tags, reduction="none")
            loss = (losses * weights[:, None]).sum() / (tags >= 0).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            lost, seen = lost + float(loss.detach()), seen + 1
        print(f"epoch {epoch + 1}: loss {lost / seen:.4f}, {time.process_time():.0f} s of CPU", flush=True)
    net.eval()
    return net, chars


def start_from(net: Net, chars: str, path: Path) -> None:
    """Take the weights that :func:`write` wrote; a character that they do not know stays as it is."""
    with np.load(path, allow_pickle=False) as stored:
        known = {char: code for code, char in enumerate(str(stored["chars"]), UNKNOWN + 1)}
        read = {name: torch.from_numpy(stored[name].astype(np.float32)) for name in stored if name != "chars"}
    with torch.no_grad():
        net.embedding.weight[: UNKNOWN + 1] = read["embedding"][: UNKNOWN + 1]
        for code, char in enumerate(chars, UNKNOWN + 1):
            if char in known:
                net.embedding.weight[code] = read["embedding"][known[char]]
        net.capital.copy_(read["capital"])
        net.of_agent.copy_(read["of_agent"])
        for i, layer in enumerate(net.layers):
            weights = read["first"] if i == 0 else read["layers"][i - 1]
            layer.weight.copy_(weights.permute(2, 1, 0))
            layer.bias.copy_(read["biases"][i])
        net.out.weight.copy_(read["out"].T)
        net.out.bias.copy_(read["out_bias"])


def write(net: Net, chars: str, path: Path) -> None:
    """The weights in half precision, as the package reads them."""
    state = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    arrays = {
        "embedding": state["embedding.weight"],
        "first": state["layers.0.weight"].transpose(2, 1, 0),
        "capital": state["capital"],
        "of_agent": state["of_agent"],
        "biases": np.stack([state[f"layers.{i}.bias"] for i in range(len(DILATIONS))]),
        "layers": np.stack(
            [state[f"layers.{i}.weight"].transpose(2, 1, 0) for i in range(1, len(DILATIONS))]
        ),
        "out": state["out.weight"].T,
        "out_bias": state["out.bias"],
    }
    halves = {name: value.astype(np.float16) for name, value in arrays.items()}
    np.savez_compressed(path, chars=np.array(chars), **halves)


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="keep the validation calls out of training")
    parser.add_argument("--first", type=Path, help="the tagger of the version before, to go on from")
    parser.add_argument("--teacher", type=Path, help="the tagger that reads the turns that rules marked")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="in place of the usual number")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    data = read_data()
    with TemporaryDirectory() as folder:
        path = arguments.first or arguments.teacher or Path(folder) / "first.npz"
        if not (arguments.first or arguments.teacher):
            first, chars = train(
                data.weighed(FIRST_WEIGHT), Maker(data.lists, seed=7), FIRST_EPOCHS, check=arguments.check
            )
            write(first, chars, path)
        with path.open("rb") as file:
            data = data.weighed(WEIGHT).reread(read_from(file))
    net, chars = train(
        data,
        Maker(data.lists, seed=8 + arguments.seed),
        arguments.epochs or (EPOCHS_GOING_ON if arguments.first else EPOCHS),
        check=arguments.check,
        going_on=arguments.first,
        seed=arguments.seed,
    )
    write(net, chars, arguments.out)
    print(f"{arguments.out.name}: {arguments.out.stat().st_size} bytes, {len(chars)} characters")


if __name__ == "__main__":
    main()
