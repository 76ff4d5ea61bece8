"""The recogniser: any Whisper that faster-whisper opens, int8 on the processor."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds
from coach.domain.transcript import Segment, Transcript, Word
from coach.language.normalise import Script, to_script
from coach.ports import Report
from coach.speech import decoding, guards
from coach.speech.voice import Voice, voices
from coach.speech.weights import resolve_model
from coach.speech.windows import LONGEST, Window, windows

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

PROMPTS = {"zh": "以下是普通话的句子，使用简体中文。"}
"""Buys punctuation and one script; a longer one, or hot words, are written down where nobody speaks."""
UNKNOWN_LANGUAGE = "und"
_AIM: Seconds = 20.0
_SURE_OF_LANGUAGE = 0.8
_LEAST_SURE_OF_LANGUAGE = 0.3
_LISTEN_AGAIN: Seconds = 1.6
_EARLY: Seconds = 0.06
"""Aligned words end a little before their sound does."""


@dataclass(frozen=True)
class WhisperTranscriber:
    """``model`` is a size, a hub id or a folder; ``script`` what Chinese is written in."""

    model: str = "base"
    script: Script = "simplified"
    cpu_threads: int = 2
    beam: int = 5
    _decoders: dict[str, decoding.Decoder] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The model as shown in the review."""
        return f"whisper-{self.model}"

    def transcribe(self, audio: DecodedAudio, *, language: str | None, report: Report) -> Transcript:
        """Recognise every channel by itself, speech only.

        Raises ``ModelError`` when the weights are missing, and what ``report`` raises.
        """
        report(0.0)
        heard = voices(audio)
        cut = [windows(voice.regions(), until=audio.duration, aim=_AIM) for voice in heard]
        total = sum(window.duration for found in cut for window in found)
        if total == 0.0:
            report(1.0)
            return Transcript((), language or UNKNOWN_LANGUAGE, 1.0 if language else 0.0)
        spoken, sure = (language, 1.0) if language else self._language(heard, cut)
        segments: list[Segment] = []
        done = 0.0
        if spoken != UNKNOWN_LANGUAGE:
            for voice, found in zip(heard, cut, strict=True):
                for segment, duration in self._voice(voice, found, spoken):
                    segments.extend(segment)
                    done += duration
                    report(min(1.0, done / total))
        report(1.0)
        ordered = sorted(segments, key=lambda segment: (segment.interval.start, segment.channel or 0))
        return Transcript(tuple(ordered), spoken, sure)

    @cached_property
    def _model(self) -> WhisperModel:
        from faster_whisper import WhisperModel

        return WhisperModel(
            resolve_model(self.model), device="cpu", compute_type="int8", cpu_threads=self.cpu_threads
        )

    def _decoder(self, language: str) -> decoding.Decoder:
        if language not in self._decoders:
            self._decoders[language] = decoding.decoder(self._model, language, self.beam)
        return self._decoders[language]

    def _language(self, heard: Sequence[Voice], cut: Sequence[Sequence[Window]]) -> tuple[str, float]:
        """The language of the call, from up to three windows of it."""
        candidates = sorted(
            ((window, voice) for voice, found in zip(heard, cut, strict=True) for window in found),
            key=lambda pair: -pair[0].duration,
        )
        totals: dict[str, float] = {}
        best, share = UNKNOWN_LANGUAGE, 0.0
        for count, (window, voice) in enumerate(candidates[:3], start=1):
            for language, probability in self._decoder("en").language(window.samples(voice)).items():
                totals[language] = totals.get(language, 0.0) + probability
            best = max(totals, key=lambda language: totals[language])
            share = totals[best] / count
            if share >= _SURE_OF_LANGUAGE:
                break
        return (best, share) if share >= _LEAST_SURE_OF_LANGUAGE else (UNKNOWN_LANGUAGE, share)

    def _voice(
        self, voice: Voice, found: Sequence[Window], language: str
    ) -> Iterator[tuple[list[Segment], Seconds]]:
        before: tuple[int, ...] = ()
        for window in found:
            segment, before = self._window(voice, window, language, before)
            again = self._unheard(voice, window, segment, language)
            yield [*([segment] if segment else []), *again], window.duration

    def _window(
        self, voice: Voice, window: Window, language: str, before: tuple[int, ...]
    ) -> tuple[Segment | None, tuple[int, ...]]:
        prompt = PROMPTS.get(language, "")
        heard = self._decoder(language).hear(window.samples(voice), prompt=prompt, before=before)
        spoken = voice.regions()
        words = tuple(
            Word(
                to_script(word.text, self.script) if language == "zh" else word.text,
                _snapped(window.original(word.interval), spoken),
                word.confidence,
            )
            for word in heard.words
        )
        if not words or guards.echoes(heard.text, prompt):
            return None, ()
        at = words[0].interval.hull(words[-1].interval)
        share = max(voice.speech_share(part) for part in window.parts)
        if guards.invented(
            heard.text,
            log_probability=heard.log_probability,
            speech_share=share,
            seconds=window.duration,
        ):
            return None, ()
        text = "".join(word.text for word in words).strip()
        confidence = sum(word.confidence for word in words) / len(words)
        return Segment(text, at, words, confidence, voice.channel), heard.tokens

    def _unheard(self, voice: Voice, window: Window, segment: Segment | None, language: str) -> list[Segment]:
        """Stretches of sure speech that got next to no words, heard again by themselves."""
        if segment is None:
            return []
        found = []
        for gap in _gaps(segment.words, window):
            if gap.duration >= _LISTEN_AGAIN and voice.speech_share(gap) > 0.4:
                alone, _ = self._window(voice, Window((gap,)), language, ())
                if alone is not None:
                    found.append(alone)
        return found


def _gaps(words: Sequence[Word], window: Window) -> Iterator[Interval]:
    """Stretches of the window's sound without words, at most as long as a window may be."""
    edges = [
        window.hull.start,
        *(t for w in words for t in (w.interval.start, w.interval.end)),
        window.hull.end,
    ]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for part in window.parts:
            inside = Interval(max(start, part.start), max(start, part.start, min(end, part.end)))
            if inside.duration > 0:
                yield Interval(inside.start, min(inside.end, inside.start + LONGEST))


def _snapped(at: Interval, spoken: Sequence[Interval]) -> Interval:
    """The part of a word's time in which there is speech.

    An aligned word begins where the one before it ended, so a word after a pause reaches back over the pause:
    the speech at its end counts.
    """
    near = bisect_right(spoken, at.end + _EARLY, key=lambda region: region.start) - 1
    if near < 0 or (spoken[near].end <= at.start and near + 1 < len(spoken)):
        near += 1  # it ends in the pause: it is the first word after it
    region = spoken[near]
    start = min(max(at.start, region.start), region.end)
    return Interval(start, max(start, min(at.end, region.end)))
