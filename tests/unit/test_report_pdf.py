"""The PDF holds its fonts, its words can be copied, and it asks nobody for anything."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from coach.report import pdf
from coach.report.html import review_html
from coach.report.pdf import ReportError, page_pdf, page_pdf_apart
from tests.builders import review
from tests.ui.fixtures import long_review

HOSTILE = '<img src="http://evil.invalid/x.png"><link rel=stylesheet href=file:///etc/passwd>'


def test_chinese_fonts_are_embedded_and_the_words_can_be_copied() -> None:
    from pypdf import PdfReader

    found = PdfReader(io.BytesIO(page_pdf(review_html(review("A: 您好，请问方便吗？")))))
    assert "您好，请问方便吗？" in "".join(page.extract_text() for page in found.pages)
    fonts = [font.get_object() for page in found.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert "+" in font["/BaseFont"], "only the glyphs that are used"


def test_an_hour_of_five_hundred_turns_is_a_report_of_some_pages_in_seconds() -> None:
    from pypdf import PdfReader

    begin = time.process_time()
    made = page_pdf(review_html(long_review()))
    assert time.process_time() - begin < 30.0
    assert len(made) < 2_000_000
    assert 10 < len(PdfReader(io.BytesIO(made)).pages) < 40


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked for while the test ran."""
    asked: list[str] = []

    def note(fetcher: object, url: str, headers: object = None) -> None:
        asked.append(url)
        raise ValueError("not here")

    monkeypatch.setattr("weasyprint.urls.URLFetcher.fetch", note)
    return asked


def test_nothing_is_fetched_for_a_report(fetched: list[str]) -> None:
    assert page_pdf(review_html(review(f"A: {HOSTILE}", source=HOSTILE))).startswith(b"%PDF")
    assert fetched == []


def test_even_our_own_page_could_not_fetch() -> None:
    picture = Path(__file__).parents[2] / "coach" / "ui" / "icon.png"
    assert b"/Image" not in page_pdf(f'<p>a</p><img src="{picture.as_uri()}">')


def test_a_process_of_its_own_makes_the_same_pages() -> None:
    from pypdf import PdfReader

    page = "<p>您好</p>"
    apart, here = (PdfReader(io.BytesIO(made)).pages for made in (page_pdf_apart(page), page_pdf(page)))
    assert [one.extract_text() for one in apart] == [one.extract_text() for one in here]


def test_without_pango_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(ReportError, match=r"apt-get install libpango.*brew install pango"):
        page_pdf("<p>a</p>")


def test_without_a_chinese_font_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_has_chinese_font", lambda: False)
    with pytest.raises(ReportError, match="fonts-noto-cjk"):
        page_pdf("<p>a</p>")
