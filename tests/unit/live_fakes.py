"""Scripted parts of a live session: a voice where the samples are loud, and words by the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.audio.samples import Samples
from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Facts, Hits, LabelHit, PiiSpan
from coach.domain.recording import DecodedAudio
from coach.domain.time import Interval
from coach.domain.transcript import Segment, Word
from coach.live.capture import Capture
from coach.live.conversation import Conversation
from coach.live.folder import LiveOrder, SessionFolder, new_session
from coach.live.hearing import Listener
from coach.live.judging import LiveJudge
from coach.live.session import LiveSession
from coach.live.sources import FileSource, Source
from coach.live.tape import RATE
from coach.pipeline import Judges
from coach.playbooks import load


@dataclass(frozen=True)
class Said:
    """Somebody says ``text`` on ``channel`` from ``start`` to ``end``."""

    channel: int
    start: float
    end: float
    text: str


class LoudIsVoice:
    """A voice wherever it is not silent."""

    def probability(self, frame: Samples) -> float:
        return 0.9 if float(np.abs(frame).max()) > 0.01 else 0.02


@dataclass
class ScriptedHears:
    """Knows the script; what was asked of it is in ``asked``."""

    script: Sequence[Said]
    asked: list[tuple[float, float]] = field(default_factory=list)
    fails_at: float = float("inf")

    def hear(
        self,
        samples: Samples,
        *,
        starts: float,
        language: str,
        speech_share: float,
        channel: int | None,
        before: tuple[int, ...] = (),
    ) -> tuple[Segment | None, tuple[int, ...]]:
        ends = starts + len(samples) / RATE
        if ends > self.fails_at:
            raise RuntimeError("the words of a call: 我住在秀水街")
        self.asked.append((starts, ends))
        words = tuple(
            word
            for said in self.script
            if said.channel == (channel or 0)
            for word in _words(said)
            if starts - 0.05 <= word.interval.start and word.interval.end <= ends + 0.05
        )
        if not words:
            return None, ()
        at = words[0].interval.hull(words[-1].interval)
        return Segment("".join(word.text for word in words), at, words, 0.9, channel), ()

    def languages(self, samples: Samples) -> dict[str, float]:
        return {"zh": 0.9, "en": 0.1}


def _words(said: Said) -> list[Word]:
    edges = np.linspace(said.start, said.end, len(said.text) + 1).tolist()
    return [
        Word(letter, Interval(a, b), 0.9)
        for letter, a, b in zip(said.text, edges[:-1], edges[1:], strict=True)
    ]


class MarkedWords:
    """A classifier that knows labels by words that stand for them; ``read`` counts what it was given."""

    name = "marked words"

    def __init__(self, marks: dict[str, LabelId]) -> None:
        self.marks = marks
        self.read = 0

    def classify(self, turns: Sequence[Turn], *, playbook: str, coached: Role) -> Hits:
        self.read += len(turns)
        return tuple(
            tuple(LabelHit(label, 0.95) for mark, label in self.marks.items() if mark in turn.text)
            for turn in turns
        )


class NoPii:
    def detect(self, turns: Sequence[Turn], *, language: str) -> tuple[tuple[PiiSpan, ...], ...]:
        return ((),) * len(turns)


class NoFacts:
    def find(self, call: Call, labels: Sequence[Sequence[LabelHit]]) -> Facts:
        return Facts()


MARKS = {
    "后果自负": LabelId.THREAT,
    "没有钱": LabelId.HARDSHIP,
    "我理解": LabelId.EMPATHY,
    "下周还": LabelId.PROMISE,
    "跟您确认": LabelId.CONFIRM_COMMITMENT,
}


def judge(marks: dict[str, LabelId] | None = None) -> LiveJudge:
    classifier = MarkedWords(MARKS if marks is None else marks)
    return LiveJudge(load("collection"), Judges(classifier, NoPii(), NoFacts()))


def sound(script: Sequence[Said], seconds: float, channels: int = 2) -> np.ndarray:
    """Noise where somebody speaks."""
    frames = np.zeros((round(seconds * RATE), channels), np.int16)
    noise = np.random.default_rng(3).normal(0, 3_000, len(frames)).astype(np.int16)
    for said in script:
        first, last = round(said.start * RATE), round(said.end * RATE)
        frames[first:last, said.channel] = noise[first:last]
    return frames


def decoded(frames: np.ndarray, folder: Path) -> DecodedAudio:
    path = folder / "samples"
    path.write_bytes(np.ascontiguousarray(frames, "<i2").tobytes())
    return DecodedAudio(path, RATE, frames.shape[1], len(frames))


def session(
    folder: Path,
    script: Sequence[Said],
    seconds: float,
    *,
    hears: ScriptedHears | None = None,
    source: Source | None = None,
    order: LiveOrder | None = None,
    **options: object,
) -> tuple[LiveSession, SessionFolder]:
    """A session over scripted parts, as fast as it goes."""
    source = source or FileSource(decoded(sound(script, seconds), folder), speed=0.0)
    made = new_session(folder / "live", order or LiveOrder(language="zh", file="call.wav", speed=0.0))
    listener = Listener(hears or ScriptedHears(script), [LoudIsVoice(), LoudIsVoice()], language="zh")
    conversation = Conversation(coached=Role.AGENT, agent_channel="left", correct=lambda turns: turns)
    return (
        LiveSession(made, Capture([source]), listener, conversation, judge(), patient=True, **options),  # type: ignore[arg-type]
        made,
    )
