"""The live view on a sample played as if live: words, cues, pause, mark, a killed worker, the review."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, choose, serve, watch

pytestmark = pytest.mark.slow

SAMPLE = "辱骂加威胁"
WORK_MS = 300_000
PATIENCE_MS = 120_000


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("live") / "data"


@pytest.fixture(scope="module")
def own_server(data: Path) -> Iterator[str]:
    yield from serve(data)


@pytest.fixture
def own_visit(page: Page, own_server: str) -> Visit:
    page.set_default_timeout(PATIENCE_MS)
    return watch(page, own_server)


def _start(visit: Visit) -> Page:
    page = visit.open("live")
    page.get_by_text("样例录音，当作实时播放").click()
    chosen = page.get_by_role("combobox", name=re.compile("样例"))
    expect(chosen).to_be_visible(timeout=PATIENCE_MS)
    if SAMPLE not in (chosen.get_attribute("value") or ""):
        choose(chosen, page.get_by_role("option", name=SAMPLE), PATIENCE_MS)
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.locator(".live")).to_be_visible(timeout=WORK_MS)
    return page


def _kill_worker(data: Path) -> None:
    """As a crash would: no handler runs."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"coach.ui.live_worker" in command and str(data).encode() in command:
            os.kill(int(process.name), signal.SIGKILL)


def test_a_call_is_coached_live_and_a_crash_leaves_it_to_be_reviewed_or_discarded(
    own_visit: Visit, data: Path
) -> None:
    page = _start(own_visit)
    expect(page.locator(".turn.agent").first).to_be_visible(timeout=WORK_MS)
    expect(page.get_by_role("meter").first).to_be_visible()
    page.reload()
    expect(page.locator(".turn.agent").first).to_be_visible(timeout=WORK_MS)
    _kill_worker(data)
    offer = page.get_by_text(re.compile("没有复核：.* 秒录音"))
    expect(offer).to_be_visible(timeout=60_000)
    own_visit.picture("live-left")
    page.get_by_role("button", name="丢弃").click()
    expect(offer).to_have_count(0)
    assert not list((data / "live").glob("*/sound.wav"))
    assert own_visit.errors == []


def test_faults_are_cued_and_the_call_ends_in_its_review(own_visit: Visit) -> None:
    page = _start(own_visit)
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_text("已暂停，没有在录")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="标记").click()
    expect(page.get_by_role("button", name="标记（1）")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="说明", exact=True).click()
    expect(page.get_by_role("heading", name="它做什么")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="实时辅导", exact=True).click()
    expect(page.get_by_text("已暂停，没有在录")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="继续").click()
    fault = page.get_by_role("alert").filter(has_text="可以说")
    expect(fault).to_be_visible(timeout=WORK_MS)
    own_visit.picture("live-cue")
    opens = page.get_by_role("button", name="查看复核")
    expect(opens).to_be_visible(timeout=WORK_MS)
    expect(page.locator(".differences").first).to_contain_text("威胁恐吓")
    own_visit.picture("live-differences")
    opens.click()
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible(timeout=WORK_MS)
    assert own_visit.foreign == []
    assert own_visit.errors == []
