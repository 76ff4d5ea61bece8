"""A PostgreSQL of its own for tests and benchmarks, in a folder that goes away with it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE_S = 60.0
_NUMBERS = count(1)


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``; None where there is no PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return None if named is None else Path(named).resolve().parent


@contextmanager
def cluster() -> Iterator[str]:
    """A running server without a network port; the address of its first database."""
    found = programs()
    assert found is not None, "no PostgreSQL: apt-get install postgresql"
    user = _other_user()
    with tempfile.TemporaryDirectory(prefix="coach-pg-") as folder:
        if user is not None:
            shutil.chown(folder, user)
        data = Path(folder) / "data"
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=coach", "--no-sync"]
        subprocess.run(
            [found / "initdb", "-D", data, *options], check=True, user=user, cwd=folder, capture_output=True
        )
        settings = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off")
        flags = [part for setting in settings for part in ("-c", setting)]
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(
                [found / "postgres", "-D", data, "-k", folder, *flags],
                user=user,
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            _wait(Path(folder) / ".s.PGSQL.5432", server)
            yield f"postgresql://coach@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: its folder goes away, so it need not be tidied
            server.wait(PATIENCE_S)


def fresh_database(url: str, template: str = "") -> str:
    """An empty database beside the one of ``url``, or a copy of ``template`` (an address); its address."""
    import psycopg

    name = f"test_{os.getpid()}_{next(_NUMBERS)}"
    copied = f" TEMPLATE {urlsplit(template).path.lstrip('/')}" if template else ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{copied}")
    return url.replace("/postgres?", f"/{name}?")


def _other_user() -> str | None:
    """Whom the server runs as: it refuses root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _wait(socket: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        assert server.poll() is None, "PostgreSQL ended"
        if socket.exists():
            return
        time.sleep(0.05)
    raise AssertionError("PostgreSQL did not start within a minute")
