"""From beyond this machine: only by the office's name, over TLS, and only where people sign in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from coach.domain.people import AccountRole
from coach.people import People
from coach.settings import Settings
from coach.ui import resources, server
from coach.ui.launch import ServingError, may_serve, office_config

OFFICE = "https://coach.example.com"
FAR = ("203.0.113.9", 4711)
NEAR = ("127.0.0.1", 4711)


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COACH_ADDRESS", OFFICE)
    for cached in (resources.settings, resources.store):
        cached.cache_clear()
    yield People(resources.store())
    for cached in (resources.settings, resources.store):
        cached.cache_clear()


def _visitor(base: str = OFFICE, client: tuple[str, int] = FAR) -> TestClient:
    inside = Route("/inside", lambda request: PlainTextResponse(request.url.scheme))
    app = Starlette(routes=[*server.routes(), inside], middleware=server.middleware())
    return TestClient(app, base_url=base, client=client, follow_redirects=False)


def _two(people: People) -> str:
    """Two accounts; the session of one."""
    people.add("root", AccountRole.ADMIN)
    return people.set_password(people.add("li", AccountRole.AGENT).token, "correct horse battery")


def test_with_one_account_or_none_nobody_comes_in_by_the_offices_name(people: People) -> None:
    for _ in range(2):
        for path in ("/login", "/inside", "/_stcore/health", "/coach/sound/x"):
            assert _visitor().get(path).status_code == 403, path
        assert _visitor("http://127.0.0.1:8501", NEAR).get("/inside").status_code == 200
        people.add("root", AccountRole.ADMIN) if not people.all() else None


def test_who_has_signed_in_comes_in_by_the_offices_name(people: People) -> None:
    visitor = _visitor()
    session = _two(people)
    assert visitor.get("/inside").status_code == 401
    assert visitor.get("/login").status_code == 200
    visitor.cookies.set(resources.COOKIE, session)
    assert visitor.get("/inside").text == "https"


@pytest.mark.parametrize(
    ("base", "client", "status"),
    [
        ("http://coach.example.com", FAR, 403),  # the password would go in the clear
        ("https://other.example.com", FAR, 421),
        ("https://coach.example.com.evil.invalid", FAR, 421),
        ("https://127.0.0.1", FAR, 403),  # a proxy that does not pass on the name
        ("http://localhost:8501", FAR, 403),
        ("https://[::1]:8501", FAR, 403),
        ("http://127.0.0.1:8501", NEAR, 200),
        ("https://coach.example.com:443", FAR, 200),
        ("https://COACH.example.com", FAR, 200),
    ],
)
def test_only_this_name_and_only_by_https(
    people: People, base: str, client: tuple[str, int], status: int
) -> None:
    _two(people)
    assert _visitor(base, client).get("/login").status_code == status


def test_a_websocket_from_beyond_needs_tls_and_a_session(people: People) -> None:
    session = _two(people)
    for base in ("http://coach.example.com", OFFICE):
        with pytest.raises(WebSocketDisconnect), _visitor(base).websocket_connect("/_stcore/stream"):
            pass
    visitor = _visitor("http://coach.example.com")
    visitor.cookies.set(resources.COOKIE, session)
    with pytest.raises(WebSocketDisconnect), visitor.websocket_connect("/_stcore/stream"):
        pass


def test_the_cookie_goes_by_https_only_where_the_office_does(people: People) -> None:
    people.add("root", AccountRole.ADMIN)
    ticket = people.add("li", AccountRole.AGENT).token
    visitor = _visitor()
    form = visitor.get(f"/login/set?ticket={ticket}").text.split('name="form" value="')[1].split('"')[0]
    answer = visitor.post(
        f"/login/set?ticket={ticket}",
        data={"form": form, "password": "correct horse battery", "again": "correct horse battery"},
    )
    (cookie,) = (c for c in answer.headers.get_list("set-cookie") if c.startswith(resources.COOKIE))
    assert "Secure" in cookie


@pytest.mark.parametrize(
    ("settings", "sign_in", "why"),
    [
        (Settings(), False, None),
        (Settings(), True, None),
        (Settings(listen="::1"), False, None),
        (Settings(listen="0.0.0.0"), True, "COACH_ADDRESS"),
        (Settings(listen="0.0.0.0"), False, "COACH_ADDRESS"),
        (Settings(listen="::"), True, "COACH_ADDRESS"),
        (Settings(listen="10.1.2.3", address=OFFICE), False, "two accounts"),
        (Settings(address=OFFICE), False, "two accounts"),
        (Settings(listen="10.1.2.3", address=OFFICE), True, None),
        (Settings(address=OFFICE), True, None),
    ],
)
def test_the_page_is_not_opened_to_the_network_unless_people_sign_in(
    settings: Settings, sign_in: bool, why: str | None
) -> None:
    if why is None:
        may_serve(settings, sign_in=sign_in)
        return
    with pytest.raises(ServingError, match=why):
        may_serve(settings, sign_in=sign_in)


def test_nothing_is_opened_by_default() -> None:
    assert Settings.read({}).listen == "127.0.0.1"
    assert Settings.read({}).office_name is None
    assert office_config(Settings.read({})) == {}
    office = office_config(Settings.read({"COACH_ADDRESS": "https://Coach.Example.com:8443/"}))
    assert office["server.address"] == "127.0.0.1"
    assert office["server.allowedHosts"][-1] == "coach.example.com"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COACH_ADDRESS", "http://coach.example.com"),
        ("COACH_ADDRESS", "coach.example.com"),
        ("COACH_ADDRESS", "https://"),
        ("COACH_ADDRESS", "https://a:b@coach.example.com"),
        ("COACH_ADDRESS", "https://coach.example.com/path"),
        ("COACH_LISTEN", "localhost"),
        ("COACH_LISTEN", "*"),
        ("COACH_LISTEN", ""),
    ],
)
def test_an_address_that_cannot_be_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        Settings.read({name: value})


def test_a_link_to_set_a_password_names_the_offices_address(people: People) -> None:
    from typer.testing import CliRunner

    from coach.cli.main import app

    printed = CliRunner().invoke(app, ["account", "add", "chief", "--role", "admin"]).output
    assert f"{OFFICE}/login/set?ticket=" in printed
