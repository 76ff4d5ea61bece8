"""``coach app``: serve the page on this machine."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(port: Annotated[int, typer.Option(min=1, max=65535, help="Port.")] = 8501) -> None:
    """Serve the page on this machine, or as COACH_ADDRESS and COACH_LISTEN say, and print its address."""
    from coach.ui.launch import launch

    launch(port)
