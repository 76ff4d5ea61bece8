"""Exports mask personal data unless asked not to, and are never formulas, links or markup."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.labels import PiiType
from coach.domain.review import Review
from coach.report.export import export, file_name
from coach.report.kinds import ENDINGS, MEDIA_TYPES, Kind
from tests.builders import review, with_personal_data

MADE_AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
NAME, PHONE = "钱国强", "一三八零零一三八零零零"
WRITTEN = [kind for kind in Kind if kind is not Kind.AUDIO]


@pytest.fixture
def named() -> Review:
    made = review(
        f"A: 请问是{NAME}先生吗？",
        f"C: 是我，我电话{PHONE}。",
        source=f"{NAME} {PHONE}.wav",
        id=f"call of {NAME}",
    )
    return with_personal_data(made, (0, NAME, PiiType.NAME), (1, PHONE, PiiType.PHONE))


def _export(made: Review, kind: Kind, **options: bool) -> bytes:
    return export(made, kind, language="zh", made_at=MADE_AT, **options)


def _text(kind: Kind, data: bytes) -> str:
    """All that can be read in the file."""
    if kind is Kind.PDF:
        from pypdf import PdfReader

        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if kind is Kind.XLSX:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    return data.decode("utf-8-sig")


@pytest.mark.parametrize("kind", WRITTEN)
def test_personal_data_is_masked_by_default(kind: Kind, named: Review) -> None:
    shown = _text(kind, _export(named, kind))
    assert NAME not in shown
    assert PHONE not in shown
    assert "[姓名]" in shown


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_full_text_is_given_when_asked_for(kind: Kind, named: Review) -> None:
    assert NAME in _text(kind, _export(named, kind, full_text=True))


def test_file_names_hold_no_words_of_the_call(named: Review) -> None:
    name = file_name(named.observed.call.id, ENDINGS[Kind.PDF], full_text=False)
    assert name.endswith("-masked.pdf")
    assert name.isascii()
    assert NAME not in name
    assert file_name("call-1", ".pdf", full_text=True) != file_name("call-2", ".pdf", full_text=True)


def test_every_kind_has_an_ending_and_a_media_type() -> None:
    assert set(ENDINGS) == set(MEDIA_TYPES) == set(Kind)
    assert len(set(ENDINGS.values())) == len(Kind)


@pytest.mark.parametrize(
    "said",
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        "\t=1",
        "  =1",
        "http://evil.invalid/?x",
    ],
)
def test_no_cell_is_a_formula_or_a_link(said: str) -> None:
    from openpyxl import load_workbook

    made = review(f"A: {said}", source=said)
    sheets = load_workbook(io.BytesIO(_export(made, Kind.XLSX, full_text=True)))
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert any(said.strip() in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    rows = csv.reader(io.StringIO(_export(made, Kind.CSV, full_text=True).decode("utf-8-sig")))
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), cell


def test_the_workbook_has_a_sheet_for_each_view_and_times_that_sort() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(_export(review("A: 您好", "C: 嗯"), Kind.XLSX)))
    assert book.sheetnames == ["概要", "评分项", "证据", "通话文字"]
    turns = book["通话文字"]
    assert [cell.value for cell in turns[1]][:5] == ["句", "开始", "结束", "说话人", "文字"]
    assert turns["B3"].value == timedelta(seconds=3)
    assert turns["B3"].number_format == "[m]:ss"
    assert [turns["D2"].value, turns["E2"].value] == ["催收员", "您好"]


@pytest.mark.parametrize("control", ["\x00", "\x0b", "\x1b", "\ud800", "\uffff"])
@pytest.mark.parametrize("kind", [kind for kind in WRITTEN if kind is not Kind.PDF])
def test_what_no_file_can_hold_does_not_break_it(kind: Kind, control: str) -> None:
    data = _export(review(f"A: 您好{control}您好"), kind)
    if kind is Kind.XLSX:
        from openpyxl import load_workbook

        assert load_workbook(io.BytesIO(data)).sheetnames
    else:
        assert data.decode("utf-8-sig")


def test_a_written_call_without_times_has_everything_but_subtitles() -> None:
    from coach.domain.errors import CoachError

    made = review("A: 您好", turns=())
    assert json.loads(_export(made, Kind.VCON))
    for kind in (Kind.VTT, Kind.SRT):
        with pytest.raises(CoachError, match="no times"):
            _export(made, kind)


def test_the_json_is_the_public_object() -> None:
    assert json.loads(_export(review("A: 您好"), Kind.JSON))["schema"] == "coach.review/1"
