"""Train the tagger of names, places and employers, and write its folder.

    python -m models.pii_tagger.train

Needs torch, transformers, tokenizers, onnx, faker and jieba (for training only) and about an hour of one
thread. Seeds are fixed, but the rate falls with the clock. It starts from the turn classifier's published
weights; a part of the data is set aside by call for choosing thresholds and is not learned from. Turns that
only rules marked are read again by the tagger in ``--teacher`` (the published one) before they teach.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from coach.domain.call import Role
from coach.language.pii.tagger import (
    BEGIN,
    END,
    MOST_TOKENS,
    PAD,
    TYPES,
    Tagger,
    opening,
    spelled,
    within,
)
from coach.language.windows import ROLE_IDS
from models.manifest import Manifest
from models.pii_tagger.data import read_data
from models.pii_tagger.net import Origin, TagNet, export, origin, origin_of_tagger
from models.pii_tagger.synthesis import Example, Maker
from models.turn_classifier.halves import Masters

HERE = Path(__file__).parent
VERSION = "4"
FILES = {"weights": "tagger.onnx", "tokenizer": "tokenizer.json"}
MANIFEST = Manifest(
    "pii-tagger",
    VERSION,
    FILES,
    licence="MIT (base weights); Apache-2.0 (fine-tuning)",
    origin="fine-tuned here from the turn classifier's lower layers",
)
TAG_OF = {kind.value: 2 * i + 1 for i, kind in enumerate(TYPES)}
RATE, HEAD_RATE, WARM_UP = 2e-4, 1.5e-3, 0.06
DECAY, AVERAGE, SMOOTHING = 0.01, 0.995, 0.01
UNKNOWN_SHARE = 0.02
"""So many tokens are hidden, for names whose characters the network does not know."""

BATCH_TOKENS = 2048
_AT_A_TIME = 4096
_NOT_COUNTED = -100
"""The tag of places that torch leaves out of the loss."""

Coded = tuple[Example, list[int], list[tuple[int, int]], tuple[int, ...]]
"""An example, its tokens, where they stand in its text, and what is read in front of them."""


def coded(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Coded]:
    """Each example as the network reads it."""
    texts = [spelled(one.text) for one in examples]
    found = tokenizer.encode_batch(texts, add_special_tokens=False)
    before = tokenizer.encode_batch([spelled(one.before) for one in examples], add_special_tokens=False)
    begin, end = (int(tokenizer.token_to_id(mark)) for mark in (BEGIN, END))
    return [
        (
            one,
            many.ids[:MOST_TOKENS],
            [within(text, *place) for place in many.offsets[:MOST_TOKENS]],
            opening(begin, end, last.ids),
        )
        for one, text, many, last in zip(examples, texts, found, before, strict=True)
        if many.ids
    ]


def tags_of(one: Example, places: Sequence[tuple[int, int]]) -> list[int]:
    """A tag for each token; a piece without characters and what is left open are not counted."""
    tags = [0 if start < end else _NOT_COUNTED for start, end in places]
    for first, last, kind in one.spans:
        inside = [i for i, (start, end) in enumerate(places) if start < last and end > first and start < end]
        for i in inside:
            tags[i] = TAG_OF[kind] + (i != inside[0])
    for first, last in one.open:
        for i, (start, end) in enumerate(places):
            if start < last and end > first:
                tags[i] = _NOT_COUNTED
    return tags


def batches(examples: Sequence[Coded], rng: random.Random) -> list[list[Coded]]:
    """Turns of like length together, as many as the token budget holds, in random order."""
    found: list[list[Coded]] = [[]]
    for one in sorted(examples, key=lambda each: _size(each) + rng.randrange(6)):
        longest = max(map(_size, (*found[-1], one)))
        if found[-1] and longest * (len(found[-1]) + 1) > BATCH_TOKENS:
            found.append([])
        found[-1].append(one)
    rng.shuffle(found)
    return found


def _size(one: Coded) -> int:
    return len(one[3]) + len(one[1]) + 1


def tensors(part: Sequence[Coded], tokenizer: Tokenizer, rng: random.Random) -> tuple[Tensor, ...]:
    """Ids, roles, mask, tags (turns, tokens) and weights (turns)."""
    pad, end, unknown = (int(tokenizer.token_to_id(mark)) for mark in (PAD, END, "<unk>"))
    shape = len(part), max(map(_size, part))
    coded_ids, mask = np.full(shape, pad), np.zeros(shape, np.int64)
    roles, tags = np.zeros(shape, np.int64), np.full(shape, _NOT_COUNTED)
    for row, (one, ids, places, lead) in enumerate(part):
        heard = [unknown if rng.random() < UNKNOWN_SHARE else i for i in ids]
        size = len(lead) + len(ids) + 1
        coded_ids[row, :size] = (*lead, *heard, end)
        mask[row, :size] = 1
        tags[row, len(lead) : len(lead) + len(ids)] = tags_of(one, places)
        roles[row] = _role(of_agent=one.of_agent)
        roles[row, : len(lead) - 1] = _role(of_agent=one.of_agent == one.same_before)
    weights = np.array([one.weight for one, *_ in part], np.float32)
    return tuple(map(torch.from_numpy, (coded_ids, roles, mask, tags, weights)))


def _role(*, of_agent: bool) -> int:
    return ROLE_IDS[Role.AGENT if of_agent else Role.CUSTOMER]


def train(
    start: Origin, epochs: Iterator[Sequence[Example]], minutes: float, rng: random.Random
) -> dict[str, Tensor]:
    """The running average of the weights after ``minutes``, of freshly filled lines in each epoch."""
    net = TagNet(start.published).train()
    masters = Masters(net, decay=DECAY, memory=AVERAGE)
    began, running = time.monotonic(), 0.0
    for step, part in enumerate(_parts(epochs, start.tokenizer, rng), 1):
        share = (time.monotonic() - began) / 60 / minutes
        if share >= 1.0:
            break
        ids, roles, mask, tags, weights = tensors(part, start.tokenizer, rng)
        losses = nn.functional.cross_entropy(
            net(ids, roles, mask).transpose(1, 2), tags, reduction="none", label_smoothing=SMOOTHING
        )
        loss = (losses * weights[:, None]).sum() / (tags >= 0).sum().clamp_min(1)
        loss.backward()
        slope = share / WARM_UP if share < WARM_UP else (1.0 - share) / (1.0 - WARM_UP)
        masters.step(step, (RATE * slope, HEAD_RATE * slope))
        running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
        if step % 50 == 0:
            print(f"step {step} loss {running:.4f} {time.monotonic() - began:.0f} s", flush=True)
    return masters.state()


def _parts(
    epochs: Iterator[Sequence[Example]], tokenizer: Tokenizer, rng: random.Random
) -> Iterator[list[Coded]]:
    for lines in epochs:
        order = list(lines)
        rng.shuffle(order)
        for at in range(0, len(order), _AT_A_TIME):
            yield from batches(coded(order[at : at + _AT_A_TIME], tokenizer), rng)


def write(state: dict[str, Tensor], start: Origin, folder: Path) -> None:
    """The files that the run time opens, and their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    export(state, folder / FILES["weights"], start.published)
    start.tokenizer.save(str(folder / FILES["tokenizer"]), pretty=False)
    MANIFEST.write(folder)


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", type=Path, default=HERE, help="the tagger that reads unmarked turns")
    parser.add_argument("--on", type=Path, help="the folder of a tagger to go on from, not the classifier")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE)
    wish = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(wish.seed)
    data = read_data().reread(Tagger(wish.teacher))
    maker = Maker(data.lists, seed=wish.seed)
    start = origin_of_tagger(wish.on) if wish.on else origin()
    epochs = iter(lambda: data.lines(maker), None)
    write(train(start, epochs, wish.minutes, random.Random(wish.seed)), start, wish.out)


if __name__ == "__main__":
    main()
