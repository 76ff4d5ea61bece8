"""The accounts as one person may manage them: an admin, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import AccountRole, Actor

if TYPE_CHECKING:
    from coach.people.people import People, Ticket
    from coach.store.accounts import Account


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as an admin sees it; ``locked_until`` in seconds since 1970, None: not locked.

    ``known_by``: what the company's sign-in calls him, empty where it does not know him.
    """

    id: str
    login: str
    name: str
    role: AccountRole
    signed_in_at: datetime | None
    locked_until: float | None
    has_password: bool
    known_by: str


class Administration:
    """What ``actor`` may do with the accounts. Every call asks the store whether he is an admin still.

    Raises ``NotAllowed`` for everybody else, and ``StoreError`` with a ``kind`` for what cannot be done.
    """

    def __init__(self, people: People, actor: Actor, clock: Callable[[], float]) -> None:
        self._people, self._actor, self._clock = people, actor, clock

    def accounts(self) -> list[AccountLine]:
        """The active accounts by login."""
        found = self._allowed()
        known, now = self._people.identities(), self._clock()
        return [
            AccountLine(
                id=one.id,
                login=one.login,
                name=one.name,
                role=one.role,
                signed_in_at=one.signed_in_at,
                locked_until=one.locked_until if one.locked_until > now else None,
                has_password=one.password is not None,
                known_by=known.get(one.id, ""),
            )
            for one in found
        ]

    def add(self, login: str, role: AccountRole, name: str = "") -> Ticket:
        """Make an account; the ticket sets its password. The second one asks everybody to sign in, and is
        refused while the first could not.
        """
        found = self._allowed()
        if len(found) == 1 and found[0].password is None and found[0].id not in self._people.identities():
            raise StoreError("set your own password first: from then on you must sign in", kind="own_first")
        return self._people.add(login, role, name, by=self._actor.account)

    def reset(self, account: str) -> Ticket:
        """A ticket to set a new password. Somebody else's old one is good no more and his visits end; one's
        own stay until the ticket is used, so that nobody shuts himself out.
        """
        one = self._one(account)
        return self._people.reset(one.login, at_once=not self._is_me(one), by=self._actor.account)

    def unlock(self, account: str) -> None:
        """Let somebody try again who is locked out."""
        self._people.unlock(self._one(account).login, by=self._actor.account)

    def set_role(self, account: str, role: AccountRole) -> None:
        """Give an account another role; its owner signs in again. Not one's own."""
        one = self._one(account)
        self._not_me(one)
        self._people.set_role(one.login, role, by=self._actor.account)

    def remove(self, account: str) -> None:
        """Close an account; its owner is signed out at once. Not one's own."""
        one = self._one(account)
        self._not_me(one)
        self._people.remove(one.login, by=self._actor.account)

    def _is_me(self, one: Account) -> bool:
        return one.id == self._actor.account

    def _not_me(self, one: Account) -> None:
        if self._is_me(one):
            raise StoreError("another admin must do this with your account", kind="own")

    def _one(self, account: str) -> Account:
        for one in self._allowed():
            if one.id == account:
                return one
        raise StoreError("there is no such account", kind="gone")

    def _allowed(self) -> list[Account]:
        """All accounts; raises ``NotAllowed`` unless the store knows the actor as an admin at this moment."""
        found = self._people.all()
        alone = len(found) < 2 and self._people.local() == self._actor
        if not alone and not any(self._is_me(one) and one.role is AccountRole.ADMIN for one in found):
            raise NotAllowed("only an admin may manage accounts")
        return found
