"""The samples for practice: their words, their sound, and the outline of it."""

from __future__ import annotations

import json
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

import coach
from coach.domain.call import Role, Turn
from coach.domain.errors import CoachError
from coach.domain.progress import Stage
from coach.domain.time import Interval
from coach.samples import Sample, sample_calls
from coach.work_folder import work_folder

FOLDER: Final = Path(coach.__file__).parents[1] / "sample_audio"
SAMPLE_PATH: Final = "coach/sample"
_POINTS = 1_200
_TYPES: Final = {".opus": "audio/ogg", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".flac": "audio/flac"}


@cache
def samples() -> dict[str, Sample]:
    """The samples by id; empty where the installation has none."""
    return {sample.id: sample for sample in sample_calls(FOLDER)}


@cache
def gold(sample_id: str) -> dict[str, Any]:
    """The labelled script of a known sample."""
    found: dict[str, Any] = json.loads((FOLDER / f"{sample_id}.gold.json").read_text(encoding="utf-8"))
    return found


def sample_turns(sample_id: str) -> tuple[Turn, ...]:
    """The words of a known sample, as they were written."""
    return tuple(
        Turn(turn["i"], Role(turn["speaker"]), turn["text"], Interval(turn["start"], turn["end"]))
        for turn in gold(sample_id)["turns"]
    )


@cache
def outline(sample_id: str) -> list[list[float]]:
    """The outline of a sample's sound by channel; empty where it cannot be decoded."""
    from coach.audio.files import decode, probe
    from coach.audio.samples import peaks

    with work_folder() as folder:
        try:
            audio = decode(probe(samples()[sample_id].path), folder / Stage.DECODE.value, report=_unheard)
        except CoachError:
            return []
        return [[round(peak, 3) for peak in channel] for channel in peaks(audio, _POINTS)]


def sample_address(sample_id: str) -> str:
    """Where the page gets the sound of a sample."""
    return f"{SAMPLE_PATH}/{sample_id}"


async def sample_sound(request: Request) -> Response:
    """The sound of a known sample; a name that is none is not found, whatever it says."""
    sample = (await run_in_threadpool(samples)).get(request.path_params["sample_id"])
    if sample is None:
        return PlainTextResponse("no such sample", status_code=404)
    kind = _TYPES.get(sample.path.suffix) or guess_type(sample.path.name)[0] or "application/octet-stream"
    return FileResponse(sample.path, media_type=kind, headers={"Cache-Control": "private, max-age=3600"})


def _unheard(_share: float) -> None:
    """It takes a moment."""
