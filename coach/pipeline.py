"""The order of the steps from a file to a review; the parts behind the ports are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from coach.audio.files import decode, probe
from coach.domain.call import AsrInfo, Call, Role, Turn
from coach.domain.observations import ObservedCall
from coach.domain.playbook import Playbook
from coach.domain.progress import Progress, Stage
from coach.domain.recording import DecodedAudio, Recording
from coach.domain.review import Review
from coach.domain.speaker_change import SpeakerChange, changed
from coach.domain.transcript import Diarization
from coach.ports import Diarizer, FactFinder, PiiDetector, Report, SpeechMeter, Transcriber, TurnClassifier
from coach.rules import evaluate
from coach.scoring import score
from coach.speech.align import spoken_turns
from coach.speech.roles import name_roles
from coach.work_folder import work_folder
from coach.written import WrittenCall, turns_of

ProgressListener = Callable[[Progress], None]
AudioListener = Callable[[Recording, DecodedAudio], None]
JUDGED_LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Ears:
    """What hears a recording; ``correct`` mends misheard words of named turns."""

    transcriber: Transcriber
    diarizer: Diarizer
    meter: SpeechMeter
    correct: Callable[[tuple[Turn, ...]], tuple[Turn, ...]]


@dataclass(frozen=True, slots=True)
class Judges:
    """What judges a call; ``classifier`` None where its weights are not there: then nothing is labelled."""

    classifier: TurnClassifier | None
    pii: PiiDetector
    facts: FactFinder


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the user knows of a call that its sound does not tell."""

    playbook: Playbook
    language: str | None = None
    started_at: datetime | None = None
    agent_channel: str = "auto"
    metadata: Mapping[str, str | float | bool] = field(default_factory=dict)


def review_recording(
    path: Path,
    circumstances: Circumstances,
    *,
    name: str,
    ears: Ears,
    judges: Judges,
    max_hours: float,
    on_progress: ProgressListener,
    on_audio: AudioListener | None = None,
) -> Review:
    """Hear and judge one recording.

    ``on_audio`` is called with the decoded samples before they are deleted. Raises ``RecordingError``,
    ``ModelError`` or ``Cancelled``; the decoded samples are deleted in any case.
    """
    recording = replace(probe(path), name=name)
    with work_folder() as folder:
        audio = decode(
            recording, folder / "samples", report=_stage(Stage.DECODE, on_progress), max_hours=max_hours
        )
        call = _hear(recording, audio, circumstances, ears, on_progress)
        observed = _observe(call, judges, on_progress)
        if call.turns:
            turn_speech, speech = ears.meter.measure(audio, call)
            observed = replace(observed, turn_speech=turn_speech, speech=speech)
        if on_audio is not None:
            on_audio(recording, audio)
    return _score(observed, circumstances.playbook, on_progress)


def review_written(
    written: WrittenCall,
    call_id: str,
    source: str,
    circumstances: Circumstances,
    *,
    judges: Judges,
    on_progress: ProgressListener,
) -> Review:
    """Judge a written transcript; no speech model is touched."""
    from coach.language.detect import detect_language

    turns = turns_of(written)
    language = circumstances.language or written.lang or detect_language(turn.text for turn in turns)
    call = Call(
        id=call_id,
        source=source,
        playbook=circumstances.playbook.id,
        coached=circumstances.playbook.coached,
        language=language,
        turns=turns,
        started_at=circumstances.started_at or written.started_at,
        duration=max((turn.interval.end for turn in turns if turn.interval), default=None),
        metadata={**written.metadata, **circumstances.metadata},
    )
    return _score(_observe(call, judges, on_progress), circumstances.playbook, on_progress)


def rescore(observed: ObservedCall, playbook: Playbook) -> Review:
    """Score observations again, after a person changed them or under another playbook."""
    findings = evaluate(observed, playbook)
    card = score(findings, playbook, observed=observed)
    return Review(
        observed=observed,
        scorecard=card,
        criteria=playbook.infos(),
        playbook_version=playbook.version,
    )


def reassign(review: Review, change: SpeakerChange, *, judges: Judges, playbook: Playbook) -> Review:
    """The review after a person said who speaks: labels, facts, manner and score anew, the words as heard.

    The machine's review stays in it (``Review.machine``). Raises ``ValueError`` for a change that cannot be.
    """
    from coach.speech.prosody import remeasured

    before = review.observed
    call = changed(before.call, change)
    observed = replace(_observe(call, judges, _unheard), turn_speech=before.turn_speech)
    if before.turn_speech is not None:
        turn_speech, speech = remeasured(call, before.turn_speech)
        observed = replace(observed, turn_speech=turn_speech, speech=speech)
    return replace(
        rescore(observed, playbook), changes=(*review.changes, change), machine=review.machine or review
    )


def take_back(review: Review, *, judges: Judges, playbook: Playbook) -> Review:
    """The review without the last change of its speakers; the machine's own one where it was the only one."""
    found = review.machine or review
    for change in review.changes[:-1]:
        found = reassign(found, change, judges=judges, playbook=playbook)
    return found


def _hear(
    recording: Recording,
    audio: DecodedAudio,
    circumstances: Circumstances,
    ears: Ears,
    on_progress: ProgressListener,
) -> Call:
    playbook = circumstances.playbook
    diarization: Diarization | None = None
    if audio.channels == 1:
        diarization = ears.diarizer.diarize(audio, report=_stage(Stage.SPEAKERS, on_progress))
    transcript = ears.transcriber.transcribe(
        audio, language=circumstances.language, report=_stage(Stage.TRANSCRIBE, on_progress)
    )
    turns = name_roles(
        spoken_turns(transcript, diarization),
        coached=playbook.coached,
        language=transcript.language,
        agent_channel=circumstances.agent_channel,
    )
    if transcript.language == "zh":
        turns = ears.correct(turns)
    return Call(
        id=recording.id,
        source=recording.name,
        playbook=playbook.id,
        coached=playbook.coached,
        language=transcript.language,
        turns=turns,
        started_at=circumstances.started_at,
        duration=audio.duration,
        channels=audio.channels,
        asr=AsrInfo(ears.transcriber.name, transcript.language, transcript.language_confidence),
        quality=ears.meter.quality(audio, turns),
        at_once=diarization.at_once if diarization is not None else None,
        metadata=circumstances.metadata,
    )


def _observe(call: Call, judges: Judges, on_progress: ProgressListener) -> ObservedCall:
    report = _stage(Stage.JUDGE, on_progress)
    report(0.0)
    judged = call.language in JUDGED_LANGUAGES and any(turn.role is not Role.UNKNOWN for turn in call.turns)
    labels = None
    if judged and judges.classifier is not None:
        labels = judges.classifier.classify(call.turns, playbook=call.playbook, coached=call.coached)
    report(0.7)
    pii = judges.pii.detect(call.turns, language=call.language)
    facts = judges.facts.find(call, labels if labels is not None else [()] * len(call.turns))
    report(1.0)
    return ObservedCall(call=call, labels=labels, pii=pii, facts=facts)


def _score(observed: ObservedCall, playbook: Playbook, on_progress: ProgressListener) -> Review:
    review = rescore(observed, playbook)
    on_progress(Progress(Stage.SCORE, 1.0))
    return review


def _unheard(_progress: Progress) -> None:
    """Nobody is told: it takes a moment."""


def _stage(stage: Stage, on_progress: ProgressListener) -> Report:
    def report(done: float) -> None:
        on_progress(Progress(stage, done))

    return report
