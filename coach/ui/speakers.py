"""What a person says of the speakers at the page: his request checked, the review scored again and kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from threading import Lock

from coach.domain.call import Role
from coach.domain.review import Review
from coach.domain.speaker_change import ChangeKind, SpeakerChange
from coach.pipeline import Judges, reassign, take_back
from coach.store import Case
from coach.ui.correcting import FAILED

UNDO = "undo"
PATIENCE_S = 300.0
"""A call of an hour takes seconds; what takes longer than this has come to a stop."""
_ONE_AT_A_TIME = Lock()
"""Each child loads the classifier: two at once would take the memory twice."""


def correct(case: Case, asked: Mapping[str, object]) -> str:
    """Let a child process do what the component asked for; why not, empty when it is done.

    Only this visit waits: the child has its own interpreter, and the page's memory stays what it is.
    """
    order = {"call": case.line.id, "asked": dict(asked), "account": case.actor.account}
    order |= {"role": case.actor.role.value, "name": case.actor.name}
    child = [sys.executable, "-m", "coach.ui.correcting"]
    try:
        with _ONE_AT_A_TIME:
            done = subprocess.run(
                child, input=json.dumps(order), capture_output=True, text=True, timeout=PATIENCE_S
            )
    except subprocess.TimeoutExpired:
        return FAILED
    return done.stdout if done.returncode == 0 else FAILED


def corrected(case: Case, asked: Mapping[str, object], *, judges: Judges) -> None:
    """Do what the component asked for.

    Raises ``ValueError`` for a request that cannot be, ``StoreError`` where he may not or the playbook is not
    kept.
    """
    case.amend(_after(case.review(), asked, case, judges))


def _after(review: Review, asked: Mapping[str, object], case: Case, judges: Judges) -> Review:
    playbook = case.playbook()
    if asked.get("do") == UNDO:
        return take_back(review, judges=judges, playbook=playbook)
    change = requested(asked, by=case.actor.name or case.actor.account, at=datetime.now().astimezone())
    return reassign(review, change, judges=judges, playbook=playbook)


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
