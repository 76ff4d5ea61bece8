"""What a person rules on the findings of a call, kept and scored again at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from coach.domain.carrying import Left, counterpart
from coach.domain.errors import StoreError
from coach.domain.review import CriterionKind, Outcome
from coach.domain.rulings import Ruling, RulingKind
from coach.domain.time import Interval
from coach.store import content
from coach.store.carry import origin
from coach.store.lines import Appeal, AppealKind, CallState, RulingLine
from coach.store.rows import moment, now, since
from coach.store.schema import appeals, findings, rulings
from coach.store.talk import LONGEST, Talk, read_appeals, said


class Judging(Talk):
    """The part of a case in which people rule; ``Case`` is the whole."""

    def rulings(self, *, undone: bool = False, version: int | None = None) -> list[RulingLine]:
        """What was ruled on the review that stands or an earlier ``version``, first to last."""
        return self._rulings(version, rulings.c.left_because.is_(None), undone=undone)

    def left_rulings(self) -> list[RulingLine]:
        """Rulings on earlier reviews that do not hold on this one, for a person to look at again."""
        return self._rulings(None, rulings.c.left_because.is_not(None), undone=False)

    def _rulings(self, version: int | None, which: Any, *, undone: bool) -> list[RulingLine]:
        self._inside()
        version = self._row["version"] if version is None else version
        query = sa.select(rulings).where(
            rulings.c.call_seq == self._row["seq"], rulings.c.version == version, which
        )
        if not undone:
            query = query.where(rulings.c.undone_at.is_(None))
        with self._store.database.reading() as connection:
            return [_ruling_line(row) for row in connection.execute(query.order_by(rulings.c.id)).mappings()]

    def rule(
        self,
        kind: RulingKind,
        criterion: str,
        *,
        reason: str,
        turn: int | None = None,
        outcome: Outcome | None = None,
        quote: str = "",
        at: Interval | None = None,
    ) -> RulingLine:
        """Rule on a finding, and score the call again.

        Raises ``NotAllowed`` for who may not, ``StoreError`` without a reason or for what cannot be ruled.
        """
        self._lead("rule on a finding")
        if not reason.strip():
            raise StoreError("a ruling needs a reason")
        if (kind is RulingKind.OUTCOME) != (outcome is not None):
            raise StoreError("an outcome belongs to the ruling that sets it, and to no other")
        if kind is RulingKind.ADD and turn is None:
            raise StoreError("an added finding needs the turn where it is")
        self._see()
        ruling = Ruling(kind, criterion, turn, outcome, quote[:LONGEST], at, reason.strip()[:LONGEST])
        with self._store.database.writing() as connection:
            return self._rule(connection, self._locked(connection), ruling)

    def take_up(self, ruling_id: int) -> RulingLine:
        """Rule again what did not come along from an earlier review.

        The words must still be there, whoever is now said to speak them; else ``StoreError``.
        """
        self._lead("rule on a finding")
        self._see()
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            ruling = self._again(connection, row, ruling_id)
            made = self._rule(connection, row, ruling)
            self._strike(connection, row, ruling_id)
            return made

    def undo(self, ruling_id: int) -> None:
        """Take a ruling back, or let go one that did not come along; it stays in the record."""
        self._lead("undo a ruling")
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            self._strike(connection, row, ruling_id)
            self._take(content.rescore(connection, row))
            self._note(connection, "undo", ruling=ruling_id)

    def answer(self, appeal_id: int, *, granted: bool, text: str) -> Appeal:
        """Answer an appeal, once; what is granted is ruled on as the agent asked, so that the card changes.

        Who speaks and which words were said is corrected elsewhere; here the finding that came of it goes.
        """
        self._lead("answer an appeal")
        self._see()
        values = {"granted": granted, "answer": said(text), "answered_by": self.actor.account}
        one = (appeals.c.id == appeal_id, appeals.c.call_seq == self._row["seq"])
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            query = sa.update(appeals).where(*one, appeals.c.granted.is_(None))
            if not connection.execute(query.values(**values, answered_at=now())).rowcount:
                raise StoreError("there is no such appeal, or it was answered before")
            self._count_appeals(connection, row)
            appeal = read_appeals(connection, list(one))[0]
            ruling = self._granting(connection, self._row, appeal) if granted else None
            if ruling is not None:
                self._rule(connection, self._row, ruling)
            self._note(connection, "answer", appeal=appeal_id, granted=granted)
            return appeal

    # -- inside --------------------------------------------------------------------------------------------

    def _reviewing(self, connection: sa.Connection, row: dict[str, Any]) -> dict[str, Any]:
        if row["state"] != CallState.NEW:
            return row
        return content.update(connection, row, state=CallState.IN_REVIEW.value)

    def _rule(self, connection: sa.Connection, row: dict[str, Any], ruling: Ruling) -> RulingLine:
        """Keep a ruling and score the call again, in the transaction of the caller."""
        self._check_place(connection, row, ruling.criterion, ruling.turn)
        values = {
            "call_seq": row["seq"],
            "version": row["version"],
            "kind": ruling.kind.value,
            "criterion": ruling.criterion,
            "turn": ruling.turn,
            "outcome": None if ruling.outcome is None else ruling.outcome.value,
            "quote": ruling.quote,
            "start": None if ruling.at is None else ruling.at.start,
            "end": None if ruling.at is None else ruling.at.end,
            "reason": ruling.reason,
            "made_by": self.actor.account,
            "made_at": now(),
        }
        made = connection.execute(sa.insert(rulings).values(**values).returning(rulings)).mappings().one()
        row = self._reviewing(connection, content.rescore(connection, row))
        self._note(connection, "rule", kind=ruling.kind.value, criterion=ruling.criterion)
        self._take(row)
        return _ruling_line(made)

    def _granting(self, connection: sa.Connection, row: dict[str, Any], appeal: Appeal) -> Ruling | None:
        """The ruling that grants an appeal; None where the card that stands already says so."""
        review = content.read(connection, row)
        human = content.human_card(connection, row, review)
        card = review.scorecard if human is None else human
        finding = next(one for one in card.findings if one.criterion == appeal.criterion)
        kind = next(one.kind for one in review.criteria if one.id == appeal.criterion)
        made = Ruling(RulingKind.OUTCOME, appeal.criterion, None, Outcome.MET, reason=appeal.answer)
        if appeal.kind is AppealKind.MISSING_EVIDENCE:
            overlooked = kind is CriterionKind.DO and appeal.turn is not None
            return replace(made, kind=RulingKind.ADD, turn=appeal.turn, outcome=None) if overlooked else made
        if appeal.turn in {piece.turn for piece in (*finding.evidence, *finding.to_check)}:
            return replace(made, kind=RulingKind.DISMISS, turn=appeal.turn, outcome=None)
        return None if finding.outcome is Outcome.MET else made

    def _again(self, connection: sa.Connection, row: dict[str, Any], ruling_id: int) -> Ruling:
        """A ruling that was left behind, at its place in the review that stands."""
        query = sa.select(rulings).where(
            rulings.c.id == ruling_id,
            rulings.c.call_seq == row["seq"],
            rulings.c.version == row["version"],
            rulings.c.left_because.is_not(None),
            rulings.c.undone_at.is_(None),
        )
        left = connection.execute(query).mappings().one_or_none()
        if left is None:
            raise StoreError("there is no such ruling to take up again")
        made = origin(connection, dict(left))
        ruling = content.ruling(made)
        if ruling.turn is None:
            return ruling
        turn = content.read(connection, row, made["version"]).observed.call.turns[ruling.turn]
        there = counterpart(turn, content.read(connection, row).observed.call.turns)
        if there is None:
            raise StoreError("these words are not in the review any more; rule on a turn that is")
        return replace(ruling, turn=there)

    def _strike(self, connection: sa.Connection, row: dict[str, Any], ruling_id: int) -> None:
        done = connection.execute(
            sa.update(rulings)
            .where(rulings.c.id == ruling_id, rulings.c.call_seq == row["seq"], rulings.c.undone_at.is_(None))
            .values(undone_by=self.actor.account, undone_at=now())
        )
        if not done.rowcount:
            raise StoreError("there is no such ruling to undo")

    def _check_place(
        self, connection: sa.Connection, row: dict[str, Any], criterion: str, turn: int | None
    ) -> None:
        query = sa.select(findings.c.criterion).where(
            findings.c.call_seq == row["seq"], findings.c.criterion == criterion
        )
        if connection.execute(query).first() is None:
            raise StoreError("the review has no such criterion")
        if turn is not None and not 0 <= turn < len(content.read(connection, row).observed.call.turns):
            raise StoreError("the call has no such turn")


def _ruling_line(row: Any) -> RulingLine:
    return RulingLine(
        id=row["id"],
        ruling=content.ruling(row),
        version=row["version"],
        by=row["made_by"],
        made_at=since(row["made_at"]),
        undone_by=row["undone_by"],
        undone_at=moment(row["undone_at"]),
        carried=row["carried_from"] is not None,
        left=None if row["left_because"] is None else Left(row["left_because"]),
    )
