"""What a desk offers over all calls: counts, appeals, calibration, playbooks, practice, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import AccountRole, Actor
from coach.domain.review import CriterionKind, Outcome
from coach.store import content, first_look, schema, tallies
from coach.store.journal import note
from coach.store.lines import (
    Appeal,
    AuditEntry,
    CallLine,
    Exercise,
    Filters,
    Order,
    Page,
    Person,
    PlaybookVersion,
    PromiseLine,
    Rating,
    SavedView,
    SecondReview,
    Tally,
    WorstMoment,
)
from coach.store.query import call_line, seconds, visible
from coach.store.retention import RULE, Retention
from coach.store.rows import now, since
from coach.store.schema import (
    accounts,
    appeals,
    audit,
    calls,
    exercises,
    findings,
    notes,
    playbook_versions,
    promises,
    rulings,
    saved_views,
    second_reviews,
    sign_offs,
)
from coach.store.talk import read_appeals, read_second_reviews

if TYPE_CHECKING:
    from coach.store.reviews import ReviewStore

MACHINE = "machine"
FIRST = "first:"
"""Before the account of the person whose rulings stand."""


class Office(Retention):
    """The part of a desk that looks over many calls; ``Desk`` is the whole."""

    _store: ReviewStore
    actor: Actor

    # -- dashboard -----------------------------------------------------------------------------------------

    def tallies(
        self,
        since: date,
        until: date,
        *,
        agent: str | None = None,
        playbook: str | None = None,
        criterion: str | None = None,
        by_agent: bool = True,
        by_week: bool = True,
    ) -> list[Tally]:
        """Counts of the weeks that begin in ``[since, until)``; an agent gets his own.

        Without ``by_agent`` or ``by_week`` these are added up: ``agent`` is empty, ``week`` is ``since``.
        An empty ``criterion`` asks for the calls alone.
        """
        if self.actor.role is AccountRole.TRAINER:
            raise NotAllowed("the counts of the office are not for trainers")
        with self._store.database.reading() as connection:
            table = self._counts(connection)
            which: list[Any] = [table.c.week >= since.isoformat(), table.c.week < until.isoformat()]
            asked = {"agent": agent, "playbook": playbook, "criterion": criterion}
            which += [table.c[name] == value for name, value in asked.items() if value is not None]
            if self.actor.role is AccountRole.AGENT:
                which.append(table.c.agent == self.actor.account)
            return tallies.read(
                connection,
                which,
                table,
                one_agent=None if by_agent else "",
                one_week=None if by_week else since,
            )

    def _counts(self, connection: sa.Connection) -> sa.FromClause:
        """The counts that are kept, or of the calls alone whose judgement he may see already."""
        seen = first_look.conditions(connection, self.actor)
        return tallies.counted([*visible(self.actor), *seen]) if seen else schema.tallies

    def worst(
        self, since: date, until: date, *, agent: str | None = None, limit: int = 20
    ) -> list[WorstMoment]:
        """Critical faults as they stand, newest first."""
        filters = Filters(since=since, until=until, critical=True, agents=(agent,) if agent else ())
        query = (
            sa.select(calls, findings.c.criterion, findings.c.turn, findings.c.start)
            .join_from(calls, findings, findings.c.call_seq == calls.c.seq)
            .where(
                findings.c.critical.is_(True),
                findings.c.final_outcome == Outcome.NOT_MET.value,
                *self._where(filters),
            )
            .order_by(calls.c.happened_at.desc(), calls.c.seq.desc())
            .limit(limit)
        )
        with self._store.database.reading() as connection:
            return [
                WorstMoment(call_line(row, self.actor), row["criterion"], row["turn"], row["start"])
                for row in connection.execute(query).mappings()
            ]

    def promises(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        agent: str | None = None,
        open_only: bool = False,
        limit: int = 500,
    ) -> list[PromiseLine]:
        """Promises to pay that fall due in ``[since, until)``, by day.

        Those without a day come last; of these, without ``until``, the ones of calls made from ``since`` on.
        """
        self._no_trainer("the ledger of promises")
        filters = Filters(agents=(agent,) if agent else ())
        where = self._where(filters)
        if open_only:
            where.append(promises.c.kept.is_(None))
        dated: list[Any] = [promises.c.due.is_not(None)]
        undated: list[Any] = [promises.c.due.is_(None)]
        if since is not None:
            dated.append(promises.c.due >= since.isoformat())
            undated.append(calls.c.happened_at >= seconds(since))
        if until is not None:
            dated.append(promises.c.due < until.isoformat())
        with self._store.database.reading() as connection:
            # Two questions: of one alone the index of days would be of no use.
            found = _promises(connection, [*where, *dated], limit)
            if until is None:
                found += _promises(connection, [*where, *undated], limit - len(found))
        return found

    def note_promise(self, promise_id: int, kept: bool | None) -> None:
        """Write down whether a promise was kept; None: not known, and of one whose words are gone: let go."""
        self._no_trainer("the ledger of promises")
        mine = sa.select(calls.c.seq).where(*self._where(Filters()))
        where = (promises.c.id == promise_id, promises.c.call_seq.in_(mine))
        values = {"kept": kept, "noted_by": self.actor.account, "noted_at": now()}
        with self._store.database.writing() as connection:
            if not connection.execute(sa.update(promises).where(*where).values(**values)).rowcount:
                raise StoreError("there is no such promise")
            connection.execute(
                sa.delete(promises).where(
                    *where, promises.c.gone_from.is_not(None), promises.c.kept.is_(None)
                )
            )

    def sample(
        self, per_agent: int, week: date, *, risky: float = 0.5, seed: int = 0, playbook: str | None = None
    ) -> list[CallLine]:
        """``per_agent`` calls of each agent in the week of that day: some of the riskiest, the rest by lot.

        The same call for the same ``seed``, whoever asks and however often.
        """
        self._lead("draw a sample")
        monday = week - timedelta(days=week.weekday())
        where = [
            *self._where(Filters(playbooks=(playbook,) if playbook else ())),
            calls.c.week == monday.isoformat(),
        ]
        query = sa.select(calls).where(*where).order_by(calls.c.risk.desc(), calls.c.seq)
        with self._store.database.reading() as connection:
            found = [call_line(row) for row in connection.execute(query).mappings()]
        by_agent: dict[str, list[CallLine]] = {}
        for line in found:
            by_agent.setdefault(line.agent or "", []).append(line)
        drawn: list[CallLine] = []
        for agent, lines in sorted(by_agent.items()):
            first = lines[: round(per_agent * risky)]
            rest = sorted(lines[len(first) :], key=lambda line: line.id)
            lot = Random(f"{seed}|{agent}|{monday}")
            drawn += [*first, *lot.sample(rest, min(len(rest), per_agent - len(first)))]
        return drawn

    # -- what waits ----------------------------------------------------------------------------------------

    def appeals(self, *, open_only: bool = True, limit: int = 200) -> list[Appeal]:
        """Appeals over all calls that he may see, first to last."""
        self._no_trainer("appeals")
        where = self._where(Filters())
        if open_only:
            where.append(appeals.c.granted.is_(None))
        with self._store.database.reading() as connection:
            return read_appeals(connection, where, limit)

    def second_reviews(self, *, mine: bool = False, open_only: bool = False) -> list[SecondReview]:
        """Second reviews; others' only for who leads, and never while his own of that call is open."""
        where = self._where(Filters())
        if mine or not self.actor.leads:
            where.append(second_reviews.c.rater == self.actor.account)
        if open_only:
            where.append(second_reviews.c.submitted_at.is_(None))
        with self._store.database.reading() as connection:
            found = read_second_reviews(connection, where)
        blind = {one.call_id for one in found if one.rater == self.actor.account and one.submitted_at is None}
        return [one for one in found if one.call_id not in blind or one.rater == self.actor.account]

    def ratings(self, since: date, until: date) -> list[Rating]:
        """What machine, first reviewer and second raters say of the calls with a second review handed in.

        The first reviewer is who signed off, else who ruled last; his outcomes are those that stand.
        """
        self._lead("compare raters")
        where = [
            *self._where(Filters(since=since, until=until)),
            second_reviews.c.submitted_at.is_not(None),
            calls.c.seq.not_in(self._blind_to_me()),
        ]
        with self._store.database.reading() as connection:
            second = read_second_reviews(connection, where)
            found = [
                Rating(one.call_id, criterion, one.rater, outcome)
                for one in second
                for criterion, outcome in one.outcomes.items()
            ]
            for call_id in sorted({one.call_id for one in second}):
                found += _standing(connection, call_id)
        return found

    # -- views and notes -----------------------------------------------------------------------------------

    def views(self) -> list[SavedView]:
        """His saved views by name."""
        query = sa.select(saved_views).where(saved_views.c.account == self.actor.account)
        with self._store.database.reading() as connection:
            return [
                SavedView(
                    row.name, Filters.from_json(row.filters), Order(row.filters.get("order", Order.RISK))
                )
                for row in connection.execute(query.order_by(saved_views.c.name))
            ]

    def save_view(self, name: str, filters: Filters, *, order: Order = Order.RISK) -> None:
        """Keep filters and an order under a name; the same name replaces."""
        name = name.strip()[:80]
        if not name:
            raise StoreError("a view needs a name")
        self.forget_view(name)
        values = {"filters": filters.to_json() | {"order": order.value}, "made_at": now()}
        with self._store.database.writing() as connection:
            connection.execute(sa.insert(saved_views).values(account=self.actor.account, name=name, **values))

    def forget_view(self, name: str) -> None:
        """Forget a saved view."""
        where = (saved_views.c.account == self.actor.account, saved_views.c.name == name)
        with self._store.database.writing() as connection:
            connection.execute(sa.delete(saved_views).where(*where))

    def office_note(self, name: str) -> Any:
        """The office's setting of that name; None when there is none."""
        query = sa.select(notes.c.value).where(notes.c.account == first_look.OFFICE, notes.c.name == name)
        with self._store.database.reading() as connection:
            return connection.execute(query).scalar_one_or_none()

    def scores_first(self) -> bool:
        """Whether the office asks agents to score their calls themselves before they see them judged."""
        return self.office_note(first_look.SELF_SCORE_FIRST) is not False

    def ask_scores_first(self, on: bool) -> None:
        """Turn that on or off."""
        self.keep_office_note(first_look.SELF_SCORE_FIRST, on)

    def keep_office_note(self, name: str, value: Any) -> None:
        """Keep a setting of the office: a JSON value."""
        self._lead("change a setting of the office")
        if name == RULE:
            raise NotAllowed("how long calls are kept is for an admin to say: keep_for")
        with self._store.database.writing() as connection:
            connection.execute(
                sa.delete(notes).where(notes.c.account == first_look.OFFICE, notes.c.name == name)
            )
            connection.execute(sa.insert(notes).values(account=first_look.OFFICE, name=name, value=value))
            note(connection, self.actor.account, "setting", name)

    def people(self, role: AccountRole | None = None) -> list[Person]:
        """The accounts by name; an agent or a trainer gets himself."""
        query = sa.select(accounts).order_by(accounts.c.name, accounts.c.login)
        if not self.actor.leads:
            query = query.where(accounts.c.id == self.actor.account)
        if role is not None:
            query = query.where(accounts.c.role == role.value)
        with self._store.database.reading() as connection:
            return [
                Person(row.id, row.login, row.name, AccountRole(row.role), row.removed_at is None)
                for row in connection.execute(query)
            ]

    # -- playbooks -----------------------------------------------------------------------------------------

    def playbooks(self) -> list[PlaybookVersion]:
        """The kept versions of playbooks, newest first."""
        query = sa.select(playbook_versions).order_by(playbook_versions.c.made_at.desc())
        with self._store.database.reading() as connection:
            return [_version(row) for row in connection.execute(query).mappings()]

    def playbook_source(self, fingerprint: str) -> str:
        """The text of a version; raises ``StoreError`` when there is none."""
        query = sa.select(playbook_versions.c.source).where(playbook_versions.c.fingerprint == fingerprint)
        with self._store.database.reading() as connection:
            source = connection.execute(query).scalar_one_or_none()
        if source is None:
            raise StoreError("there is no such version of a playbook")
        return str(source)

    def publish_playbook(self, source: str) -> PlaybookVersion:
        """Keep a new version; raises ``PlaybookError`` for a faulty one or one whose version is taken."""
        self._lead("publish a playbook")
        with self._store.database.writing() as connection:
            row = content.keep_playbook(connection, source, by=self.actor.account)
            note(connection, self.actor.account, "publish", row["fingerprint"])
        return _version(row)

    # -- practice ------------------------------------------------------------------------------------------

    def keep_exercise(
        self, kind: str, subject: str, score: float | None, result: Mapping[str, Any]
    ) -> Exercise:
        """Keep a piece of his own practice: ``result`` is a JSON object."""
        values: dict[str, Any] = {"account": self.actor.account, "kind": kind, "subject": subject}
        values["score"] = score
        values |= {"result": dict(result), "made_at": now()}
        with self._store.database.writing() as connection:
            made = connection.execute(sa.insert(exercises).values(**values))
        return _exercise({**values, "id": made.inserted_primary_key[0]})

    def exercises(
        self, account: str | None = None, kind: str | None = None, limit: int = 200
    ) -> list[Exercise]:
        """Practice, newest first; an agent gets his own."""
        query = sa.select(exercises).order_by(exercises.c.id.desc()).limit(limit)
        if self.actor.role is AccountRole.AGENT:
            query = query.where(exercises.c.account == self.actor.account)
        if account is not None:
            query = query.where(exercises.c.account == account)
        if kind is not None:
            query = query.where(exercises.c.kind == kind)
        with self._store.database.reading() as connection:
            return [_exercise(row) for row in connection.execute(query).mappings()]

    def exported(self, what: str) -> None:
        """Write down that he takes a table of many calls out; ``what`` is its part and kind."""
        self._no_trainer("the tables of the office")
        with self._store.database.writing() as connection:
            note(connection, self.actor.account, "export", kind=what[:60])

    # -- the office's record -------------------------------------------------------------------------------

    def audit(
        self,
        *,
        call_id: str | None = None,
        account: str | None = None,
        action: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> Page[AuditEntry]:
        """Who did what, newest first; for the admin."""
        self._admin("read the audit")
        query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit + 1)
        if call_id is not None:
            query = query.where(audit.c.subject == content.audit_subject(call_id))
        if account is not None:
            query = query.where(audit.c.account == account)
        if action is not None:
            query = query.where(audit.c.action == action)
        if after is not None:
            query = query.where(audit.c.id < int(after))
        with self._store.database.reading() as connection:
            rows = list(connection.execute(query))
        entries = tuple(
            AuditEntry(r.id, since(r.made_at), r.account, r.action, r.subject, r.detail) for r in rows[:limit]
        )
        return Page(entries, str(entries[-1].id) if len(rows) > limit else None)

    # -- inside --------------------------------------------------------------------------------------------

    def _where(self, filters: Filters) -> list[Any]:
        raise NotImplementedError

    def _lead(self, what: str) -> None:
        raise NotImplementedError

    def _no_trainer(self, what: str) -> None:
        if self.actor.role is AccountRole.TRAINER:
            raise NotAllowed(f"{what}: not for trainers")

    def _blind_to_me(self) -> Any:
        return sa.select(second_reviews.c.call_seq).where(
            second_reviews.c.rater == self.actor.account, second_reviews.c.submitted_at.is_(None)
        )


def _standing(connection: sa.Connection, call_id: str) -> list[Rating]:
    """The machine's outcomes of a call, and the first reviewer's where a person has looked at it."""
    row = content.call_row(connection, call_id)
    signed = sa.select(sign_offs.c.made_by).where(
        sign_offs.c.call_seq == row["seq"], sign_offs.c.withdrawn_at.is_(None)
    )
    ruled = sa.select(rulings.c.made_by).where(
        rulings.c.call_seq == row["seq"],
        rulings.c.version == row["version"],
        rulings.c.undone_at.is_(None),
        rulings.c.left_because.is_(None),
    )
    first = (
        connection.execute(signed.order_by(sign_offs.c.id.desc()).limit(1)).scalar_one_or_none()
        or connection.execute(ruled.order_by(rulings.c.id.desc()).limit(1)).scalar_one_or_none()
    )
    query = sa.select(findings).where(
        findings.c.call_seq == row["seq"], findings.c.kind != CriterionKind.MANNER.value
    )
    made: list[Rating] = []
    for found in connection.execute(query):
        made.append(Rating(call_id, found.criterion, MACHINE, Outcome(found.outcome)))
        if first is not None:
            made.append(Rating(call_id, found.criterion, f"{FIRST}{first}", Outcome(found.final_outcome)))
    return made


def _promises(connection: sa.Connection, where: list[Any], limit: int) -> list[PromiseLine]:
    """Entries of the ledger by day, at most ``limit``."""
    query = (
        sa.select(promises, calls.c.id.label("call_id"), calls.c.title, calls.c.agent)
        .join_from(promises, calls, calls.c.seq == promises.c.call_seq)
        .where(*where)
        .order_by(promises.c.due, promises.c.id)
        .limit(limit)
    )
    return [_promise(row) for row in connection.execute(query)]


def _promise(row: Any) -> PromiseLine:
    return PromiseLine(
        id=row.id,
        call_id=row.call_id,
        title=row.title,
        agent=row.agent,
        turn=row.turn,
        who=row.who,
        amount=row.amount,
        due=None if row.due is None else date.fromisoformat(row.due),
        kept=row.kept,
        noted_by=row.noted_by,
        gone=row.gone_from is not None,
        quote=row.quote or "",
        start=row.start,
    )


def _version(row: Mapping[str, Any]) -> PlaybookVersion:
    return PlaybookVersion(
        row["fingerprint"], row["playbook"], row["version"], row["published_by"], since(row["made_at"])
    )


def _exercise(row: Mapping[str, Any]) -> Exercise:
    return Exercise(
        row["id"],
        row["account"],
        row["kind"],
        row["subject"],
        row["score"],
        row["result"],
        since(row["made_at"]),
    )
