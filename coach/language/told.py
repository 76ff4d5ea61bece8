"""To whom a debt is told: once the debtor is known to be on the line, a leak has to be plain.

His own debt told to him is none; another's may be. Of 540 leaks of the labelled calls 12 come after the
identity was confirmed, all but one with a probability of 0.92 or more (2026-11-22).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Hits, Identity, LabelHit
from coach.language.identity import identity_states

PLAIN = 0.9
"""From this confidence on a leak counts although the debtor himself is spoken to."""


def doubt_leaks(turns: Sequence[Turn], found: Hits, *, coached: Role) -> Hits:
    """``found``, less sure of leaks by an agent who speaks to a debtor whose identity was confirmed."""
    if coached is not Role.AGENT or not any(_leaks(hit) for hits in found for hit in hits):
        return found
    states = identity_states(turns)
    return tuple(
        tuple(
            replace(hit, sure=False) if known and _leaks(hit) and hit.confidence < PLAIN else hit
            for hit in hits
        )
        for hits, known in zip(found, (state is Identity.CONFIRMED for state in states), strict=True)
    )


def _leaks(hit: LabelHit) -> bool:
    return hit.sure and hit.label is LabelId.PRIVACY_LEAK
