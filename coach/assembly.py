"""Settings to ready objects; the only place that names concrete adapters."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coach.domain.errors import RecordingError, TranscriptError
from coach.domain.progress import Progress
from coach.domain.recording import DecodedAudio, Recording
from coach.domain.review import Review
from coach.domain.time import call_time
from coach.settings import Settings
from coach.work_folder import work_folder
from coach.written import WrittenCall, read_written

if TYPE_CHECKING:
    from coach.domain.call import Turn
    from coach.domain.playbook import Playbook
    from coach.live.compare import Differences
    from coach.live.folder import SessionFolder
    from coach.live.session import LiveSession
    from coach.live.sources import Source
    from coach.live.state import LiveState
    from coach.pipeline import AudioListener, Circumstances, Ears, Judges
    from coach.store import Desk, ReviewStore, StoredCall

DEFAULT_PLAYBOOK = "collection"
AGENT_CHANNELS = ("auto", "left", "right")
PEAKS = 2_000
"""Points of the outline of the sound that a page draws."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of a call; None means: take it from the file or find it out.

    ``playbook`` is a name or the path of a YAML file, ``language`` ``zh`` or ``en``, ``agent_channel``
    ``left``, ``right`` or ``auto``. With ``file_first`` day, language and built-in playbook that a written
    transcript names itself hold before these. Raises ``ValueError`` for a channel or a year that cannot be.
    """

    playbook: str | None = None
    language: str | None = None
    started_at: datetime | None = None
    agent_channel: str = "auto"
    metadata: Mapping[str, str | float | bool] = field(default_factory=dict)
    file_first: bool = False

    def __post_init__(self) -> None:
        if self.agent_channel not in AGENT_CHANNELS:
            raise ValueError(f"agent_channel {self.agent_channel!r}: use one of {', '.join(AGENT_CHANNELS)}")
        if self.started_at is not None:
            call_time(self.started_at)


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
        if path.is_dir():
            raise RecordingError("is a folder; name the files in it, e.g. FOLDER/*")
        if path.suffix.lower() == ".json":
            return self._written(path, options, name or _name(path), listener)
        from coach.pipeline import review_recording

        return review_recording(
            path,
            self._circumstances(options, options.playbook),
            name=name or _name(path),
            ears=self.ears,
            judges=self.judges,
            max_hours=self.settings.max_hours,
            on_progress=listener,
            on_audio=on_audio,
        )

    def review_into(
        self,
        store: ReviewStore | Desk,
        path: Path,
        options: Options | None = None,
        *,
        title: str,
        agent: str | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> StoredCall:
        """Review one file and keep the review, a playable copy of its sound and the outline of it.

        ``agent`` is the account that owns the call.
        """
        from coach import playbooks

        with work_folder() as folder:
            kept: list[tuple[Path, list[list[float]]]] = []

            def keep(recording: Recording, audio: DecodedAudio) -> None:
                from coach.audio.samples import peaks, playable

                kept.append((playable(audio, folder / "sound"), peaks(audio, PEAKS)))

            review = self.review(path, options, name=title, on_progress=on_progress, on_audio=keep)
            sound, outline = kept[0] if kept else (None, None)
            chosen = options.playbook if options is not None else None
            if chosen is None or chosen in playbooks.names():  # a transcript may have named another
                chosen = review.observed.call.playbook
            return store.add(
                review,
                title=title,
                audio=sound,
                peaks=outline,
                agent=agent,
                playbook_source=playbooks.source(chosen),
            )

    def _written(
        self, path: Path, options: Options, name: str, on_progress: Callable[[Progress], None]
    ) -> Review:
        from coach.pipeline import review_written

        written, digest = read_written(path)
        if options.file_first:
            options = _as_it_says(written, options)
        return review_written(
            written,
            written.id or digest,
            name,
            self._circumstances(options, options.playbook or _own_playbook(written)),
            judges=self.judges,
            on_progress=on_progress,
        )

    def _circumstances(self, options: Options, playbook: str | None) -> Circumstances:
        from coach.pipeline import Circumstances

        return Circumstances(
            playbook=self.playbook(playbook or DEFAULT_PLAYBOOK),
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
        from coach.speech.at_once import OverlapDetector
        from coach.speech.correct import Corrector
        from coach.speech.diarize import EmbeddingDiarizer
        from coach.speech.prosody import ProsodyMeter
        from coach.speech.recognisers import recogniser

        settings, models = self.settings, self.settings.models_dir
        return Ears(
            transcriber=recogniser(
                settings.asr_model, script=settings.script, cpu_threads=settings.cpu_threads
            ),
            diarizer=EmbeddingDiarizer(
                models / "speaker_embedding", OverlapDetector(models / "overlap_detector")
            ),
            meter=ProsodyMeter(),
            correct=Corrector(settings.lexicon).correct if settings.correct_words else _as_heard,
        )

    @cached_property
    def judges(self) -> Judges:
        """The judging side: labels, personal data, facts."""
        from coach.language.classifier import OnnxTurnClassifier
        from coach.language.facts import RuleFactFinder
        from coach.language.pii import RulePiiDetector, Tagger
        from coach.language.second_look import SecondLook
        from coach.pipeline import Judges

        models = self.settings.models_dir
        return Judges(
            classifier=SecondLook(OnnxTurnClassifier(models / "turn_classifier")),
            pii=RulePiiDetector(Tagger(models / "pii_tagger")),
            facts=RuleFactFinder(),
        )


def live_session(
    reviewer: Reviewer, folder: SessionFolder, *, sources: Sequence[Source] | None = None
) -> LiveSession:
    """A session of what ``folder`` asks for, with warm models; ``sources`` in place of those it names.

    Judged as a review is, but for the spans of the words that carry a fault, which take too long.
    """
    from coach.live.wiring import LiveParts, build
    from coach.speech import embedding
    from coach.speech.streaming import UtteranceRecogniser, VoiceActivity

    settings, models = reviewer.settings, reviewer.settings.models_dir
    hears = UtteranceRecogniser(settings.asr_model, script=settings.script)
    hears.warm(folder.order.language or "zh")
    playbook, judges = reviewer.playbook(folder.order.playbook), _quick_judges(reviewer)
    _warm(playbook, judges)
    return build(
        folder,
        playbook,
        LiveParts(
            hears=hears,
            activity=VoiceActivity,
            embedder=lambda: embedding.load(models / "speaker_embedding"),
            correct=reviewer.ears.correct,
            judges=judges,
            max_hours=settings.max_hours,
        ),
        sources,
    )


def _warm(playbook: Playbook, judges: Judges) -> None:
    """Judge a greeting, so that what is read when it is first needed does not keep the first cue waiting."""
    from coach.domain.call import Turn
    from coach.domain.time import Interval
    from coach.live.judging import LiveJudge

    said = Interval(0.0, 1.0)
    greeting = Turn(0, playbook.coached, "您好，请问是张先生吗？", interval=said)
    LiveJudge(playbook, judges).judge([greeting], language="zh", new=said, now=said.end)


def _quick_judges(reviewer: Reviewer) -> Judges:
    """The judges without the search for the words that carry a fault."""
    from dataclasses import replace

    from coach.language.classifier import OnnxTurnClassifier

    folder = reviewer.settings.models_dir / "turn_classifier"
    return replace(reviewer.judges, classifier=OnnxTurnClassifier(folder, explained=0))


def judge_drill(reviewer: Reviewer, folder: SessionFolder, state: LiveState) -> None:
    """Leave in ``folder`` what the answer did with which a drill ended in ``state``.

    Raises ``RecordingError`` where nothing was said.
    """
    from coach.live.drill import answer_of
    from coach.live.folder import write_json
    from coach.practice.drill import judge
    from coach.practice.lines import hard_line

    line = hard_line(folder.order.drill or "")
    answer = answer_of(line, state.turns)
    if not answer.strip():
        raise RecordingError("no words were heard in the answer", kind="silent")
    found = judge(
        line,
        answer,
        judges=reviewer.judges,
        playbook=reviewer.playbook(line.playbook),
        today=datetime.now(UTC).astimezone(),
    )
    write_json(folder.outcome, {"drill": {"line": line.id, **found.to_dict()}})


def review_live(
    reviewer: Reviewer,
    store: ReviewStore,
    folder: SessionFolder,
    *,
    title: str,
    on_progress: Callable[[Progress], None] | None = None,
) -> tuple[StoredCall, Differences]:
    """The full review of a session's tape into the store, and what the live cues said differently.

    Sound and words then are the store's only, so that erasing the call there erases them. Raises what a
    review raises; the session is then left as it was.
    """
    from coach.live.compare import compare, last_lines, raised_faults
    from coach.live.folder import write_json
    from coach.live.tape import mend

    mend(folder.sound)
    stored = reviewer.review_into(
        store,
        folder.sound,
        live_options(folder),
        title=title,
        agent=folder.order.account,
        on_progress=on_progress,
    )
    review = store.review(stored.id)
    found = compare(raised_faults(folder.events()), last_lines(folder.events()), review)
    write_json(folder.outcome, {"call_id": stored.id, "differences": found.to_dict()})
    return stored, found


def live_options(folder: SessionFolder) -> Options:
    """What the review of a session's tape has to know of it."""
    from coach.live.wiring import agent_channel

    order = folder.order
    return Options(
        playbook=order.playbook,
        language=order.language,
        started_at=datetime.fromisoformat(order.started_at) if order.started_at is not None else None,
        agent_channel=agent_channel(order),
    )


def open_store(settings: Settings) -> ReviewStore:
    """The store of this user."""
    from coach.store import ReviewStore

    return ReviewStore(settings.data_dir, settings.store_url)


def _own_playbook(written: WrittenCall) -> str | None:
    """The playbook that a transcript names: a name only, since a file from elsewhere may not open others."""
    from coach import playbooks

    if written.playbook is not None and written.playbook not in playbooks.names():
        raise TranscriptError(
            f"not a transcript: playbook: it can only be {' or '.join(playbooks.names())}; "
            "another one is given with --playbook"
        )
    return written.playbook


def _as_it_says(written: WrittenCall, options: Options) -> Options:
    """``options`` with what the transcript says of itself; a playbook of the office's own stays chosen."""
    from coach import playbooks

    own = _own_playbook(written) if options.playbook in (None, *playbooks.names()) else None
    return replace(
        options,
        playbook=own or options.playbook,
        language=written.lang or options.language,
        started_at=written.started_at or options.started_at,
    )


def _name(path: Path) -> str:
    """The file's name as text; bytes of it that are no text become question marks."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _silent(_progress: Progress) -> None:
    """Nobody listens."""


def _as_heard(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    return turns
