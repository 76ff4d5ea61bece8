"""Settings to ready objects; the only place that names concrete adapters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coach.domain.progress import Progress
from coach.domain.recording import DecodedAudio, Recording
from coach.domain.review import Review
from coach.settings import Settings
from coach.written import read_written

if TYPE_CHECKING:
    from coach.domain.call import Turn
    from coach.domain.playbook import Playbook
    from coach.pipeline import AudioListener, Circumstances, Ears, Judges
    from coach.store import ReviewStore, StoredCall

DEFAULT_PLAYBOOK = "collection"
PEAKS = 2_000
"""Points of the outline of the sound that a page draws."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of a call; None means: take it from the file or find it out.

    ``playbook`` is a name or the path of a YAML file, ``language`` ``zh`` or ``en``, ``agent_channel``
    ``left``, ``right`` or ``auto``.
    """

    playbook: str | None = None
    language: str | None = None
    started_at: datetime | None = None
    agent_channel: str = "auto"
    metadata: Mapping[str, str | float | bool] = field(default_factory=dict)


class Reviewer:
    """Reviews files; every model is loaded when it is first needed, and once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._playbooks: dict[str, Playbook] = {}

    def review(
        self,
        path: Path,
        options: Options | None = None,
        *,
        name: str | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        on_audio: AudioListener | None = None,
    ) -> Review:
        """Review one recording or written transcript (``.json``).

        ``name`` is what the user calls the file. Raises a ``CoachError`` that says what to do.
        """
        options = options or Options()
        listener = on_progress or _silent
        if path.suffix.lower() == ".json":
            return self._written(path, options, name or path.name, listener)
        from coach.pipeline import review_recording

        return review_recording(
            path,
            self._circumstances(options, None),
            name=name or path.name,
            ears=self.ears,
            judges=self.judges,
            max_hours=self.settings.max_hours,
            on_progress=listener,
            on_audio=on_audio,
        )

    def review_into(
        self,
        store: ReviewStore,
        path: Path,
        options: Options | None = None,
        *,
        title: str,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> StoredCall:
        """Review one file and keep the review, a playable copy of its sound and the outline of it."""
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="call-coach-") as folder:
            kept: list[tuple[Path, list[list[float]]]] = []

            def keep(recording: Recording, audio: DecodedAudio) -> None:
                from coach.audio.samples import peaks, playable

                kept.append((playable(audio, Path(folder) / "sound"), peaks(audio, PEAKS)))

            review = self.review(path, options, name=title, on_progress=on_progress, on_audio=keep)
            sound, outline = kept[0] if kept else (None, None)
            return store.add(review, title=title, audio=sound, peaks=outline)

    def _written(
        self, path: Path, options: Options, name: str, on_progress: Callable[[Progress], None]
    ) -> Review:
        from coach.pipeline import review_written

        written, digest = read_written(path)
        return review_written(
            written,
            written.id or digest,
            name,
            self._circumstances(options, written.playbook),
            judges=self.judges,
            on_progress=on_progress,
        )

    def _circumstances(self, options: Options, own_playbook: str | None) -> Circumstances:
        from coach.pipeline import Circumstances

        return Circumstances(
            playbook=self.playbook(options.playbook or own_playbook or DEFAULT_PLAYBOOK),
            language=options.language,
            started_at=options.started_at,
            agent_channel=options.agent_channel,
            metadata=options.metadata,
        )

    def playbook(self, name: str) -> Playbook:
        """The playbook of a name or path, read once; raises ``PlaybookError``."""
        from coach import playbooks

        if name not in self._playbooks:
            self._playbooks[name] = playbooks.load(name)
        return self._playbooks[name]

    @cached_property
    def ears(self) -> Ears:
        """The hearing side: recogniser, speakers, manner of speaking, correction."""
        from coach.pipeline import Ears
        from coach.speech.correct import Corrector
        from coach.speech.diarize import EmbeddingDiarizer
        from coach.speech.prosody import ProsodyMeter
        from coach.speech.whisper import WhisperTranscriber

        settings = self.settings
        return Ears(
            transcriber=WhisperTranscriber(
                settings.asr_model, script=settings.script, cpu_threads=settings.cpu_threads
            ),
            diarizer=EmbeddingDiarizer(settings.models_dir / "speaker_embedding"),
            meter=ProsodyMeter(),
            correct=Corrector(settings.lexicon).correct if settings.correct_words else _as_heard,
        )

    @cached_property
    def judges(self) -> Judges:
        """The judging side: labels, personal data, facts."""
        from coach.language.classifier import OnnxTurnClassifier
        from coach.language.facts import RuleFactFinder
        from coach.language.pii import RulePiiDetector
        from coach.pipeline import Judges

        return Judges(
            classifier=OnnxTurnClassifier(self.settings.models_dir / "turn_classifier"),
            pii=RulePiiDetector(),
            facts=RuleFactFinder(),
        )


def open_store(settings: Settings) -> ReviewStore:
    """The store of this user."""
    from coach.store import ReviewStore

    return ReviewStore(settings.data_dir)


def _silent(_progress: Progress) -> None:
    """Nobody listens."""


def _as_heard(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    return turns
