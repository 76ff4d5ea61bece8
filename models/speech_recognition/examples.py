"""Training examples: lines joined to a window of a call, degraded, with the tokens to be written."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from coach.speech.whisper import PROMPTS
from models.speech_recognition.degrade import degraded, wordless
from models.speech_recognition.speak import Line, kept, sound
from models.speech_recognition.voices import RATE
from sample_audio.recipe.noises import Samples

_TAIL_FRAMES = 30
_FRAMES = 100
_CONTEXT_TOKENS = 96
_ENOUGH = 80
"""A file with fewer lines is drawn less often."""
_HALF_WIDTH = str.maketrans("，？！", ",?!")
"""As Whisper writes Chinese by itself."""


@dataclass(frozen=True, slots=True)
class Example:
    """``features`` (80, frames); ``tokens`` with the prompt; what is written begins at ``start``."""

    features: npt.NDArray[np.float32]
    tokens: list[int]
    start: int
    text: str


@dataclass
class Corpus:
    """The lines of some files that ``speak`` made; ``shares`` say how often each is drawn."""

    folder: Path
    shares: dict[str, float]

    def __post_init__(self) -> None:
        self.lines: dict[str, list[Line]] = {}
        self.sounds: dict[str, np.ndarray] = {}
        self.refresh()

    def refresh(self) -> None:
        """See what was read aloud meanwhile."""
        for name in self.shares:
            lines = kept(self.folder, name)
            if lines:
                self.lines[name], self.sounds[name] = lines, sound(self.folder, name)

    def draw(self, chance: random.Random) -> tuple[str, int]:
        """A line's file and number."""
        names = list(self.lines)
        shares = [self.shares[n] * min(1.0, len(self.lines[n]) / _ENOUGH) for n in names]
        (name,) = chance.choices(names, shares)
        return name, chance.randrange(len(self.lines[name]))

    def samples(self, name: str, number: int) -> Samples:
        """A line's sound."""
        line = self.lines[name][number]
        return self.sounds[name][line.start : line.start + line.length].astype(np.float32) / 32768


class Maker:
    """Makes examples; ``extractor`` and ``tokenizer`` are faster-whisper's."""

    def __init__(self, corpus: Corpus, extractor: Any, tokenizer: Any) -> None:
        self.corpus, self.extractor, self.tokenizer = corpus, extractor, tokenizer

    def example(self, seconds: float, chance: random.Random) -> Example:
        """One window of at most about ``seconds``."""
        if chance.random() < 0.04:
            samples = wordless(chance.uniform(1, seconds), chance)
            return self._example(samples, [], chance)
        said = self._lines(seconds, chance)
        others = [self.corpus.samples(*self.corpus.draw(chance)) for _ in range(4)]
        samples, texts = self._joined(said, chance)
        return self._example(degraded(samples, others, chance), texts, chance)

    def _lines(self, seconds: float, chance: random.Random) -> list[tuple[str, int]]:
        said: list[tuple[str, int]] = []
        total = 0.0
        while not said or total < seconds:
            name, number = self.corpus.draw(chance)
            total += self.corpus.lines[name][number].seconds + 0.5
            if said and total > seconds:
                break
            if total > 27:
                said, total = [], 0.0
                continue
            said.append((name, number))
        return said

    def _joined(
        self, said: Sequence[tuple[str, int]], chance: random.Random
    ) -> tuple[Samples, list[tuple[float, float, str]]]:
        parts = [np.zeros(int(chance.uniform(0.0, 0.6) * RATE), np.float32)]
        texts = []
        for name, number in said:
            start = sum(part.size for part in parts) / RATE
            line = self.corpus.samples(name, number) * np.float32(10 ** (chance.uniform(-8, 0) / 20))
            parts.append(line)
            texts.append((start, start + line.size / RATE, self.corpus.lines[name][number].text))
            parts.append(np.zeros(int(chance.uniform(0.05, 1.0) * RATE), np.float32))
        return np.concatenate(parts), texts

    def _example(
        self, samples: Samples, texts: list[tuple[float, float, str]], chance: random.Random
    ) -> Example:
        features = self.extractor(samples, padding=0)
        width = features.shape[-1] + _TAIL_FRAMES + 1 & ~1
        padded = np.full((features.shape[0], min(3000, width)), features.min(), np.float32)
        padded[:, : features.shape[-1]] = features[:, :3000]
        if chance.random() < 0.5:
            low = chance.randrange(75)
            padded[low : low + chance.randrange(1, 8)] = padded.mean()
        tokens, start = self._tokens(texts, chance)
        return Example(padded, tokens, start, "".join(text for *_, text in texts))

    def _tokens(self, texts: list[tuple[float, float, str]], chance: random.Random) -> tuple[list[int], int]:
        t = self.tokenizer
        tokens = []
        if chance.random() < 0.75:
            tokens = [t.sot_prev, *t.encode(" " + PROMPTS["zh"])]
            if chance.random() < 0.4:
                drawn = [self.corpus.draw(chance) for _ in range(4)]
                before = "".join(self.corpus.lines[name][i].text for name, i in drawn)
                tokens += t.encode(before.translate(_HALF_WIDTH))[-_CONTEXT_TOKENS:]
        timed = bool(texts) and chance.random() < 0.08
        tokens += [*t.sot_sequence, *([] if timed else [t.no_timestamps])]
        start = len(tokens)
        for first, last, text in texts:
            written = t.encode(text.translate(_HALF_WIDTH))
            if timed:
                begin, end = (t.timestamp_begin + round(second / 0.02) for second in (first, last))
                written = [begin, *written, end]
            tokens += written
        return [*tokens[:447], t.eot], start
