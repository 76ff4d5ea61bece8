"""Answers to hard lines, heard and judged in a thread of their own: the page never waits for a model."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache, cached_property

from coach.assembly import Reviewer
from coach.domain.call import Role, Turn
from coach.domain.errors import ModelError, RecordingError
from coach.practice.drill import Judged, judge
from coach.practice.lines import HardLine
from coach.settings import Settings
from coach.store import Desk
from coach.ui.resources import settings
from coach.work_folder import work_folder

LONGEST_MINUTES = 3.0
DRILL = "drill"
"""The kind of exercise as it is kept."""


class Unheard(RecordingError):
    """Nothing was said, or nothing was understood."""


class Drilling:
    """One thread, in which the models are loaded when the first answer comes, and stay."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="drill")

    def written(self, line: HardLine, answer: str) -> Future[Judged]:
        """Judge a typed answer."""
        return self._thread.submit(self._judge, line, answer)

    def spoken(self, line: HardLine, wav: bytes) -> Future[Judged]:
        """Hear an answer and judge it; the future raises ``Unheard`` where there are no words."""
        return self._thread.submit(self._hear, line, wav)

    @cached_property
    def _reviewer(self) -> Reviewer:
        return Reviewer(self._settings)

    def _judge(self, line: HardLine, answer: str) -> Judged:
        judges = self._reviewer.judges
        if judges.classifier is None:
            raise ModelError("the classifier is missing")
        return judge(
            line,
            answer,
            judges=judges,
            playbook=self._reviewer.playbook(line.playbook),
            today=datetime.now(UTC).astimezone(),
        )

    def _hear(self, line: HardLine, wav: bytes) -> Judged:
        words = self._words(wav, line.language)
        if not words:
            raise Unheard("no words were heard", kind="silent")
        return self._judge(line, words)

    def _words(self, wav: bytes, language: str) -> str:
        """What is said in a short recording; it is deleted when it was heard."""
        from coach.audio.files import decode, probe
        from coach.speech.align import spoken_turns

        ears = self._reviewer.ears
        with work_folder() as folder:
            file = folder / "answer.wav"
            file.write_bytes(wav)
            audio = decode(probe(file), folder / "samples", report=_unheard, max_hours=LONGEST_MINUTES / 60)
            heard = ears.transcriber.transcribe(audio, language=language, report=_unheard)
        turns = tuple(
            Turn(i, Role.AGENT, said.text, said.interval, said.words)
            for i, said in enumerate(spoken_turns(heard, None))
        )
        if language == "zh":
            turns = ears.correct(turns)
        return ("" if language == "zh" else " ").join(turn.text for turn in turns).strip()


def keep_answer(office: Desk, line: HardLine, judged: Judged) -> None:
    """Keep what came of an answer for the class results; its words are not kept."""
    found = judged.to_dict()
    result = {"who": office.actor.name, "points": found["points"], "faults": found["faults"]}
    office.keep_exercise(DRILL, f"line:{line.id}", float(judged.score), result)


@cache
def drilling() -> Drilling:
    """The one of this process."""
    return Drilling(settings())


def _unheard(_share: float) -> None:
    """It takes a moment."""
