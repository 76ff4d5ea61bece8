"""``coach export``: reviews that the store has, as files to hand on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.output import complain, covered_sound, out_folder, write_file
from coach.cli.review import Reader
from coach.domain.errors import RecordingError
from coach.report.kinds import ENDINGS, Kind

if TYPE_CHECKING:
    from coach.domain.text import UiLanguage
    from coach.store import Case, Desk


def export(
    calls: Annotated[
        list[str] | None, typer.Argument(help="Ids of calls, as the page's address has them.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All calls of the store.")] = False,
    kind: Annotated[Kind, typer.Option("--format", help="What to write.")] = Kind.PDF,
    out: Annotated[Path, typer.Option(help="Folder for one file a call.")] = Path(),
    full_text: Annotated[bool, typer.Option("--full-text", help="Do not mask personal data.")] = False,
    text_language: Annotated[
        Reader, typer.Option("--text", help="Language of reasons and advice.")
    ] = Reader.ZH,
) -> None:
    """Write stored reviews as files; personal data is masked, and file names hold no words of a call."""
    from coach.assembly import open_store
    from coach.domain.people import LOCAL
    from coach.report.export import file_name
    from coach.settings import Settings

    if bool(calls) is every:
        raise typer.BadParameter("name calls, or say --all")
    if full_text and kind is Kind.AUDIO:
        raise typer.BadParameter("--full-text: sound with nothing covered is the recording itself")
    out_folder(out)
    desk = open_store(Settings.read()).desk(LOCAL)
    failed = 0
    for call_id in calls or _all(desk):
        file = out / file_name(call_id, ENDINGS[kind], full_text=full_text)
        try:
            case = desk.case(call_id)
            write_file(file, _made(case, kind, full_text=full_text, language=text_language.value))
            case.exported(f"{kind.value} {'full' if full_text else 'masked'}")
        except Exception as error:  # whatever is wrong with one call, the others are still to be done
            complain(file, error)
            failed += 1
            continue
        typer.echo(str(file))
    if failed:
        raise typer.Exit(1)


def _made(case: Case, kind: Kind, *, full_text: bool, language: UiLanguage) -> bytes:
    from dataclasses import replace

    from coach.report.export import export as exported

    review = replace(case.review(), scorecard=case.card().stands)
    if kind is not Kind.AUDIO:
        return exported(review, kind, language=language, made_at=datetime.now(UTC), full_text=full_text)
    recording = case.audio()
    if recording is None:
        raise RecordingError("the call has no sound")
    return covered_sound(recording, review)


def _all(desk: Desk) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = desk.calls(after=after, limit=500)
        found += [line.id for line in page.items]
        after = page.next
        if after is None:
            return found
