"""Calls with their keys, and their sound as it is tested: mixed to mono, over a telephone line, in noise."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.files import decode, probe
from coach.audio.samples import Samples, raw, read
from coach.domain.recording import DecodedAudio

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "sample_audio"
HELD_OUT = Path(__file__).parents[1] / "held_out"
CONDITIONS = ("clean", "A-law", "A-law, 10 dB noise")
NOISE_DB = {"A-law, 10 dB noise": 10.0}
LINE_RATE = 8_000
_QUIET = 0.01


@dataclass(frozen=True, slots=True)
class KeyedCall:
    """A rendered call and what was said in it, by whom and when."""

    audio: Path
    key: dict[str, Any]

    @property
    def id(self) -> str:
        """Its name."""
        return str(self.key["id"])

    @property
    def language(self) -> str:
        """``zh`` or ``en``."""
        return str(self.key["lang"])

    @property
    def stereo(self) -> bool:
        """Whether each party has a channel."""
        return self.key["agent_channel"] is not None

    @property
    def turns(self) -> list[dict[str, Any]]:
        """The key's turns by their start."""
        return sorted(self.key["turns"], key=lambda turn: turn["start"])

    @property
    def text(self) -> str:
        """Everything that was said."""
        return (" " if self.language == "en" else "").join(turn["text"] for turn in self.turns)


def calls_in(folder: Path) -> list[KeyedCall]:
    """Every call of a folder that has a key beside it."""
    keys = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.gold.json"))]
    return [KeyedCall(folder / key["audio"], key) for key in keys]


def decoded(path: Path, folder: Path) -> DecodedAudio:
    """The samples of a file."""
    return decode(probe(path), folder / f"{path.stem}.samples", report=_silent)


def mono(audio: DecodedAudio, folder: Path) -> DecodedAudio:
    """Both channels mixed into one."""
    if audio.channels == 1:
        return audio
    return stored(read(audio, audio.whole, None), folder / "mono", audio.sample_rate)


def over(audio: DecodedAudio, condition: str, folder: Path) -> DecodedAudio:
    """A mono recording in one of ``CONDITIONS``; noise is pink, its level against the active speech."""
    if condition == "clean":
        return audio
    samples = read(audio, audio.whole, None)
    if condition in NOISE_DB:
        samples = noisy(samples, NOISE_DB[condition])
    noise = stored(samples, folder / "line.in", audio.sample_rate)
    return decoded(_a_law(noise, folder / "line.wav"), folder)


def noisy(samples: Samples, ratio_db: float) -> Samples:
    """The samples with pink noise, the same at every run."""
    spectrum = np.fft.rfft(np.random.default_rng(0).normal(size=len(samples)))
    pink = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 1), len(samples))
    speech = samples[np.abs(samples) > _QUIET]
    level = np.sqrt(np.mean(speech**2)) * 10 ** (-ratio_db / 20)
    return np.asarray(samples + pink / pink.std() * level, np.float32)


def stored(samples: Samples, path: Path, rate: int = 16_000) -> DecodedAudio:
    """Samples of one channel as decoded audio."""
    path.write_bytes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return DecodedAudio(path, rate, 1, len(samples))


def _a_law(audio: DecodedAudio, path: Path) -> Path:
    """A wav of a telephone exchange: 8 kHz, A-law."""
    import av

    narrow = av.AudioResampler(format="s16", layout="mono", rate=LINE_RATE)
    frame = av.AudioFrame.from_ndarray(raw(audio, audio.whole).reshape(1, -1), "s16", "mono")
    frame.sample_rate, frame.pts = audio.sample_rate, 0
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_alaw", rate=LINE_RATE, layout="mono")
        for part in [*narrow.resample(frame), *narrow.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


def only(calls: list[KeyedCall], pattern: str) -> list[KeyedCall]:
    """The calls whose name fits."""
    return [call for call in calls if re.search(pattern, call.id)]


def _silent(_done: float) -> None:
    """Nobody asks for progress."""
