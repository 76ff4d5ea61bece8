"""The secrets of the company's sign-in are checked at the start, and its cookie is good for minutes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from coach.people import Identity
from coach.ui import company

SECRET = "s" * 40
ONE = (
    f'[auth]\nredirect_uri = "https://coach.example.com/oauth2callback"\ncookie_secret = "{SECRET}"\n'
    'client_id = "a"\nclient_secret = "b"\nserver_metadata_url = "https://login.example.com/x"\n'
)
TWO = ONE.split("client_id")[0] + "".join(
    f'[auth.{name}]\nclient_id = "a"\nclient_secret = "b"\nserver_metadata_url = "https://{name}.example.com"\n'
    for name in ("here", "there")
)
CLAIMS = {"iss": "https://login.example.com", "sub": "1", "email": "li@example.com", "email_verified": True}


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """The file of the secrets."""
    file, before = tmp_path / "secrets.toml", config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    secrets_singleton._reset()
    yield file
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


def _request(**cookies: str) -> Request:
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return Request({"type": "http", "headers": [(b"cookie", header.encode("latin-1"))]})


def _signed(claims: object, *, name: str = "_streamlit_user", secret: str = SECRET) -> str:
    return create_signed_value(secret, name, json.dumps(claims)).decode()


def test_without_secrets_there_is_no_such_way_in(secrets: Path) -> None:
    company.check()
    assert company.providers() == company.open_paths() == ()
    assert not company.has_come(_request(_streamlit_user=_signed(CLAIMS)))


@pytest.mark.parametrize(("text", "names"), [(ONE, ("default",)), (TWO, ("here", "there"))])
def test_each_provider_has_its_way(secrets: Path, text: str, names: tuple[str, ...]) -> None:
    secrets.write_text(text)
    company.check()
    assert company.providers() == names
    assert {f"/login/company/{name}" for name in names} < set(company.open_paths())
    assert company.begin_address("nobody") is None
    assert str(company.begin_address(names[0])).startswith("/auth/login?provider=")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (ONE.replace(SECRET, "short"), "cookie_secret"),
        (ONE.replace("redirect_uri", "elsewhere"), "redirect_uri"),
        (ONE.replace("client_secret", "secret"), "client_secret"),
        (ONE.replace("client_id", "id"), "names no provider"),
    ],
)
def test_what_is_wrong_with_the_secrets_is_said_at_the_start(secrets: Path, text: str, wrong: str) -> None:
    secrets.write_text(text)
    with pytest.raises(company.CompanyLoginError, match=wrong) as refused:
        company.check()
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("claims", "named"),
    [
        (CLAIMS, Identity("https://login.example.com", "1", "li@example.com")),
        ({**CLAIMS, "email_verified": False}, Identity("https://login.example.com", "1")),
        ({**CLAIMS, "email_verified": "true"}, Identity("https://login.example.com", "1")),
        (
            {k: v for k, v in CLAIMS.items() if k != "email_verified"},
            Identity("https://login.example.com", "1"),
        ),
        ({**CLAIMS, "email": ["li@example.com"]}, Identity("https://login.example.com", "1")),
        ({**CLAIMS, "sub": ""}, None),
        ({**CLAIMS, "iss": None}, None),
        ([], None),
    ],
)
def test_a_person_is_named_by_what_the_provider_vouches_for(
    secrets: Path, claims: object, named: Identity | None
) -> None:
    secrets.write_text(ONE)
    assert company.identity(_request(_streamlit_user=_signed(claims))) == named


def test_the_cookie_is_ours_and_fresh(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets.write_text(ONE)
    for false in (
        _signed(CLAIMS, secret="t" * 40),
        _signed(CLAIMS, name="_streamlit_user_tokens"),
        "x" + _signed(CLAIMS)[1:],
        "x",
    ):
        assert company.identity(_request(_streamlit_user=false)) is None
    assert company.identity(_request()) is None
    good, now = _signed(CLAIMS), time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 200)
    assert company.identity(_request(_streamlit_user=good)) is not None
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 320)
    assert company.identity(_request(_streamlit_user=good)) is None
