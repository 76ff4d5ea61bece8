"""Accounts as rows: what must hold while several people write at once, and after a migration."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from coach.domain.errors import StoreError
from coach.domain.people import AccountRole
from coach.people import People
from coach.store import ReviewStore
from coach.store.accounts import Accounts


@pytest.mark.parametrize("act", ["remove", "demote"])
def test_two_admins_who_shut_each_other_out_at_once_leave_one(store: ReviewStore, act: str) -> None:
    people = People(store)
    for login in ("root", "second"):
        people.add(login, AccountRole.ADMIN)
    ids = {one.login: one.id for one in people.all()}
    refused: list[str] = []
    gate = threading.Barrier(2)

    def shut_out(login: str) -> None:
        accounts = Accounts(store.database)
        gate.wait()
        try:
            if act == "remove":
                accounts.remove(ids[login], by="x")
            else:
                accounts.set_role(ids[login], AccountRole.AGENT, by="x")
        except StoreError:
            refused.append(login)

    threads = [threading.Thread(target=shut_out, args=(login,)) for login in ("root", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert [one.login for one in people.all() if one.role is AccountRole.ADMIN] == refused


def test_when_people_signed_in_is_taken_from_the_audit_of_an_older_store(tmp_path: Path) -> None:
    store = ReviewStore(tmp_path)
    people = People(store)
    people.set_password(people.add("root", AccountRole.ADMIN).token, "correct horse battery")
    people.add("li", AccountRole.AGENT)
    before = {one.login: one.signed_in_at for one in people.all()}
    store.database.close()
    connection = sqlite3.connect(tmp_path / "coach.sqlite")
    for change in (
        "ALTER TABLE accounts DROP COLUMN signed_in_at",
        *(f"ALTER TABLE promises DROP COLUMN {name}" for name in ("gone_from", "quote", "start")),
        "UPDATE alembic_version SET version_num = '0004'",
    ):
        connection.execute(change)
    connection.commit()
    connection.close()
    after = {one.login: one.signed_in_at for one in People(ReviewStore(tmp_path)).all()}
    assert after["li"] is None
    assert after["root"] is not None
    assert before["root"] is not None
    assert abs((after["root"] - before["root"]).total_seconds()) < 1
