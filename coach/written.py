"""A written transcript (``.json``) as a call: the shape is checked here, at the border, once."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from coach.domain.call import Role, Turn
from coach.domain.errors import TranscriptError
from coach.domain.time import Interval

MAX_BYTES = 32 * 1024 * 1024
MAX_TURNS = 20_000

Speaker = Literal["agent", "customer", "third_party", "unknown"]


class WrittenTurn(BaseModel):
    """One turn as the file has it; unknown keys are passed over (the labelled data has more)."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    speaker: Speaker
    text: Annotated[str, StringConstraints(max_length=100_000)]
    start: float | None = Field(default=None, ge=0)
    end: float | None = Field(default=None, ge=0)


class WrittenCall(BaseModel):
    """The file: turns and what is known of the call."""

    model_config = ConfigDict(extra="ignore")

    turns: Annotated[list[WrittenTurn], Field(max_length=MAX_TURNS)]
    id: Annotated[str, StringConstraints(max_length=200)] | None = None
    lang: str | None = None
    playbook: str | None = None
    started_at: datetime | None = None
    metadata: dict[str, str | float | bool] = Field(default_factory=dict)


def read_written(path: Path) -> tuple[WrittenCall, str]:
    """The transcript in ``path`` and the SHA-256 of its bytes.

    Raises ``TranscriptError`` that names the place of the mistake and never the words found there.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TranscriptError(f"the transcript has {size} bytes, at most {MAX_BYTES} are read; split it")
        data = path.read_bytes()
    except OSError as error:
        raise TranscriptError(f"the transcript cannot be read: {error.strerror}") from None
    try:
        call = WrittenCall.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise TranscriptError(
            f"not a transcript: {place}: {_plain(first['type'])}; "
            'expected an object {"turns": [{"speaker": "agent", "text": "..."}]}'
        ) from None
    return call, sha256(data).hexdigest()


def turns_of(written: WrittenCall) -> tuple[Turn, ...]:
    """The turns of a written call; times are kept where both start and end are given in order."""
    return tuple(
        Turn(i=i, role=Role(turn.speaker), text=turn.text.strip(), interval=_interval(turn))
        for i, turn in enumerate(written.turns)
    )


def _interval(turn: WrittenTurn) -> Interval | None:
    if turn.start is None or turn.end is None or turn.end < turn.start:
        return None
    return Interval(turn.start, turn.end)


def _plain(kind: str) -> str:
    return kind.replace("_", " ")
