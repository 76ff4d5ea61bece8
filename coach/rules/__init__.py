"""The rules of a playbook over turns, labels, facts, speech and metadata: an observed call to findings."""

from __future__ import annotations

from fractions import Fraction

from coach.domain.observations import ObservedCall
from coach.domain.playbook import Playbook
from coach.domain.review import Finding, Outcome
from coach.rules.findings import find
from coach.rules.view import View
from coach.scoring import unheard

__all__ = ["evaluate"]


def evaluate(observed: ObservedCall, playbook: Playbook) -> tuple[Finding, ...]:
    """One finding for each criterion of ``playbook``, in its order.

    What cannot be seen (no classifier, no sound, no day of the call, unreadable words) is not determinable.
    """
    why = unheard(observed, playbook)
    if why is not None:
        nothing = Outcome.NOT_DETERMINABLE
        return tuple(Finding(criterion.id, nothing, Fraction(0), why) for criterion in playbook.criteria)
    view = View(observed, playbook.trust)
    return tuple(find(criterion, view) for criterion in playbook.criteria)
