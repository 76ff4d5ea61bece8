"""How long calls are kept: the rule of the office, and erasing by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import AccountRole, Actor
from coach.store.erase import erase
from coach.store.first_look import OFFICE
from coach.store.journal import note
from coach.store.query import seconds
from coach.store.rows import now, since
from coach.store.schema import calls, notes

if TYPE_CHECKING:
    from coach.store.reviews import ReviewStore

RULE: Final = "keep_days"
LONGEST: Final = 36_500
"""Days that a rule may name."""


@dataclass(frozen=True, slots=True)
class KeepRule:
    """Calls made more than ``days`` ago are erased (None: none are); who said so, and when."""

    days: int | None
    by: str
    at: datetime


class Retention:
    """The part of a desk that erases by age; ``Desk`` is the whole."""

    _store: ReviewStore
    actor: Actor

    def keep_rule(self) -> KeepRule | None:
        """The rule that an admin set at the page; None while nobody has."""
        query = sa.select(notes.c.value).where(notes.c.account == OFFICE, notes.c.name == RULE)
        with self._store.database.reading() as connection:
            found: Mapping[str, Any] | None = connection.execute(query).scalar_one_or_none()
        return None if found is None else KeepRule(found["days"], found["by"], since(found["at"]))

    def keep_for(self, days: int | None) -> None:
        """Say after how many days calls are erased; None: they are kept. Erases nothing by itself."""
        self._admin("change how long calls are kept")
        if days is not None and not 1 <= days <= LONGEST:
            raise StoreError(f"calls are kept for 1 to {LONGEST} days")
        value = {"days": days, "by": self.actor.account, "at": now()}
        with self._store.database.writing() as connection:
            connection.execute(sa.delete(notes).where(notes.c.account == OFFICE, notes.c.name == RULE))
            connection.execute(sa.insert(notes).values(account=OFFICE, name=RULE, value=value))
            note(connection, self.actor.account, "retention_rule", days=days)

    def retain(self, days: int, *, dry_run: bool = False) -> list[str]:
        """Erase the calls made more than ``days`` ago, but those on hold; which they are."""
        self._admin("erase by rule")
        if days < 1:
            raise StoreError("calls are kept for at least one day")
        before = seconds((datetime.now(UTC) - timedelta(days=days)).date())
        query = sa.select(calls.c.id).where(calls.c.happened_at < before, calls.c.hold.is_(False))
        with self._store.database.reading() as connection:
            old = list(connection.execute(query.order_by(calls.c.seq)).scalars())
        if not dry_run:
            erase(self._store, old, by=self.actor.account, why="retention")
        return old

    def _admin(self, what: str) -> None:
        if self.actor.role is not AccountRole.ADMIN:
            raise NotAllowed(f"only an admin may {what}")
