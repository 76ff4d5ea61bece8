"""What is known of a whole call, brought to the labels that a classifier put turn by turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.call import Role, Turn
from coach.domain.observations import Hits
from coach.language.abuse import complete
from coach.language.told import doubt_leaks
from coach.language.trade import doubt_threats
from coach.ports import TurnClassifier


def reconsider(turns: Sequence[Turn], found: Hits, *, coached: Role) -> Hits:
    """Labels of each turn after plain abuse, the trade and the identity of the listener were looked at."""
    return doubt_leaks(turns, doubt_threats(turns, complete(turns, found)), coached=coached)


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A classifier whose labels are looked at once more beside the whole call."""

    classifier: TurnClassifier

    @property
    def name(self) -> str:
        """The model and its version, as shown in the review."""
        return self.classifier.name

    def classify(self, turns: Sequence[Turn], *, playbook: str, coached: Role) -> Hits:
        """Labels of each turn in the order of ``turns``."""
        found = self.classifier.classify(turns, playbook=playbook, coached=coached)
        return reconsider(turns, found, coached=coached)
