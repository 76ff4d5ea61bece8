"""The gate in front of everything that the server answers: pages, scripts, sound and the websocket.

This version has one user, the one at this machine; whoever adds accounts decides here who comes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


class Gate:
    """Lets in requests that were made to this machine by name.

    A page of another site that points its own name at 127.0.0.1 (DNS rebinding) is refused, since the browser
    still sends that name. ``also`` are further names under which the server is reached.
    """

    def __init__(self, app: ASGIApp, also: tuple[str, ...] = ()) -> None:
        self._app = app
        self._names = frozenset(LOOPBACK + also)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._admits(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("unknown host name", status_code=421)(scope, receive, send)

    def _admits(self, scope: Scope) -> bool:
        return _name(Headers(scope=scope)) in self._names


def _name(headers: Mapping[str, str]) -> str:
    host = headers.get("host", "").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
