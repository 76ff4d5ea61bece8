"""Taking a review out of the page: the menu, the files, and what they may not hold."""

from __future__ import annotations

import io
import json
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

NAMED = "review?call=bad"
NUMBER = "13800138000"
STARTS = {
    "PDF 报告": (".pdf", b"%PDF"),
    "可打印网页（HTML）": (".html", b"<!doctype html>"),
    "Excel 表格": (".xlsx", b"PK"),
    "CSV 表格": (".csv", b"\xef\xbb\xbf"),
    "字幕（WebVTT）": (".vtt", b"WEBVTT"),
    "字幕（SRT）": (".srt", b"1\n00:00"),
    "vCon（通话数据交换）": (".vcon.json", b'{"vcon": "0.4.0"'),
    "JSON": (".json", b'{"schema": "coach.review/1"'),
    "录音（个人信息处为提示音）": (".mp3", b""),
}


def _open(visit: Visit, path: str = NAMED) -> Page:
    page = visit.open(path)
    page.get_by_role("button", name="导出", exact=True).click()
    expect(page.get_by_role("group", name="导出这通通话")).to_be_visible()
    return page


def _download(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    found = waiting.value
    expect(page.get_by_role("status").filter(has_text="已下载")).to_be_visible()
    return found.suggested_filename, Path(found.path()).read_bytes()


def test_every_kind_of_file_can_be_taken_out_masked(visit: Visit) -> None:
    page = _open(visit)
    visit.picture("export-menu")
    for name, (ending, start) in STARTS.items():
        file, data = _download(page, name)
        assert file.endswith(f"-masked{ending}"), file
        assert file.isascii()
        assert data.startswith(start), name
        if ending not in (".pdf", ".xlsx", ".mp3"):
            assert NUMBER not in data.decode("utf-8-sig"), name
    assert visit.errors == []
    assert visit.foreign == []


def test_the_full_text_is_a_choice_that_warns(visit: Visit) -> None:
    page = _open(visit)
    page.get_by_label("不遮盖个人信息").check()
    expect(page.get_by_text("文件会含有个人信息，请妥善保管。")).to_be_visible()
    visit.picture("export-full")
    file, data = _download(page, "JSON")
    assert file.endswith("-full.json")
    assert NUMBER in data.decode()


def test_the_pdf_has_the_words_of_the_call(visit: Visit) -> None:
    from pypdf import PdfReader

    _, data = _download(_open(visit), "PDF 报告")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert "通话复核报告" in text
    assert "个人信息已遮盖" in text
    assert NUMBER not in text


def test_the_menu_works_by_keyboard(visit: Visit) -> None:
    page = visit.open(NAMED)
    button = page.get_by_role("button", name="导出", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="PDF 报告")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="可打印网页（HTML）")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="导出这通通话")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_failure_says_what_to_do(visit: Visit) -> None:
    page = _open(visit)
    page.route("**/coach/export/**", lambda route: route.abort())
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="没有导出成功")).to_be_visible()


def test_the_menu_is_in_english_too(visit: Visit) -> None:
    visit.page.context.add_cookies([{"name": "coach_lang", "value": "en", "url": visit.base}])
    page = visit.open(NAMED)
    page.get_by_role("button", name="Export", exact=True).click()
    expect(page.get_by_role("button", name="PDF report")).to_be_visible()
    visit.picture("export-menu-en")


@pytest.mark.parametrize(
    "path", ["pdf/nobody", "docx/good", "pdf/..%2F..%2Fetc%2Fpasswd", "pdf/", "audio/nobody", "json/%00"]
)
def test_what_is_not_there_is_not_found(server: str, path: str) -> None:
    from urllib.error import HTTPError

    with pytest.raises(HTTPError) as refused:
        urlopen(f"{server}/coach/export/{path}", timeout=30)
    assert refused.value.code in (400, 404)
    refused.value.close()


def test_names_in_headers_hold_no_words_of_the_call(server: str) -> None:
    with urlopen(f"{server}/coach/export/json/good", timeout=30) as answer:
        assert answer.headers["Content-Disposition"].isascii()
        assert json.load(answer)["schema"] == "coach.review/1"
