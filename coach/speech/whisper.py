"""The recogniser: any Whisper that faster-whisper opens, int8 on the processor."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from coach.audio.samples import Samples
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds
from coach.domain.transcript import Segment, Transcript, Word
from coach.language.normalise import Script, to_script
from coach.ports import Report
from coach.speech import decoding, guards
from coach.speech.loaded import LoadedWhisper
from coach.speech.voice import Voice, voices
from coach.speech.windows import LONGEST, Window, windows

PROMPTS = {"zh": "以下是普通话的句子，使用简体中文。"}
"""Buys punctuation and one script; a longer one, or hot words, are written down where nobody speaks."""
UNKNOWN_LANGUAGE = "und"
_AIM: Seconds = 27.0
"""Character errors on five Mandarin samples: 0.062 with 27 s, 0.082 with 20 s, 0.081 with 15 s."""
_SURE_OF_LANGUAGE = 0.8
_LEAST_SURE_OF_LANGUAGE = 0.3
_LISTEN_AGAIN: Seconds = 1.6
_SURELY_SPEECH = 0.4
_LONGEST_CHARACTER: Seconds = 1.2
_LONGEST_WORD: Seconds = 2.0
"""A character or a word that takes longer has speech in it that was skipped."""
_USUAL_CHARACTER: Seconds = 0.3
_CLAUSE = re.compile(r"[\w\s]+|[^\w\s]+")
_HAN = re.compile("[㐀-鿿]")
_EARLY: Seconds = 0.06
"""Aligned words end a little before their sound does."""


@dataclass(frozen=True)
class WhisperTranscriber(LoadedWhisper):
    """Recordings to words; more texts are compared than while somebody speaks."""

    compared: int = 8

    def transcribe(self, audio: DecodedAudio, *, language: str | None, report: Report) -> Transcript:
        """Recognise every channel by itself, speech only.

        Raises ``ModelError`` when the weights are missing, and what ``report`` raises.
        """
        report(0.0)
        heard = [
            Piece(voice, window, spoken)
            for voice in voices(audio)
            for spoken in (voice.regions(),)
            for window in windows(spoken, until=audio.duration, aim=_AIM)
        ]
        heard.sort(key=lambda piece: piece.window.hull)
        spoken, sure = (language, 1.0) if language and heard else self._language(heard)
        segments: list[Segment] = []
        if spoken != UNKNOWN_LANGUAGE:
            total, done = sum(piece.window.duration for piece in heard), 0.0
            for piece, found in self._segments(heard, spoken):
                segments.extend(found)
                done += piece.window.duration
                report(min(1.0, done / total))
        report(1.0)
        segments.sort(key=lambda segment: (segment.interval.start, segment.channel or 0))
        return Transcript(tuple(segments), spoken, sure)

    def _language(self, heard: Sequence[Piece]) -> tuple[str, float]:
        """The language of the call, from up to three of its longest windows."""
        totals: dict[str, float] = {}
        best, share = UNKNOWN_LANGUAGE, 0.0
        longest = sorted(heard, key=lambda piece: -piece.window.duration)[:3]
        for count, piece in enumerate(longest, start=1):
            for language, probability in self._decoder("en").language(piece.samples()).items():
                totals[language] = totals.get(language, 0.0) + probability
            best = max(totals, key=lambda language: totals[language])
            share = totals[best] / count
            if share >= _SURE_OF_LANGUAGE:
                break
        return (best, share) if share >= _LEAST_SURE_OF_LANGUAGE else (UNKNOWN_LANGUAGE, share)

    def _segments(self, heard: Sequence[Piece], language: str) -> Iterator[tuple[Piece, list[Segment]]]:
        """Each window in the order of time; what was said just before, by whomever, is its context."""
        before: tuple[int, ...] = ()
        for piece in heard:
            segment, before = self._segment(piece, language, before)
            yield piece, [segment, *self._unheard(piece, segment, language)] if segment else []

    def _segment(
        self, piece: Piece, language: str, before: tuple[int, ...]
    ) -> tuple[Segment | None, tuple[int, ...]]:
        prompt = PROMPTS.get(language, "")
        heard = self._decoder(language).hear(piece.samples(), prompt=prompt, before=before)
        if not heard.words or self._invented(heard, piece, prompt):
            return None, ()
        texts = [word.text for word in heard.words]
        times = [
            _snapped(piece.window.original(_tight(word, last=word is heard.words[-1])), piece.spoken)
            for word in heard.words
        ]
        written = in_script(texts, self.script) if language == "zh" else texts
        words = tuple(
            Word(text, at, word.confidence)
            for text, at, word in zip(written, times, heard.words, strict=True)
        )
        text = "".join(word.text for word in words).strip()
        confidence = sum(word.confidence for word in words) / len(words)
        at = words[0].interval.hull(words[-1].interval)
        return Segment(text, at, words, confidence, piece.voice.channel), heard.tokens

    def _invented(self, heard: decoding.Heard, piece: Piece, prompt: str) -> bool:
        return guards.echoes(heard.text, prompt) or guards.invented(
            heard.text,
            log_probability=heard.log_probability,
            speech_share=max(piece.voice.speech_share(part) for part in piece.window.parts),
            seconds=piece.window.duration,
        )

    def _unheard(self, piece: Piece, segment: Segment, language: str) -> list[Segment]:
        """Stretches of sure speech that got next to no words, heard again by themselves."""
        found = []
        for gap in _gaps(segment.words, piece.window):
            if gap.duration >= _LISTEN_AGAIN and piece.voice.speech_share(gap) > _SURELY_SPEECH:
                alone, _ = self._segment(replace(piece, window=Window((gap,))), language, ())
                if alone is not None:
                    found.append(alone)
        return found


@dataclass(frozen=True, slots=True)
class Piece:
    """What is heard at once: a window of one voice, and where that voice speaks in the recording."""

    voice: Voice
    window: Window
    spoken: tuple[Interval, ...]

    def samples(self) -> Samples:
        """Its sound."""
        return self.window.samples(self.voice)


def in_script(texts: Sequence[str], script: Script) -> list[str]:
    """The words in a script; converted together, for what a character becomes depends on its neighbours."""
    whole = "".join(texts)
    converted = "".join(_as_long(clause, script) for clause in _CLAUSE.findall(whole))
    if len(converted) != len(whole):
        return [to_script(text, script) for text in texts]
    edges = list(accumulate(map(len, texts), initial=0))
    return [converted[a:b] for a, b in pairwise(edges)]


def _as_long(clause: str, script: Script) -> str:
    """A clause in the script; a word of Taiwan that is longer or shorter would move the characters' times."""
    converted = to_script(clause, script)
    if script == "taiwan" and len(converted) != len(clause):
        return to_script(clause, "traditional")
    return converted


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


def _tight(word: decoding.HeardWord, *, last: bool) -> Interval:
    """A word's time, without the speech that the recogniser skipped and the alignment gave to it.

    What was skipped lies before the next word, and after the last one; it is heard again by itself.
    """
    at = word.interval
    letters = len(word.text.strip()) or 1
    longest = _LONGEST_CHARACTER * letters if _HAN.search(word.text) else _LONGEST_WORD
    if at.duration <= longest:
        return at
    usual = _USUAL_CHARACTER * letters
    return Interval(at.start, at.start + usual) if last else Interval(at.end - usual, at.end)


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
