"""What is known of a whole call, brought to the labels that a classifier put turn by turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Hits, LabelHit
from coach.domain.time import Span
from coach.language.abuse import abuse_in
from coach.language.menace import harm_in, menace_in, plain_harm_in
from coach.language.passed_on import passed_on_in
from coach.language.quoted import doubt_quoted
from coach.language.told import weigh_leaks
from coach.language.trade import doubt_threats
from coach.ports import TurnClassifier

PLAIN_WORDS = 0.95
"""The confidence of what a pattern finds."""


def reconsider(turns: Sequence[Turn], found: Hits, *, coached: Role) -> Hits:
    """Labels of each turn after plain words, the trade and the identity of the listener were looked at."""
    found = tuple(
        complete(turn, doubt_quoted(turn, hits, coached=coached))
        for turn, hits in zip(turns, found, strict=True)
    )
    return weigh_leaks(turns, doubt_threats(turns, found), coached=coached)


def complete(turn: Turn, hits: tuple[LabelHit, ...]) -> tuple[LabelHit, ...]:
    """``hits`` with plain abuse and plain threats of which the classifier was not sure.

    Of most threats it must suspect something: people are brought to a customer's home to mend his
    kitchen, too; and a customer who will tell somebody's manager complains.
    """
    hits = _with(hits, LabelId.INSULT, abuse_in(turn.text))
    return _with(hits, LabelId.THREAT, _threat_in(turn, hits))


def _threat_in(turn: Turn, hits: tuple[LabelHit, ...]) -> Span | None:
    plain = plain_harm_in(turn.text)
    if plain is None and turn.role is Role.AGENT:
        plain = passed_on_in(turn.text)
    if plain is not None or not any(hit.label is LabelId.THREAT for hit in hits):
        return plain
    return menace_in(turn.text) if turn.role is Role.AGENT else harm_in(turn.text)


def _with(hits: tuple[LabelHit, ...], label: LabelId, span: Span | None) -> tuple[LabelHit, ...]:
    if span is None or any(hit.label is label and hit.sure for hit in hits):
        return hits
    others = tuple(hit for hit in hits if hit.label is not label)
    return (*others, LabelHit(label, PLAIN_WORDS, True, span))


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
