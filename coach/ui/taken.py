"""A table of a page as a file for the browser to keep; that it was taken is written down first."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from coach.report.sheets import table_csv, tables_xlsx
from coach.report.tables import Table
from coach.store import Desk

_WRITERS: Final[Mapping[str, tuple[str, Callable[[Table], bytes]]]] = {
    "csv": ("text/csv", table_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda table: tables_xlsx([table]),
    ),
}


def taken(desk: Desk, page: str, table: Table, form: str, *, sheet: str) -> dict[str, Any]:
    """The file as the component ``saveFile`` wants it; ``sheet`` is its title for people.

    Raises ``ValueError`` for a form that there is none of, ``NotAllowed`` where he may not.
    """
    if form not in _WRITERS:
        raise ValueError("the page writes no such kind of file")
    desk.exported(f"{page} {table.name} {form}")
    kind, write = _WRITERS[form]
    data = b64encode(write(replace(table, name=sheet[:31]))).decode()
    return {"name": f"{page}-{table.name}.{form}", "type": kind, "data": data}
