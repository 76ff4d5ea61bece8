"""What the server lets in, lets out, and puts on every answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from coach.store import ReviewStore
from coach.ui import components, server
from coach.ui.launch import page_config
from tests.ui import fixtures


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    store = ReviewStore(tmp_path)
    review = fixtures.good_review()
    fixtures.sound(review, tmp_path / "sound.wav")
    store.add(review, title="good", audio=tmp_path / "sound.wav")
    store.add(fixtures.bad_review(), title="written")
    monkeypatch.setattr(server, "store", lambda: store)
    app = Starlette(routes=server.routes(), middleware=server.middleware())
    return TestClient(app, base_url="http://127.0.0.1:8501")


def test_sound_comes_in_ranges(client: TestClient) -> None:
    answer = client.get("/coach/sound/good", headers={"Range": "bytes=0-43"})
    assert answer.status_code == 206
    assert answer.headers["content-range"].startswith("bytes 0-43/")
    assert answer.content[:4] == b"RIFF"
    assert answer.headers["content-type"].startswith("audio/")


@pytest.mark.parametrize(
    "path",
    [
        "bad",
        "unknown",
        "",
        "..%2f..%2fcoach.sqlite",
        "../coach.sqlite",
        "%00",
        "good%00",
        "GOOD",
        "good/",
        "*",
    ],
)
def test_only_the_sound_of_a_known_call_is_served(client: TestClient, path: str) -> None:
    assert client.get(f"/coach/sound/{path}").status_code == 404


def test_the_sound_of_a_removed_call_is_gone(client: TestClient) -> None:
    server.store().remove("good")
    assert client.get("/coach/sound/good").status_code == 404


def test_scripts_are_served_under_their_version_only(client: TestClient) -> None:
    good = f"/coach/assets/{components.digest()}/call_player/main.js"
    assert client.get(good).headers["content-type"].startswith("text/javascript")
    for path in (
        "/coach/assets/0000/call_player/main.js",
        f"/coach/assets/{components.digest()}/call_player/style.css",
        f"/coach/assets/{components.digest()}/../__init__.py",
        f"/coach/assets/{components.digest()}/..%2f__init__.py",
    ):
        assert client.get(path).status_code == 404


def test_every_answer_is_guarded(client: TestClient) -> None:
    for path in ("/coach/sound/good", "/coach/sound/unknown", "/nothing"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8501", 404),
        ("localhost", 404),
        ("LOCALHOST:80", 404),
        ("[::1]:8501", 404),
        ("evil.invalid", 421),
        ("127.0.0.1.evil.invalid:8501", 421),
        ("evil.invalid:127.0.0.1", 421),
        ("", 421),
    ],
)
def test_a_strangers_name_for_this_machine_is_refused(client: TestClient, host: str, status: int) -> None:
    assert client.get("/nothing", headers={"Host": host}).status_code == status


def test_a_strangers_websocket_is_refused(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/x", headers={"Host": "evil.invalid"}):
        pass


def test_the_page_is_for_this_machine_and_tells_nobody() -> None:
    config = page_config()
    assert config["server.address"] == "127.0.0.1"
    assert config["browser.gatherUsageStats"] is False
    assert config["client.showErrorDetails"] == "none"
    assert config["server.enableXsrfProtection"] is True
    assert config["server.enableStaticServing"] is False


def test_every_option_is_one_that_streamlit_knows() -> None:
    from streamlit import config

    assert set(page_config()) <= set(config._config_options_template)
