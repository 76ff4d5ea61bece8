"""Many big files at once: what is sent to the page stays within a bound of the server's memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from coach.settings import Settings
from coach.ui import server, uploads
from coach.ui.uploads import UploadBound

PLACE = f"{uploads.UPLOAD_PATH}visit/file"


def _client(kept: list[int], most: int = 100) -> TestClient:
    """A server that keeps what is sent, as Streamlit does."""

    async def keep(request: Request) -> PlainTextResponse:
        kept.append(len(await request.body()))
        return PlainTextResponse("", status_code=204)

    app = Starlette(routes=[Route("/{path:path}", keep, methods=["PUT", "POST", "DELETE"])])
    return TestClient(UploadBound(app, held=lambda: sum(kept), most=lambda: most))


def test_what_fits_is_taken_and_what_does_not_is_refused_unread() -> None:
    kept: list[int] = []
    client = _client(kept)
    statuses = [client.put(PLACE, content=b"x" * 40).status_code for _ in range(4)]
    assert statuses == [204, 204, 413, 413]
    assert client.put(PLACE, content=b"x" * 20).status_code == 204, "what still fits is taken"
    kept.clear()
    assert client.put(PLACE, content=b"x" * 100).status_code == 204, "what was given back counts no more"
    assert client.put(PLACE, content=b"x").status_code == 413


def test_a_file_of_unknown_length_is_refused() -> None:
    kept: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 1000

    scope = {"type": "http", "method": "PUT", "path": PLACE, "headers": []}
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("nothing is read of it")

    async def send(message: Any) -> None:
        sent.append(message)

    bound = UploadBound(_never, held=lambda: 0, most=lambda: 100)
    _run(bound(scope, receive, send))
    assert sent[0]["status"] == 411
    for wrong in (b"-5", b"1e3", "５".encode(), b""):
        scope["headers"] = [(b"content-length", wrong)]
        sent.clear()
        _run(bound(scope, receive, send))
        assert sent[0]["status"] == 411, wrong
    assert kept == []


def _run(work: Coroutine[Any, Any, Any]) -> None:
    """In a thread of its own: the browser of other tests leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


async def _never(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("not admitted")


def test_files_that_are_on_their_way_count_together() -> None:
    """Fifty at once, none of them kept yet: no more are let in than fit."""
    inside, most_inside, refused = 0, 0, 0
    gate = asyncio.Event()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        nonlocal inside, most_inside
        inside += 1
        most_inside = max(most_inside, inside)
        await gate.wait()
        inside -= 1

    async def run() -> None:
        nonlocal refused
        bound = UploadBound(slow, held=lambda: 0, most=lambda: 100)
        answers: list[list[int]] = [[] for _ in range(50)]
        tasks = [asyncio.create_task(bound(_put(30), _unread, _status(into))) for into in answers]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*tasks)
        refused = sum(into == [413] for into in answers)
        later: list[int] = []
        await bound(_put(90), _unread, _status(later))
        assert later == [], "what has ended or failed counts no more"

    _run(run())
    assert (most_inside, refused) == (3, 47)


def test_an_upload_that_breaks_off_counts_no_more() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise ConnectionError

    async def run() -> None:
        bound = UploadBound(broken, held=lambda: 0, most=lambda: 100)
        for _ in range(3):
            with pytest.raises(ConnectionError):
                await bound(_put(90), _unread, _status([]))

    _run(run())


def _put(size: int) -> dict[str, Any]:
    headers = [(b"content-length", str(size).encode())]
    return {"type": "http", "method": "PUT", "path": PLACE, "headers": headers}


async def _unread() -> dict[str, Any]:
    raise AssertionError("nothing is read here")


def _status(into: list[int]) -> Any:
    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            into.append(message["status"])

    return send


@pytest.mark.parametrize(("method", "path"), [("POST", PLACE), ("DELETE", PLACE), ("PUT", "/coach/other")])
def test_nothing_but_uploads_is_bound(method: str, path: str) -> None:
    kept: list[int] = []
    assert _client(kept, most=1).request(method, path, content=b"x" * 10).status_code == 204


def test_a_file_that_has_its_job_leaves_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = MemoryUploadedFileManager("/upload")
    for visit in ("mine", "theirs"):
        for name in ("a", "b"):
            manager.add_file(visit, UploadedFileRec(name, "a.wav", "audio/wav", b"x" * 10))
    running = SimpleNamespace(uploaded_file_mgr=manager)
    monkeypatch.setattr(uploads.runtime, "exists", lambda: True)
    monkeypatch.setattr(uploads.runtime, "get_instance", lambda: running)
    context = SimpleNamespace(uploaded_file_mgr=manager, session_id="mine")
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: context)
    assert uploads.held() == 40
    uploads.let_go([SimpleNamespace(file_id="a"), SimpleNamespace(file_id="not there")])
    assert uploads.held() == 30
    assert len(manager.get_files("theirs", ["a", "b"])) == 2


def test_the_bound_is_a_part_of_the_memory_and_stands_in_front_of_the_page() -> None:
    assert 256 <= Settings().upload_mb <= 2048
    assert Settings.read({"COACH_UPLOAD_MB": "100"}).upload_mb == 100
    for wrong in ("0", "-1", "much", "1.5"):
        with pytest.raises(ValueError, match="COACH_UPLOAD_MB"):
            Settings.read({"COACH_UPLOAD_MB": wrong})
    assert [one.cls for one in server.middleware()][-1] is UploadBound
