"""The entry of the command and its exit codes: 0 done, 1 some inputs failed, 2 wrong usage."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import typer

from coach.cli import evaluate, export, live, people, playbook, record, review, serve
from coach.cli.output import shown
from coach.domain.errors import CoachError

app = typer.Typer(
    name="coach",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # an error is one line, not a box that cuts it in pieces
    pretty_exceptions_enable=False,
    help="Reviews debt-collection and negotiation calls on this machine: words, labels, score, evidence.",
)
app.command("review")(review.review)
app.command("samples")(review.samples)
app.command("app")(serve.serve)
app.command("export")(export.export)
app.command("evaluate")(evaluate.evaluate)
app.command("record")(record.record)
app.command("live")(live.live)
app.command("devices")(record.devices)
app.add_typer(playbook.app, name="playbook")
app.add_typer(people.account, name="account")
app.add_typer(people.store, name="store")


def main() -> None:
    """Run the command; an error that the user can mend is one line on stderr and exit code 1."""
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
    except CoachError as error:
        print(f"coach: {shown(str(error))}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"coach: {shown(error.filename or '')}: {error.strerror}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("coach: stopped", file=sys.stderr)
        sys.exit(130)


def _end(number: int, _frame: FrameType | None) -> None:
    """Ends as an error does, so that what is half-done is cleared away."""
    sys.exit(128 + number)
