"""The two addresses of the company's sign-in: the way there, and the way back with who it was."""

from __future__ import annotations

import html
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from coach.people import Identity
from coach.ui import company
from coach.ui.company import COMPANY
from coach.ui.login import LOGIN, page, safe_next, signed_in, text
from coach.ui.resources import people

_WANTED: Final = "coach_next"
_PATIENCE_S: Final = 600
"""How long signing in at the provider may take before the wanted page is forgotten."""


def company_routes() -> list[BaseRoute]:
    """Signing in at the company's identity provider."""
    return [Route(COMPANY, _back), Route(f"{COMPANY}/{{provider}}", _begin)]


async def _begin(request: Request) -> Response:
    address = company.begin_address(request.path_params["provider"])
    if address is None:
        return RedirectResponse(LOGIN, status_code=303)
    answer = RedirectResponse(address, status_code=303)
    wanted = safe_next(request.query_params.get("next", "/"))
    answer.set_cookie(_WANTED, wanted, max_age=_PATIENCE_S, path="/", httponly=True, samesite="lax")
    return answer


async def _back(request: Request) -> Response:
    """Begin a session for whom the provider named; who has no account here is told so."""
    named = company.identity(request)
    token = None if named is None else await run_in_threadpool(people().sign_in_as, named)
    if token is not None:
        answer = signed_in(request, token, request.cookies.get(_WANTED, "/"))
    elif named is not None:
        answer = _unknown(request, named)
    else:
        answer = _refused(request, "company.stale", _again(request))
    company.forget(request, answer)
    answer.delete_cookie(_WANTED, path="/")
    return answer


def _unknown(request: Request, named: Identity) -> Response:
    """Refuses, and shows what an admin needs to let this person in."""
    rows = [("issuer", named.issuer), ("subject", named.subject)]
    if named.email is not None:
        rows.insert(0, ("email", named.email))
    known = "".join(f"<dt>{text(request, f'company.{k}')}</dt><dd>{html.escape(v)}</dd>" for k, v in rows)
    below = f"<p>{text(request, 'company.ask')}</p><dl>{known}</dl>{_again(request)}"
    return _refused(request, "company.unknown", below)


def _refused(request: Request, why: str, below: str) -> Response:
    return page(request, "heading", "", action=LOGIN, wrong=why, status=403, below=below)


def _again(request: Request) -> str:
    return f'<a class="way" href="{LOGIN}">{text(request, "company.again")}</a>'
