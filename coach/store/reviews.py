"""Reviews, and the recordings that they are about, in one folder of this machine."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from coach.domain.errors import StoreError
from coach.domain.review import Review, Verdict
from coach.store.codec import from_json, to_json
from coach.store.tables import calls, connect


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A line of the list of calls, without the words."""

    id: str
    title: str
    added_at: datetime
    verdict: Verdict
    score: float | None
    critical: tuple[str, ...]
    playbook: str
    language: str
    started_at: datetime | None
    duration: float | None
    has_audio: bool


class ReviewStore:
    """The reviews of a folder; several processes may use the same folder at once."""

    def __init__(self, root: Path) -> None:
        self._recordings = root / "recordings"
        try:
            self._recordings.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"the store cannot be made: {error.strerror}; set COACH_DATA_DIR to a folder of your own"
            ) from None
        self._engine = connect(root / "coach.sqlite")

    def add(
        self,
        review: Review,
        *,
        title: str,
        audio: Path | None = None,
        peaks: list[list[float]] | None = None,
    ) -> StoredCall:
        """Keep a review; a call with the same id is replaced, since it is the same recording.

        ``audio`` (a file that a browser plays) is moved into the store, ``peaks`` are by channel, 0..1.
        Raises ``StoreError`` when the disk is full.
        """
        call = review.observed.call
        card = review.scorecard
        row = {
            "id": call.id,
            "title": title,
            "added_at": datetime.now(UTC).isoformat(),
            "removed_at": None,
            "verdict": card.verdict.value,
            "score": None if card.score is None else float(card.score),
            "critical": list(card.critical),
            "playbook": call.playbook,
            "language": call.language,
            "started_at": call.started_at.isoformat() if call.started_at is not None else None,
            "duration": call.duration,
            "has_audio": audio is not None,
            "review": to_json(review),
        }
        try:
            if audio is not None:
                self._put(self._file(call.id, audio.suffix), partial(shutil.move, audio))
            if peaks is not None:
                self._put(self._file(call.id, ".json"), lambda part: part.write_text(json.dumps(peaks)))
            with self._engine.begin() as connection:
                connection.execute(sa.delete(calls).where(calls.c.id == call.id))
                connection.execute(sa.insert(calls).values(row))
        except (OSError, sa.exc.OperationalError) as error:
            raise StoreError(
                f"the review could not be kept ({type(error).__name__}); free some disk space and try again"
            ) from None
        return _stored(row)

    def calls(self) -> list[StoredCall]:
        """All calls that were not removed, newest first."""
        wanted = [column for column in calls.c if column.name != "review"]
        query = sa.select(*wanted).where(calls.c.removed_at.is_(None)).order_by(calls.c.added_at.desc())
        with self._engine.connect() as connection:
            return [_stored(dict(row)) for row in connection.execute(query).mappings()]

    def review(self, call_id: str) -> Review:
        """The review of a call; raises ``StoreError`` when there is none."""
        query = sa.select(calls.c.review).where(calls.c.id == call_id, calls.c.removed_at.is_(None))
        with self._engine.connect() as connection:
            text = connection.execute(query).scalar_one_or_none()
        if text is None:
            raise StoreError("there is no such call; it may have been removed: go back to the list of calls")
        return from_json(text)

    def title(self, call_id: str) -> str:
        """What the user calls the call; raises ``StoreError`` when there is none."""
        query = sa.select(calls.c.title).where(calls.c.id == call_id, calls.c.removed_at.is_(None))
        with self._engine.connect() as connection:
            title = connection.execute(query).scalar_one_or_none()
        if title is None:
            raise StoreError("there is no such call; it may have been removed: go back to the list of calls")
        return str(title)

    def audio(self, call_id: str) -> Path | None:
        """The file that a browser plays; None for a written transcript or a removed call."""
        query = sa.select(calls.c.has_audio).where(calls.c.id == call_id, calls.c.removed_at.is_(None))
        with self._engine.connect() as connection:
            if not connection.execute(query).scalar_one_or_none():
                return None
        found = [path for path in self._files(call_id) if path.suffix != ".json"]
        return found[0] if found else None

    def peaks(self, call_id: str) -> list[list[float]]:
        """The outline of the sound by channel, 0..1; empty when there is no sound."""
        file = self._file(call_id, ".json")
        if not file.is_file():
            return []
        peaks: list[list[float]] = json.loads(file.read_text())
        return peaks

    def remove(self, call_id: str) -> None:
        """Hide a call; ``restore`` brings it back until ``purge``."""
        self._mark(call_id, datetime.now(UTC).isoformat())

    def restore(self, call_id: str) -> None:
        """Bring a removed call back."""
        self._mark(call_id, None)

    def purge(self) -> int:
        """Delete the removed calls, words and sound, for good; how many they were."""
        with self._engine.begin() as connection:
            gone = (
                connection.execute(sa.select(calls.c.id).where(calls.c.removed_at.is_not(None)))
                .scalars()
                .all()
            )
            connection.execute(sa.delete(calls).where(calls.c.removed_at.is_not(None)))
        for call_id in gone:
            for file in self._files(call_id):
                file.unlink(missing_ok=True)
        with self._engine.connect() as connection:
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return len(gone)

    def _mark(self, call_id: str, removed_at: str | None) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.update(calls).where(calls.c.id == call_id).values(removed_at=removed_at))

    def _file(self, call_id: str, suffix: str) -> Path:
        # The id of a written transcript is the user's own text: never a path.
        return self._recordings / f"{sha256(call_id.encode()).hexdigest()[:32]}{suffix}"

    def _files(self, call_id: str) -> list[Path]:
        return sorted(self._recordings.glob(f"{self._file(call_id, '').name}.*"))

    @staticmethod
    def _put(file: Path, fill: Callable[[Path], object]) -> None:
        """The whole file or nothing, whoever else puts the same one; the store may be on another disk."""
        part = file.with_name(f".{file.name}.{os.getpid()}.part")
        try:
            fill(part)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def _stored(row: dict[str, Any]) -> StoredCall:
    started_at = row["started_at"]
    return StoredCall(
        id=row["id"],
        title=row["title"],
        added_at=datetime.fromisoformat(row["added_at"]),
        verdict=Verdict(row["verdict"]),
        score=row["score"],
        critical=tuple(row["critical"]),
        playbook=row["playbook"],
        language=row["language"],
        started_at=datetime.fromisoformat(started_at) if started_at else None,
        duration=row["duration"],
        has_audio=row["has_audio"],
    )
