"""``coach playbook check`` and ``coach playbook show``."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.cli.review import Reader

app = typer.Typer(no_args_is_help=True, help="Check and show playbooks.")


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A playbook (YAML) or the name of a built-in one.")],
) -> None:
    """Check a playbook; a mistake is explained with its file, line and the nearest valid key."""
    from coach import playbooks

    playbook = playbooks.load(file)
    typer.echo(f"{playbook.id} {playbook.version}: {len(playbook.criteria)} criteria, no mistake found")


@app.command()
def show(
    file: Annotated[str, typer.Argument(help="A playbook (YAML) or the name of a built-in one.")],
    text: Annotated[Reader, typer.Option("--text", help="Language of the texts.")] = Reader.ZH,
) -> None:
    """Print a playbook for reading."""
    from coach import playbooks

    typer.echo(playbooks.show(playbooks.load(file), text.value))
