"""The page as a user has it: our server in a process of its own, and Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as NotSeenError

from coach.store import ReviewStore
from tests.ui import fixtures

REPOSITORY = Path(__file__).parents[2]
CHROMIUM = Path(os.environ.get("COACH_CHROMIUM", "/usr/bin/chromium"))
ARTEFACTS = REPOSITORY / "artefacts" / "browser"
HOSTILE_TITLE = "![x](http://evil.invalid/t.png)<img src=http://evil.invalid/u.png onerror=window.pwned=6>"


# A loaded machine is slow; what must be fast has a test of its own.
PATIENCE_MS = int(os.environ.get("COACH_PATIENCE_MS", "30000"))
LIST_MS = 5_000
SIZE: ViewportSize = {"width": 1440, "height": 900}
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def needs_quiet() -> None:
    """Skip what measures time while other work fills the machine: it would measure that."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores + 1:
        pytest.skip(f"the machine is busy (load {load:.1f} on {cores} cores): times would say nothing")


def until(kept: Callable[[], bool]) -> None:
    """Wait for what the browser does not show: that the server has done what it was asked."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not kept():
        assert time.monotonic() < deadline, "the server did not do what it was asked"
        time.sleep(0.1)


def choose(box: Locator, option: Locator, patience_ms: int = PATIENCE_MS) -> None:
    """Open the list of ``box`` and take ``option``; once more where a rerun of the page closed the list."""
    deadline = time.monotonic() + patience_ms / 1000
    while True:
        box.click()
        try:
            option.click(timeout=LIST_MS)
            return
        except NotSeenError:
            assert time.monotonic() < deadline, "the list never showed the option"
            box.press("Escape")


@dataclass
class Visit:
    """A visitor's page, what his browser complained of, and what it asked of strangers and of the server."""

    page: Page
    base: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    messages: int = 0

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.base}/{path}")
        return self.page

    def picture(self, name: str) -> None:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")


@pytest.fixture(scope="session")
def calls_folder() -> Iterator[Path]:
    """A store with a bad, a good, a long and a hostile call."""
    with tempfile.TemporaryDirectory(prefix="call-coach-test-") as folder:
        root = Path(folder)
        store = ReviewStore(root / "data")
        made = {
            "2026-11-18 李先生 首次提醒": fixtures.bad_review(),
            "王女士 分期协商": fixtures.good_review(),
            "一小时的通话": fixtures.long_review(),
            HOSTILE_TITLE: fixtures.hostile_review(),
        }
        for title, review in made.items():
            peaks = fixtures.sound(review, root / "sound.wav")
            store.add(review, title=title, audio=root / "sound.wav", peaks=peaks)
        yield root / "data"


@pytest.fixture(scope="session")
def server(calls_folder: Path) -> Iterator[str]:
    """Our server over that store; its address."""
    yield from serve(calls_folder)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def serve(folder: Path) -> Iterator[str]:
    """``streamlit run app.py`` on a free port until the test is over."""
    port = free_port()
    yield from run_server(["-m", "streamlit", "run", "app.py", f"--server.port={port}"], port, folder)


def run_server(
    command: list[str], port: int, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """``python COMMAND`` with a store in ``folder`` until the test is over; its address."""
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=REPOSITORY,
            env={**os.environ, "COACH_DATA_DIR": str(folder), **(environment or {})},
            stdout=log,
            stderr=log,
        )
        try:
            _wait(base, process)
            yield base
        finally:
            process.terminate()
            process.wait(60)


def _wait(base: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{base}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium, or set COACH_CHROMIUM")
    arguments = ["--autoplay-policy=no-user-gesture-required", "--disable-background-networking"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for all tests: Streamlit's scripts are fetched once. What a test left is cleared."""
    context = browser.new_context(viewport=SIZE, color_scheme="light", locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_viewport_size(SIZE)
    yield page
    if page.url.startswith("http"):
        page.evaluate("() => localStorage.clear()")
    context.clear_cookies()
    page.close()


@pytest.fixture
def visit(page: Page, server: str) -> Visit:
    return watch(page, server)


def watch(page: Page, base: str) -> Visit:
    """Note every request to a stranger and every error of the page."""
    visit = Visit(page, base)
    own = (base, base.replace("http", "ws"), "blob:", "data:")

    def note_request(request: Request) -> None:
        if not request.url.startswith(own):
            visit.foreign.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        # Streamlit looks for its server below a page's own address first and is told 404: no error of ours.
        if message.type == "error" and "_stcore" not in message.location["url"]:
            visit.errors.append(message.text)

    def count(_frame: object) -> None:
        visit.messages += 1

    page.on("websocket", lambda socket: socket.on("framesent", count))
    page.on("request", note_request)
    page.on("console", note_message)
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    return visit
