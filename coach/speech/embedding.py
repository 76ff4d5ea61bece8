"""Windows of a voice to unit vectors that are near each other when the same person speaks (CAM++, int8)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.audio.samples import Samples
from coach.domain.errors import ModelError
from coach.domain.time import Seconds
from coach.speech.cluster import Vectors
from coach.speech.fbank import fbank

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WINDOW: Seconds = 1.5
_RATE = 16_000
_BATCH = 16


@dataclass(frozen=True, slots=True, eq=False)
class VoiceEmbedder:
    """A session of the network."""

    session: InferenceSession

    def embed(self, clips: Sequence[Samples], on_done: Callable[[float], None]) -> Vectors:
        """A unit vector by clip; clips shorter than ``WINDOW`` are repeated to fill it."""
        found = []
        for start in range(0, len(clips), _BATCH):
            batch = np.stack([fbank(_filled(clip)) for clip in clips[start : start + _BATCH]])
            found.append(self.session.run(None, {"fbank": batch})[0])
            on_done(min(1.0, (start + _BATCH) / len(clips)))
        vectors = np.concatenate(found)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def load(folder: Path) -> VoiceEmbedder:
    """The network in ``folder``, checked against its manifest.

    Raises ``ModelError`` when it is missing or not the file that the manifest names.
    """
    import onnxruntime

    model = folder / "model.onnx"
    try:
        pinned = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]["model.onnx"]
        digest = hashlib.sha256(model.read_bytes()).hexdigest()
    except (OSError, KeyError, ValueError):
        raise ModelError(
            f"the voice embedding in {folder} is missing or broken; install the package again"
        ) from None
    if digest != pinned["sha256"]:
        raise ModelError(f"{model} is not the file that its manifest names; install the package again")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return VoiceEmbedder(
        onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    )


def _filled(clip: Samples) -> Samples:
    length = round(WINDOW * _RATE)
    if len(clip) >= length:
        return clip[:length]
    return np.resize(clip, length) if len(clip) else np.zeros(length, np.float32)
