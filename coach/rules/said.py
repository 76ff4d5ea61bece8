"""What was said: turns that carry a label, a phrase, an expression, an amount, personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coach.domain.observations import AmountKind, LabelHit
from coach.domain.rule import Mention, Said
from coach.domain.text import Text
from coach.domain.time import Span
from coach.expressions import TooSlow, expression_spans
from coach.language.dates import Ambiguity
from coach.rules.seen import Doubt, Hit, Seen, from_hits, unknown
from coach.rules.view import Scope, View
from coach.rules.words import phrase_spans, sound_spans

NO_CLASSIFIER = Text("没有可用的话术分类模型", "no turn classifier was available")
SLOW = Text("表达式在这里算得太久", "the expression took too long here")
SURE_SYLLABLES = 3
"""A phrase that is only heard by its sound counts from that many syllables on."""


def said(rule: Said, view: View, scope: Scope) -> Seen:
    """Look for turns in which everything that the rule asks for holds at once."""
    if rule.labels and view.observed.labels is None:
        return unknown(NO_CLASSIFIER)
    hits: list[Hit] = []
    blind = view.blind(scope, rule.by)
    for position in view.candidates(scope, rule.by):
        try:
            hit = _turn(rule, view, position)
        except TooSlow:
            blind = SLOW
            continue
        if hit is not None:
            hits.append(hit)
    return from_hits(hits, blind)


def _turn(rule: Said, view: View, position: int) -> Hit | None:
    """The best proof that every test of the rule holds in this turn; None when one does not."""
    if any(next(expression_spans(out, view.folded[position]), None) for out in rule.exclusions):
        return None
    proofs: list[Hit] = []
    for asked, look in _tests(rule):
        if asked:
            found = sorted(
                look(rule, view, position), key=lambda hit: (hit.doubt is not None, -hit.confidence)
            )
            if not found:
                return None
            proofs.append(found[0])
    if not view.turns[position].text and not proofs:
        return None
    doubts = [view.doubt(position, rule.by), *(_proof_doubt(proof, view) for proof in proofs)]
    return Hit(
        turn=position,
        span=next((proof.span for proof in proofs if proof.span is not None), None),
        confidence=min((proof.confidence for proof in proofs), default=1.0),
        doubt=next((doubt for doubt in doubts if doubt is not None), None),
    )


def _proof_doubt(proof: Hit, view: View) -> Doubt | None:
    """Its own doubt, or that it rests on words that were heard uncertainly."""
    if proof.doubt is None and proof.span is not None and view.unclear(proof.turn, proof.span):
        return Doubt.WORDS
    return proof.doubt


_Look = Callable[[Said, View, int], Iterator[Hit]]


def _tests(rule: Said) -> tuple[tuple[bool, _Look], ...]:
    return (
        (bool(rule.labels), _labels),
        (bool(rule.phrases), _phrases),
        (bool(rule.expressions), _expressions),
        (Mention.AMOUNT in rule.mentions, _amounts),
        (Mention.DEBT in rule.mentions, _debts),
        (Mention.DATE in rule.mentions, _dates),
        (Mention.DAY in rule.mentions, _days),
        (bool(rule.personal_data), _personal_data),
    )


def _labels(rule: Said, view: View, position: int) -> Iterator[Hit]:
    assert view.observed.labels is not None
    for hit in view.observed.labels[position]:
        if hit.label in rule.labels and hit.confidence >= rule.min_confidence:
            yield Hit(position, _inside(hit, view, position), hit.confidence, _label_doubt(hit))


def _label_doubt(hit: LabelHit) -> Doubt | None:
    return None if hit.sure else Doubt.LABEL


def _inside(hit: LabelHit, view: View, position: int) -> Span | None:
    length = len(view.turns[position].text)
    return hit.span if hit.span is not None and hit.span.end <= length else None


def _phrases(rule: Said, view: View, position: int) -> Iterator[Hit]:
    folded = view.folded[position]
    for phrase in rule.phrases:
        exact = tuple(phrase_spans(phrase, folded))
        yield from (Hit(position, span) for span in exact)
        if rule.sounds_like and not exact:
            doubt = None if len(phrase) >= SURE_SYLLABLES else Doubt.SOUND
            yield from (Hit(position, span, 0.7, doubt) for span in sound_spans(phrase, folded))


def _expressions(rule: Said, view: View, position: int) -> Iterator[Hit]:
    for expression in rule.expressions:
        yield from (Hit(position, span) for span in expression_spans(expression, view.folded[position]))


def _amounts(rule: Said, view: View, position: int) -> Iterator[Hit]:
    for amount in view.observed.facts.amounts:
        if amount.turn == position:
            yield Hit(position, amount.span)


def _debts(rule: Said, view: View, position: int) -> Iterator[Hit]:
    """Sums that are owed: said to be overdue, or as high as all that is due."""
    due = view.observed.facts.amount_due
    for amount in view.observed.facts.amounts:
        if amount.turn == position and (amount.kind is AmountKind.OVERDUE or amount.value == due):
            yield Hit(position, amount.span)


def _dates(rule: Said, view: View, position: int) -> Iterator[Hit]:
    for mention in view.observed.facts.dates:
        if mention.turn == position and mention.ambiguity != Ambiguity.NOT_A_DAY.value:
            yield Hit(position, mention.span)


def _days(rule: Said, view: View, position: int) -> Iterator[Hit]:
    for mention in view.observed.facts.dates:
        if mention.turn == position and mention.date is not None:
            yield Hit(position, mention.span)


def _personal_data(rule: Said, view: View, position: int) -> Iterator[Hit]:
    for data in view.observed.pii[position]:
        if data.type in rule.personal_data:
            yield Hit(position, data.span, data.confidence)
