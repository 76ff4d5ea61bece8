"""One labelled call against the review of it: counts, nothing is divided here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from coach.domain.call import Role
from coach.domain.labels import CRITICAL, DONTS, LabelId, PiiType
from coach.domain.observations import LabelHit, ObservedCall
from coach.domain.playbook import Playbook
from coach.domain.review import Review
from coach.domain.time import Interval
from coach.evaluate.counts import Counts, Share
from coach.evaluate.gold import GoldCall, GoldTurn


@dataclass(frozen=True, slots=True)
class CallComparison:
    """What was right and wrong in one call."""

    id: str
    groups: Mapping[str, str]
    labels: Mapping[LabelId, Counts]
    criteria: Mapping[str, Share]
    facts: Mapping[str, Share]
    pii: Mapping[PiiType, Share]
    clean_coached_turns: int
    false_dont_turns: int
    clean_call: bool
    false_critical: bool
    confidences: tuple[tuple[float, bool], ...] = field(default=())


def compare(gold: GoldCall, review: Review, playbook: Playbook, *, heard: bool) -> CallComparison:
    """Compare by turn; ``heard`` turns come from sound and are matched to the gold by their seconds."""
    observed = review.observed
    found = _by_gold_turn(gold, observed) if heard else list(observed.labels or ((),) * len(gold.turns))
    return CallComparison(
        id=gold.id,
        groups={
            "language": gold.lang,
            "script": gold.script,
            "playbook": gold.playbook,
            "source": "audio" if heard else "text",
        },
        labels=_labels(gold, found),
        criteria={} if heard else _criteria(gold, review, playbook),
        facts=_facts(gold, observed),
        pii={} if heard else _pii(gold, observed),
        clean_call=not any(_gold_donts(gold, turn) & CRITICAL for turn in gold.turns),
        false_critical=any(_sure(hits, CRITICAL) for _turn, hits in _clean_coached(gold, found)),
        clean_coached_turns=len(_clean_coached(gold, found)),
        false_dont_turns=sum(bool(_sure(hits, DONTS)) for _turn, hits in _clean_coached(gold, found)),
        confidences=tuple(
            (hit.confidence, hit.label in (turn.labels or ()))
            for turn, hits in zip(gold.turns, found, strict=True)
            for hit in hits
            if hit.label in gold.counted(turn)
        ),
    )


def _labels(gold: GoldCall, found: list[tuple[LabelHit, ...]]) -> dict[LabelId, Counts]:
    counts: dict[LabelId, Counts] = defaultdict(Counts)
    for turn, hits in zip(gold.turns, found, strict=True):
        said = {hit.label for hit in hits if hit.sure}
        true = set(turn.labels or ())
        for label in gold.counted(turn) & (said | true):
            counts[label] += Counts(
                tp=label in said and label in true,
                fp=label in said and label not in true,
                fn=label not in said and label in true,
            )
    return dict(counts)


def _gold_donts(gold: GoldCall, turn: GoldTurn) -> frozenset[LabelId]:
    return frozenset(turn.labels or ()) & DONTS if turn.speaker is gold.coached else frozenset()


def _clean_coached(
    gold: GoldCall, found: list[tuple[LabelHit, ...]]
) -> list[tuple[GoldTurn, tuple[LabelHit, ...]]]:
    return [
        (turn, hits)
        for turn, hits in zip(gold.turns, found, strict=True)
        if turn.labels is not None and turn.speaker is gold.coached and not _gold_donts(gold, turn)
    ]


def _sure(hits: tuple[LabelHit, ...], wanted: frozenset[LabelId]) -> set[LabelId]:
    return {hit.label for hit in hits if hit.sure and hit.label in wanted}


def _criteria(gold: GoldCall, review: Review, playbook: Playbook) -> dict[str, Share]:
    from coach.rules import evaluate

    if any(turn.labels is None for turn in gold.turns):
        return {}
    truth = replace(
        review.observed,
        labels=tuple(tuple(LabelHit(label, 1.0) for label in turn.labels or ()) for turn in gold.turns),
    )
    said = {finding.criterion: finding.outcome for finding in review.scorecard.findings}
    return {
        finding.criterion: Share(int(said[finding.criterion] is finding.outcome), 1)
        for finding in evaluate(truth, playbook)
    }


def _facts(gold: GoldCall, observed: ObservedCall) -> dict[str, Share]:
    if gold.facts is None:
        return {}
    facts, truth = observed.facts, gold.facts
    shares = {}
    if truth.amount_due is not None:
        shares["amount_due"] = Share(int(_same(facts.amount_due, truth.amount_due)), 1)
    if truth.deadline is not None:
        shares["deadline"] = Share(int(facts.deadline == truth.deadline), 1)
    if truth.plan is not None and truth.plan.count is not None:
        right = facts.plan is not None and facts.plan.instalments == truth.plan.count
        shares["plan"] = Share(int(right), 1)
    return shares


def _same(found: Decimal | None, true: Decimal) -> bool:
    return found is not None and abs(found - true) < 1


def _pii(gold: GoldCall, observed: ObservedCall) -> dict[PiiType, Share]:
    shares: dict[PiiType, Share] = defaultdict(Share)
    for turn, gold_turn, spans in zip(observed.call.turns, gold.turns, observed.pii, strict=True):
        for item in gold_turn.pii:
            start = turn.text.find(item.text)
            if start >= 0:
                end = start + len(item.text)
                covered = sum(max(0, min(end, s.span.end) - max(start, s.span.start)) for s in spans)
                shares[item.type] += Share(int(covered >= len(item.text)), 1)
    return dict(shares)


def _by_gold_turn(gold: GoldCall, observed: ObservedCall) -> list[tuple[LabelHit, ...]]:
    """Each heard turn goes to the gold turn that shares most of its time; the same party counts double."""
    found: list[list[LabelHit]] = [[] for _ in gold.turns]
    hits_of = observed.labels or ((),) * len(observed.call.turns)
    for turn, hits in zip(observed.call.turns, hits_of, strict=True):
        if turn.interval is not None and hits:
            at = _nearest(gold, turn.interval, turn.role)
            if at is not None:
                found[at].extend(hits)
    return [tuple(hits) for hits in found]


def _nearest(gold: GoldCall, interval: Interval, role: Role) -> int | None:
    shared = [
        (Interval(turn.start, turn.end).overlap(interval) * (2 if turn.speaker is role else 1), -i)
        for i, turn in enumerate(gold.turns)
        if turn.start is not None and turn.end is not None
    ]
    seconds, at = max(shared, default=(0.0, 0))
    return -at if seconds > 0 else None
