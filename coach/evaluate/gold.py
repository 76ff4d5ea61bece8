"""Labelled calls: one JSON object a line (``.jsonl``), or one in a file (``.json``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.domain.call import Role
from coach.domain.errors import TranscriptError
from coach.domain.labels import DONTS, DOS, LabelId, PiiType


class GoldPii(BaseModel):
    """Personal data by its words."""

    text: str
    type: PiiType


class GoldTurn(BaseModel):
    """A turn with its labels; ``labels`` None: nobody labelled it, so it is context only."""

    model_config = ConfigDict(extra="ignore")

    speaker: Role
    text: str
    start: float | None = None
    end: float | None = None
    labels: list[LabelId] | None = None
    pii: list[GoldPii] = Field(default_factory=list)


class GoldPlan(BaseModel):
    """Instalments: how many, or each with its amount and day."""

    total: Decimal | None = None
    instalments: int | list[dict[str, object]] | None = None

    @property
    def count(self) -> int | None:
        """How many instalments there are."""
        return len(self.instalments) if isinstance(self.instalments, list) else self.instalments


class GoldFacts(BaseModel):
    """What a listener would note down."""

    amount_due: Decimal | None = None
    deadline: date | None = None
    plan: GoldPlan | None = None


class GoldCall(BaseModel):
    """A labelled call."""

    model_config = ConfigDict(extra="ignore")

    id: str
    lang: str
    playbook: Literal["collection", "negotiation"]
    turns: list[GoldTurn]
    script: str = "unknown"
    started_at: datetime | None = None
    facts: GoldFacts | None = None

    @property
    def coached(self) -> Role:
        """The party that is judged."""
        return Role.AGENT if self.playbook == "collection" else Role.CUSTOMER

    def counted(self, turn: GoldTurn) -> frozenset[LabelId]:
        """The labels that the gold answers for on this turn: dos only for the coached party."""
        if turn.labels is None:
            return frozenset()
        counted = set(DONTS)
        if turn.speaker is self.coached:
            counted |= DOS
        if turn.speaker is Role.CUSTOMER:
            counted |= set(LabelId) - DOS - DONTS
        return frozenset(counted)


def read_gold(path: Path) -> Iterator[GoldCall]:
    """The calls of a file; raises ``TranscriptError`` that names line and place, never the words."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TranscriptError(f"{path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TranscriptError(f"{path.name} is not UTF-8; labelled calls are JSON, one a line") from None
    pieces = text.splitlines() if path.suffix == ".jsonl" else [text]
    for number, piece in enumerate(pieces, 1):
        if not piece.strip():
            continue
        try:
            yield GoldCall.model_validate_json(piece)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "the object"
            raise TranscriptError(
                f"{path.name}:{number}: {place}: {first['type'].replace('_', ' ')}; "
                "a labelled call has id, lang, playbook and turns with speaker, text and labels"
            ) from None
