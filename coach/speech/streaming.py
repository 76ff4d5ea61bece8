"""Hearing while somebody speaks: voice activity by frame, and one utterance to a segment at once."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from coach.audio.samples import Samples
from coach.domain.time import Interval, Seconds
from coach.domain.transcript import Segment, Word
from coach.speech import decoding, guards
from coach.speech.loaded import LoadedWhisper
from coach.speech.voice import detector
from coach.speech.whisper import PROMPTS, in_script

FRAME_SAMPLES = 512
_CONTEXT_SAMPLES = 64
_LOUD_DB = -34.0
"""As in ``voice``: louder frames are brought down to this level before the detector hears them."""
_FORGET_DB = 0.004
"""By so much the loudest level that is remembered sinks with each frame (about 8 dB a minute)."""
_QUIET_DB = -90.0
_LEAST_COPY = 4
_WINDOWS: tuple[Seconds, ...] = (6.0, 10.0)
"""An utterance is filled up with silence to one of these lengths.

In shorter windows the last words are often written twice: character errors of two samples heard live were
0.087 without, 0.057 with it, in 0.9 of the time. Few lengths keep memory flat: with any length it grew by
50 MiB in 60 utterances, with two it stayed.
"""


@dataclass
class VoiceActivity:
    """Silero on one channel, frame by frame; it keeps its state between frames."""

    _h: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((1, 1, 128), np.float32))
    _c: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((1, 1, 128), np.float32))
    _context: Samples = field(default_factory=lambda: np.zeros(_CONTEXT_SAMPLES, np.float32))
    _loudest: float = _LOUD_DB

    def probability(self, frame: Samples) -> float:
        """The probability that there is a voice in the next ``FRAME_SAMPLES`` samples."""
        power = float(np.mean(frame**2))
        level = 10 * np.log10(power) if power > 1e-9 else _QUIET_DB
        self._loudest = max(level, self._loudest - _FORGET_DB, _LOUD_DB)
        gain = np.float32(10 ** ((_LOUD_DB - self._loudest) / 20))
        scaled = frame * gain
        heard = np.concatenate([self._context, scaled])[None, :]
        found, self._h, self._c = detector().session.run(None, {"input": heard, "h": self._h, "c": self._c})
        self._context = scaled[-_CONTEXT_SAMPLES:]
        return float(found.reshape(-1)[0])


@dataclass(frozen=True)
class UtteranceRecogniser(LoadedWhisper):
    """One utterance at once, on one thread.

    A wide search costs an utterance a tenth to a fifth more (0.31, 0.30, 0.49, 0.54 s of processor with one
    path, 0.35, 0.36, 0.60, 0.54 s with five) and mends what else becomes a false alarm.
    """

    cpu_threads: int = 1
    beam: int = 5

    def hear(
        self,
        samples: Samples,
        *,
        starts: Seconds,
        language: str,
        speech_share: float,
        channel: int | None,
        before: tuple[int, ...] = (),
    ) -> tuple[Segment | None, tuple[int, ...]]:
        """The words of one utterance that begins at second ``starts``, and their tokens for the next one.

        None where nobody said anything: music, ringing, a breath. Raises ``ModelError`` without weights.
        """
        prompt = PROMPTS.get(language, "")
        seconds = len(samples) / 16_000
        length = next((window for window in _WINDOWS if window >= seconds), seconds)
        window = np.pad(samples, (0, max(0, round(length * 16_000) - len(samples))))
        heard = self._decoder(language).hear(window, prompt=prompt, before=before)
        spoken = _once(heard.words)
        if not spoken or guards.echoes(heard.text, prompt):
            return None, ()
        if guards.invented(
            heard.text,
            log_probability=heard.log_probability,
            speech_share=speech_share,
            seconds=seconds,
        ):
            return None, ()
        texts = [word.text for word in spoken]
        written = in_script(texts, self.script) if language == "zh" else texts
        words = tuple(
            Word(text, _later(word.interval, starts, seconds), word.confidence)
            for text, word in zip(written, spoken, strict=True)
        )
        confidence = sum(word.confidence for word in words) / len(words)
        text = "".join(word.text for word in words).strip()
        at = words[0].interval.hull(words[-1].interval)
        return Segment(text, at, words, confidence, channel), heard.tokens

    def languages(self, samples: Samples) -> dict[str, float]:
        """The probability of each language."""
        return self._decoder("en").language(samples)

    def warm(self, language: str) -> None:
        """Load the weights and run them once, so that the first words are not late."""
        self._decoder(language).hear(np.zeros(16_000, np.float32), prompt="")


def _once(words: tuple[decoding.HeardWord, ...]) -> tuple[decoding.HeardWord, ...]:
    """The words without a second copy of all of them: what a short window is sometimes filled up with."""
    bare = [re.sub(r"\W", "", word.text) for word in words]
    whole = "".join(bare)
    half = whole[: len(whole) // 2]
    if len(half) < _LEAST_COPY or half + half != whole:
        return words
    ends = list(accumulate(map(len, bare)))
    return words[: bisect_left(ends, len(half)) + 1]


def _later(at: Interval, starts: Seconds, seconds: Seconds) -> Interval:
    return Interval(starts + min(at.start, seconds), starts + min(at.end, seconds))
