"""The observed call as rules look at it: whose turn is whose, what is believed, folded words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from statistics import median

from coach.domain.call import Role, Turn
from coach.domain.observations import ObservedCall
from coach.domain.playbook import Trust
from coach.domain.rule import Who
from coach.domain.text import Text
from coach.domain.time import Span
from coach.domain.transcript import chances_of
from coach.domain.words import count_words
from coach.language.normalise import fold
from coach.rules.seen import Doubt

Scope = frozenset[int]
"""Positions of the turns that a rule looks at."""
UNCLEAR_WORD = 0.5
"""A word that the recogniser was less sure of carries nothing by itself."""


@dataclass(frozen=True)
class View:
    """An observed call and how far it is trusted."""

    observed: ObservedCall
    trust: Trust

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns of the call."""
        return self.observed.call.turns

    @cached_property
    def everything(self) -> Scope:
        """The whole call."""
        return frozenset(range(len(self.turns)))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Each turn's text, folded; offsets stay."""
        return tuple(fold(turn.text) for turn in self.turns)

    def is_by(self, position: int, who: Who) -> bool:
        """Whether the turn is told to be ``who``'s."""
        role = self.turns[position].role
        coached = self.observed.call.coached
        match who:
            case Who.ANYONE:
                return True
            case Who.COACHED:
                return role is coached
            case Who.OTHER:
                return role not in (coached, Role.UNKNOWN)
            case _:
                return role.value == who.value

    def doubt(self, position: int, who: Who) -> Doubt | None:
        """Why what stands in this turn cannot be held to be ``who``'s words."""
        turn = self.turns[position]
        if who is not Who.ANYONE and self._role_in_doubt(turn):
            return Doubt.ROLE
        if turn.confidence is not None and turn.confidence < self.trust.word_confidence:
            return Doubt.WORDS
        return None

    def unclear(self, position: int, span: Span) -> bool:
        """Whether most of the carrying words are faint or lie where two speak; mended ones count as clear."""
        turn = self.turns[position]
        chances = chances_of(turn.words, turn.text, self.observed.call.at_once or ())
        for correction in turn.corrections:
            chances[correction.span.start : correction.span.end] = [1.0] * len(correction.original)
        carrying = [
            chance
            for chance, letter in zip(chances[span.start : span.end], span.of(turn.text), strict=True)
            if letter.isalnum()
        ]
        return bool(carrying) and median(carrying) < UNCLEAR_WORD

    def candidates(self, scope: Scope, who: Who) -> tuple[int, ...]:
        """Turns of ``who``, with those of which it is not known that they are not."""
        return tuple(
            position
            for position in sorted(scope)
            if self.is_by(position, who) or self._role_in_doubt(self.turns[position])
        )

    def blind(self, scope: Scope, who: Who) -> Text | None:
        """Why silence of ``who`` proves nothing here; None where it does."""
        counts = {
            position: count_words(self.turns[position].text) for position in self.candidates(scope, who)
        }
        said = sum(counts.values())
        readable = sum(n for position, n in counts.items() if self.doubt(position, who) is None)
        if said == 0 or readable >= self.trust.readable_share * said:
            return None
        share = round(100 * readable / said)
        return Text(
            f"这里只有 {share}% 的话听得清、分得清是谁说的，没听到不等于没说",
            f"only {share}% of the words here are clear in content and speaker, so it may have been said",
        )

    def after(self, position: int, turns: int | None, who: Who, *, backwards: bool) -> Scope:
        """The turns that follow (or precede), up to the ``turns``-th of ``who``."""
        step = -1 if backwards else 1
        found: set[int] = set()
        left = turns
        at = position + step
        while 0 <= at < len(self.turns) and left != 0:
            found.add(at)
            if left is not None and self.is_by(at, who):
                left -= 1
            at += step
        return frozenset(found)

    def has_floor_after(self, position: int) -> bool:
        """Whether the coached party spoke after the turn."""
        return any(self.is_by(later, Who.COACHED) for later in range(position + 1, len(self.turns)))

    def _role_in_doubt(self, turn: Turn) -> bool:
        return turn.role is Role.UNKNOWN or turn.role_confidence < self.trust.role_confidence
