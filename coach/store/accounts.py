"""Accounts, their sessions and tickets as rows; ``coach.people`` knows what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coach.domain.errors import StoreError
from coach.domain.people import AccountRole, Actor
from coach.store.engine import Database
from coach.store.journal import note
from coach.store.rows import moment, now
from coach.store.schema import accounts, identities, sessions, tickets


@dataclass(frozen=True, slots=True)
class Account:
    """An account; ``password`` is its argon2id hash, ``locked_until`` in seconds since 1970."""

    id: str
    login: str
    name: str
    role: AccountRole
    password: str | None
    failures: int
    locked_until: float
    active: bool
    signed_in_at: datetime | None = None

    @property
    def actor(self) -> Actor:
        """Who acts under this account."""
        return Actor(self.id, self.role, self.name)


@dataclass(frozen=True, slots=True)
class Session:
    """A visit that has signed in; times in seconds since 1970."""

    account: Account
    began: float
    seen: float


class Accounts:
    """The accounts of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Account]:
        """The active ones, by login."""
        query = sa.select(accounts).where(accounts.c.removed_at.is_(None)).order_by(accounts.c.login)
        with self._database.reading() as connection:
            return [_account(row) for row in connection.execute(query)]

    def by_login(self, login: str) -> Account | None:
        """The active account with that (folded) login."""
        query = sa.select(accounts).where(accounts.c.login == login, accounts.c.removed_at.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _account(row)

    def add(self, account_id: str, login: str, name: str, role: AccountRole, *, by: str) -> None:
        """Make an account without a password; raises ``StoreError`` when the login is taken."""
        values = {"id": account_id, "login": login, "name": name, "role": role.value}
        with self._database.writing() as connection:
            if connection.execute(sa.select(accounts.c.id).where(accounts.c.login == login)).first():
                raise StoreError("this login is taken; choose another", kind="taken")
            connection.execute(
                sa.insert(accounts).values(
                    **values, password=None, made_at=now(), failures=0, locked_until=0.0
                )
            )
            note(connection, by, "account_add", account_id, role=role.value)

    def remove(self, account_id: str, *, by: str) -> None:
        """Close an account: its sessions and tickets end at once, its name stays in the record.

        Raises ``StoreError`` for the last admin.
        """
        with self._database.writing() as connection:
            _keep_an_admin(connection, account_id)
            gone = f"{account_id} (removed)"
            values = {"removed_at": now(), "password": None, "login": gone}
            connection.execute(sa.update(accounts).where(accounts.c.id == account_id).values(**values))
            connection.execute(sa.delete(sessions).where(sessions.c.account == account_id))
            for table in (tickets, identities):
                connection.execute(sa.delete(table).where(table.c.account == account_id))
            note(connection, by, "account_remove", account_id)

    def set_role(self, account_id: str, role: AccountRole, *, by: str) -> None:
        """Give an account another role; its sessions end, so that nothing of the old role stays open.

        Raises ``StoreError`` where this would leave no admin.
        """
        with self._database.writing() as connection:
            if role is not AccountRole.ADMIN:
                _keep_an_admin(connection, account_id)
            connection.execute(sa.update(accounts).where(accounts.c.id == account_id).values(role=role.value))
            connection.execute(sa.delete(sessions).where(sessions.c.account == account_id))
            note(connection, by, "account_role", account_id, role=role.value)

    def unlock(self, account_id: str, *, by: str) -> None:
        """Forget the failed tries to sign in, and the lock with them."""
        with self._database.writing() as connection:
            values = {"failures": 0, "locked_until": 0.0}
            connection.execute(sa.update(accounts).where(accounts.c.id == account_id).values(**values))
            note(connection, by, "account_unlock", account_id)

    def shut_out(self, account_id: str, *, by: str) -> None:
        """Take the password of an account away and end its sessions."""
        with self._database.writing() as connection:
            connection.execute(sa.update(accounts).where(accounts.c.id == account_id).values(password=None))
            connection.execute(sa.delete(sessions).where(sessions.c.account == account_id))
            note(connection, by, "account_shut_out", account_id)

    def fail(self, account_id: str, *, failures: int, locked_until: float) -> None:
        """Write down a failed try to sign in."""
        with self._database.writing() as connection:
            where = accounts.c.id == account_id
            values = {"failures": failures, "locked_until": locked_until}
            connection.execute(sa.update(accounts).where(where).values(**values))
            note(connection, account_id, "sign_in_failed", failures=failures)

    def begin(self, account_id: str, token: str, at: float, *, password: str | None = None) -> None:
        """Begin a session; ``password`` is a fresh hash to keep."""
        values: dict[str, Any] = {"failures": 0, "locked_until": 0.0, "signed_in_at": now()}
        if password is not None:
            values["password"] = password
        with self._database.writing() as connection:
            connection.execute(sa.update(accounts).where(accounts.c.id == account_id).values(**values))
            connection.execute(sa.insert(sessions).values(token=token, account=account_id, began=at, seen=at))
            note(connection, account_id, "sign_in")

    def session(self, token: str) -> Session | None:
        """The session of a token's digest, of an account that is still there."""
        query = (
            sa.select(accounts, sessions.c.began, sessions.c.seen)
            .join_from(sessions, accounts, accounts.c.id == sessions.c.account)
            .where(sessions.c.token == token, accounts.c.removed_at.is_(None))
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Session(_account(row), row.began, row.seen)

    def touch(self, token: str, at: float) -> None:
        """The session was used."""
        with self._database.writing() as connection:
            connection.execute(sa.update(sessions).where(sessions.c.token == token).values(seen=at))

    def end(self, token: str) -> None:
        """End a session."""
        with self._database.writing() as connection:
            row = connection.execute(sa.select(sessions.c.account).where(sessions.c.token == token)).first()
            if row is not None:
                connection.execute(sa.delete(sessions).where(sessions.c.token == token))
                note(connection, row.account, "sign_out")

    def keep_identity(
        self, account_id: str, *, email: str | None, issuer: str | None, subject: str | None, by: str
    ) -> None:
        """By what the company's identity provider knows an account; raises ``StoreError`` when it is taken.

        All None: by nothing any more. Its sessions stay.
        """
        known = {"email": email, "issuer": issuer, "subject": subject}
        with self._database.writing() as connection:
            connection.execute(sa.delete(identities).where(identities.c.account == account_id))
            same = [identities.c.email == email] if email else []
            if subject:
                same.append(sa.and_(identities.c.issuer == issuer, identities.c.subject == subject))
            if same:
                if connection.execute(sa.select(identities.c.account).where(sa.or_(*same))).first():
                    raise StoreError("another account is known by this identity; take it from that one first")
                connection.execute(sa.insert(identities).values(account=account_id, **known))
            note(
                connection, by, "identity", account_id, by="email" if email else "subject" if subject else ""
            )

    def by_identity(self, issuer: str, subject: str, email: str | None) -> Account | None:
        """The active account of a person whom an identity provider names.

        ``email`` is one that the provider has verified. The first sign-in by an e-mail binds the account to
        the subject: a colleague who is given the same address later is somebody else.
        """
        mine = sa.and_(identities.c.issuer == issuer, identities.c.subject == subject)
        free = sa.and_(identities.c.email == email, identities.c.subject.is_(None))
        with self._database.writing() as connection:
            for where in (mine, free) if email else (mine,):
                query = (
                    sa.select(accounts).join(identities, identities.c.account == accounts.c.id).where(where)
                )
                row = connection.execute(query.where(accounts.c.removed_at.is_(None))).one_or_none()
                if row is None:
                    continue
                if where is free:
                    bound = {"issuer": issuer, "subject": subject}
                    connection.execute(sa.update(identities).where(free).values(**bound))
                    note(connection, row.id, "identity_bound", row.id)
                return _account(row)
        return None

    def identities(self) -> dict[str, str]:
        """The e-mail, else the subject, by which an account is known to the identity provider, by account."""
        with self._database.reading() as connection:
            return {
                row.account: row.email or row.subject for row in connection.execute(sa.select(identities))
            }

    def keep_ticket(self, token: str, account_id: str, expires: float, *, by: str) -> None:
        """Keep a one-time ticket to set a password; earlier ones of the account are void."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(tickets).where(tickets.c.account == account_id))
            connection.execute(sa.insert(tickets).values(token=token, account=account_id, expires=expires))
            note(connection, by, "ticket", account_id)

    def holder(self, token: str, at: float) -> Account | None:
        """Whose ticket this is, while it is good."""
        query = (
            sa.select(accounts)
            .join_from(tickets, accounts, accounts.c.id == tickets.c.account)
            .where(tickets.c.token == token, tickets.c.expires > at, accounts.c.removed_at.is_(None))
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _account(row)

    def redeem(self, token: str, password: str, at: float) -> Account | None:
        """Set the password of a ticket's account; its sessions end. None when the ticket is not good."""
        with self._database.writing() as connection:
            query = sa.select(tickets.c.account).where(tickets.c.token == token, tickets.c.expires > at)
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            if connection.execute(sa.delete(tickets).where(tickets.c.token == token)).rowcount != 1:
                return None
            values = {"password": password, "failures": 0, "locked_until": 0.0}
            connection.execute(sa.update(accounts).where(accounts.c.id == row.account).values(**values))
            connection.execute(sa.delete(sessions).where(sessions.c.account == row.account))
            note(connection, row.account, "password_set")
            found = connection.execute(sa.select(accounts).where(accounts.c.id == row.account)).one()
        return _account(found)


def _keep_an_admin(connection: sa.Connection, account_id: str) -> None:
    """Refuse what would leave no admin; two who do it at once wait for each other."""
    query = sa.select(accounts.c.id).where(
        accounts.c.role == AccountRole.ADMIN.value, accounts.c.removed_at.is_(None)
    )
    if list(connection.execute(query.with_for_update()).scalars()) == [account_id]:
        raise StoreError("this is the last admin; make another admin first", kind="last_admin")


def _account(row: Any) -> Account:
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        role=AccountRole(row.role),
        password=row.password,
        failures=row.failures,
        locked_until=row.locked_until,
        active=row.removed_at is None,
        signed_in_at=moment(row.signed_in_at),
    )
