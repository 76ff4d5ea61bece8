"""SenseVoice and Paraformer (FunASR's models) by sherpa-onnx, behind the same port as Whisper.

For an office that has their weights: a folder with ``tokens.txt`` and ``model.int8.onnx`` or ``model.onnx``
in the form of sherpa-onnx, named ``sense-voice:FOLDER`` or ``paraformer:FOLDER``. Needs the extra ``sherpa``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from coach.domain.errors import ModelError
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval, Seconds
from coach.domain.transcript import Segment, Transcript, Word
from coach.language.normalise import Script
from coach.ports import Report
from coach.speech.voice import Voice, voices
from coach.speech.whisper import UNKNOWN_LANGUAGE, in_script
from coach.speech.windows import Window, windows

Kind = Literal["sense-voice", "paraformer"]
KINDS: tuple[Kind, ...] = ("sense-voice", "paraformer")
_AIM: Seconds = 20.0
_RATE = 16_000
_LONGEST: Seconds = 0.6
"""A token ends where the next begins, or after this."""
_NOT_TOLD = 0.9
"""These models tell no probability of a word; low enough for misheard terms to be mended."""
_SPACE = "▁"
_LANGUAGES = ("zh", "en", "yue", "ja", "ko")


@dataclass(frozen=True)
class SherpaTranscriber:
    """``folder`` holds the weights of a model of ``kind``."""

    kind: Kind
    folder: Path
    script: Script = "simplified"
    cpu_threads: int = 2

    @property
    def name(self) -> str:
        """The model as shown in the review."""
        return f"{self.kind} ({self.folder.name})"

    def transcribe(self, audio: DecodedAudio, *, language: str | None, report: Report) -> Transcript:
        """Recognise every channel by itself, speech only.

        The first window that is told to be in a language decides where none is given; Paraformer hears
        Mandarin. Raises ``ModelError`` when the package or the weights are missing, and what ``report``
        raises.
        """
        report(0.0)
        heard = [
            (voice, window)
            for voice in voices(audio)
            for window in windows(voice.regions(), until=audio.duration, aim=_AIM)
        ]
        heard.sort(key=lambda piece: piece[1].hull)
        found: list[Segment] = []
        told = language
        for done, (voice, window) in enumerate(heard, start=1):
            result = self._hear(voice, window)
            told = told or self._language(result)
            segment = self._segment(result, voice, window, told or UNKNOWN_LANGUAGE)
            if segment is not None:
                found.append(segment)
            report(done / len(heard))
        report(1.0)
        return Transcript(tuple(found), told or UNKNOWN_LANGUAGE, 1.0 if told else 0.0)

    @cached_property
    def _model(self) -> Any:
        try:
            import sherpa_onnx
        except ImportError:
            raise ModelError(
                f'{self.kind} needs sherpa-onnx; run: pip install "call-coach[sherpa]"'
            ) from None
        model, tokens = self._files()
        common: dict[str, Any] = {"tokens": tokens, "num_threads": self.cpu_threads}
        if self.kind == "paraformer":
            return sherpa_onnx.OfflineRecognizer.from_paraformer(paraformer=model, **common)
        return sherpa_onnx.OfflineRecognizer.from_sense_voice(model=model, use_itn=False, **common)

    def _files(self) -> tuple[str, str]:
        tokens = self.folder / "tokens.txt"
        for name in ("model.int8.onnx", "model.onnx"):
            if (self.folder / name).is_file() and tokens.is_file():
                return str(self.folder / name), str(tokens)
        raise ModelError(
            f"{self.folder} holds no {self.kind} model of sherpa-onnx (model.int8.onnx or model.onnx, and "
            "tokens.txt); check the path"
        )

    def _hear(self, voice: Voice, window: Window) -> Any:
        stream = self._model.create_stream()
        stream.accept_waveform(_RATE, window.samples(voice))
        self._model.decode_stream(stream)
        return stream.result

    def _language(self, result: Any) -> str | None:
        if not result.tokens:
            return None
        told = str(getattr(result, "lang", "")).strip("<|>")
        return told if told in _LANGUAGES else "zh" if self.kind == "paraformer" else None

    def _segment(self, result: Any, voice: Voice, window: Window, language: str) -> Segment | None:
        tokens = [str(token).replace(_SPACE, " ").replace("@@", "") for token in result.tokens]
        texts = in_script(tokens, self.script) if language == "zh" else tokens
        times = list(_times([float(second) for second in result.timestamps], window))
        words = tuple(Word(text, at, _NOT_TOLD) for text, at in zip(texts, times, strict=False) if text)
        if not "".join(word.text for word in words).strip():
            return None
        text = "".join(word.text for word in words).strip()
        at = words[0].interval.hull(words[-1].interval)
        return Segment(text, at, words, _NOT_TOLD, voice.channel)


def _times(starts: Sequence[Seconds], window: Window) -> Iterator[Interval]:
    """The recording's seconds of each token."""
    for i, start in enumerate(starts):
        after = starts[i + 1] if i + 1 < len(starts) else window.duration
        yield window.original(Interval(start, max(start, min(after, start + _LONGEST))))
