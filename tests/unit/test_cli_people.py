"""``coach account`` and ``coach store``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.main import app
from coach.domain.errors import CoachError, NoSuchCall, StoreError
from coach.people import People
from coach.store import ReviewStore
from tests.store_calls import judged


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("COACH_STORE_URL", raising=False)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_the_link_of_a_new_account_sets_its_password(folder: Path) -> None:
    printed = run("account", "add", "chief", "--role", "admin", "--port", "9000")
    found = re.search(r"http://127\.0\.0\.1:9000/login/set\?ticket=(\S+)", printed)
    assert found is not None
    people = People(ReviewStore(folder))
    assert people.set_password(found.group(1), "correct horse battery")
    assert "chief  admin  chief\n" in run("account", "list")


def test_accounts_come_change_and_go(folder: Path) -> None:
    with pytest.raises(StoreError, match="role admin"):
        run("account", "add", "li", "--role", "agent")
    run("account", "add", "chief", "--role", "admin")
    run("account", "add", "li", "--role", "agent", "--name", "小李")
    assert "li  agent  小李  (no password yet)" in run("account", "list")
    run("account", "role", "li", "supervisor")
    assert "ticket=" in run("account", "reset", "LI")
    assert "li  supervisor" in run("account", "list")
    run("account", "remove", "li")
    assert "li" not in run("account", "list")
    with pytest.raises(StoreError, match="last admin"):
        run("account", "remove", "chief")
    with pytest.raises(StoreError, match="no such account"):
        run("account", "reset", "li")


def test_the_companys_sign_in_is_told_who_is_who(folder: Path) -> None:
    run("account", "add", "chief", "--role", "admin")
    run("account", "know", "chief", "--email", "Chief@example.com")
    assert "chief@example.com" in run("account", "list")
    run("account", "know", "chief", "--issuer", "https://login.example.com", "--subject", "s-1")
    assert "s-1" in run("account", "list")
    run("account", "know", "chief", "--nothing")
    assert "s-1" not in run("account", "list")
    for wrong in ((), ("--issuer", "https://a.b"), ("--email", "a@b.c", "--nothing")):
        with pytest.raises(CoachError, match="--email"):
            run("account", "know", "chief", *wrong)


def test_calls_are_erased_by_id_and_by_rule(folder: Path) -> None:
    store = ReviewStore(folder)
    store.add(judged("old", started_at="2020-01-01T10:00+08:00"), title="一")
    store.add(judged("new"), title="二")
    assert run("store", "retain", "365", "--dry-run") == "to erase: 1\n"
    assert run("store", "retain", "365") == "erased: 1\n"
    assert run("store", "erase", "new", "--yes") == "erased: 1\n"
    assert store.calls() == []
    with pytest.raises(NoSuchCall):
        run("store", "erase", "new", "--yes")
    assert run("store", "migrate") == "the store is up to date\n"
