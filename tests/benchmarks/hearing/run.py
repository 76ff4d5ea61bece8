"""One piece of the benchmark's work: a call in a condition, heard here and by plain faster-whisper."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from coach.assembly import Reviewer
from coach.domain.call import Role, Turn
from coach.domain.recording import DecodedAudio
from coach.pipeline import Ears
from coach.settings import Settings
from coach.speech.align import spoken_turns
from coach.speech.prosody import efforts
from coach.speech.roles import name_roles
from coach.speech.voice import voices
from tests.benchmarks.hearing import measures
from tests.benchmarks.hearing.calls import KeyedCall, decoded, mono, over, stored
from tests.benchmarks.hearing.wordless import RATE, wordless

COACHED = {"collection": Role.AGENT, "negotiation": Role.CUSTOMER}

THREADS = 1
PLAIN_WORDLESS_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Work:
    """A call to hear: mixed to mono in a condition, or as it is where ``condition`` is None.

    Plain faster-whisper hears what is mono too, unless ``plain`` is false.
    """

    group: str
    call: KeyedCall
    condition: str | None
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Silence:
    """Sound without words to hear: a made ``kind``, or a file."""

    kind: str
    seconds: float
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """Counts and CPU seconds of one piece of work; ``plain_*`` None where plain did not hear it."""

    work: Work
    length: int
    errors: int
    uncorrected: int
    plain_errors: int | None
    terms: tuple[int, int]
    plain_terms: tuple[int, int] | None
    parties: measures.Parties
    at_once: measures.AtOnce | None
    efforts: list[measures.Effort]
    seconds: float
    cpu: float
    plain_cpu: float | None
    speakers_cpu: float


@dataclass(frozen=True, slots=True)
class Invented:
    """Characters written where nobody speaks; ``plain`` in the first minute only."""

    work: Silence
    seconds: float
    ours: int
    plain: int


@dataclass(slots=True)
class _Clock:
    """CPU seconds of this process since it was made."""

    start: float = field(default_factory=time.process_time)

    def spent(self) -> float:
        """Seconds until now."""
        return time.process_time() - self.start


def hear(work: Work | Silence) -> Heard | Invented:
    """Do one piece of work."""
    with tempfile.TemporaryDirectory() as folder:
        if isinstance(work, Silence):
            return _silence(work, Path(folder))
        return _call(work, Path(folder))


def _call(work: Work, folder: Path) -> Heard:
    call = work.call
    audio = decoded(call.audio, folder)
    if work.condition is not None:
        audio = over(mono(audio, folder), work.condition, folder)
    compared = work.condition is not None and work.plain
    plain, plain_cpu = _plainly(audio) if compared else (None, None)
    clock = _Clock()
    voices(audio)
    diarization = _ears().diarizer.diarize(audio, report=_silent) if audio.channels == 1 else None
    speakers_cpu, clock = clock.spent(), _Clock()
    transcript = _ears().transcriber.transcribe(audio, language=None, report=_silent)
    cpu = clock.spent()
    spoken = spoken_turns(transcript, diarization)
    turns = name_roles(spoken, coached=COACHED[call.key["playbook"]], language=transcript.language)
    raw, turns = turns, _ears().correct(turns) if transcript.language == "zh" else turns
    errors, length = measures.errors(call.text, _text(turns), call.language)
    return Heard(
        work,
        length,
        errors,
        measures.errors(call.text, _text(raw), call.language)[0],
        None if plain is None else measures.errors(call.text, plain, call.language)[0],
        measures.terms(call.text, _text(turns)),
        None if plain is None else measures.terms(call.text, plain),
        measures.parties(turns, call.turns),
        measures.at_once(diarization.at_once or (), turns, call.turns) if diarization is not None else None,
        measures.raised(turns, efforts(audio, turns), call.turns),
        audio.duration,
        cpu,
        plain_cpu,
        speakers_cpu,
    )


def words_of(audio: DecodedAudio, model: str) -> str:
    """What is heard here with a model; it is not told the language."""
    transcript = _ears(model).transcriber.transcribe(audio, language=None, report=_silent)
    turns = name_roles(spoken_turns(transcript, None), coached=Role.AGENT, language=transcript.language)
    return _text(_ears(model).correct(turns) if transcript.language == "zh" else turns)


def plain_words_of(audio: DecodedAudio) -> str:
    """What plain faster-whisper hears with its defaults; it is not told the language."""
    return _plainly(audio)[0]


def _silence(work: Silence, folder: Path) -> Invented:
    if work.file is not None:
        audio = mono(decoded(work.file, folder), folder)
    else:
        audio = stored(wordless(work.kind, work.seconds).astype("f4"), folder / "samples", RATE)
    heard = [_ears().transcriber.transcribe(audio, language=lang, report=_silent) for lang in (None, "zh")]
    ours = sum(len(segment.text) for transcript in heard for segment in transcript.segments)
    first = min(audio.frames, round(PLAIN_WORDLESS_SECONDS * audio.sample_rate))
    plain, _cpu = _plainly(DecodedAudio(audio.path, audio.sample_rate, 1, first))
    return Invented(work, audio.duration, ours, len(plain.strip()))


def _plainly(audio: DecodedAudio) -> tuple[str, float]:
    """What faster-whisper hears with its defaults, and the CPU seconds of it."""
    from coach.audio.samples import read

    samples = read(audio, audio.whole, None)
    clock = _Clock()
    segments, _info = _plain_model().transcribe(samples)
    text = "".join(segment.text for segment in segments)
    return text, clock.spent()


@cache
def _plain_model():  # type: ignore[no-untyped-def]  # faster-whisper's own type
    from faster_whisper import WhisperModel

    from coach.speech.weights import whisper_base

    return WhisperModel(str(whisper_base()), device="cpu", compute_type="int8", cpu_threads=THREADS)


@cache
def _ears(model: str | None = None) -> Ears:
    settings = replace(Settings.read(), cpu_threads=THREADS)
    return Reviewer(settings if model is None else replace(settings, asr_model=model)).ears


def warm_up() -> None:
    """Load every model, so that no piece of work pays for it."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        audio = stored(np.asarray(wordless("noise", 5.0), np.float32), Path(folder) / "samples", RATE)
        _plainly(audio)
        _ears().diarizer.diarize(audio, report=_silent)
        _ears().transcriber.transcribe(audio, language="zh", report=_silent)


def _text(turns: tuple[Turn, ...]) -> str:
    return " ".join(turn.text for turn in turns)


def _silent(_done: float) -> None:
    """Nobody asks for progress."""
