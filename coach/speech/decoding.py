"""One window of sound to words with times, by a Whisper model of CTranslate2.

The encoder is given the window's own length instead of the 30 s that Whisper pads to: same errors, a fraction
of the time. The window's end is known, so the decoder writes no time stamps; words get their times by
aligning the text with the decoder's attention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.audio.samples import Samples
from coach.domain.time import Interval, Seconds
from coach.speech.guards import repeats, until_it_repeats

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

_FRAMES_PER_SECOND = 100
_LEAST_FRAMES = 100
_TAIL_FRAMES = 30
_MOST_FRAMES = 3_000
_MOST_TOKENS_PER_SECOND = 12
_CONTEXT_TOKENS = 96
_GOOD = -0.8
_NO_TIME: Seconds = 0.03
_LEAST_TAIL = 4
_SURELY_SAID = 8
"""So many different characters are not what is invented over music, round and round."""
_SPELT_OUT = ("zh",)


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word with its seconds within the window."""

    text: str
    interval: Interval
    confidence: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What was recognised in a window; ``log_probability`` is the mean by token."""

    words: tuple[HeardWord, ...]
    text: str
    tokens: tuple[int, ...]
    log_probability: float
    no_speech: float


@dataclass(frozen=True, slots=True)
class Decoder:
    """A model set to a language."""

    model: WhisperModel
    tokenizer: Tokenizer
    beam: int
    suppressed: tuple[int, ...]

    def hear(self, samples: Samples, *, prompt: str, before: tuple[int, ...] = ()) -> Heard:
        """Recognise one window of at most 30 s; ``before`` are the tokens of the window before it.

        A result that goes round in circles or is improbable is tried again without prompt and context; of one
        that goes round in circles what came before counts where the second is shorter than that.
        """
        frames, encoded = self._encode(samples)
        context = [*self.tokenizer.encode(" " + prompt), *before[-_CONTEXT_TOKENS:]] if prompt else []
        first = self._write(encoded, context, frames)
        if first.log_probability < _GOOD or repeats(first.text):
            second = self._write(encoded, [], frames, careful=True)
            if repeats(first.text):
                kept = until_it_repeats(first.text)
                first = self._cut(first, kept) if rather(kept, first.text, second.text) else second
            elif second.log_probability > first.log_probability:
                first = second
        return self._timed(first, encoded, frames)

    def language(self, samples: Samples) -> dict[str, float]:
        """Probability of each language in at most 30 s of sound."""
        (found,) = self.model.model.detect_language(self._encode(samples)[1])
        return {token[2:-2]: probability for token, probability in found}

    def _encode(self, samples: Samples) -> tuple[int, Any]:
        features = self.model.feature_extractor(samples, padding=0)
        frames = min(features.shape[-1], _MOST_FRAMES)
        width = min(_MOST_FRAMES, max(_LEAST_FRAMES, frames + _TAIL_FRAMES) + 1 & ~1)
        padded = np.full((features.shape[0], width), features.min(), np.float32)
        padded[:, :frames] = features[:, :frames]
        return frames, self.model.encode(padded)

    def _write(self, encoded: Any, context: list[int], frames: int, *, careful: bool = False) -> Heard:
        prompt = [self.tokenizer.sot_prev, *context] if context else []
        prompt += [*self.tokenizer.sot_sequence, self.tokenizer.no_timestamps]
        (result,) = self.model.model.generate(
            encoded,
            [prompt],
            beam_size=max(self.beam, 5) if careful else self.beam,
            no_repeat_ngram_size=8 if careful else 0,
            max_length=min(448, len(prompt) + 16 + frames * _MOST_TOKENS_PER_SECOND // _FRAMES_PER_SECOND),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=list(self.suppressed),
        )
        tokens = tuple(token for token in result.sequences_ids[0] if token < self.tokenizer.eot)
        log_probability = result.scores[0] * max(1, len(tokens)) / (len(tokens) + 1)
        text = self.tokenizer.decode(list(tokens)).strip()
        return Heard((), text, tokens, float(log_probability), float(result.no_speech_prob))

    def _cut(self, heard: Heard, text: str) -> Heard:
        return replace(heard, text=text, tokens=tuple(self.tokenizer.encode(text)))

    def _timed(self, heard: Heard, encoded: Any, frames: int) -> Heard:
        if not heard.tokens:
            return heard
        from faster_whisper.transcribe import merge_punctuations

        (aligned,) = self.model.find_alignment(self.tokenizer, [list(heard.tokens)], encoded, frames)
        merge_punctuations(aligned, "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
        words = tuple(
            HeardWord(
                str(word["word"]),
                Interval(float(word["start"]), max(float(word["start"]), float(word["end"]))),
                float(word["probability"]),
            )
            for word in aligned
            if word["word"]
        )
        kept = without_tail(words)
        if len(kept) < len(words):
            text = "".join(word.text for word in kept).strip()
            return Heard(kept, text, (), heard.log_probability, heard.no_speech)
        return Heard(words, heard.text, heard.tokens, heard.log_probability, heard.no_speech)


def rather(kept: str, first: str, second: str) -> bool:
    """Whether what ``first`` said before it went round in circles is more than what ``second`` says.

    It is where the second is shorter, or goes round as well after so much that somebody did speak.
    """
    return len(second) < len(kept) < len(first) or (repeats(second) and len(set(kept)) >= _SURELY_SAID)


def without_tail(words: tuple[HeardWord, ...]) -> tuple[HeardWord, ...]:
    """The words without a tail that has no time: what was written on after the sound had ended."""
    end = len(words)
    while end and words[end - 1].interval.duration < _NO_TIME:
        end -= 1
    return words[:end] if len(words) - end >= _LEAST_TAIL else words


def decoder(model: WhisperModel, language: str, beam: int) -> Decoder:
    """``model`` set to ``language`` (ignored by an English-only model)."""
    from faster_whisper.tokenizer import Tokenizer
    from faster_whisper.transcribe import get_suppressed_tokens

    tokenizer = Tokenizer(
        model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
    )
    suppressed = get_suppressed_tokens(tokenizer, [-1]) or ()
    if language in _SPELT_OUT:
        suppressed = tuple(sorted({*suppressed, *_digits(model)}))
    return Decoder(model, tokenizer, beam, suppressed)


def _digits(model: WhisperModel) -> list[int]:
    """Tokens with a digit: without them numbers are written as they are spoken.

    With them 七万八千八百 was written 7800, and 逾期 heard as 以7.
    """
    return [token for text, token in model.hf_tokenizer.get_vocab().items() if re.search(r"[0-9%]", text)]
