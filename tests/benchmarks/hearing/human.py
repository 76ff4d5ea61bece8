"""The human Mandarin that packages hold: errors by plain faster-whisper, and here with each model."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.audio.samples import Samples, read
from coach.domain.recording import DecodedAudio
from coach.speech.adapted import CALLS
from tests.benchmarks.hearing import measures
from tests.benchmarks.hearing.calls import CONDITIONS, decoded, mono, over, stored
from tests.benchmarks.hearing.people import Clip, clips, fitting
from tests.benchmarks.hearing.run import plain_words_of, words_of
from tests.benchmarks.hearing.wordless import RATE

GAP_SECONDS = 0.25
"""Around clips, and between the digits, which are recordings of their own."""
MODELS = ("base", CALLS)
Counts = list[tuple[int, int]]
"""Wrong characters, and characters said: by plain faster-whisper, then with each of ``MODELS``."""


def report(cache: Path, *, by_clip: bool = False) -> str:
    """Errors by condition and kind of speech; ``by_clip`` adds the clips."""
    lines = ["Human Mandarin, wrong of those said: plain, " + ", ".join(MODELS)]
    for condition in CONDITIONS:
        heard = [(clip, _heard(clip, condition)) for clip in clips(cache)]
        print(f"{condition} heard", file=sys.stderr, flush=True)
        if by_clip:
            lines += [_line(condition, f"{clip.kind}, {clip.name}", [counts]) for clip, counts in heard]
        for kind in dict.fromkeys(clip.kind for clip, _counts in heard):
            lines.append(_line(condition, kind, [counts for clip, counts in heard if clip.kind == kind]))
        lines.append(_line(condition, "all", [counts for _clip, counts in heard]))
    return "\n".join(lines)


def _line(condition: str, name: str, counted: Sequence[Counts]) -> str:
    cells = []
    for column in zip(*counted, strict=True):
        wrong, said = sum(wrong for wrong, _said in column), sum(said for _wrong, said in column)
        cells.append(f"{wrong:>4} of {said:>3} ({wrong / said:.3f})")
    return f"  {condition:<20}{name:<20}" + "  ".join(cells)


def _heard(clip: Clip, condition: str) -> Counts:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        audio = over(_joined(clip, folder), condition, folder)
        texts = [plain_words_of(audio), *(words_of(audio, model) for model in MODELS)]
    return [_errors(clip.said, text) for text in texts]


def _errors(said: str, heard: str) -> tuple[int, int]:
    fits = fitting(said, lambda words: measures.errors(words, heard, "zh")[0])
    return measures.errors(fits, heard, "zh")


def _joined(clip: Clip, folder: Path) -> DecodedAudio:
    pause = np.zeros(round(GAP_SECONDS * RATE), np.float32)
    parts: list[Samples] = [pause]
    for file in clip.files:
        audio = mono(decoded(file, folder), folder)
        parts += [read(audio, audio.whole, None), pause]
    return stored(np.concatenate(parts), folder / "joined", RATE)
