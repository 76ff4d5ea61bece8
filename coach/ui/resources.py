"""The settings and the store of this process, read and opened once."""

from __future__ import annotations

from functools import cache

from coach.settings import Settings
from coach.store import ReviewStore
from coach.ui.jobs import Jobs


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings.read()


@cache
def store() -> ReviewStore:
    """The store of this user."""
    return ReviewStore(settings().data_dir)


@cache
def jobs() -> Jobs:
    """The jobs of this user."""
    return Jobs(settings().data_dir / "jobs")
