"""Merits that are said in one breath with a threat or an insult earn nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.domain.labels import DOS, LabelId
from coach.domain.rule import Rule, Said, Who
from coach.domain.text import Text
from coach.rules.said import said
from coach.rules.see import see
from coach.rules.seen import Hit, Seen, Truth
from coach.rules.view import View

FACTS = frozenset({LabelId.IDENTIFY, LabelId.STATE_FACTS, LabelId.CLEAR_ASK, LabelId.DEADLINE})
"""What a turn says stays said, however it is said: the rubric keeps ask and deadline beside a threat."""

MERITS = DOS - FACTS
"""Dos that are worth something by the way in which the other is met; a threat in the same turn undoes it."""

_SPOILS = Said(by=Who.COACHED, labels=(LabelId.THREAT, LabelId.INSULT))


@dataclass(frozen=True, slots=True)
class Earned:
    """What counts of what was seen, and the places that would have, were it not for the fault beside them."""

    seen: Seen
    spoiled: tuple[Hit, ...] = ()


def earned(rule: Rule, seen: Seen, view: View) -> Earned:
    """What is left of ``seen``, which ``rule`` made of the call, without merits on turns of a sure fault.

    A fault that is only to be checked takes nothing away; a turn can lose what it earned, never earn more.
    """
    if seen.truth is not Truth.YES or view.observed.labels is None:
        return Earned(seen)
    turns = said(_SPOILS, view, view.everything).turns
    spoiled = tuple(hit for hit in seen.hits if hit.turn in turns)
    if not spoiled:
        return Earned(seen)
    left = see(rule, _without_merits(view, turns), view.everything)
    return Earned(left) if left.truth is Truth.YES else Earned(left, spoiled)


def but_spoiled(done: Text) -> Text:
    """Says what was done, and why it earns nothing."""
    return Text(
        f"{done.zh}，但和威胁或辱骂说在同一轮里，不计分",
        f"{done.en}, but in one breath with a threat or an insult, which earns nothing",
    )


def _without_merits(view: View, turns: frozenset[int]) -> View:
    assert view.observed.labels is not None
    labels = tuple(
        tuple(hit for hit in hits if position not in turns or hit.label not in MERITS)
        for position, hits in enumerate(view.observed.labels)
    )
    return View(replace(view.observed, labels=labels), view.trust)
