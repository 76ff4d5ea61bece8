"""The few human Mandarin clips that packages hold: errors here and by plain faster-whisper."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from coach.audio.samples import Samples, read
from coach.domain.recording import DecodedAudio
from tests.benchmarks.hearing import measures
from tests.benchmarks.hearing.calls import decoded, mono, over, stored
from tests.benchmarks.hearing.fetched import Clip, human_clips
from tests.benchmarks.hearing.run import words_of
from tests.benchmarks.hearing.wordless import RATE

GAP_SECONDS = 0.25
"""Between the digits, which are recordings of their own."""
CONDITIONS = ("clean", "A-law")


def report(cache: Path) -> str:
    """Errors by clip and line; a handful of clips tells whether something is broken, not how good it is."""
    lines = ["Human Mandarin, wrong characters of those said: plain, ours"]
    for condition in CONDITIONS:
        totals = [0, 0, 0]
        for clip in human_clips(cache):
            counts = _errors(clip, condition)
            totals = [total + count for total, count in zip(totals, counts, strict=True)]
            lines.append(f"  {clip.name:<8}{condition:<8} {counts[0]:>3} {counts[1]:>3} of {counts[2]}")
        lines.append(f"  {'all':<8}{condition:<8} {totals[0]:>3} {totals[1]:>3} of {totals[2]}")
    return "\n".join(lines)


def _errors(clip: Clip, condition: str) -> tuple[int, int, int]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        audio = over(_joined(clip, folder), condition, folder)
        ours, plain = words_of(audio)
    length = measures.errors(clip.said, "", "zh")[1]
    return measures.errors(clip.said, plain, "zh")[0], measures.errors(clip.said, ours, "zh")[0], length


def _joined(clip: Clip, folder: Path) -> DecodedAudio:
    pause = np.zeros(round(GAP_SECONDS * RATE), np.float32)
    parts: list[Samples] = [pause]
    for file in clip.files:
        audio = mono(decoded(file, folder), folder)
        parts += [read(audio, audio.whole, None), pause]
    return stored(np.concatenate(parts), folder / "joined", RATE)
