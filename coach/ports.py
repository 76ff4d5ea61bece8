"""The seams of the pipeline: what each part must offer, whoever makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from coach.domain.call import Call, Role, Turn
from coach.domain.observations import CallSpeech, Facts, Hits, LabelHit, PiiSpan, TurnSpeech
from coach.domain.recording import AudioQuality, DecodedAudio
from coach.domain.transcript import Diarization, Transcript

Report = Callable[[float], None]
"""Told the share (0..1) of the step that is done; may raise ``Cancelled`` to stop it."""


class Transcriber(Protocol):
    """Samples to words."""

    @property
    def name(self) -> str:
        """The model, as shown in the review."""
        ...

    def transcribe(self, audio: DecodedAudio, *, language: str | None, report: Report) -> Transcript:
        """Recognise all channels; ``language`` None lets the recogniser find it."""
        ...


class Diarizer(Protocol):
    """Samples of one channel to anonymous speakers."""

    def diarize(self, audio: DecodedAudio, *, report: Report) -> Diarization:
        """Tell the speakers of a mono recording apart."""
        ...


class TurnClassifier(Protocol):
    """Turns to labels of the rubric."""

    @property
    def name(self) -> str:
        """The model and its version, as shown in the review."""
        ...

    def classify(self, turns: Sequence[Turn], *, playbook: str, coached: Role) -> Hits:
        """Labels of each turn in its context, in the order of ``turns``."""
        ...


class PiiDetector(Protocol):
    """Turns to personal data."""

    def detect(self, turns: Sequence[Turn], *, language: str) -> tuple[tuple[PiiSpan, ...], ...]:
        """Spans of each turn, in the order of ``turns``; numbers may run over several turns."""
        ...


class FactFinder(Protocol):
    """A call and its labels to amounts, dates, plans, promises and who was told."""

    def find(self, call: Call, labels: Sequence[Sequence[LabelHit]]) -> Facts:
        """The joined facts of the call."""
        ...


class SpeechMeter(Protocol):
    """Samples and turns to the manner of speaking."""

    def measure(self, audio: DecodedAudio, call: Call) -> tuple[tuple[TurnSpeech, ...], CallSpeech]:
        """Measures by turn, and over the call."""
        ...

    def quality(self, audio: DecodedAudio, turns: Sequence[Turn]) -> AudioQuality:
        """What the sound allows."""
        ...
