"""An order to a session: which sources, which channels, whose they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach.domain.call import Turn
from coach.domain.playbook import Playbook
from coach.live.capture import Capture
from coach.live.conversation import Conversation
from coach.live.device import DeviceSource
from coach.live.drill import DrillJudge
from coach.live.folder import LiveOrder, SessionFolder
from coach.live.hearing import Embeds, Hears, HearsVoice, Listener
from coach.live.judging import LiveJudge
from coach.live.session import LiveSession
from coach.live.sources import FileSource, Source, decoded
from coach.pipeline import Judges
from coach.practice.lines import HardLine, hard_line

DEFAULT_DEVICE = "default"


@dataclass(frozen=True, slots=True)
class LiveParts:
    """What the adapters are; models are loaded when they are first used."""

    hears: Hears
    activity: Callable[[], HearsVoice]
    embedder: Callable[[], Embeds]
    correct: Callable[[tuple[Turn, ...]], tuple[Turn, ...]]
    judges: Judges
    max_hours: float


def build(
    folder: SessionFolder,
    playbook: Playbook,
    parts: LiveParts,
    sources: Sequence[Source] | None = None,
) -> LiveSession:
    """A session that is ready to run, from ``sources`` or from those that its order names.

    Raises ``RecordingError`` for a file that cannot be played.
    """
    order = folder.order
    sources = sources or _sources(order, folder, parts.max_hours)
    alone = order.alone and len(sources) == 1 and sources[0].channels == 1
    capture = Capture(sources, silent=alone)
    listener = Listener(
        parts.hears,
        [parts.activity() for _ in range(capture.channels)],
        language=order.language,
        embedder=parts.embedder() if capture.channels == 1 else None,
    )
    line = None if order.drill is None else hard_line(order.drill)
    return LiveSession(
        folder,
        capture,
        listener,
        Conversation(
            coached=playbook.coached,
            agent_channel=agent_channel(order),
            correct=parts.correct,
            preface=() if line is None else line.preface,
        ),
        _judge(order, line, playbook, parts.judges),
        patient=order.file is not None and order.speed != 1.0,
        held=line is not None and line.sound is not None,
    )


def _judge(order: LiveOrder, line: HardLine | None, playbook: Playbook, judges: Judges) -> LiveJudge:
    if line is not None:
        return DrillJudge(line, playbook, judges)
    started_at = datetime.fromisoformat(order.started_at) if order.started_at is not None else None
    return LiveJudge(playbook, judges, started_at=started_at)


def agent_channel(order: LiveOrder) -> str:
    """Which channel of the tape is the agent's: ``left``, ``right``, or ``auto`` by what is said."""
    if order.file is not None:
        return "left" if order.alone else order.agent_channel
    if order.agent_device is not None and order.customer_device is not None:
        return "left"
    if not order.alone:
        return "auto"
    return "left" if order.agent_device is not None else "right"


def _sources(order: LiveOrder, folder: SessionFolder, max_hours: float) -> list[Source]:
    if order.file is not None:
        audio = decoded(Path(order.file), folder.path / "played.raw", max_hours=max_hours)
        return [FileSource(audio, speed=order.speed, keep=False)]
    devices = [one for one in (order.agent_device, order.customer_device) if one is not None]
    return [DeviceSource(_named(one)) for one in devices or [DEFAULT_DEVICE]]


def _named(device: str) -> str | None:
    return None if device == DEFAULT_DEVICE else device
