"""A review as an Excel workbook or a CSV file in which no cell is ever a formula or a link."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from coach.domain.review import Review
from coach.domain.text import UiLanguage
from coach.report.tables import Cell, Clock, Table, findings_table, review_tables
from coach.report.words import clock

LONGEST_CELL = 32_767
"""Characters that Excel keeps in a cell."""

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet take a text of a CSV file for a formula, also in full width."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def review_xlsx(review: Review, *, language: UiLanguage, notice: str) -> bytes:
    """The workbook: summary, criteria, evidence, turns."""
    return tables_xlsx(review_tables(review, language=language, notice=notice))


def tables_xlsx(tables: Iterable[Table]) -> bytes:
    """A workbook with a sheet for each table."""
    import xlsxwriter

    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        forms = {
            "head": book.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "clock": book.add_format({"num_format": "[m]:ss", "valign": "top"}),
        }
        for table in tables:
            _sheet(book.add_worksheet(table.name), table, forms)
    return written.getvalue()


def _sheet(sheet: Any, table: Table, forms: dict[str, Any]) -> None:
    for column, (title, width) in enumerate(zip(table.head, table.widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, forms["head"])
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, forms)
    sheet.freeze_panes(1, 0)
    if len(table.head) > 2 and table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.head) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, row: int, column: int, cell: Cell, forms: dict[str, Any]) -> None:
    match cell:
        case None:
            sheet.write_blank(row, column, None, forms["text"])
        case str():
            sheet.write_string(row, column, _NOT_IN_XML.sub(" ", cell)[:LONGEST_CELL], forms["text"])
        case Clock(seconds):
            sheet.write_number(row, column, seconds / 86_400, forms["clock"])
        case _:
            sheet.write_number(row, column, cell, forms["text"])


def review_csv(review: Review, *, language: UiLanguage) -> bytes:
    """Each criterion with each piece of its evidence in a row, as UTF-8 with the mark that Excel needs."""
    return table_csv(findings_table(review, language=language))


def table_csv(table: Table) -> bytes:
    """A table as a CSV file, in UTF-8 with the mark that Excel needs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.head)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _plain(cell: Cell) -> str | float | int:
    match cell:
        case None:
            return ""
        case str():
            shown = _NOT_IN_XML.sub(" ", cell)
            return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA) else shown
        case Clock(seconds):
            return clock(seconds)
        case _:
            return cell
