"""Peak memory of the page's server while many big files are dropped at once.

``python -m tests.benchmarks.uploads [FILES] [MEGABYTES EACH] [COACH_UPLOAD_MB]``
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, free_port, run_server

MIB = 1024 * 1024
SETTLED = 3
"""Looks in a row that find nothing new."""
LOOK_MS = 10_000


def main(files: int, megabytes: int, bound: str) -> None:
    """Drop them, wait until each is taken or refused, print what the server took."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [_file(Path(folder) / f"call {n}.wav", megabytes * MIB) for n in range(files)]
        port = free_port()
        command = ["-m", "streamlit", "run", "app.py", f"--server.port={port}"]
        for base in run_server(command, port, Path(folder) / "data", {"COACH_UPLOAD_MB": bound}):
            pid = _listener(port)
            with _chromium() as page, _peak(pid) as peak:
                page.goto(f"{base}/new")
                page.get_by_test_id("stFileUploaderDropzone").wait_for()
                before = _rss_mib(pid)
                page.get_by_test_id("stFileUploaderDropzone").locator("input").set_input_files(paths)
                refused = _settled(page, peak)
                print(
                    f"{files} files of {megabytes} MiB, bound {bound} MiB: {files - refused} taken, "
                    f"{refused} refused; server {before:.0f} MiB before, peak {peak[0]:.0f}, "
                    f"then {_rss_mib(pid):.0f}"
                )


def _settled(page: Page, peak: list[float]) -> int:
    """How many are refused once nothing changes any more."""
    seen: list[tuple[int, int]] = []
    while len(seen) < SETTLED or len(set(seen[-SETTLED:])) > 1:
        page.wait_for_timeout(LOOK_MS)
        seen.append((page.locator("[data-testid=stFileChip][aria-invalid=true]").count(), round(peak[0])))
    return seen[-1][0]


def _file(path: Path, size: int) -> str:
    with path.open("wb") as file:
        file.truncate(size)
    return str(path)


def _listener(port: int) -> int:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode().split("\0")
        except OSError:  # it has ended meanwhile
            continue
        if f"--server.port={port}" in words:
            return int(folder.name)
    raise AssertionError("no server")


@contextmanager
def _chromium() -> Iterator[Page]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page()
        page.set_default_timeout(240_000)
        yield page
        browser.close()


@contextmanager
def _peak(pid: int) -> Iterator[list[float]]:
    peak, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            peak[0] = max(peak[0], _rss_mib(pid))

    thread = threading.Thread(target=look)
    thread.start()
    yield peak
    over.set()
    thread.join()


def _rss_mib(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    given = sys.argv[1:] or ["10", "100", "300"]
    main(int(given[0]), int(given[1]), given[2])
