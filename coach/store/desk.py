"""The store as one person may use it: every answer is limited to the calls that are his to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from coach.domain.errors import NoSuchCall, NotAllowed
from coach.domain.people import AccountRole, Actor
from coach.domain.review import Outcome, Review
from coach.store import content, first_look
from coach.store.case import Case
from coach.store.erase import erase
from coach.store.journal import note
from coach.store.lines import CallLine, Clip, Filters, Hit, Moment, Order, Page
from coach.store.office import Office
from coach.store.query import beyond, call_line, cursor, ordered, read_through, visible, wanted
from coach.store.schema import calls, findings, turns
from coach.store.words import Phrase, phrases, places

if TYPE_CHECKING:
    from coach.store.reviews import ReviewStore

MOST_A_PAGE = 500
PEEK = 500
"""Calls whose text is read before the index is asked, in PostgreSQL."""


class Desk(Office):
    """What ``actor`` may do with the store; made by ``ReviewStore.desk``."""

    def __init__(self, store: ReviewStore, actor: Actor) -> None:
        self._store = store
        self.actor = actor

    def calls(
        self,
        filters: Filters | None = None,
        *,
        order: Order = Order.NEWEST,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[CallLine]:
        """A page of the calls that he may see; ``after`` is ``next`` of the page before."""
        rows, following = self._rows(filters or Filters(), order, after, limit)
        hidden = self._withheld(rows)
        return Page(tuple(self._line(row, hidden) for row in rows), following)

    def search(
        self,
        filters: Filters,
        *,
        order: Order = Order.NEWEST,
        after: str | None = None,
        limit: int = 50,
        moments: int = 3,
    ) -> Page[Hit]:
        """A page of the calls in which ``filters.text`` was said, each with the first moments."""
        rows, following = self._rows(filters, order, after, limit)
        asked = phrases(filters.text)
        said = self._turns([row["seq"] for row in rows]) if asked else {}
        hidden = self._withheld(rows)
        hits = (self._hit(self._line(row, hidden), said.get(row["seq"], []), asked, moments) for row in rows)
        if self.actor.role is AccountRole.TRAINER and asked:  # what is masked cannot be guessed by searching
            hits = (hit for hit in hits if hit.moments)
        return Page(tuple(hits), following)

    def count(self, filters: Filters | None = None, *, at_most: int | None = None) -> int:
        """How many calls he may see, counted no further than ``at_most``."""
        query = sa.select(calls.c.seq).where(*self._where(filters or Filters()))
        if at_most is not None:
            query = query.limit(at_most)
        with self._store.database.reading() as connection:
            return int(
                connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
            )

    def case(self, call_id: str) -> Case:
        """One call; raises ``NoSuchCall`` when it is not there or not his."""
        query = sa.select(calls).where(
            calls.c.id == call_id, calls.c.removed_at.is_(None), *visible(self.actor)
        )
        with self._store.database.reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
            if row is None:
                raise NoSuchCall(content.GONE)
            hidden = first_look.withheld(connection, self.actor, [row["seq"]])
        return Case(self._store, self.actor, row, withheld=bool(hidden))

    def clips(
        self, criterion: str, *, outcome: Outcome, agent: str | None, but: str, limit: int
    ) -> list[Clip]:
        """Places in calls of ``agent`` where a criterion came out so, latest first."""
        query = (
            sa.select(calls.c.id, calls.c.title, calls.c.happened_at, findings.c.turn, findings.c.start)
            .join_from(calls, findings, findings.c.call_seq == calls.c.seq)
            .where(
                findings.c.criterion == criterion,
                findings.c.final_outcome == outcome.value,
                findings.c.turn.is_not(None),
                calls.c.agent == agent if agent is not None else calls.c.agent.is_(None),
                calls.c.id != but,
                *self._where(Filters()),
                *self._judgeable(),
            )
            .order_by(calls.c.happened_at.desc())
            .limit(limit)
        )
        masked = self.actor.role is AccountRole.TRAINER
        with self._store.database.reading() as connection:
            return [
                Clip(
                    row.id,
                    "" if masked else row.title,
                    row.turn,
                    row.start,
                    datetime.fromtimestamp(row.happened_at, UTC),
                )
                for row in connection.execute(query)
            ]

    # -- keeping and taking away ---------------------------------------------------------------------------

    def add(
        self,
        review: Review,
        *,
        title: str,
        audio: Path | None = None,
        peaks: list[list[float]] | None = None,
        agent: str | None = None,
        playbook_source: str | None = None,
    ) -> CallLine:
        """Keep a review; what an agent brings is his, and he cannot replace somebody else's."""
        if self.actor.role is AccountRole.TRAINER:
            raise NotAllowed("a trainer cannot add calls; ask a supervisor")
        only_of = self.actor.account if self.actor.role is AccountRole.AGENT else None
        agent = only_of or agent
        made = self._store.add(
            review,
            title=title,
            audio=audio,
            peaks=peaks,
            agent=agent,
            playbook_source=playbook_source,
            only_of=only_of,
        )
        return self.case(made.id).line

    def removed(self) -> list[CallLine]:
        """The calls that were removed and not yet purged, newest first."""
        self._lead("see removed calls")
        query = sa.select(calls).where(calls.c.removed_at.is_not(None)).order_by(calls.c.removed_at.desc())
        with self._store.database.reading() as connection:
            return [call_line(row) for row in connection.execute(query).mappings()]

    def remove(self, call_id: str) -> None:
        """Hide a call until it is restored or purged."""
        self._lead("remove a call")
        self._store.remove(call_id)
        self._noted("remove", call_id)

    def restore(self, call_id: str) -> None:
        """Bring a removed call back."""
        self._lead("restore a call")
        self._store.restore(call_id)
        self._noted("restore", call_id)

    def purge(self) -> int:
        """Erase the removed calls for good; how many they were."""
        self._lead("erase calls")
        gone = [line.id for line in self.removed() if not line.hold]
        erase(self._store, gone, by=self.actor.account)
        return len(gone)

    # -- inside --------------------------------------------------------------------------------------------

    def _where(self, filters: Filters) -> list[Any]:
        if self.actor.role is AccountRole.TRAINER:
            filters = replace(filters, title="")
        found = [*wanted(filters, is_sqlite=self._store.database.is_sqlite), *visible(self.actor)]
        return [*found, *self._judgeable()] if first_look.judges(filters) else found

    def _judgeable(self) -> list[Any]:
        """The condition of a query that tells how calls were judged."""
        with self._store.database.reading() as connection:
            return first_look.conditions(connection, self.actor)

    def _rows(
        self, filters: Filters, order: Order, after: str | None, limit: int
    ) -> tuple[list[Any], str | None]:
        limit = max(1, min(limit, MOST_A_PAGE))
        if self._judgeable():
            order = first_look.plain_order(order)
        found = self._sorted(sa.select(calls).where(*self._where(filters)), order, after, limit + 1)
        with self._store.database.reading() as connection:
            rows = self._near(connection, filters, order, after, limit + 1)
            if len(rows) <= limit:
                rows = list(connection.execute(found).mappings())
        return rows[:limit], cursor(order, rows[limit - 1]) if len(rows) > limit else None

    def _near(
        self, connection: Any, filters: Filters, order: Order, after: str | None, most: int
    ) -> list[Any]:
        """What is said in many calls is in the first ones: read these, and spare the others."""
        if self._store.database.is_sqlite or not filters.text.strip():
            return []
        first = sa.select(calls.c.seq).where(*self._where(replace(filters, text="")))
        near = self._sorted(first, order, after, PEEK).scalar_subquery()
        said = sa.select(calls).where(calls.c.seq.in_(near), read_through(filters.text))
        return list(connection.execute(self._sorted(said, order, after, most)).mappings())

    @staticmethod
    def _sorted(query: sa.Select[Any], order: Order, after: str | None, most: int) -> sa.Select[Any]:
        return query.where(*beyond(order, after)).order_by(*ordered(order)).limit(most)

    def _turns(self, seqs: Sequence[int]) -> dict[int, list[Any]]:
        query = sa.select(turns).where(turns.c.call_seq.in_(seqs)).order_by(turns.c.call_seq, turns.c.i)
        found: dict[int, list[Any]] = {}
        with self._store.database.reading() as connection:
            for row in connection.execute(query):
                found.setdefault(row.call_seq, []).append(row)
        return found

    def _withheld(self, rows: Sequence[Any]) -> set[int]:
        with self._store.database.reading() as connection:
            return first_look.withheld(connection, self.actor, [row["seq"] for row in rows])

    def _line(self, row: Any, hidden: set[int]) -> CallLine:
        return call_line(row, self.actor, withheld=row["seq"] in hidden)

    def _hit(self, line: CallLine, said: list[Any], asked: tuple[Phrase, ...], most: int) -> Hit:
        masked = self.actor.role is AccountRole.TRAINER
        found: list[Moment] = []
        for turn in said:
            text = turn.masked if masked and turn.masked is not None else turn.text
            spans = tuple(sorted({span for phrase in asked for span in places(phrase, text)}))
            if spans:
                found.append(Moment(turn.i, turn.role, turn.start, text, spans))
            if len(found) > most:
                break
        return Hit(line, tuple(found[:most]), more=len(found) > most)

    def _lead(self, what: str) -> None:
        if not self.actor.leads:
            raise NotAllowed(f"only a supervisor may {what}")

    def _noted(self, action: str, call_id: str = "", **detail: Any) -> None:
        subject = content.audit_subject(call_id) if call_id else ""
        with self._store.database.writing() as connection:
            note(connection, self.actor.account, action, subject, **detail)
