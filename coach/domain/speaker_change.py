"""A person says who speaks: the two parties swapped, a party renamed, or single turns given to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from coach.domain.call import Call, Role, Turn


class ChangeKind(StrEnum):
    """What a person does to the speakers of a call."""

    SWAP = "swap"
    CONFIRM = "confirm"
    PARTY = "party"
    TURNS = "turns"


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """One change, by whom and when.

    ``roles`` gives turns to parties (``TURNS``), ``parties`` renames whole parties (``PARTY``); ``SWAP``
    exchanges the agent and the party that talks most besides, ``CONFIRM`` says that the names are right.
    """

    kind: ChangeKind
    by: str
    made_at: datetime
    roles: Mapping[int, Role] = field(default_factory=dict)
    parties: Mapping[Role, Role] = field(default_factory=dict)


def changed(call: Call, change: SpeakerChange) -> Call:
    """The call with its turns given as ``change`` says; turns keep their number, words and times.

    Raises ``ValueError`` for a turn that is not there, and for a swap without two parties.
    """
    match change.kind:
        case ChangeKind.TURNS:
            return _given(call, change.roles)
        case ChangeKind.CONFIRM:
            return _renamed(call, {})
        case ChangeKind.PARTY:
            return _renamed(call, change.parties)
        case ChangeKind.SWAP:
            other = _other_party(call)
            return _renamed(call, {Role.AGENT: other, other: Role.AGENT})


def _given(call: Call, roles: Mapping[int, Role]) -> Call:
    if unknown := sorted(set(roles) - set(range(len(call.turns)))):
        raise ValueError(f"there is no turn {unknown[0]}; the call has {len(call.turns)}")
    turns = tuple(
        replace(turn, role=roles[turn.i], role_confidence=1.0) if turn.i in roles else turn
        for turn in call.turns
    )
    return replace(call, turns=turns)


def _renamed(call: Call, parties: Mapping[Role, Role]) -> Call:
    """Whoever names a party is sure of the name; how sure the voice of each turn was told stays."""
    named = max((turn.role_confidence for turn in call.turns), default=1.0)

    def sure(turn: Turn) -> float:
        return turn.role_confidence if named <= 0 else min(1.0, turn.role_confidence / named)

    return replace(
        call,
        turns=tuple(
            replace(turn, role=parties.get(turn.role, turn.role), role_confidence=sure(turn))
            for turn in call.turns
        ),
    )


def _other_party(call: Call) -> Role:
    """Who talks most besides the agent."""
    said: dict[Role, int] = {}
    for turn in call.turns:
        if turn.role is not Role.AGENT:
            said[turn.role] = said.get(turn.role, 0) + len(turn.text)
    if not said or all(turn.role is not Role.AGENT for turn in call.turns):
        raise ValueError("there are no two parties to swap; give single turns to another party")
    return max(said, key=lambda role: said[role])
