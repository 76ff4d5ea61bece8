"""Serve the page from the command, with the settings of ``streamlit run app.py``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from coach.domain.errors import CoachError
from coach.settings import Settings


class ServingError(CoachError):
    """The page would be open to whom it must not be."""


def launch(port: int) -> None:
    """Serve the page until it is interrupted; raises ``ServingError`` and ``CompanyLoginError``."""
    from streamlit.starlette import App

    from coach.ui.company import check
    from coach.ui.resources import people, settings
    from coach.ui.server import SCRIPT, middleware, routes

    may_serve(settings(), sign_in=people().sign_in_needed())
    check()
    app = App(SCRIPT, routes=routes(), middleware=middleware())
    app.run(config={**page_config(), **office_config(settings()), "server.port": port})


def may_serve(settings: Settings, *, sign_in: bool) -> None:
    """Refuse to be reached from beyond this machine while nobody has to sign in, or by no name."""
    beyond = not ip_address(settings.listen).is_loopback
    if beyond and settings.address is None:
        raise ServingError(
            f"COACH_LISTEN={settings.listen} is beyond this machine: set COACH_ADDRESS too, the https "
            "address of the TLS proxy in front, e.g. https://coach.example.com"
        )
    if (beyond or settings.address is not None) and not sign_in:
        raise ServingError(
            "the page is for this machine only until two accounts exist, since nobody has to sign in before; "
            "make them with: coach account add LOGIN --role admin"
        )


def office_config(settings: Settings) -> dict[str, Any]:
    """The options that let the office in by its own name."""
    if settings.office_name is None:
        return {}
    return {
        "server.address": settings.listen,
        "server.allowedHosts": [*page_config()["server.allowedHosts"], settings.office_name],
    }


def page_config() -> dict[str, Any]:
    """The options of ``.streamlit/config.toml`` by dotted name; in an installed wheel they are in ``ui``."""
    package = Path(__file__).parents[1]
    checkout = package.parent / ".streamlit" / "config.toml"
    file = checkout if checkout.is_file() else package / "ui" / "config.toml"
    return dict(_dotted(tomllib.loads(file.read_text(encoding="utf-8")), ""))


def _dotted(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
