"""The real server as a TLS proxy reaches it: by what the proxy says of name, scheme and visitor."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from coach.domain.people import AccountRole
from coach.people import People
from coach.store import ReviewStore
from coach.ui.resources import COOKIE
from tests.browser.conftest import REPOSITORY, free_port, run_server

NAME = "coach.example.com"
PROXIED = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
_APP = ["-c", "from coach.cli import main; main()", "app"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The server's address on this machine, and the session of an agent."""
    folder = tmp_path_factory.mktemp("office")
    people = People(ReviewStore(folder))
    people.add("root", AccountRole.ADMIN)
    session = people.set_password(people.add("li", AccountRole.AGENT).token, "correct horse battery")
    port = free_port()
    for base in run_server([*_APP, f"--port={port}"], port, folder, {"COACH_ADDRESS": f"https://{NAME}"}):
        yield base, session


def _status(base: str, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    connection.request("GET", path, headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 200),
        ({"X-Forwarded-Proto": "http"}, 403),
        ({"Host": "evil.invalid"}, 421),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "localhost:8501"}, 403),
    ],
)
def test_the_form_to_sign_in_comes_by_the_name_and_https_only(
    office: tuple[str, str], changes: dict[str, str], status: int
) -> None:
    assert _status(office[0], "/login", {**PROXIED, **changes}) == status


def test_pages_and_the_websocket_are_for_who_has_signed_in(office: tuple[str, str]) -> None:
    base, session = office
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
        "Origin": f"https://{NAME}",
    }
    cookie = {"Cookie": f"{COOKIE}={session}"}
    assert _status(base, "/", PROXIED) == 401
    assert _status(base, "/", {**PROXIED, **cookie}) == 200
    assert _status(base, "/_stcore/stream", {**PROXIED, **upgrade}) == 403
    assert _status(base, "/_stcore/stream", {**PROXIED, **upgrade, **cookie}) == 101
    plain = {"X-Forwarded-Proto": "http"}
    assert _status(base, "/_stcore/stream", {**PROXIED, **upgrade, **cookie, **plain}) == 403


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"COACH_ADDRESS": f"https://{NAME}"}, "two accounts"),
        ({"COACH_LISTEN": "0.0.0.0"}, "COACH_ADDRESS"),
    ],
)
def test_the_page_does_not_start_for_an_office_without_accounts(
    tmp_path: Path, environment: dict[str, str], says: str
) -> None:
    given = {**os.environ, "COACH_DATA_DIR": str(tmp_path), **environment}
    ended = subprocess.run(
        [sys.executable, *_APP, f"--port={free_port()}"],
        cwd=REPOSITORY,
        env=given,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 1
    assert says in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
