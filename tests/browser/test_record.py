"""A call recorded in the browser, with a file for a microphone, becomes a review; so does an answer aloud."""

from __future__ import annotations

import os
import re
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHROMIUM, SIZE, Visit, serve, watch
from tests.browser.test_live_devices import ANSWER, RATE, _heard

pytestmark = pytest.mark.slow

WORK_MS = 600_000
PATIENCE_MS = 120_000
SAID = "理解您的难处"


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser hears: an agent's good words, at the rate of a usual microphone."""
    folder = tmp_path_factory.mktemp("microphone")
    said = _heard("zh_collection_good.opus", folder, *ANSWER)[:, 0]
    samples = np.repeat(np.concatenate([np.zeros(RATE // 2, np.int16), said]), 3)
    with wave.open(str(folder / "microphone.wav"), "wb") as sound:
        sound.setparams((1, 2, RATE * 3, 0, "NONE", ""))
        sound.writeframes(samples.astype("<i2").tobytes())
    return folder / "microphone.wav"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(tmp_path_factory.mktemp("record") / "data")


@pytest.fixture
def visit(own_server: str, microphone: Path, browser: Browser) -> Iterator[Visit]:
    """A browser of its own, since what it hears is said when it begins."""
    arguments = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}",
        "--disable-background-networking",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]
    own = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    page = own.new_page(viewport=SIZE, locale="zh-CN")
    page.set_default_timeout(PATIENCE_MS)
    yield watch(page, own_server)
    own.close()


def _record(page: Page, seconds: float) -> None:
    page.get_by_role("button", name="Record", exact=True).click()
    stop = page.get_by_role("button", name="Stop recording")
    expect(stop).to_be_visible()
    page.wait_for_timeout(seconds * 1000)
    stop.click()


def test_a_call_that_is_recorded_in_the_browser_is_reviewed(visit: Visit) -> None:
    page = visit.open("new")
    page.get_by_text("麦克风录音", exact=True).click()
    expect(page.get_by_role("button", name="请先录音")).to_be_disabled()
    _record(page, 20.0)
    start = page.get_by_role("button", name="开始复核")
    expect(start).to_be_enabled()
    visit.picture("new-recorded")
    start.click()
    page.get_by_role("button", name=re.compile("^查看复核")).click(timeout=WORK_MS)
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()
    expect(page.get_by_role("list", name="通话文字")).to_contain_text(SAID)
    assert visit.foreign == []
    assert visit.errors == []


def test_an_answer_that_is_recorded_in_the_browser_is_judged(visit: Visit) -> None:
    page = visit.open("practice?line=zh_hardship_jobless")
    page.get_by_text("录一段话", exact=True).click()
    _record(page, 20.0)
    page.get_by_role("button", name="提交回答").click()
    result = page.get_by_role("region", name="评判结果")
    expect(result.get_by_text("您说的是", exact=True)).to_be_visible(timeout=WORK_MS)
    expect(result.locator(".words")).to_contain_text(SAID)
    expect(result).to_contain_text("做到了")
    visit.picture("drill-recorded")
    assert visit.errors == []
