"""What tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import postgres


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of its own for this run."""
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL on this machine: apt-get install postgresql")
    with postgres.cluster() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_store(postgres_url: str) -> str:
    """A database for stores, one test after the other; each empties it first."""
    return postgres.fresh_database(postgres_url)
