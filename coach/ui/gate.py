"""The gate in front of everything that the server answers: pages, scripts, sound and the websocket.

With one account or none the page is for the person at this machine. With more, who has not signed in gets the
form to do so and nothing else. From beyond this machine only those come in who ask for the office's own name,
through a proxy that speaks TLS with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from coach.people import People

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_LOGIN: Final = "/login"
_OPEN: Final = ("/login", "/login/set", "/logout", "/_stcore/health")
"""What somebody who has not signed in may ask for."""


class Gate:
    """Lets in requests that were made to this machine by name, from whom may come in.

    A page of another site that points its own name at 127.0.0.1 (DNS rebinding) is refused, since the browser
    still sends that name. ``office`` is the name by which people who sign in reach the server over TLS;
    ``company_paths`` is what the company's sign-in needs before anybody has signed in.
    """

    def __init__(
        self,
        app: ASGIApp,
        people: Callable[[], People],
        cookie: str,
        office: str | None = None,
        company_paths: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self._app = app
        self._people = people
        self._cookie = cookie
        self._office = office
        self._company_paths = company_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None if scope["type"] == "lifespan" else await self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        name = _name(Headers(scope=scope))
        here = name in LOOPBACK and _is_near(scope)
        if not here and (self._office is None or name != self._office):
            if name in LOOPBACK:
                return PlainTextResponse("not from here", status_code=403)
            return PlainTextResponse("unknown host name", status_code=421)
        if not here and scope["scheme"] not in ("https", "wss"):
            return PlainTextResponse("only by https", status_code=403)
        people = self._people()
        if not await run_in_threadpool(people.sign_in_needed):
            # One person and no sign-in: he sits at this machine, whatever name was asked for.
            return None if here else _closed(403)
        if scope["type"] == "http" and scope["path"] in (*_OPEN, *self._company_paths()):
            return None
        token = HTTPConnection(scope).cookies.get(self._cookie)
        if await run_in_threadpool(people.actor, token) is not None:
            return None
        return _to_login(scope) if _wants_page(scope) else _closed(401)


def _is_near(scope: Scope) -> bool:
    """Whether the other end is this machine; what is no network address (a socket file) cannot be far."""
    client = scope.get("client")
    try:
        return client is None or ip_address(client[0]).is_loopback
    except ValueError:
        return True


def _wants_page(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and "text/html" in Headers(scope=scope).get("accept", "")
    )


def _to_login(scope: Scope) -> Response:
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"{_LOGIN}?next={quote(wanted, safe='')}", status_code=303)


def _closed(status: int) -> Response:
    return PlainTextResponse("sign in first", status_code=status)


def _name(headers: Mapping[str, str]) -> str:
    host = headers.get("host", "").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
