"""One call as somebody may see and change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from coach.domain.errors import NoSuchCall, NotAllowed, StoreError
from coach.domain.people import AccountRole, Actor
from coach.domain.playbook import Playbook
from coach.domain.review import Outcome, Review, Scorecard, Verdict
from coach.domain.text import Text
from coach.language.redact import redact_review
from coach.store import content
from coach.store.erase import erase
from coach.store.journal import note
from coach.store.judging import Judging
from coach.store.keep import put
from coach.store.lines import (
    Clip,
    HumanCard,
    ReviewVersion,
)
from coach.store.query import call_line, visible
from coach.store.rows import now, since
from coach.store.schema import calls, reviews, second_reviews
from coach.store.tallies import counted_anew

if TYPE_CHECKING:
    from coach.store.reviews import ReviewStore

_NO_CARD = Text("盲评提交之前不显示。", "Not shown before the blind review is handed in.")


class Case(Judging):
    """A call that ``actor`` may see; made by ``Desk.case``, which checks that."""

    def __init__(
        self, store: ReviewStore, actor: Actor, row: Mapping[str, Any], *, withheld: bool = False
    ) -> None:
        self._store = store
        self.actor = actor
        self.withheld = withheld
        self._take(dict(row))

    # -- reading -------------------------------------------------------------------------------------------

    @property
    def blind(self) -> bool:
        """Whether he has yet to hand in a blind second review, so that he sees no card."""
        query = sa.select(second_reviews.c.id).where(
            second_reviews.c.call_seq == self._row["seq"],
            second_reviews.c.rater == self.actor.account,
            second_reviews.c.submitted_at.is_(None),
        )
        with self._store.database.reading() as connection:
            self._still(connection)
            return connection.execute(query).first() is not None

    def review(self) -> Review:
        """The machine's review, masked for a trainer. Raises ``NotAllowed`` while it is ``blind``."""
        self._see()
        return self._shown(None)

    def blind_review(self) -> Review:
        """The call with its words and no judgement, for who has his own still to give."""
        card = Scorecard((), None, Verdict.NOT_ASSESSED, _NO_CARD)
        review = self._shown(None)
        labels = None if review.observed.labels is None else ((),) * len(review.observed.labels)
        return replace(review, scorecard=card, observed=replace(review.observed, labels=labels))

    def versions(self) -> list[ReviewVersion]:
        """The machine's reviews of this call, first to last."""
        self._see()
        query = (
            sa.select(*(column for column in reviews.c if column.name != "body"))
            .where(reviews.c.call_seq == self._row["seq"])
            .order_by(reviews.c.version)
        )
        with self._store.database.reading() as connection:
            return [
                ReviewVersion(
                    version=row.version,
                    made_at=since(row.made_at),
                    playbook=row.playbook,
                    playbook_version=row.playbook_version,
                    verdict=Verdict(row.verdict),
                    score=row.score,
                )
                for row in connection.execute(query)
            ]

    def review_of(self, version: int) -> Review:
        """An earlier review."""
        self._see()
        return self._shown(version)

    def card(self) -> HumanCard:
        """The machine's card beside the one that people's rulings make of it."""
        self._see()
        with self._store.database.reading() as connection:
            self._still(connection)
            review = content.read(connection, self._row)
            human = content.human_card(connection, self._row, review)
        if self.actor.role is AccountRole.TRAINER:
            machine = redact_review(review).scorecard
            human = None if human is None else redact_review(replace(review, scorecard=human)).scorecard
            return HumanCard(machine, human, ())
        return HumanCard(review.scorecard, human, tuple(self.rulings()))

    def title(self) -> str:
        """What the office calls the call."""
        return self.line.title

    def audio(self) -> Path | None:
        """The file that a browser plays; for a trainer only one from which personal data were taken out."""
        if self.actor.role is AccountRole.TRAINER:
            return self._store.sounds.bleeped(self.line.id)
        return self._store.sounds.audio(self.line.id) if self.line.has_audio else None

    def peaks(self) -> list[list[float]]:
        """The outline of the sound by channel, 0..1; empty when there is no sound."""
        return self._store.sounds.outline(self.line.id)

    def earlier(self, criterion: str, *, outcome: Outcome = Outcome.MET, limit: int = 3) -> list[Clip]:
        """Where the same agent did it in other calls that the actor may see, latest first."""
        return self._store.desk(self.actor).clips(
            criterion, outcome=outcome, agent=self.line.agent, but=self.line.id, limit=limit
        )

    # -- who speaks ----------------------------------------------------------------------------------------

    def playbook(self) -> Playbook:
        """What the review that stands was judged by; raises ``StoreError`` when that version is not kept."""
        with self._store.database.reading() as connection:
            return content.playbook_of(connection, self._row)

    def amend(self, review: Review) -> None:
        """Keep a review of this call after a person said who speaks; the one before stays beside it.

        Rulings come along where they still hold (``carry_along``).
        """
        self._lead("correct who speaks")
        if review.observed.call.id != self.line.id:
            raise StoreError("this is a review of another call")
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            row = put(
                connection,
                review,
                title=row["title"],
                has_audio=row["has_audio"],
                agent=row["agent"],
                playbook_source=content.playbook_source_of(connection, row),
            )
            self._take(row)
            self._note(connection, "amend", changes=len(review.changes))

    # -- the office ----------------------------------------------------------------------------------------

    def give_to(self, agent: str | None) -> None:
        """Make the call an agent's, or nobody's."""
        self._lead("give a call to an agent")
        with self._store.database.writing() as connection:
            row = self._locked(connection)
            with counted_anew(connection, row["seq"]):
                self._take(content.update(connection, row, agent=agent))
            self._note(connection, "give", to=agent or "")

    def clear_for_training(self, on: bool = True) -> None:
        """Let trainers see the call, with personal data masked."""
        self._lead("clear a call for training")
        self._set("clear", cleared_at=now() if on else None)

    def hold(self, on: bool = True) -> None:
        """Keep the call whatever the rule of retention says."""
        self._lead("hold a call")
        self._set("hold", hold=on)

    def rename(self, title: str) -> None:
        """Call it something else."""
        self._lead("rename a call")
        if not title.strip():
            raise StoreError("a call needs a title")
        self._set("rename", title=title.strip()[:200])

    def keep_bleeped(self, file: Path) -> None:
        """Keep a playable file from which personal data were taken out; it is moved into the store."""
        self._lead("keep bleeped sound")
        self._store.sounds.keep_bleeped(self.line.id, file)

    def viewed(self) -> None:
        """Write down that he opened the call."""
        with self._store.database.writing() as connection:
            self._note(connection, "view")

    def exported(self, what: str) -> None:
        """Write down that he takes the call out as ``what`` (pdf, xlsx, audio, …)."""
        self._see()
        with self._store.database.writing() as connection:
            self._note(connection, "export", kind=what[:40])

    def erase(self) -> None:
        """Delete words, sound and all that was said about the call, for good."""
        self._lead("erase a call")
        if self._row["hold"]:
            raise NotAllowed("this call is held and cannot be erased; take the hold off first")
        erase(self._store, [self.line.id], by=self.actor.account)

    # -- inside --------------------------------------------------------------------------------------------

    def _shown(self, version: int | None) -> Review:
        with self._store.database.reading() as connection:
            self._still(connection)
            review = content.read(connection, self._row, version)
        if self.actor.role is not AccountRole.TRAINER:
            return review
        masked = redact_review(review)
        call = replace(masked.observed.call, source=self.line.title)
        return replace(masked, observed=replace(masked.observed, call=call))

    def _lead(self, what: str) -> None:
        if not self.actor.leads:
            raise NotAllowed(f"only a supervisor may {what}")

    def _still(self, connection: sa.Connection) -> dict[str, Any]:
        """The row as it is now; raises ``NoSuchCall`` when it is gone or not his any more."""
        query = sa.select(calls).where(
            calls.c.id == self.line.id, calls.c.removed_at.is_(None), *visible(self.actor)
        )
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NoSuchCall(content.GONE)
        return dict(row)

    def _locked(self, connection: sa.Connection) -> dict[str, Any]:
        content.lock_call(connection, self.line.id)
        return self._still(connection)

    def _take(self, row: dict[str, Any]) -> None:
        self._row = row
        self.line = call_line(row, self.actor, withheld=self.withheld)

    def _set(self, action: str, **values: Any) -> None:
        with self._store.database.writing() as connection:
            self._take(content.update(connection, self._locked(connection), **values))
            self._note(connection, action)

    def _note(self, connection: sa.Connection, action: str, **detail: Any) -> None:
        note(connection, self.actor.account, action, content.audit_subject(self.line.id), **detail)
