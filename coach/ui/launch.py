"""Serve the page from the command, with the settings of ``streamlit run app.py``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def launch(port: int) -> None:
    """Serve the page on 127.0.0.1 until it is interrupted."""
    from streamlit.starlette import App

    from coach.ui.server import SCRIPT, middleware, routes

    app = App(SCRIPT, routes=routes(), middleware=middleware())
    app.run(config={**page_config(), "server.port": port})


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
