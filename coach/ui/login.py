"""The way in: the form to sign in, the form to set a password by a one-time link, and the way out.

Plain HTML without a script. Each form carries a token that a cookie of the same visitor must repeat, so that
another site cannot post it for him.
"""

from __future__ import annotations

import html
import secrets
import time
from collections import deque
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from coach.domain.errors import StoreError
from coach.domain.text import UiLanguage
from coach.people.people import LONGEST, SHORTEST
from coach.ui import company, i18n
from coach.ui.company import COMPANY
from coach.ui.resources import COOKIE, people
from coach.ui.speak import COOKIE as LANGUAGE_COOKIE

LOGIN, SET, LOGOUT = "/login", "/login/set", "/logout"
FORM_COOKIE: Final = "coach_form"
MOST_BYTES: Final = 8_192
YEAR_S: Final = 365 * 24 * 60 * 60
TRIES_A_MINUTE: Final = 20
"""From one address; the account's own lock comes much earlier."""


def login_routes() -> list[BaseRoute]:
    """Signing in and out."""
    return [
        Route(LOGIN, _show_login),
        Route(LOGIN, _sign_in, methods=["POST"]),
        Route(SET, _show_set),
        Route(SET, _set_password, methods=["POST"]),
        Route(LOGOUT, _show_logout),
        Route(LOGOUT, _sign_out, methods=["POST"]),
    ]


class Throttle:
    """At most ``most`` tries a minute from one address; ``clock`` gives seconds."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._tries: dict[str, deque[float]] = {}

    def admits(self, address: str) -> bool:
        """Count a try; False when there were too many."""
        now = self._clock()
        if len(self._tries) > 10_000:
            self._tries.clear()
        tries = self._tries.setdefault(address, deque())
        while tries and now - tries[0] > 60:
            tries.popleft()
        if len(tries) >= self._most:
            return False
        tries.append(now)
        return True


_throttle = Throttle(TRIES_A_MINUTE)


async def _show_login(request: Request) -> Response:
    if not await run_in_threadpool(people().sign_in_needed):
        return RedirectResponse("/", status_code=303)
    if company.has_come(request):
        return RedirectResponse(COMPANY, status_code=303)
    return _login_page(request)


async def _sign_in(request: Request) -> Response:
    form = await _form(request)
    if form is None:
        return _login_page(request, "retry", status=400)
    if not _throttle.admits(_address(request)):
        return _login_page(request, "busy", status=429)
    token = await run_in_threadpool(people().sign_in, form.get("login", ""), form.get("password", ""))
    if token is None:
        return _login_page(request, "wrong", status=403)
    return signed_in(request, token)


async def _show_set(request: Request) -> Response:
    login = await run_in_threadpool(people().ticket_holder, request.query_params.get("ticket", ""))
    return _set_page(request, login)


async def _set_password(request: Request) -> Response:
    form, ticket = await _form(request), request.query_params.get("ticket", "")
    login = await run_in_threadpool(people().ticket_holder, ticket)
    if form is None or login is None:
        return _set_page(request, login, "retry" if login else "", status=400)
    if form.get("password") != form.get("again"):
        return _set_page(request, login, "set.differ", status=400)
    if len(form.get("password", "")) < SHORTEST:
        return _set_page(request, login, "set.short", status=400)
    try:
        token = await run_in_threadpool(people().set_password, ticket, form["password"])
    except StoreError:
        return _set_page(request, None, status=400)
    return signed_in(request, token)


async def _show_logout(request: Request) -> Response:
    return page(request, "out", _button("out", request), action=LOGOUT)


async def _sign_out(request: Request) -> Response:
    if await _form(request) is None:
        return page(request, "out", _button("out", request), action=LOGOUT, wrong="retry", status=400)
    token = request.cookies.get(COOKIE)
    if token:
        await run_in_threadpool(people().sign_out, token)
    answer = RedirectResponse(LOGIN, status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def safe_next(wanted: str) -> str:
    """Where to go after signing in: a page of ours, whatever the link said.

    >>> safe_next("/review?call=1"), safe_next("//evil.invalid/"), safe_next("https://evil.invalid")
    ('/review?call=1', '/', '/')
    """
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if ours and wanted.isprintable() and "\\" not in wanted else "/"


def signed_in(request: Request, token: str, wanted: str | None = None) -> Response:
    """The answer that begins a visit, and leads to the page that was ``wanted`` or asked for."""
    wanted = request.query_params.get("next", "/") if wanted is None else wanted
    answer = RedirectResponse(safe_next(wanted), status_code=303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    answer.set_cookie(LANGUAGE_COOKIE, _language(request), path="/", max_age=YEAR_S, samesite="lax")
    answer.delete_cookie(FORM_COOKIE, path="/")
    return answer


def _login_page(request: Request, wrong: str = "", *, status: int = 200) -> Response:
    fields = (
        _field("name", "login", "text", "username", request, autofocus=True)
        + _field("password", "password", "password", "current-password", request)
        + _button("enter", request)
    )
    ways = "".join(_company_way(request, name) for name in company.providers())
    action = f"{LOGIN}?next={quote(safe_next(request.query_params.get('next', '/')), safe='')}"
    return page(request, "heading", fields, action=action, wrong=wrong, status=status, below=ways)


def _set_page(request: Request, login: str | None, wrong: str = "", *, status: int = 200) -> Response:
    if login is None:
        return page(request, "set.heading", "", action=SET, wrong="set.used", status=410)
    fields = (
        f"<p>{html.escape(text(request, 'set.lead').format(login=login))}</p>"
        + _field("password", "password", "password", "new-password", request, autofocus=True)
        + _field("set.again", "again", "password", "new-password", request)
        + _button("set.save", request)
    )
    action = f"{SET}?ticket={quote(request.query_params.get('ticket', ''), safe='')}"
    return page(request, "set.heading", fields, action=action, wrong=wrong, status=status)


def page(
    request: Request,
    heading: str,
    fields: str,
    *,
    action: str,
    wrong: str = "",
    status: int = 200,
    below: str = "",
) -> Response:
    """A page with one form; ``fields`` and what stands ``below`` the form are markup."""
    language, form_token = _language(request), secrets.token_urlsafe(24)
    action += f"{'&' if '?' in action else '?'}lang={language}"
    alert = f'<p role="alert">{html.escape(text(request, wrong))}</p>' if wrong else ""
    body = (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(request, 'title')}</title><style>{_style()}</style></head><body><main>"
        f'<p class="brand">{text(request, "lead")}</p><h1>{text(request, heading)}</h1>{alert}'
        f'<form method="post" action="{html.escape(action)}">'
        f'<input type="hidden" name="form" value="{form_token}">{fields}</form>{below}'
        f'<footer><a href="{html.escape(_other_language(request))}">{text(request, "other")}</a></footer>'
        "</main></body></html>"
    )
    answer = HTMLResponse(body, status_code=status, headers={"Cache-Control": "no-store"})
    answer.set_cookie(FORM_COOKIE, form_token, path="/", httponly=True, samesite="strict")
    return answer


@cache
def _style() -> str:
    return (Path(__file__).parent / "login.css").read_text(encoding="utf-8")


def _company_way(request: Request, provider: str) -> str:
    """The way to sign in with the company's account; named where there are several."""
    wanted = quote(safe_next(request.query_params.get("next", "/")), safe="")
    name = f" ({html.escape(provider)})" if len(company.providers()) > 1 else ""
    address = f"{COMPANY}/{quote(provider, safe='')}?next={wanted}"
    return f'<a class="way" href="{html.escape(address)}">{text(request, "company")}{name}</a>'


def _field(label: str, name: str, kind: str, fills: str, request: Request, *, autofocus: bool = False) -> str:
    focus = " autofocus" if autofocus else ""
    return (
        f'<label>{text(request, label)}<input name="{name}" type="{kind}" autocomplete="{fills}" '
        f'maxlength="1024" required{focus}></label>'
    )


def _button(label: str, request: Request) -> str:
    return f"<button>{text(request, label)}</button>"


def text(request: Request, key: str) -> str:
    return i18n.text(_language(request), f"login.{key}")


def _language(request: Request) -> UiLanguage:
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "")
    if not chosen:
        first = request.headers.get("accept-language", "zh").strip().lower()
        chosen = "zh" if first.startswith("zh") else "en" if first.startswith("en") else "zh"
    return "en" if chosen == "en" else "zh"


def _other_language(request: Request) -> str:
    other = "zh" if _language(request) == "en" else "en"
    if request.url.path == COMPANY:  # who came from there is known there once
        return f"{LOGIN}?lang={other}"
    return str(request.url.include_query_params(lang=other))


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form that this visitor was given; None for a forged or an oversize one."""
    if request.headers.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    try:
        found = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=8)
    except ValueError:
        return None
    fields = {name: values[0] for name, values in found.items()}
    given, kept = fields.get("form", ""), request.cookies.get(FORM_COOKIE, "")
    return fields if kept and secrets.compare_digest(given.encode(), kept.encode()) else None
