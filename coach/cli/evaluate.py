"""``coach evaluate``: measure the tool on labelled calls."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Labelled calls (.jsonl, or NAME.gold.json).")],
    audio: Annotated[
        bool, typer.Option("--audio", help="Hear the recordings beside NAME.gold.json instead of reading.")
    ] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the measures here.")] = None,
    plots: Annotated[Path | None, typer.Option(help="Write a page of plots here (.html).")] = None,
) -> None:
    """Run the tool over labelled calls and print precision, recall, F1, facts and false alarms."""
    from coach.assembly import Reviewer
    from coach.evaluate.report import summary_page, summary_text
    from coach.evaluate.run import evaluate_files
    from coach.evaluate.summary import summary
    from coach.settings import Settings

    calls = evaluate_files(gold, Reviewer(Settings.read()), audio=audio, on_call=_show)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if not calls:
        raise typer.BadParameter("the files hold no labelled call")
    measures = summary(calls)
    if json_file is not None:
        json_file.write_text(json.dumps(measures, indent=1), encoding="utf-8")
    if plots is not None:
        plots.write_text(summary_page(measures), encoding="utf-8")
    typer.echo(summary_text(measures))


def _show(number: int, _call_id: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[Kcall {number}", end="", file=sys.stderr, flush=True)
