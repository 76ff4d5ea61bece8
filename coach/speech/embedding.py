"""Windows of a voice to unit vectors that are near each other when the same person speaks (CAM++, int8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coach.audio.samples import Samples
from coach.domain.time import Seconds
from coach.speech.cluster import Vectors
from coach.speech.fbank import fbank
from coach.speech.network import network

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
    return VoiceEmbedder(network(folder, "the voice embedding"))


def _filled(clip: Samples) -> Samples:
    length = round(WINDOW * _RATE)
    if len(clip) >= length:
        return clip[:length]
    return np.resize(clip, length) if len(clip) else np.zeros(length, np.float32)
