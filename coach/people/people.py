"""Sign in, stay signed in, sign out: local accounts with argon2id, lock-out, and sessions that end.

Tokens are random and only their SHA-256 is kept, so that who reads the database cannot act for anybody.
"""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from coach.domain.errors import StoreError
from coach.domain.people import LOCAL, AccountRole, Actor
from coach.domain.time import Seconds
from coach.people.administration import Administration
from coach.people.identity import LONGEST as LONGEST_SUBJECT
from coach.people.identity import Identity, fold_email
from coach.store.accounts import Account, Accounts

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from coach.store import ReviewStore

IDLE: Final[Seconds] = 60 * 60.0
"""A session ends when it was not used for so long."""
LONGEST: Final[Seconds] = 12 * 60 * 60.0
"""A session ends after so long, used or not."""
TICKET: Final[Seconds] = 24 * 60 * 60.0
"""How long a link to set a password is good."""
TRIES: Final = 5
"""Failures in a row after which an account is locked."""
LOCKED: Final[Seconds] = 15 * 60.0
SHORTEST: Final = 10
"""Characters of a password."""
TOO_LONG: Final = 1024
_TOUCH: Final[Seconds] = 60.0


@dataclass(frozen=True, slots=True)
class Ticket:
    """A one-time ticket to set a password; ``token`` is shown once and never kept."""

    login: str
    token: str


class People:
    """Who is at the desk; ``clock`` gives seconds since 1970."""

    def __init__(self, store: ReviewStore, *, clock: Callable[[], float] = time.time) -> None:
        self._accounts = Accounts(store.database)
        self._clock = clock

    def sign_in_needed(self) -> bool:
        """Whether there is more than one account; else the one person at this machine needs no sign-in."""
        return len(self._accounts.all()) > 1

    def local(self) -> Actor:
        """The one person of the single-user mode, who may do everything."""
        found = self._accounts.all()
        if len(found) > 1:
            raise StoreError("there is more than one account: sign in")
        return Actor(found[0].id, AccountRole.ADMIN, found[0].name) if found else LOCAL

    def administered_by(self, actor: Actor) -> Administration:
        """The accounts as this person may manage them."""
        return Administration(self, actor, self._clock)

    def all(self) -> list[Account]:
        """The active accounts by login."""
        return self._accounts.all()

    def add(self, login: str, role: AccountRole, name: str = "", *, by: str = LOCAL.account) -> Ticket:
        """Make an account and the ticket with which its owner sets his password.

        The first account is an admin's, so that nobody locks himself out. Raises ``StoreError``.
        """
        folded = fold_login(login)
        if role is not AccountRole.ADMIN and not any(
            a.role is AccountRole.ADMIN for a in self._accounts.all()
        ):
            raise StoreError(
                "the first account is the admin's; make it with the role admin", kind="first_admin"
            )
        shown = _plain(name)[:80] or folded
        self._accounts.add(uuid4().hex[:12], folded, shown, role, by=by)
        return self.reset(folded, by=by)

    def reset(self, login: str, *, at_once: bool = False, by: str = LOCAL.account) -> Ticket:
        """A ticket with which the owner of an account sets a new password.

        The old one is good until then, or ``at_once`` no more, and his sessions end.
        """
        account = self._known(login)
        if at_once:
            self._accounts.shut_out(account.id, by=by)
        token = secrets.token_urlsafe(32)
        self._accounts.keep_ticket(_digest(token), account.id, self._clock() + TICKET, by=by)
        return Ticket(account.login, token)

    def remove(self, login: str, *, by: str = LOCAL.account) -> None:
        """Close an account; his sessions end at once. The last admin stays."""
        self._accounts.remove(self._known(login).id, by=by)

    def set_role(self, login: str, role: AccountRole, *, by: str = LOCAL.account) -> None:
        """Give an account another role; he must sign in again."""
        self._accounts.set_role(self._known(login).id, role, by=by)

    def unlock(self, login: str, *, by: str = LOCAL.account) -> None:
        """Let somebody try again who is locked out after failed tries."""
        self._accounts.unlock(self._known(login).id, by=by)

    # -- the company's identity provider --------------------------------------------------------------------

    def know_by_email(self, login: str, email: str, *, by: str = LOCAL.account) -> None:
        """Let an account's owner in by the company's sign-in with this e-mail, once the provider verified it.

        The first time binds the account to that person; raises ``StoreError``.
        """
        account = self._known(login)
        self._accounts.keep_identity(account.id, email=fold_email(email), issuer=None, subject=None, by=by)

    def know_by_subject(self, login: str, issuer: str, subject: str, *, by: str = LOCAL.account) -> None:
        """Let an account's owner in by the company's sign-in as the provider names him, letter by letter."""
        account = self._known(login)
        if not issuer.startswith("https://") or not 1 <= len(subject) <= LONGEST_SUBJECT:
            raise StoreError("give the issuer (https://…) and the subject as the refusal shows them")
        self._accounts.keep_identity(account.id, email=None, issuer=issuer, subject=subject, by=by)

    def know_by_nothing(self, login: str, *, by: str = LOCAL.account) -> None:
        """Let an account's owner in by his password only."""
        account = self._known(login)
        self._accounts.keep_identity(account.id, email=None, issuer=None, subject=None, by=by)

    def identities(self) -> dict[str, str]:
        """By what accounts are known to the identity provider, by account id."""
        return self._accounts.identities()

    def sign_in_as(self, identity: Identity) -> str | None:
        """A session's token for a person whom the identity provider has just named; None for an unknown one.

        What he may do says his account here, whatever the provider claims of him.
        """
        try:
            email = None if identity.email is None else fold_email(identity.email)
        except StoreError:
            email = None
        account = self._accounts.by_identity(identity.issuer, identity.subject, email)
        return None if account is None else self._begin(account)

    # -- signing in ----------------------------------------------------------------------------------------

    def sign_in(self, login: str, password: str) -> str | None:
        """A session's token; None when login or password is wrong or the account is locked: all told alike.

        An unknown login costs as much time as a known one. After ``TRIES`` failures nobody comes in for
        ``LOCKED`` seconds, and each further failure makes it longer.
        """
        try:
            account = self._accounts.by_login(fold_login(login))
        except StoreError:
            account = None
        known = account.password if account is not None else None
        good = _fits(known or _nobody(), password) and known is not None
        if account is None:
            return None
        now = self._clock()
        if account.locked_until > now:
            return None
        if not good:
            failures = account.failures + 1
            wait = LOCKED * 2 ** min(6, failures - TRIES) if failures >= TRIES else 0.0
            self._accounts.fail(account.id, failures=failures, locked_until=now + wait if wait else 0.0)
            return None
        fresh = _hasher().hash(password) if _hasher().check_needs_rehash(str(known)) else None
        return self._begin(account, password=fresh)

    def actor(self, token: str | None) -> Actor | None:
        """Who acts by a session's token; None when it has ended. Else: the one local person."""
        if not self.sign_in_needed():
            return self.local()
        if not token:
            return None
        digest = _digest(token)
        session = self._accounts.session(digest)
        if session is None:
            return None
        now = self._clock()
        if now - session.began > LONGEST or now - session.seen > IDLE:
            self._accounts.end(digest)
            return None
        if now - session.seen > _TOUCH:
            self._accounts.touch(digest, now)
        return session.account.actor

    def sign_out(self, token: str) -> None:
        """End a session."""
        self._accounts.end(_digest(token))

    def ticket_holder(self, token: str) -> str | None:
        """Whose login a ticket is for, while it is good."""
        account = self._accounts.holder(_digest(token), self._clock())
        return None if account is None else account.login

    def set_password(self, token: str, password: str) -> str:
        """Redeem a ticket and sign in; a session's token. Raises ``StoreError`` with what is wrong."""
        if not SHORTEST <= len(password) <= TOO_LONG:
            raise StoreError(f"a password has at least {SHORTEST} characters")
        account = self._accounts.redeem(_digest(token), _hasher().hash(password), self._clock())
        if account is None:
            raise StoreError("this link is used up or too old; ask for a new one")
        return self._begin(account)

    # -- inside --------------------------------------------------------------------------------------------

    def _begin(self, account: Account, *, password: str | None = None) -> str:
        token = secrets.token_urlsafe(32)
        self._accounts.begin(account.id, _digest(token), self._clock(), password=password)
        return token

    def _known(self, login: str) -> Account:
        account = self._accounts.by_login(fold_login(login))
        if account is None:
            raise StoreError("there is no such account; see: coach account list", kind="gone")
        return account


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """The hash of a password that nobody knows."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _fits(known: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(known, password[:TOO_LONG])
    except (VerificationError, InvalidHashError):
        return False


def fold_login(login: str) -> str:
    """A login as it is compared: without case and width; raises ``StoreError`` for one that cannot be."""
    folded = unicodedata.normalize("NFKC", login).strip().casefold()
    if not 1 <= len(folded) <= 64 or _plain(folded) != folded or any(c.isspace() for c in folded):
        raise StoreError("a login has 1 to 64 letters, digits or signs, and no blanks", kind="login")
    return folded


def _plain(text: str) -> str:
    """Without control and direction characters."""
    normal = unicodedata.normalize("NFC", text).strip()
    return "".join(c for c in normal if unicodedata.category(c)[0] != "C")


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
