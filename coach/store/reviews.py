"""Reviews, and the recordings that they are about: a database, and a folder of this machine."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import Actor
from coach.domain.review import Review
from coach.store import content, ledger
from coach.store.codec import unpacked
from coach.store.engine import Database, database_url
from coach.store.erase import erase
from coach.store.keep import put
from coach.store.lines import CallLine
from coach.store.migrate import migrate
from coach.store.query import call_line
from coach.store.rows import call_values, final_values, now, risk
from coach.store.schema import calls, recordings, reviews
from coach.store.sounds import Sounds
from coach.store.tallies import add_up, counted_anew

if TYPE_CHECKING:
    from coach.store.desk import Desk


class ReviewStore:
    """The whole store, for the program itself; people come in by ``desk``, which knows what they may.

    Several processes may use the same store at once. ``url`` names a PostgreSQL; the sound stays in ``root``.
    """

    def __init__(self, root: Path, url: str | None = None) -> None:
        self.sounds = Sounds(root / "recordings")
        self.database = Database(database_url(root, url))
        migrate(self.database)
        self._index_old()

    def desk(self, actor: Actor) -> Desk:
        """The store as ``actor`` may use it."""
        from coach.store.desk import Desk

        return Desk(self, actor)

    def add(
        self,
        review: Review,
        *,
        title: str,
        audio: Path | None = None,
        peaks: list[list[float]] | None = None,
        agent: str | None = None,
        playbook_source: str | None = None,
        only_of: str | None = None,
    ) -> CallLine:
        """Keep a review; a call with the same id is the same recording, and its earlier review stays beside.

        ``audio`` (a file that a browser plays) is moved into the store, ``peaks`` are by channel, 0..1.
        ``agent`` owns a new call; with ``only_of`` a call of anybody else is left alone (``NotAllowed``).
        Raises ``StoreError`` when the disk is full.
        """
        call_id = review.observed.call.id
        self._refuse_anothers(call_id, only_of)
        try:
            if audio is not None:
                self.sounds.keep(call_id, audio)
            if peaks is not None:
                self.sounds.keep_outline(call_id, peaks)
            with self.database.writing() as connection:
                row = put(
                    connection,
                    review,
                    title=title,
                    has_audio=audio is not None,
                    agent=agent,
                    playbook_source=playbook_source,
                )
                self._note_recording(connection, row)
        except (OSError, sa.exc.OperationalError) as error:
            raise StoreError(
                f"the review could not be kept ({type(error).__name__}); free some disk space and try again"
            ) from None
        return call_line(row)

    def calls(self) -> list[CallLine]:
        """All calls that were not removed, newest first."""
        query = sa.select(calls).where(calls.c.removed_at.is_(None)).order_by(calls.c.added_at.desc())
        with self.database.reading() as connection:
            return [call_line(row) for row in connection.execute(query).mappings()]

    def review(self, call_id: str) -> Review:
        """The review of a call; raises ``StoreError`` when there is none."""
        with self.database.reading() as connection:
            return content.read(connection, content.call_row(connection, call_id))

    def title(self, call_id: str) -> str:
        """What the user calls the call; raises ``StoreError`` when there is none."""
        with self.database.reading() as connection:
            return str(content.call_row(connection, call_id)["title"])

    def audio(self, call_id: str) -> Path | None:
        """The file that a browser plays; None for a written transcript or a removed call."""
        query = sa.select(calls.c.has_audio).where(calls.c.id == call_id, calls.c.removed_at.is_(None))
        with self.database.reading() as connection:
            has_audio = connection.execute(query).scalar_one_or_none()
        return self.sounds.audio(call_id) if has_audio else None

    def peaks(self, call_id: str) -> list[list[float]]:
        """The outline of the sound by channel, 0..1; empty when there is no sound."""
        return self.sounds.outline(call_id)

    def remove(self, call_id: str) -> None:
        """Hide a call; ``restore`` brings it back until ``purge``."""
        self._mark(call_id, now())

    def restore(self, call_id: str) -> None:
        """Bring a removed call back."""
        self._mark(call_id, None)

    def purge(self) -> int:
        """Delete the removed calls, words and sound, for good; how many they were."""
        query = sa.select(calls.c.id).where(calls.c.removed_at.is_not(None), calls.c.hold.is_(False))
        with self.database.reading() as connection:
            gone = list(connection.execute(query).scalars())
        erase(self, gone)
        return len(gone)

    def _mark(self, call_id: str, removed_at: str | None) -> None:
        with self.database.writing() as connection:
            content.lock_call(connection, call_id)
            seq = connection.execute(sa.select(calls.c.seq).where(calls.c.id == call_id)).scalar_one_or_none()
            with counted_anew(connection, seq):
                connection.execute(
                    sa.update(calls).where(calls.c.id == call_id).values(removed_at=removed_at)
                )

    def _refuse_anothers(self, call_id: str, only_of: str | None) -> None:
        if only_of is None:
            return
        with self.database.reading() as connection:
            known = connection.execute(sa.select(calls.c.agent).where(calls.c.id == call_id)).first()
        if known is not None and known.agent != only_of:
            raise NotAllowed("this recording is already in the store and not yours; ask your supervisor")

    def _note_recording(self, connection: sa.Connection, row: dict[str, Any]) -> None:
        file = self.sounds.audio(row["id"]) if row["has_audio"] else None
        if file is None:
            return
        with file.open("rb") as data:
            digest = file_digest(data, "sha256").hexdigest()
        named = content.audit_subject(row["id"])
        connection.execute(sa.delete(recordings).where(recordings.c.call_seq == row["seq"]))
        connection.execute(
            sa.insert(recordings).values(
                sha256=digest if named != row["id"] else row["id"],
                call_seq=row["seq"],
                file=file.name,
                bytes=file.stat().st_size,
                added_at=now(),
            )
        )

    def _index_old(self) -> None:
        """Read the reviews that an earlier version kept into the tables of lists and search, one by one."""
        query = sa.select(calls.c.seq).where(calls.c.indexed.is_(False)).order_by(calls.c.seq)
        with self.database.reading() as connection:
            waiting = list(connection.execute(query).scalars())
        for seq in waiting:
            with self.database.writing() as connection:
                self._index_one(connection, seq)

    def _index_one(self, connection: sa.Connection, seq: int) -> None:
        where = (calls.c.seq == seq, calls.c.indexed.is_(False))
        row = connection.execute(sa.select(calls).where(*where)).mappings().one_or_none()
        if row is None:
            return
        body = connection.execute(sa.select(reviews.c.body).where(reviews.c.call_seq == seq)).scalar_one()
        values: dict[str, Any] = {}
        try:
            review = unpacked(body)
        except StoreError:
            review = None  # the page says so when the call is opened
        if review is not None:
            content.index(connection, seq, review, review.scorecard)
            ledger.write(connection, seq, review)
            version = {"playbook_version": review.playbook_version}
            connection.execute(sa.update(reviews).where(reviews.c.call_seq == seq).values(**version))
            values = {**version, **final_values(review.scorecard, ruled=False)}
            values["week"] = call_values(review)["week"] if row["started_at"] else row["week"]
        values |= {"indexed": True, "risk": risk({**row, **values})}
        connection.execute(sa.update(calls).where(calls.c.seq == seq).values(**values))
        self._note_recording(connection, dict(row))
        add_up(connection, 1, [calls.c.seq == seq])
