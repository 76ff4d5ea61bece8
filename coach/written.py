"""A written transcript (``.json``) as a call: the shape is checked here, at the border, once."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import ValidationError as ShapeError

from coach.domain.call import Role, Turn
from coach.domain.errors import TranscriptError
from coach.domain.time import FIRST_YEAR, LAST_YEAR, Interval, call_time

MAX_BYTES = 32 * 1024 * 1024
MAX_TURNS = 20_000
MAX_TURN_CHARACTERS = 20_000
"""More than an hour of one party's speech without a word of the other."""
MAX_SECONDS = 1_000_000.0
_WANTED = 'expected an object {"turns": [{"speaker": "agent", "text": "..."}]}'
_HINTS = {
    "literal_error": "use agent, customer, third_party or unknown",
    "missing": "the key is missing",
    "string_type": "a text is needed",
    "float_type": "a number is needed",
    "list_type": "a list is needed",
    "model_type": "an object is needed",
    "dict_type": "an object is needed",
    "json_invalid": "this is not JSON, or it breaks off",
    "too_long": f"at most {MAX_TURNS} turns are read; split it",
    "string_too_long": "it is too long; split a turn, shorten an id",
    "less_than_equal": f"at most {MAX_SECONDS:.0f} seconds",
    "datetime_parsing": "use ISO 8601, e.g. 2026-11-18T10:00+08:00",
    "datetime_from_date_parsing": "use ISO 8601, e.g. 2026-11-18T10:00+08:00",
    "value_error": f"a call begins between {FIRST_YEAR} and {LAST_YEAR}",
}
_LANGUAGES = {"cmn": "zh", "chi": "zh", "zho": "zh", "eng": "en", "auto": None, "": None}

Speaker = Literal["agent", "customer", "third_party", "unknown"]


class WrittenTurn(BaseModel):
    """One turn as the file has it; unknown keys are passed over (the labelled data has more)."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)

    speaker: Speaker
    text: Annotated[str, StringConstraints(max_length=MAX_TURN_CHARACTERS)]
    start: float | None = Field(default=None, ge=0, le=MAX_SECONDS)
    end: float | None = Field(default=None, ge=0, le=MAX_SECONDS)


def _number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _short_language(value: str) -> str | None:
    """The first part of a language tag (``zh-CN``, ``en_US``); None where it is to be found out."""
    first = value.strip().lower().replace("_", "-").partition("-")[0]
    return _LANGUAGES.get(first, first)


def _nothing_as_empty(value: object) -> object:
    return {} if value is None else value


class WrittenCall(BaseModel):
    """The file: turns and what is known of the call."""

    model_config = ConfigDict(extra="ignore")

    turns: Annotated[list[WrittenTurn], Field(max_length=MAX_TURNS)]
    id: Annotated[str | None, StringConstraints(max_length=200), BeforeValidator(_number_as_text)] = None
    lang: Annotated[str, StringConstraints(max_length=40), AfterValidator(_short_language)] | None = None
    playbook: str | None = None
    started_at: Annotated[datetime, AfterValidator(call_time)] | None = None
    metadata: Annotated[dict[str, str | float | bool], BeforeValidator(_nothing_as_empty)] = Field(
        default_factory=dict
    )


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
    if not data.strip():
        raise TranscriptError("not a transcript: the file is empty; was it copied to the end?")
    try:
        call = WrittenCall.model_validate_json(_text(data))
    except ShapeError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"][:3]) or "the file"
        raise TranscriptError(f"not a transcript: {place}: {_mistake(first['type'])}; {_WANTED}") from None
    return call, sha256(data).hexdigest()


def _text(data: bytes) -> str:
    """The characters of a JSON file: UTF-8, UTF-16 or UTF-32, with a byte order mark or without."""
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise TranscriptError("the transcript is not UTF-8; save the file as UTF-8 and try again") from None


def _mistake(kind: str) -> str:
    return _HINTS.get(kind, kind.replace("_", " "))


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
