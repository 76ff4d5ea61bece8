"""The live page with devices: two of them, pulled out, put back, remembered; a drill answered aloud."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from coach.audio.files import decode, probe
from coach.audio.samples import raw
from coach.domain.time import Interval
from tests.browser.conftest import REPOSITORY, Visit, choose, free_port, run_server, watch

pytestmark = pytest.mark.slow

WORK_MS = 300_000
PATIENCE_MS = 120_000
RATE = 16_000
ANSWER = ((36.4, 42.0), (45.4, 53.1))
"""Where the agent of the good sample answers the hardship that the drill's line tells of."""


def _heard(sample: str, folder: Path, *parts: tuple[float, float]) -> np.ndarray:
    audio = decode(
        probe(REPOSITORY / "sample_audio" / sample), folder / "decoded", report=lambda _share: None
    )
    return np.concatenate([raw(audio, Interval(start, end)) for start, end in parts])


def _write(file: Path, samples: np.ndarray, *, times: int = 1) -> None:
    """At ``times`` 16 kHz, as devices have other rates."""
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE * times)
        sound.writeframes(np.repeat(samples, times).astype("<i2").tobytes())


@pytest.fixture(scope="module")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two parties of a call with threats on a device each, and a headset that says a good answer."""
    folder, work = tmp_path_factory.mktemp("devices"), tmp_path_factory.mktemp("work")
    call = _heard("zh_collection_threat.m4a", work, (0.0, 40.0))
    _write(folder / "Headset.wav", call[:, 0], times=3)
    _write(folder / "Telephone.wav", call[:, 1])
    good = _heard("zh_collection_good.opus", work, *ANSWER)[:, 0]
    _write(folder / "Answer.wav", np.concatenate([np.zeros(RATE, np.int16), good, np.zeros(RATE, np.int16)]))
    return folder


@pytest.fixture(scope="module")
def server_with_sound(tmp_path_factory: pytest.TempPathFactory, devices: Path) -> Iterator[str]:
    port = free_port()
    command = ["-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    environment = {
        "PYTHONPATH": str(REPOSITORY / "tests" / "virtual_sound"),
        "COACH_TEST_SOUND": str(devices),
    }
    yield from run_server(command, port, tmp_path_factory.mktemp("live") / "data", environment)


@pytest.fixture
def visit(page: Page, server_with_sound: str) -> Visit:
    page.set_default_timeout(PATIENCE_MS)
    return watch(page, server_with_sound)


def _choose(page: Page, label: str, device: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(label))
    choose(box, page.get_by_role("option", name=device, exact=True), PATIENCE_MS)
    expect(box).to_have_value(device)


def test_two_devices_are_heard_one_is_pulled_out_and_put_back_and_both_are_remembered(
    visit: Visit, devices: Path
) -> None:
    page = visit.open("live")
    page.get_by_text("两个设备：麦克风和电话声音").click()
    _choose(page, "您的麦克风", "Headset")
    _choose(page, "对方的声音", "Telephone")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.locator(".live")).to_be_visible(timeout=WORK_MS)
    expect(page.get_by_role("meter")).to_have_count(2)
    expect(page.locator(".turn.agent").first).to_be_visible(timeout=WORK_MS)
    expect(page.locator(".turn.customer").first).to_be_visible(timeout=WORK_MS)
    for part in (".time", ".share", ".lag"):
        expect(page.locator(part)).to_be_visible()

    (devices / "Telephone.wav").rename(devices / "Telephone.away")
    gone = page.get_by_text(re.compile("声音设备断开了"))
    expect(gone).to_be_visible(timeout=PATIENCE_MS)
    visit.picture("live-unplugged")
    (devices / "Telephone.away").rename(devices / "Telephone.wav")
    expect(gone).to_have_count(0, timeout=PATIENCE_MS)

    page.get_by_role("button", name="结束并复核").click()
    expect(page.get_by_role("button", name="查看复核")).to_be_visible(timeout=WORK_MS)
    page.get_by_role("button", name="再来一次").click()
    expect(page.get_by_role("combobox", name=re.compile("您的麦克风"))).to_have_value("Headset")
    expect(page.get_by_role("combobox", name=re.compile("对方的声音"))).to_have_value("Telephone")
    assert visit.errors == []


def test_a_line_is_said_then_the_answer_is_heard_and_judged_while_it_is_spoken(visit: Visit) -> None:
    page = visit.open("practice?line=zh_hardship_jobless")
    expect(page.get_by_text("我上个月失业了").first).to_be_visible()
    page.get_by_text("边说边评判", exact=True).click()
    _choose(page, "您的麦克风", "Answer")
    page.get_by_role("button", name="播放这句话，然后回答").click()
    expect(page.get_by_text("正在播放，放完就轮到您回答")).to_be_visible(timeout=WORK_MS)
    assert page.locator(".time").inner_text() == "0:00", "nothing is heard while the line is played"
    expect(page.get_by_role("button", name="回答完了")).to_be_disabled()
    visit.picture("drill-playing")

    expect(page.get_by_text(re.compile("轮到您了"))).to_be_visible(timeout=PATIENCE_MS)
    points = page.get_by_role("region", name="这一句练的是")
    expect(points.locator("li.met").first).to_be_visible(timeout=WORK_MS)
    visit.picture("drill-answering")
    expect(points.locator("li.met")).to_have_count(3, timeout=WORK_MS)
    page.get_by_role("button", name="回答完了").click()
    result = page.get_by_role("region", name="评判结果")
    expect(result).to_be_visible(timeout=WORK_MS)
    expect(result).to_contain_text("做到了")
    visit.picture("drill-result")
    answer = result.locator(".words").last.inner_text()
    assert "理解" in answer
    assert "拿不出" not in answer, "the customer's line is not taken for the answer"
    page.get_by_role("button", name="下一句").click()
    expect(page.get_by_role("region", name="客户说")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("我上个月失业了")).to_have_count(0)
    assert visit.foreign == []
    assert visit.errors == []
