"""Read one line aloud: text and voice to samples."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sample_audio.recipe import packages, phonemes
from sample_audio.recipe.noises import Samples

SAMPLE_RATE = 24_000
HESITATION_SECONDS = 0.45
_LONGEST = 500  # phonemes; the model has 510 positions and two are its edges
_EDITION = "1"  # part of the key of the cache: raise it when the same phonemes would now sound otherwise


@dataclass(frozen=True)
class Reader:
    """Renders lines with Kokoro; ``cache`` keeps the packages, the model and every line once rendered."""

    cache: Path
    _styles: dict[str, Samples] = field(default_factory=dict)

    def read(self, text: str, *, voice: str, language: str, speed: float = 1.0) -> Samples:
        """The line, float32 mono at ``SAMPLE_RATE``, silence trimmed; "……" is a hesitation."""
        written = filter(None, (part.strip() for part in re.split(r"……|\.\.\.", text)))
        sounds = [phonemes_of(piece, voice=voice, language=language) for piece in written]
        kept = self.cache / "lines" / f"{_key(*sounds, voice, f'{speed:.3f}')}.npy"
        if kept.exists():
            return np.asarray(np.load(kept), dtype=np.float32)
        pause = np.zeros(int(HESITATION_SECONDS * SAMPLE_RATE), np.float32)
        pieces: list[Samples] = []
        for piece in sounds:
            pieces += [pause] if pieces else []
            pieces.append(self._speak(piece, voice, speed))
        line = np.concatenate(pieces)
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, line)
        return line

    def _speak(self, sounds: str, voice: str, speed: float) -> Samples:
        ids = [self._vocabulary[sound] for sound in sounds if sound in self._vocabulary]
        if len(ids) > _LONGEST:
            raise ValueError(f"a line has {len(ids)} phonemes, the model reads {_LONGEST}; split the turn")
        if voice not in self._styles:
            self._styles[voice] = packages.kokoro_voice(voice, self.cache)
        feed = {
            "tokens": np.array([[0, *ids, 0]], dtype=np.int64),
            "style": self._styles[voice][len(ids)][None],
            "speed": np.array([speed], dtype=np.float32),
        }
        return trimmed(np.asarray(self._run(feed), dtype=np.float32).ravel())

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return packages.kokoro_vocabulary(self.cache)

    @cached_property
    def _run(self) -> Callable[[dict[str, Any]], Any]:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # a line must come out the same on every machine
        session = onnxruntime.InferenceSession(str(packages.kokoro_model(self.cache)), options)
        return lambda feed: session.run(None, feed)[0]


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join((_EDITION, *parts)).encode()).hexdigest()[:24]


def phonemes_of(text: str, *, voice: str, language: str) -> str:
    """The phonemes of a piece of text; a voice named b… speaks British English."""
    if language == "zh":
        return phonemes.mandarin(text)
    return phonemes.english(text, british=voice.startswith("b"))


def trimmed(samples: Samples, *, below: float = 0.01, keep_seconds: float = 0.03) -> Samples:
    """Without the silence at both ends; ``below`` is the amplitude that counts as silence."""
    loud = np.flatnonzero(np.abs(samples) > below)
    if not loud.size:
        return samples[:0]
    keep = int(keep_seconds * SAMPLE_RATE)
    return samples[max(0, loud[0] - keep) : loud[-1] + keep]
