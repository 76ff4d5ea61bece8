"""What a changed playbook would make of reviews that are there already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from coach.domain.playbook import Playbook
from coach.domain.review import Outcome, Review, Verdict
from coach.domain.text import Text
from coach.pipeline import rescore


@dataclass(frozen=True, slots=True)
class Turned:
    """A criterion that comes out otherwise; None where it is not asked."""

    title: Text
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class Tried:
    """One call under the card that it has and under the changed playbook; scores 0..100 or None."""

    call_id: str
    title: str
    score_before: float | None
    score_after: float | None
    verdict_before: Verdict
    verdict_after: Verdict
    turned: tuple[Turned, ...]

    @property
    def changed(self) -> bool:
        """Whether anything that is shown would be another."""
        return bool(self.turned) or (self.score_before, self.verdict_before) != (
            self.score_after,
            self.verdict_after,
        )

    @property
    def step(self) -> float:
        """By how much the score moves; a score that appears or goes moves furthest."""
        if self.score_before is None or self.score_after is None:
            return 0.0 if self.score_before == self.score_after else 100.0
        return abs(self.score_after - self.score_before)


def tried(call_id: str, title: str, review: Review, playbook: Playbook) -> Tried:
    """``review`` scored again under ``playbook``, from what was observed then; nothing is heard anew."""
    after = rescore(review.observed, playbook)
    before_card, after_card = review.scorecard, after.scorecard
    return Tried(
        call_id=call_id,
        title=title,
        score_before=_rounded(before_card.score),
        score_after=_rounded(after_card.score),
        verdict_before=before_card.verdict,
        verdict_after=after_card.verdict,
        turned=_turned(review, after),
    )


def by_step(found: Iterable[Tried]) -> list[Tried]:
    """What changes most first."""
    return sorted(found, key=lambda one: (not one.changed, -one.step, one.title))


def _turned(before: Review, after: Review) -> tuple[Turned, ...]:
    titles = {info.id: info.title for info in (*before.criteria, *after.criteria)}
    was = {finding.criterion: finding.outcome for finding in before.scorecard.findings}
    now = {finding.criterion: finding.outcome for finding in after.scorecard.findings}
    return tuple(
        Turned(title, was.get(name), now.get(name))
        for name, title in titles.items()
        if was.get(name) is not now.get(name)
    )


def _rounded(score: Fraction | None) -> float | None:
    return None if score is None else round(float(score), 1)
