"""What a person says of the speakers at the page: his request checked, the review scored again and kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from coach.assembly import Reviewer
from coach.domain.call import Role
from coach.domain.review import Review
from coach.domain.speaker_change import ChangeKind, SpeakerChange
from coach.pipeline import Judges, reassign, take_back
from coach.store import Case
from coach.ui.resources import settings

UNDO = "undo"


@cache
def judges() -> Judges:
    """What labels the turns again, loaded when somebody first corrects a speaker."""
    return Reviewer(settings()).judges


def corrected(case: Case, asked: Mapping[str, object]) -> None:
    """Do what the component asked for.

    Raises ``ValueError`` for a request that cannot be, ``StoreError`` where he may not or the playbook is not
    kept.
    """
    case.amend(_after(case.review(), asked, case))


def _after(review: Review, asked: Mapping[str, object], case: Case) -> Review:
    playbook = case.playbook()
    if asked.get("do") == UNDO:
        return take_back(review, judges=judges(), playbook=playbook)
    change = requested(asked, by=case.actor.name or case.actor.account, at=datetime.now().astimezone())
    return reassign(review, change, judges=judges(), playbook=playbook)


def requested(asked: Mapping[str, object], *, by: str, at: datetime) -> SpeakerChange:
    """The change that a request names; raises ``ValueError`` for anything else."""
    match asked:
        case {"do": "swap"}:
            return SpeakerChange(ChangeKind.SWAP, by, at)
        case {"do": "confirm"}:
            return SpeakerChange(ChangeKind.CONFIRM, by, at)
        case {"do": "turn", "turn": int(turn), "role": str(role)}:
            return SpeakerChange(ChangeKind.TURNS, by, at, roles={turn: Role(role)})
        case {"do": "party", "from": str(party), "role": str(role)}:
            return SpeakerChange(ChangeKind.PARTY, by, at, parties={Role(party): Role(role)})
    raise ValueError("no such change of the speakers")
