"""One party's voice in a recording: its samples after the gate, and where there is speech in them.

Voice activity: Silero VAD v6, whose weights faster-whisper carries. Its probabilities are kept for the last
recordings, since both the recogniser and the diarizer need them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from coach.audio.channels import Gate, Levels, gate, levels
from coach.audio.samples import Samples, blocks, read
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds, merge
from coach.speech.noise import STRETCH, Heard, Noise, heard, noise_of

if TYPE_CHECKING:
    from faster_whisper.vad import SileroVADModel

FRAME: Seconds = 0.032
_FRAME_SAMPLES = 512
_PART: Seconds = 32.0
_START, _STAY = 0.25, 0.12
_SHORTEST: Seconds = 0.09
_LOUD_DB = -34.0
"""The loudest frames are brought down to this level: Silero is unsure of loud and shouted voices."""

Probabilities = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """The samples of one channel (None: all channels mixed) and the probability of speech by ``FRAME``.

    ``noise`` is known where there is enough of it to be taken down.
    """

    audio: DecodedAudio
    channel: int | None
    gate: Gate | None
    speech: Probabilities
    noise: Noise | None = None

    def samples(self, at: Interval) -> Samples:
        """Samples of ``at``, gated where there are two channels."""
        if self.gate is not None and self.channel is not None:
            return self.gate.read(self.audio, at, self.channel)
        return read(self.audio, at, self.channel)

    def cleaned(self, at: Interval) -> Samples:
        """Samples of ``at`` for recognition, with less noise where there is much."""
        samples = self.samples(at)
        return samples if self.noise is None else self.noise.taken_down(samples, at.start)

    def cleaned_by_parts(self, at: Interval) -> Samples:
        """The same for a long stretch, a part at a time, so that it takes no more memory than a short one."""
        edges = [*np.arange(at.start, at.end, _PART).tolist(), at.end]
        return np.concatenate([self.cleaned(Interval(a, b)) for a, b in pairwise(edges)])

    def regions(self, *, gap: Seconds = 0.25) -> tuple[Interval, ...]:
        """Where somebody speaks; pauses up to ``gap`` seconds are part of it."""
        return regions(self.speech, gap=gap, until=self.audio.duration)

    def speech_share(self, at: Interval) -> float:
        """Mean probability of speech within ``at``."""
        first, last = int(at.start / FRAME), max(int(at.start / FRAME) + 1, round(at.end / FRAME))
        part = self.speech[first:last]
        return float(part.mean()) if len(part) else 0.0


def voices(audio: DecodedAudio) -> tuple[Voice, ...]:
    """One voice of a mono recording, two of a stereo one."""
    return _voices(audio, audio.path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _voices(audio: DecodedAudio, _written: int) -> tuple[Voice, ...]:
    level = levels(audio)
    if audio.channels == 1:
        return (_voice(audio, None, None, level[0]),)
    between = gate(level)
    return tuple(_voice(audio, channel, between, level[channel]) for channel in range(audio.channels))


def _voice(audio: DecodedAudio, channel: int | None, between: Gate | None, level: Levels) -> Voice:
    """The voice; where there is noise, speech is looked for again in what is left without it."""
    silent = Voice(audio, channel, between, np.zeros(0, np.float32))
    loud = float(np.percentile(level, 98))
    gain = np.float32(min(1.0, 10 ** ((_LOUD_DB - loud) / 20)))
    parts: list[Probabilities] = []
    stretches: list[Heard] = []
    for block in blocks(audio, STRETCH):
        samples = silent.samples(block)
        parts.append(_speech(samples * gain))
        stretches.append(heard(samples, parts[-1]))
    noise = noise_of(stretches)
    if noise is not None:
        noisy = Voice(audio, channel, between, silent.speech, noise)
        parts = [_speech(noisy.cleaned_by_parts(block) * gain) for block in blocks(audio, STRETCH)]
    speech = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return Voice(audio, channel, between, speech, noise)


def _speech(samples: Samples) -> Probabilities:
    """The probability of speech by ``FRAME``."""
    if not len(samples):
        return np.zeros(0, np.float32)
    padded = np.pad(samples, (0, -len(samples) % _FRAME_SAMPLES))
    return np.asarray(detector()(padded).reshape(-1), np.float32)


@lru_cache(maxsize=1)
def detector() -> SileroVADModel:
    """The voice detector, loaded once."""
    from faster_whisper.vad import get_vad_model

    return get_vad_model()


def regions(speech: Probabilities, *, gap: Seconds, until: Seconds) -> tuple[Interval, ...]:
    """Intervals of speech: begun above one probability, kept while above a lower one."""
    found: list[Interval] = []
    likely = speech >= _STAY
    edges = np.flatnonzero(np.diff(np.concatenate([[False], likely, [False]]).astype(np.int8)))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if speech[first:last].max() >= _START:
            end = min(until, float(last * FRAME))
            found.append(Interval(min(float(first * FRAME), end), end))
    return tuple(r for r in merge(found, gap=gap) if r.duration >= _SHORTEST)
