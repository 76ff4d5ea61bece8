"""What people say to each other about a call: remarks, appeals, self-scores, sign-offs, second reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import AccountRole, Actor
from coach.domain.review import Outcome
from coach.store import content
from coach.store.lines import (
    Acknowledgement,
    Appeal,
    AppealKind,
    CallLine,
    CallState,
    Comment,
    SecondReview,
    SelfScore,
    SignOff,
)
from coach.store.rows import moment, now, since
from coach.store.schema import (
    acknowledgements,
    appeals,
    calls,
    comments,
    findings,
    second_reviews,
    self_scores,
    sign_offs,
)

if TYPE_CHECKING:
    from coach.store.reviews import ReviewStore

LONGEST = 4_000
"""Characters of a reason or a remark."""


class Talk:
    """The part of a case in which people talk; ``Case`` is the whole."""

    _store: ReviewStore
    _row: dict[str, Any]
    actor: Actor
    line: CallLine
    withheld: bool
    """Whether he has yet to score himself, so that he sees nobody's judgement."""

    def comments(self) -> list[Comment]:
        """All remarks, first to last; not for trainers."""
        self._inside()
        query = sa.select(comments).where(comments.c.call_seq == self._row["seq"]).order_by(comments.c.id)
        with self._store.database.reading() as connection:
            return [_comment(row) for row in connection.execute(query)]

    def comment(self, text: str, *, at: float | None = None, turn: int | None = None) -> Comment:
        """Remark on the call, at a moment (seconds, turn) or on the whole."""
        self._inside()
        values = {
            "text": said(text),
            "at": at,
            "turn": turn,
            "made_by": self.actor.account,
            "made_at": now(),
        }
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            made = connection.execute(sa.insert(comments).values(call_seq=row["seq"], **values))
            self._note(connection, "comment")
            return _comment(_one(connection, comments, made.inserted_primary_key[0]))

    def delete_comment(self, comment_id: int) -> None:
        """Take a remark away: one's own, or anybody's for who leads."""
        where = [comments.c.id == comment_id, comments.c.call_seq == self._row["seq"]]
        if not self.actor.leads:
            where.append(comments.c.made_by == self.actor.account)
        with self._store.database.writing() as connection:
            if not connection.execute(sa.delete(comments).where(*where)).rowcount:
                raise StoreError("there is no such remark of yours")

    def appeals(self) -> list[Appeal]:
        """All appeals, first to last."""
        self._inside()
        with self._store.database.reading() as connection:
            return read_appeals(connection, [calls.c.seq == self._row["seq"]])

    def appeal(self, criterion: str, kind: AppealKind, text: str, *, turn: int | None = None) -> Appeal:
        """Say that a finding is wrong; for the call's own agent and for who leads."""
        self._inside()
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            self._known(connection, row, [criterion])
            made = connection.execute(
                sa.insert(appeals).values(
                    call_seq=row["seq"],
                    criterion=criterion,
                    turn=turn,
                    kind=AppealKind(kind).value,
                    text=said(text),
                    made_by=self.actor.account,
                    made_at=now(),
                    answer="",
                )
            )
            self._count_appeals(connection, row)
            self._note(connection, "appeal", criterion=criterion, kind=AppealKind(kind).value)
            return read_appeals(connection, [appeals.c.id == made.inserted_primary_key[0]])[0]

    def acknowledge(self, criterion: str = "") -> None:
        """Say that one has read the review, or one finding of it."""
        self._inside()
        key = {"call_seq": self._row["seq"], "made_by": self.actor.account, "criterion": criterion}
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            if criterion:
                self._known(connection, row, [criterion])
            _replace(connection, acknowledgements, key, {"version": row["version"], "made_at": now()})
            own = self.actor.account == row["agent"]
            if own and not criterion and row["state"] == CallState.SIGNED:
                self._take(content.update(connection, row, state=CallState.ACKNOWLEDGED.value))
            self._note(connection, "acknowledge", criterion=criterion)

    def acknowledgements(self) -> list[Acknowledgement]:
        """Who has read what."""
        self._inside()
        query = sa.select(acknowledgements).where(acknowledgements.c.call_seq == self._row["seq"])
        with self._store.database.reading() as connection:
            return [
                Acknowledgement(row.made_by, row.criterion, row.version, since(row.made_at))
                for row in connection.execute(query.order_by(acknowledgements.c.made_at))
            ]

    def score_self(self, outcomes: Mapping[str, Outcome], note: str = "") -> SelfScore:
        """Keep what he says of his own call, by criterion; a later one replaces it."""
        self._invited()
        key = {"call_seq": self._row["seq"], "made_by": self.actor.account}
        plain = {criterion: Outcome(outcome).value for criterion, outcome in outcomes.items()}
        with self._store.database.writing() as connection:
            self._known(connection, self._locked(connection), list(plain))
            values = {"outcomes": plain, "note": note.strip()[:LONGEST], "made_at": now(), "skipped": False}
            _replace(connection, self_scores, key, values)
            self._note(connection, "self_score")
        self.withheld = False
        found = self.self_score()
        assert found is not None
        return found

    def skip_self_score(self) -> None:
        """Look at the others' judgement without an own one; it is written down that he did."""
        self._invited()
        if not self.has_looked():
            key = {"call_seq": self._row["seq"], "made_by": self.actor.account}
            with self._store.database.writing() as connection:
                self._locked(connection)
                values = {"outcomes": {}, "note": "", "made_at": now(), "skipped": True}
                _replace(connection, self_scores, key, values)
                self._note(connection, "skip_self_score")
        self.withheld = False

    def has_looked(self) -> bool:
        """Whether he has scored the call himself, or said that he looks without."""
        query = sa.select(self_scores.c.skipped).where(
            self_scores.c.call_seq == self._row["seq"], self_scores.c.made_by == self.actor.account
        )
        with self._store.database.reading() as connection:
            return connection.execute(query).first() is not None

    def self_score(self, account: str | None = None) -> SelfScore | None:
        """What somebody (None: he himself) said of the call; only who leads reads others'."""
        wanted = self.actor.account if account is None else account
        if wanted != self.actor.account and not self.actor.leads:
            raise NotAllowed("only a supervisor may read the self-score of somebody else")
        query = sa.select(self_scores).where(
            self_scores.c.call_seq == self._row["seq"],
            self_scores.c.made_by == wanted,
            self_scores.c.skipped.is_(False),
        )
        with self._store.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return (
            None
            if row is None
            else SelfScore(row.made_by, _outcomes(row.outcomes), row.note, since(row.made_at))
        )

    def sign_off(self, note: str = "") -> None:
        """Stand by the card as it is."""
        self._lead("sign a review off")
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            connection.execute(
                sa.insert(sign_offs).values(
                    call_seq=row["seq"],
                    version=row["version"],
                    note=note.strip()[:LONGEST],
                    made_by=self.actor.account,
                    made_at=now(),
                )
            )
            self._take(content.update(connection, row, state=CallState.SIGNED.value))
            self._note(connection, "sign_off")

    def withdraw_sign_off(self) -> None:
        """Take the sign-off back."""
        self._lead("withdraw a sign-off")
        open_ones = (sign_offs.c.call_seq == self._row["seq"], sign_offs.c.withdrawn_at.is_(None))
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            done = connection.execute(sa.update(sign_offs).where(*open_ones).values(withdrawn_at=now()))
            if not done.rowcount:
                raise StoreError("this call is not signed off")
            self._take(content.update(connection, row, state=CallState.IN_REVIEW.value))
            self._note(connection, "withdraw_sign_off")

    def sign_offs(self) -> list[SignOff]:
        """All sign-offs, first to last, with those withdrawn."""
        self._inside()
        query = sa.select(sign_offs).where(sign_offs.c.call_seq == self._row["seq"]).order_by(sign_offs.c.id)
        with self._store.database.reading() as connection:
            return [
                SignOff(r.id, r.made_by, r.version, r.note, since(r.made_at), moment(r.withdrawn_at))
                for r in connection.execute(query)
            ]

    def assign_second(self, rater: str) -> SecondReview:
        """Ask somebody for a blind second review; until it is handed in he sees no card of this call."""
        self._lead("ask for a second review")
        values = {"rater": rater, "assigned_by": self.actor.account, "assigned_at": now(), "note": ""}
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            mine = (second_reviews.c.call_seq == row["seq"], second_reviews.c.rater == rater)
            if connection.execute(sa.select(second_reviews.c.id).where(*mine)).first() is not None:
                raise StoreError("he was asked for a second review of this call before")
            connection.execute(sa.insert(second_reviews).values(call_seq=row["seq"], **values))
            self._note(connection, "assign_second")
            return read_second_reviews(connection, list(mine))[0]

    def submit_second(self, outcomes: Mapping[str, Outcome], note: str = "") -> SecondReview:
        """Hand in the second review that one was asked for; it cannot be changed afterwards."""
        mine = [
            second_reviews.c.call_seq == self._row["seq"],
            second_reviews.c.rater == self.actor.account,
        ]
        plain = {criterion: Outcome(outcome).value for criterion, outcome in outcomes.items()}
        values = {"outcomes": plain, "note": note.strip()[:LONGEST], "submitted_at": now()}
        with self._store.database.writing() as connection:
            self._known(connection, self._locked(connection), list(plain))
            query = sa.update(second_reviews).where(*mine, second_reviews.c.submitted_at.is_(None))
            if not connection.execute(query.values(**values)).rowcount:
                raise StoreError("you were not asked for a second review of this call, or have handed it in")
            self._note(connection, "submit_second")
            return read_second_reviews(connection, mine)[0]

    def second_reviews(self) -> list[SecondReview]:
        """Those asked for; for who leads and is not blind, else his own."""
        where = [second_reviews.c.call_seq == self._row["seq"]]
        if not self.actor.leads or self.blind:
            where.append(second_reviews.c.rater == self.actor.account)
        with self._store.database.reading() as connection:
            return read_second_reviews(connection, where)

    # -- what ``Case`` brings ------------------------------------------------------------------------------

    @property
    def blind(self) -> bool:
        """Whether he has yet to hand in a blind second review."""
        raise NotImplementedError

    def _lead(self, what: str) -> None:
        raise NotImplementedError

    def _locked(self, connection: sa.Connection) -> dict[str, Any]:
        raise NotImplementedError

    def _take(self, row: dict[str, Any]) -> None:
        raise NotImplementedError

    def _note(self, connection: sa.Connection, action: str, **detail: Any) -> None:
        raise NotImplementedError

    def _see(self) -> None:
        """Who has his own judgement still to give sees none: a blind rater, and an agent of his own call."""
        if self.blind:
            raise NotAllowed("hand in your own review first; until then the others' stay hidden")
        if self.withheld:
            raise NotAllowed("score yourself first, or say that you want to look without")

    def _invited(self) -> None:
        """Trainers see the call and have no part in the talk about it."""
        if self.actor.role is AccountRole.TRAINER:
            raise NotAllowed("a trainer sees the call and not what was said about it")

    def _inside(self) -> None:
        """Who takes part in the talk, and has given his own judgement where one is asked for."""
        self._invited()
        self._see()

    def _known(self, connection: sa.Connection, row: dict[str, Any], criteria: list[str]) -> None:
        query = sa.select(findings.c.criterion).where(findings.c.call_seq == row["seq"])
        if set(criteria) - set(connection.execute(query).scalars()):
            raise StoreError("the review has no such criterion")

    def _count_appeals(self, connection: sa.Connection, row: dict[str, Any]) -> None:
        waiting = sa.select(sa.func.count()).where(
            appeals.c.call_seq == row["seq"], appeals.c.granted.is_(None)
        )
        n = connection.execute(waiting).scalar_one()
        self._take(content.update(connection, row, appeals=n))


def read_appeals(connection: sa.Connection, which: list[Any], limit: int = 1_000) -> list[Appeal]:
    """Appeals with the id of their call, first to last."""
    query = sa.select(appeals, calls.c.id.label("call_id")).join_from(
        appeals, calls, calls.c.seq == appeals.c.call_seq
    )
    rows = connection.execute(query.where(*which).order_by(appeals.c.id).limit(limit))
    return [
        Appeal(
            id=row.id,
            call_id=row.call_id,
            criterion=row.criterion,
            turn=row.turn,
            kind=AppealKind(row.kind),
            text=row.text,
            by=row.made_by,
            made_at=since(row.made_at),
            granted=row.granted,
            answer=row.answer,
            answered_by=row.answered_by,
            answered_at=moment(row.answered_at),
        )
        for row in rows
    ]


def read_second_reviews(connection: sa.Connection, which: list[Any]) -> list[SecondReview]:
    """Second reviews with their call, first to last."""
    query = sa.select(second_reviews, calls.c.id.label("call_id"), calls.c.title).join_from(
        second_reviews, calls, calls.c.seq == second_reviews.c.call_seq
    )
    return [
        SecondReview(
            id=row.id,
            call_id=row.call_id,
            title=row.title,
            rater=row.rater,
            assigned_by=row.assigned_by,
            assigned_at=since(row.assigned_at),
            submitted_at=moment(row.submitted_at),
            outcomes=_outcomes(row.outcomes or {}),
            note=row.note,
        )
        for row in connection.execute(query.where(*which).order_by(second_reviews.c.id))
    ]


def _replace(
    connection: sa.Connection, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    connection.execute(sa.delete(table).where(*(table.c[name] == value for name, value in key.items())))
    connection.execute(sa.insert(table).values(**key, **values))


def _one(connection: sa.Connection, table: sa.Table, row_id: int) -> Any:
    return connection.execute(sa.select(table).where(table.c.id == row_id)).one()


def _comment(row: Any) -> Comment:
    return Comment(row.id, row.text, row.at, row.turn, row.made_by, since(row.made_at))


def _outcomes(found: Mapping[str, str]) -> dict[str, Outcome]:
    return {criterion: Outcome(outcome) for criterion, outcome in found.items()}


def said(text: str) -> str:
    """What somebody wrote, without the blanks around it; raises ``StoreError`` when it is nothing."""
    if not text.strip():
        raise StoreError("write something first")
    return text.strip()[:LONGEST]
