"""Which pages somebody finds in the bar, the first of them being where he begins."""

from __future__ import annotations

from typing import Final

from coach.domain.people import LOCAL, AccountRole, Actor

_ROOMS: Final = {
    AccountRole.AGENT: ("mine", "practice", "new", "live", "help"),
    AccountRole.TRAINER: ("practice", "help"),
    AccountRole.SUPERVISOR: ("calls", "team", "calibration", "new", "live", "practice", "studio", "help"),
    AccountRole.ADMIN: ("calls", "team", "calibration", "new", "live", "practice", "studio", "admin", "help"),
}


def rooms(actor: Actor) -> tuple[str, ...]:
    """The pages of a role; the one person at his own machine is agent and supervisor in one, with nobody to
    agree with.
    """
    found = _ROOMS[actor.role]
    if actor.account != LOCAL.account:
        return found
    return (found[0], "mine", *(room for room in found[1:] if room != "calibration"))
