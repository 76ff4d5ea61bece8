"""``coach playbook check`` and ``coach playbook show``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from coach.cli.review import Reader

app = typer.Typer(no_args_is_help=True, help="Check and show playbooks.")


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A playbook (YAML) or the name of a built-in one.")],
) -> None:
    """Check a playbook and its examples; a mistake is explained with its line and the nearest valid key."""
    from coach import playbooks
    from coach.rules.examples import try_examples

    playbook = playbooks.load(file)
    wrong = [tried for tried in try_examples(playbook) if tried.wrong is not None]
    for tried in wrong:
        print(f"{file}:{tried.example.line}: {tried.criterion}: {tried.wrong}", file=sys.stderr)
    if wrong:
        raise typer.Exit(1)
    typer.echo(f"{playbook.id} {playbook.version}: {len(playbook.criteria)} criteria, no mistake found")


@app.command()
def show(
    file: Annotated[str, typer.Argument(help="A playbook (YAML) or the name of a built-in one.")],
    text: Annotated[Reader, typer.Option("--text", help="Language of the texts.")] = Reader.ZH,
) -> None:
    """Print a playbook for reading."""
    from coach import playbooks

    typer.echo(playbooks.show(playbooks.load(file), text.value))
