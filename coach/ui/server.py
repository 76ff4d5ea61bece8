"""What the server adds to Streamlit: the gate, security headers, and routes for sound and scripts."""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Final

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.domain.errors import NoSuchCall
from coach.people import People
from coach.ui.company import open_paths
from coach.ui.company_login import company_routes
from coach.ui.components import ASSETS_PATH, assets, digest
from coach.ui.exports import EXPORT_PATH, export_call
from coach.ui.gate import Gate
from coach.ui.line_sound import LINE_PATH, line_sound
from coach.ui.login import login_routes
from coach.ui.resources import COOKIE, settings, store
from coach.ui.sample_sound import SAMPLE_PATH, sample_sound
from coach.ui.uploads import MIB, UploadBound, held

SCRIPT: Final = Path(__file__).parent / "page.py"
SOUND_PATH: Final = "coach/sound"
_SOUND_TYPES: Final = {".opus": "audio/ogg", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".flac": "audio/flac"}


def routes() -> list[BaseRoute]:
    """Signing in, sound and files by call id, and the scripts of the components."""
    return [
        *login_routes(),
        *company_routes(),
        Route(f"/{SOUND_PATH}/{{call_id:path}}", _sound),
        Route(f"/{SAMPLE_PATH}/{{sample_id:path}}", sample_sound),
        Route(f"/{LINE_PATH}/{{name:path}}", line_sound),
        Route(f"/{EXPORT_PATH}/{{kind}}/{{call_id:path}}", export_call),
        Route(f"/{ASSETS_PATH}/{{version}}/{{file:path}}", _asset),
    ]


def middleware() -> list[Middleware]:
    """Outermost first."""
    office = settings().office_name
    gate = Middleware(Gate, people=_people, cookie=COOKIE, office=office, company_paths=open_paths)
    return [Middleware(SecurityHeaders), gate, Middleware(UploadBound, held=held, most=_most_bytes)]


def _most_bytes() -> int:
    return settings().upload_mb * MIB


def _people() -> People:
    return People(store())


async def _sound(request: Request) -> Response:
    """The sound of a call of his, in ranges; anything else is not found, whatever its path says."""
    path = await run_in_threadpool(_playable, request.path_params["call_id"], request.cookies.get(COOKIE))
    if path is None:
        return PlainTextResponse("no such sound", status_code=404)
    kind = _SOUND_TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(path, media_type=kind, headers={"Cache-Control": "private, no-cache"})


def _playable(call_id: str, session: str | None) -> Path | None:
    actor = _people().actor(session)
    try:
        return None if actor is None else store().desk(actor).case(call_id).audio()
    except NoSuchCall:
        return None


async def _asset(request: Request) -> Response:
    path = assets().get(request.path_params["file"])
    if path is None or request.path_params["version"] != digest():
        return PlainTextResponse("no such script; reload the page", status_code=404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(path, media_type="text/javascript", headers=headers)


class SecurityHeaders:
    """Puts the content security policy and its companions on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_guards())
            await send(message)

        await self._app(scope, receive, send_guarded if scope["type"] == "http" else send)


@cache
def _guards() -> dict[str, str]:
    policy = {
        "default-src": "'self'",
        # blob: is how Streamlit loads a component; the hash is Streamlit's own line in its page.
        "script-src": " ".join(["'self'", "blob:", *_inline_scripts()]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "worker-src": "'self' blob:",
        # blob: is how Streamlit takes what was recorded at the page.
        "connect-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    }


def _inline_scripts() -> list[str]:
    """The hashes of the scripts that stand in Streamlit's page itself."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    return [f"'sha256-{base64.b64encode(sha256(s.encode()).digest()).decode()}'" for s in scripts]
