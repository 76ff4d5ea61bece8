"""``coach account``: who may use the page; ``coach store``: what is done to the store as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.output import shown
from coach.cli.review import _settings
from coach.domain.errors import CoachError
from coach.domain.people import LOCAL, AccountRole

if TYPE_CHECKING:
    from coach.people import People, Ticket

account = typer.Typer(no_args_is_help=True, help="Accounts: with more than one, the page asks to sign in.")
store = typer.Typer(no_args_is_help=True, help="The store as a whole.")
Login = Annotated[str, typer.Argument(help="The name to sign in with.")]
PORT = 8501


@account.command()
def add(
    login: Login,
    role: Annotated[AccountRole, typer.Option(help="What he may do.")],
    name: Annotated[str, typer.Option(help="What colleagues call him.")] = "",
    port: Annotated[int, typer.Option(help="The port of the page, for the link.")] = PORT,
) -> None:
    """Make an account and print the one-time link with which its owner sets his password."""
    _invite(_people().add(login, role, name), port)


@account.command("list")
def list_() -> None:
    """Print the accounts: login, role, name, and by what the company's sign-in knows them."""
    people = _people()
    known = people.identities()
    for found in people.all():
        state = "" if found.password else "  (no password yet)"
        state += f"  {shown(known[found.id])}" if found.id in known else ""
        typer.echo(f"{shown(found.login)}  {found.role.value}  {shown(found.name)}{state}")


@account.command()
def know(
    login: Login,
    email: Annotated[str | None, typer.Option(help="His e-mail at the company's sign-in.")] = None,
    issuer: Annotated[
        str | None, typer.Option(help="Instead of an e-mail: the issuer that names him.")
    ] = None,
    subject: Annotated[str | None, typer.Option(help="With --issuer: how it names him.")] = None,
    nothing: Annotated[bool, typer.Option("--nothing", help="By his password only.")] = False,
) -> None:
    """Say by what the company's sign-in (OpenID Connect) knows an account; its role stays as it is here."""
    people = _people()
    match email, issuer, subject, nothing:
        case str(), None, None, False:
            people.know_by_email(login, email)
        case None, str(), str(), False:
            people.know_by_subject(login, issuer, subject)
        case None, None, None, True:
            people.know_by_nothing(login)
        case _:
            raise CoachError("give --email, or --issuer with --subject, or --nothing")


@account.command()
def remove(login: Login) -> None:
    """Close an account; its owner is signed out at once."""
    _people().remove(login)


@account.command()
def reset(login: Login, port: Annotated[int, typer.Option(help="The port of the page.")] = PORT) -> None:
    """Print a one-time link to set a new password; it also ends a lock-out."""
    _invite(_people().reset(login), port)


@account.command()
def role(login: Login, role: Annotated[AccountRole, typer.Argument(help="What he may do now.")]) -> None:
    """Give an account another role; its owner signs in again."""
    _people().set_role(login, role)


@store.command()
def migrate() -> None:
    """Bring the store to this version; opening it does the same."""
    from coach.assembly import open_store

    open_store(_settings(None))
    typer.echo("the store is up to date")


@store.command()
def erase(
    calls: Annotated[list[str], typer.Argument(help="Ids of calls, as in the address of the page.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete words, sound and all that was said about calls, for good; the audit keeps that it was done."""
    from coach.assembly import open_store

    desk = open_store(_settings(None)).desk(LOCAL)
    cases = [desk.case(call_id) for call_id in calls]
    if not yes:
        typer.confirm(f"erase {len(cases)} call(s) for good?", abort=True)
    for case in cases:
        case.erase()
    typer.echo(f"erased: {len(cases)}")


@store.command()
def retain(
    days: Annotated[int, typer.Argument(min=1, help="Calls made earlier than this many days ago go.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many.")] = False,
) -> None:
    """Erase the calls that are older than the rule allows, but those on hold."""
    from coach.assembly import open_store

    gone = open_store(_settings(None)).desk(LOCAL).retain(days, dry_run=dry_run)
    typer.echo(f"{'to erase' if dry_run else 'erased'}: {len(gone)}")


def _people() -> People:
    from coach.assembly import open_store
    from coach.people import People

    return People(open_store(_settings(None)))


def _invite(ticket: Ticket, port: int) -> None:
    if not 1 <= port <= 65535:
        raise CoachError(f"--port {port}: a port lies between 1 and 65535")
    typer.echo(f"For {shown(ticket.login)}, good once and for a day:")
    address = _settings(None).address or f"http://127.0.0.1:{port}"
    typer.echo(f"{address}/login/set?ticket={ticket.token}")
