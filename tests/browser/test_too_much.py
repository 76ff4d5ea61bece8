"""More is dropped at the page than the server's memory is to hold: what fits is taken, the rest is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from coach.ui import i18n
from tests.browser.conftest import PATIENCE_MS, free_port, run_server, watch

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that holds a megabyte of files at most."""
    port = free_port()
    command = ["-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    yield from run_server(command, port, tmp_path_factory.mktemp("small"), {"COACH_UPLOAD_MB": "1"})


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_what_does_not_fit_is_told_in_our_words(page: Page, small: str, lang: str, scheme: str) -> None:
    page.context.add_cookies([{"name": "coach_lang", "value": lang, "url": small}])
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 1280, "height": 800})
    visit = watch(page, small)
    visit.open("new")
    zone = page.get_by_test_id("stFileUploaderDropzone")
    expect(zone).to_be_visible(timeout=4 * PATIENCE_MS)
    zone.locator("input[type=file]").set_input_files(
        [
            {"name": f"call {n}.wav", "mimeType": "audio/wav", "buffer": b"\0" * (MIB * 7 // 10)}
            for n in (1, 2)
        ]
    )
    chips = page.get_by_test_id("stFileChip")
    expect(chips).to_have_count(2)
    expect(page.locator("[data-testid=stFileChip][aria-invalid=true]")).to_have_count(1)
    told = page.get_by_test_id("stFileUploader").evaluate("e => getComputedStyle(e, '::after').content")
    assert told.strip('"') == i18n.text(lang, "new.refused", size="1 MB")  # type: ignore[arg-type]
    visit.picture(f"too-much-{lang}")
    start = page.get_by_role("button", name=i18n.text(lang, "new.start"), exact=True)  # type: ignore[arg-type]
    expect(start).to_be_enabled()
    start.click()
    expect(chips).to_have_count(0)  # what has its job is out of the memory: there is room again
    zone.locator("input[type=file]").set_input_files(
        [{"name": "call 3.wav", "mimeType": "audio/wav", "buffer": b"\1" * (MIB * 7 // 10)}]
    )
    expect(chips).to_have_count(1)
    expect(start).to_be_enabled()
    expect(page.locator("[data-testid=stFileChip][aria-invalid=true]")).to_have_count(0)
    start.click()
    expect(chips).to_have_count(0)
