"""The sound of the hard lines, for the page."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from coach.practice.lines import HardLine, hard_lines

LINE_PATH: Final = "coach/line"


def line_address(line: HardLine) -> str | None:
    """Where the page gets a line's sound; None where it has none. It changes with the words."""
    return None if line.sound is None else f"{LINE_PATH}/{line.sound.name}"


async def line_sound(request: Request) -> Response:
    """A file of the catalogue; a name that is none of them is not found, whatever it says."""
    sounds = {line.sound.name: line.sound for line in hard_lines() if line.sound is not None}
    path = sounds.get(request.path_params["name"])
    if path is None:
        return PlainTextResponse("no such line", status_code=404)
    return FileResponse(path, media_type="audio/ogg", headers={"Cache-Control": "private, max-age=3600"})
