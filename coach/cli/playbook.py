"""``coach playbook check`` and ``coach playbook show``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.review import Reader

if TYPE_CHECKING:
    from coach.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Check and show playbooks.")


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A playbook (YAML) or the name of a built-in one.")],
    text: Annotated[Reader, typer.Option("--text", help="Language of the explanations.")] = Reader.ZH,
) -> None:
    """Check a playbook and its examples; a mistake is explained with its line and the nearest valid key."""
    from coach import playbooks
    from coach.domain.errors import PlaybookError
    from coach.playbooks.mistakes import in_chinese
    from coach.rules.examples import try_examples

    say = in_chinese if text is Reader.ZH else str
    try:
        playbook = playbooks.load(file)
    except PlaybookError as error:
        raise PlaybookError(say(str(error))) from None
    wrong = [tried for tried in try_examples(playbook) if tried.wrong is not None]
    for tried in wrong:
        explained = say(f"{tried.criterion}: {tried.wrong}")
        print(f"{file}:{tried.example.line}: {explained}", file=sys.stderr)
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


def chosen(name: str, settings: Settings) -> str:
    """What a session is told to use: ``ID@VERSION`` becomes the path of the published text, a path whole.

    A session is reviewed later perhaps, and from another folder.
    """
    from coach import playbooks

    playbook, at, version = name.partition("@")
    if at and not Path(name).exists():
        return _published(playbook, version, settings)
    is_path = name not in playbooks.names() and Path(name).suffix
    return str(Path(name).absolute()) if is_path else name


def _published(playbook: str, version: str, settings: Settings) -> str:
    from coach.assembly import open_store
    from coach.domain.people import LOCAL
    from coach.ui.editions import editions, name_for_review

    desk = open_store(settings).desk(LOCAL)
    known = {f"{one.playbook}@{one.version}": one for one in editions(desk) if not one.built_in}
    found = known.get(f"{playbook}@{version}")
    if found is None:
        there = ", ".join(known) or "none"
        raise typer.BadParameter(f"--playbook: no such published version; there are: {there}")
    return name_for_review(desk, found.key, settings.data_dir / "playbooks")
