"""One window of sound to words with times, by a Whisper model of CTranslate2.

The encoder is given the window's own length instead of the 30 s that Whisper pads to: same errors, a fraction
of the time. The window's end is known, so the decoder writes no time stamps; words get their times by
aligning the text with the decoder's attention. Of the texts that the search ends with, the one counts that
is likeliest as sound and as talk of this kind together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from coach.audio.samples import Samples
from coach.domain.time import Interval, Seconds
from coach.speech.context import fit
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
_FITS: dict[str, Callable[[str], float]] = {"zh": fit}
"""By language, what a text's words add to its logarithm of likelihood."""
_MORE_OR_FEWER = 0.1
_FEW = 2
"""By this share, or so few letters, may a text that is chosen for its words be longer or shorter."""


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
    """A model set to a language; with ``fits`` all ``beam`` texts of the search are compared."""

    model: WhisperModel
    tokenizer: Tokenizer
    beam: int
    suppressed: tuple[int, ...]
    fits: Callable[[str], float] | None = None

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
        beam = max(self.beam, 5) if careful else self.beam
        (result,) = self.model.model.generate(
            encoded,
            [prompt],
            beam_size=beam,
            num_hypotheses=beam if self.fits else 1,
            no_repeat_ngram_size=8 if careful else 0,
            max_length=min(448, len(prompt) + 16 + frames * _MOST_TOKENS_PER_SECOND // _FRAMES_PER_SECOND),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=list(self.suppressed),
        )
        found = [
            self._heard(tokens, score, result.no_speech_prob)
            for tokens, score in zip(result.sequences_ids, result.scores, strict=True)
        ]
        return likeliest(found, self.fits) if self.fits else found[0]

    def _heard(self, ids: Sequence[int], score: float, no_speech: float) -> Heard:
        tokens = tuple(token for token in ids if token < self.tokenizer.eot)
        log_probability = score * max(1, len(tokens)) / (len(tokens) + 1)
        text = self.tokenizer.decode(list(tokens)).strip()
        return Heard((), text, tokens, float(log_probability), float(no_speech))

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


def likeliest(found: Sequence[Heard], fits: Callable[[str], float]) -> Heard:
    """Of texts for one sound, likeliest sound first, the likeliest by sound and words together.

    None is chosen for its words that goes round in circles or is much longer or shorter than the first: words
    that nobody said fit well. Source: rescoring of a list of the N best (Ostendorf et al., 1991).
    """
    first = found[0]
    slack = max(_FEW, _MORE_OR_FEWER * len(first.text)) if first.text else 0

    def weight(heard: Heard) -> float:
        return heard.log_probability * (len(heard.tokens) + 1) + fits(heard.text)

    others = (
        heard
        for heard in found[1:]
        if abs(len(heard.text) - len(first.text)) <= slack and not repeats(heard.text)
    )
    return max((first, *others), key=weight)


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


def decoder(model: WhisperModel, language: str, beam: int, compared: int) -> Decoder:
    """``model`` set to ``language`` (ignored by an English-only model).

    The search follows ``beam`` paths, or ``compared`` ones where it is known what fits in the language.
    """
    from faster_whisper.tokenizer import Tokenizer
    from faster_whisper.transcribe import get_suppressed_tokens

    tokenizer = Tokenizer(
        model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
    )
    suppressed = get_suppressed_tokens(tokenizer, [-1]) or ()
    if language in _SPELT_OUT:
        suppressed = tuple(sorted({*suppressed, *_digits(model)}))
    fits = _FITS.get(language)
    return Decoder(model, tokenizer, compared if fits else beam, suppressed, fits)


def _digits(model: WhisperModel) -> list[int]:
    """Tokens with a digit: without them numbers are written as they are spoken.

    With them 七万八千八百 was written 7800, and 逾期 heard as 以7.
    """
    return [token for text, token in model.hf_tokenizer.get_vocab().items() if re.search(r"[0-9%]", text)]
