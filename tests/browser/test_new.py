"""From a file to its review: upload, progress, cancel, and files that are none."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import REPOSITORY, Visit, serve, watch

SAMPLE = REPOSITORY / "sample_audio" / "zh_collection_threat.m4a"
PATIENCE_MS = 600_000


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(tmp_path_factory.mktemp("new") / "data")


@pytest.fixture
def own_visit(page: Page, own_server: str) -> Visit:
    return watch(page, own_server)


def _upload(page: Page, file: Path | FilePayload) -> None:
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="开始复核").click()


def test_a_file_that_is_no_recording_says_what_to_do(own_visit: Visit) -> None:
    page = own_visit.open("new")
    name = "![x](http:evil.invalid) <img src=x onerror=window.pwned=8> broken.wav"
    _upload(page, FilePayload(name=name, mimeType="audio/wav", buffer=b"this is no sound at all" * 40))
    alert = page.get_by_role("alert").filter(has_text="这个文件不是能读取的录音")
    expect(alert).to_be_visible(timeout=PATIENCE_MS)
    expect(alert).to_contain_text("请确认它能正常播放")
    own_visit.picture("new-broken")
    page.get_by_role("button", name=re.compile("^移除")).click()
    expect(page.get_by_text("开始复核后，这里会显示进度")).to_be_visible()
    assert page.evaluate("() => window.pwned") is None
    assert own_visit.foreign == []
    assert own_visit.errors == []


def test_a_review_survives_a_reload_and_can_be_cancelled(own_visit: Visit, tmp_path: Path) -> None:
    long = tmp_path / "long.wav"
    noise = np.random.default_rng(1).normal(0, 2500, 600 * 8000)
    with wave.open(str(long), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(noise.astype("<i2").tobytes())
    page = own_visit.open("new")
    _upload(page, long)
    bar = page.get_by_role("progressbar", name="long")
    expect(bar).to_be_visible()
    own_visit.picture("new-running")
    page.reload()
    expect(bar).to_be_visible()
    page.get_by_role("button", name="取消 long").click()
    expect(bar).to_have_count(0)
    expect(page.get_by_text("开始复核后，这里会显示进度")).to_be_visible()


@pytest.mark.slow
def test_an_uploaded_call_is_reviewed_heard_and_read(own_visit: Visit) -> None:
    visit = own_visit
    visit.page.add_init_script(
        "const Made = window.Audio; window.Audio = function () { return (window.coachSound = new Made()); };"
    )
    page = visit.open("new")
    _upload(page, SAMPLE)
    page.get_by_role("button", name=re.compile("^查看复核")).click(timeout=PATIENCE_MS)
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()
    expect(page.get_by_text("不合格", exact=True)).to_be_visible()
    critical = page.get_by_role("region", name=re.compile("严重违规"))
    expect(critical).to_contain_text("威胁恐吓")
    critical.get_by_role("button").first.click()
    page.wait_for_function("() => window.coachSound.currentTime > 5 && !window.coachSound.paused")
    visit.picture("review-uploaded")
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.get_by_role("heading", name="Transcript")).to_be_visible()
    page.get_by_role("button", name="Calls").first.click()
    expect(page.get_by_role("list", name="Calls").get_by_role("listitem")).to_have_count(1)
    assert visit.foreign == []
    assert visit.errors == []


def test_a_sample_brings_its_playbook_and_day(own_visit: Visit) -> None:
    page = own_visit.open("new")
    page.get_by_text("选择样例").click()
    expect(page.get_by_text(re.compile("样例自带手册和日期"))).to_be_visible()
    expect(page.get_by_role("button", name="开始复核")).to_be_enabled()
    own_visit.picture("new-sample")
