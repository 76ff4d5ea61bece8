"""A live session: sound to disk first, then to the recogniser; words to cues; all of it to the journal."""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from coach.domain.call import Turn
from coach.domain.errors import CoachError
from coach.domain.time import Seconds
from coach.live.capture import Capture
from coach.live.conversation import Conversation, shares
from coach.live.cues import Cue, Line
from coach.live.folder import Journal, SessionFolder, write_json
from coach.live.hearing import Listener, Tentative, Utterance
from coach.live.judging import LiveJudge
from coach.live.sources import Block, Clock
from coach.live.state import LiveState, Status
from coach.live.tape import RATE, Frames, Tape

_POLL: Seconds = 0.02
_SHOW_EVERY: Seconds = 0.25
_MOST_WAITING: Seconds = 4.0
"""A file that is played faster than it is heard waits; a device never does."""
_QUIET_DB = -90.0


@dataclass(frozen=True, slots=True)
class Timing:
    """How late the words of one utterance came, after the end of speech, and its cue after them."""

    ended: Seconds
    words_after: Seconds
    cue_after: Seconds | None


@dataclass
class _Shown:
    """What the threads have to tell; guarded by the session's lock."""

    status: Status = Status.STARTING
    turns: tuple[Turn, ...] = ()
    lines: tuple[Line, ...] = ()
    cues: list[Cue] = field(default_factory=list)
    marks: list[Seconds] = field(default_factory=list)
    tentative: list[str] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)
    error: str | None = None
    deaf: bool = False


class LiveSession:
    """One session from ``run`` to its end; ``ask`` may be called from anywhere meanwhile."""

    def __init__(
        self,
        folder: SessionFolder,
        capture: Capture,
        listener: Listener,
        conversation: Conversation,
        judge: LiveJudge,
        *,
        clock: Clock = time.monotonic,
        tape: Callable[[SessionFolder, int], Tape] = lambda folder, channels: Tape(folder.sound, channels),
        patient: bool = False,
        held: bool = False,
    ) -> None:
        """``held``: it begins paused, as long as the line of a drill is played."""
        self.folder = folder
        self.timings: list[Timing] = []
        self._capture = capture
        self._listener = listener
        self._conversation = conversation
        self._judge = judge
        self._clock = clock
        self._make_tape = tape
        self._patient = patient
        self._held = held
        self._waiting: queue.SimpleQueue[Frames | None] = queue.SimpleQueue()
        self._captured = 0
        self._heard = 0
        self._origin: float | None = None
        self._asked: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._shown = _Shown(turns=conversation.turns, lines=judge.blank())
        self._control_at = 0

    def ask(self, command: str) -> None:
        """``pause``, ``resume``, ``toggle``, ``mark`` or ``stop``."""
        self._asked.put(command)

    def run(self, on_state: Callable[[LiveState], None] | None = None) -> LiveState:
        """Capture until stopped or the sound ends; returns the last state. Whoever runs it holds the folder.

        Raises ``DeviceError`` when a device cannot be opened. A full disk ends it; the tape stays playable.
        """
        self._capture.start()
        journal = Journal(self.folder)
        journal.note("began", 0.0, order=asdict(self.folder.order))
        states = {line.criterion: line.state.value for line in self._shown.lines}
        journal.note("checklist", 0.0, lines=states)
        ear = threading.Thread(target=self._listen, args=(journal,), daemon=True)
        ear.start()
        try:
            self._record(journal, on_state)
        finally:
            self._capture.stop()
            self._waiting.put(None)
            while ear.is_alive():
                ear.join(_SHOW_EVERY)
                self._show(on_state)
            self._end(journal)
        last = self.state()
        self._show(on_state)
        return last

    def state(self) -> LiveState:
        """What is to be shown now."""
        with self._lock:
            shown = self._shown
            return LiveState(
                status=shown.status,
                elapsed=self._captured / RATE,
                levels=tuple(shown.levels),
                lag=max(0, self._captured - self._heard) / RATE,
                late=self.timings[-1].words_after if self.timings else None,
                shares={role.value: share for role, share in shares(shown.turns).items()},
                language=self._listener.language,
                turns=shown.turns,
                tentative=tuple(shown.tentative),
                lines=shown.lines,
                cues=tuple(shown.cues),
                marks=tuple(shown.marks),
                lost=self._capture.lost,
                shed=self._listener.tally.shed,
                dropped=self._capture.dropped,
                error=shown.error,
                deaf=shown.deaf,
            )

    # ---- the sound: to disk, then on ---------------------------------------------------------------------

    def _record(self, journal: Journal, on_state: Callable[[LiveState], None] | None) -> None:
        tape = self._make_tape(self.folder, self._capture.channels)
        self._set(status=Status.LISTENING)
        if self._held:
            self._pause(journal, True)
        shown_at, lost = 0.0, self._capture.lost
        try:
            while not self._stop.is_set() and not self._capture.ended:
                self._obey(journal)
                blocks = [] if self._holds_back() else self._capture.pull()
                for block in blocks:
                    tape.write(block.frames)
                    self._pass_on(block)
                if self._capture.lost != lost:
                    lost = self._capture.lost
                    journal.note("device", self._captured / RATE, lost=list(lost))
                if self._clock() - shown_at >= _SHOW_EVERY:
                    shown_at = self._clock()
                    self._show(on_state)
                if not blocks:
                    time.sleep(_POLL)
        except OSError as error:
            self._set(status=Status.DISK_FULL, error=error.strerror)
        else:
            self._set(status=Status.FINISHING)
        finally:
            tape.close()

    def _pass_on(self, block: Block) -> None:
        self._captured += len(block.frames)
        began = block.arrived - self._captured / RATE
        self._origin = began if self._origin is None else min(self._origin, began)
        self._set(levels=[_level(block.frames[:, channel]) for channel in range(block.frames.shape[1])])
        self._waiting.put(block.frames)

    def _holds_back(self) -> bool:
        return self._patient and self._captured - self._heard > _MOST_WAITING * RATE

    def _obey(self, journal: Journal) -> None:
        for command in [*self._from_file(), *self._from_queue()]:
            now = self._captured / RATE
            paused = self._shown.status is Status.PAUSED
            if command == "stop":
                self._stop.set()
            elif command == "mark":
                with self._lock:
                    self._shown.marks.append(now)
                journal.note("mark", now)
            elif command in ("pause", "toggle") and not paused:
                self._pause(journal, True)
            elif command in ("resume", "toggle") and paused:
                self._pause(journal, False)

    def _pause(self, journal: Journal, paused: bool) -> None:
        self._capture.pause(paused)
        self._origin = None if not paused else self._origin
        self._set(
            status=Status.PAUSED if paused else Status.LISTENING,
            levels=[_QUIET_DB] * self._capture.channels,
        )
        journal.note("pause" if paused else "resume", self._captured / RATE)

    def _from_queue(self) -> list[str]:
        return [self._asked.get() for _ in range(self._asked.qsize())]

    def _from_file(self) -> list[str]:
        if not self.folder.control.is_file():
            return []
        lines = self.folder.control.read_text(encoding="utf-8").splitlines()
        fresh, self._control_at = lines[self._control_at :], len(lines)
        return fresh

    # ---- the words ---------------------------------------------------------------------------------------

    def _listen(self, journal: Journal) -> None:
        """Hear until the sound ends; what goes wrong here is shown, and the recording goes on without it."""
        try:
            while (frames := self._waiting.get()) is not None:
                for heard in self._listener.feed(frames, behind=self._behind):
                    self._take(heard, journal)
                self._heard += len(frames)
            for heard in self._listener.flush():
                self._take(heard, journal)
        except Exception as error:
            # Frames only: an exception's text may hold words of the call.
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"
            self._set(error=str(error) if isinstance(error, CoachError) else where, deaf=True)
            while self._waiting.get() is not None:
                self._heard = self._captured

    def _behind(self) -> Seconds:
        return max(0.0, self._captured / RATE - self._listener.seconds)

    def _take(self, heard: Tentative | Utterance, journal: Journal) -> None:
        if isinstance(heard, Tentative):
            with self._lock:
                self._shown.tentative = _with(self._shown.tentative, heard)
            return
        language = self._listener.language or "zh"
        turns = self._conversation.add(heard, language)
        told = self._clock()
        self._set(turns=turns)
        segment = heard.segment
        journal.note(
            "words",
            heard.spoken_until,
            start=round(segment.interval.start, 2),
            end=round(segment.interval.end, 2),
            channel=heard.channel,
            text=segment.text,
        )
        judged = self._judge.judge(turns, language=language, new=segment.interval, now=self._captured / RATE)
        cue_after = None
        if judged is not None:
            self._note_lines(judged.lines, journal)
            with self._lock:
                self._shown.lines = judged.lines
                self._shown.cues.extend(judged.cues)
            cue_after = self._clock() - told if judged.cues else None
            for cue in judged.cues:
                journal.note("cue", cue.raised_at, cue=asdict(cue))
        if self._origin is not None:
            late = told - (self._origin + heard.spoken_until)
            self.timings.append(Timing(heard.spoken_until, late, cue_after))

    def _note_lines(self, lines: tuple[Line, ...], journal: Journal) -> None:
        before = {line.criterion: line.state for line in self._shown.lines}
        changed = {
            line.criterion: line.state.value for line in lines if before.get(line.criterion) is not line.state
        }
        if changed:
            journal.note("checklist", self._captured / RATE, lines=changed)

    # ---- showing and ending ------------------------------------------------------------------------------

    def _set(self, **values: object) -> None:
        with self._lock:
            for name, value in values.items():
                setattr(self._shown, name, value)

    def _show(self, on_state: Callable[[LiveState], None] | None) -> None:
        if on_state is not None:
            on_state(self.state())

    def _end(self, journal: Journal) -> None:
        if self._shown.status is not Status.DISK_FULL:
            self._set(status=Status.STOPPED)
        journal.note("ended", self._captured / RATE, status=self._shown.status.value)
        journal.close()


def keep_state(folder: SessionFolder) -> Callable[[LiveState], None]:
    """Writes every state to the folder, where the page reads it; a full disk does not end the session."""

    def write(state: LiveState) -> None:
        try:
            write_json(folder.state, state.to_dict())
        except OSError:
            return  # the tape says so, where it matters

    return write


def _with(tentative: Sequence[str], heard: Tentative) -> list[str]:
    found = [*tentative, *[""] * (heard.channel + 1 - len(tentative))]
    found[heard.channel] = heard.text
    return found


def _level(samples: Frames) -> float:
    power = float(np.mean((samples.astype(np.float32) / 32_768.0) ** 2)) if len(samples) else 0.0
    return max(_QUIET_DB, 10 * float(np.log10(power))) if power > 1e-9 else _QUIET_DB
