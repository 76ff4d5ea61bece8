"""The rules of a playbook over turns, labels, facts, speech and metadata: an observed call to findings."""

from __future__ import annotations

from fractions import Fraction

from coach.domain.observations import ObservedCall
from coach.domain.playbook import Playbook
from coach.domain.review import CriterionKind, Finding, Outcome
from coach.domain.text import Text
from coach.rules.findings import find
from coach.rules.view import View
from coach.scoring import another_trade, unheard

__all__ = ["evaluate"]


def evaluate(observed: ObservedCall, playbook: Playbook) -> tuple[Finding, ...]:
    """One finding for each criterion of ``playbook``, in its order.

    What cannot be seen (no classifier, no sound, no day of the call, unreadable words) is not determinable,
    and no do is asked of a call about something else than a debt.
    """
    why = unheard(observed, playbook)
    if why is not None:
        nothing = Outcome.NOT_DETERMINABLE
        return tuple(Finding(criterion.id, nothing, Fraction(0), why) for criterion in playbook.criteria)
    view = View(observed, playbook.trust)
    found = tuple(find(criterion, view) for criterion in playbook.criteria)
    why = another_trade(observed, playbook)
    return found if why is None else tuple(_not_asked(finding, why, playbook) for finding in found)


def _not_asked(finding: Finding, why: Text, playbook: Playbook) -> Finding:
    """Nobody has to state a debt or offer a plan in a call about something else; faults stay faults."""
    if playbook.criterion(finding.criterion).kind is not CriterionKind.DO:
        return finding
    return Finding(finding.criterion, Outcome.NOT_APPLICABLE, Fraction(0), why)
