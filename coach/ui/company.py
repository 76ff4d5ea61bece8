"""The company's own sign-in (OpenID Connect), by Streamlit's ``[auth]`` secrets and its routes.

Streamlit talks to the identity provider, checks the token and leaves who came in a signed cookie. That cookie
is used once, within minutes, and taken away: a session of ours begins, which ends as all others do.
"""

from __future__ import annotations

import json
import logging
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from coach.domain.errors import CoachError
from coach.people import Identity

COMPANY: Final = "/login/company"
_BEGIN, _CALLBACK = "/auth/login", "/oauth2callback"
FRESH_DAYS: Final = 5 / (24 * 60)
SHORTEST_SECRET: Final = 32
_DEFAULT: Final = "default"


class CompanyLoginError(CoachError):
    """The ``[auth]`` section of the secrets cannot be used."""


def providers() -> tuple[str, ...]:
    """The names of the identity providers of the secrets; none where there is no ``[auth]``."""
    section = _section()
    named = tuple(name for name, value in section.items() if _is_provider(value))
    return ((_DEFAULT,) if _is_provider(section) else ()) + named


def check() -> None:
    """Say before anybody comes what is wrong with the secrets; raises ``CompanyLoginError``."""
    section = _section()
    if not section:
        return
    from streamlit.auth_util import is_authlib_installed, validate_auth_credentials
    from streamlit.errors import StreamlitAuthError

    if not is_authlib_installed():
        raise CompanyLoginError("the secrets have [auth], which needs: pip install 'call-coach[oidc]'")
    if len(str(section.get("cookie_secret", ""))) < SHORTEST_SECRET:
        raise CompanyLoginError(f"[auth] cookie_secret: give {SHORTEST_SECRET} random characters")
    if not providers():
        raise CompanyLoginError("[auth] of the secrets names no provider: client_id, client_secret, …")
    for provider in providers():
        try:
            validate_auth_credentials(provider)
        except StreamlitAuthError as error:
            raise CompanyLoginError(f"[auth] of the secrets: {error}") from None


def open_paths() -> tuple[str, ...]:
    """What somebody who has not signed in yet must be let to."""
    named = tuple(f"{COMPANY}/{name}" for name in providers())
    return (_BEGIN, _CALLBACK, COMPANY, *named) if named else ()


def begin_address(provider: str) -> str | None:
    """Where the browser is sent to sign in at a provider; None for one that is not in the secrets."""
    if provider not in providers():
        return None
    from streamlit.user_info import generate_login_redirect_url

    return generate_login_redirect_url(provider)


def has_come(request: Request) -> bool:
    """Whether the browser comes back from an identity provider."""
    return bool(_section()) and _cookie_name() in request.cookies


def identity(request: Request) -> Identity | None:
    """Whom the identity provider named a moment ago; None for a forged, an old or an incomplete cookie."""
    from streamlit.auth_util import get_cookie_with_chunks

    claims = _claims(get_cookie_with_chunks(lambda name: _signed(request, name), _cookie_name()))
    issuer, subject, email = (claims.get(name) for name in ("iss", "sub", "email"))
    if not isinstance(issuer, str) or not isinstance(subject, str) or not issuer or not subject:
        return None
    verified = claims.get("email_verified") is True and isinstance(email, str)
    return Identity(issuer, subject, email if verified else None)


def forget(request: Request, response: Response) -> None:
    """Take away what Streamlit left in the browser."""
    for name in request.cookies:
        if name.startswith(_cookie_name()):
            response.delete_cookie(name, path="/")


def _signed(request: Request, name: str) -> bytes | None:
    from streamlit.web.server.server_util import get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

    value = request.cookies.get(name)
    return None if value is None else decode_signed_value(get_cookie_secret(), name, value, FRESH_DAYS)


def _claims(cookie: bytes | None) -> dict[str, Any]:
    try:
        found = json.loads(cookie or b"{}")
    except ValueError:
        logging.getLogger(__name__).warning("the cookie of the company's sign-in cannot be read")
        return {}
    return found if isinstance(found, dict) else {}


def _cookie_name() -> str:
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    return USER_COOKIE_NAME


def _section() -> dict[str, Any]:
    from streamlit.auth_util import get_secrets_auth_section

    section = get_secrets_auth_section()
    return section.to_dict() if section else {}


def _is_provider(value: object) -> bool:
    return isinstance(value, dict) and "client_id" in value
