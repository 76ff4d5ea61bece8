"""Mask personal data in texts, and in everything of a review that quotes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coach.domain.call import Call, Correction, Turn
from coach.domain.labels import PiiType
from coach.domain.observations import Facts, LabelHit, ObservedCall, PiiSpan
from coach.domain.review import Evidence, Finding, Review
from coach.domain.text import Text, UiLanguage
from coach.domain.time import Span
from coach.domain.transcript import Word

MASKS: dict[PiiType, Text] = {
    PiiType.NAME: Text("[姓名]", "[NAME]"),
    PiiType.PHONE: Text("[电话]", "[PHONE]"),
    PiiType.ID_NUMBER: Text("[证件号]", "[ID NUMBER]"),
    PiiType.BANK_CARD: Text("[银行卡]", "[BANK CARD]"),
    PiiType.ADDRESS: Text("[地址]", "[ADDRESS]"),
    PiiType.EMPLOYER: Text("[单位]", "[EMPLOYER]"),
    PiiType.EMAIL: Text("[邮箱]", "[EMAIL]"),
    PiiType.PLATE: Text("[车牌]", "[PLATE]"),
    PiiType.ACCOUNT: Text("[账号]", "[ACCOUNT]"),
}


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of the old text, and what stands there now."""

    old: Span
    new: Span
    mask: str


class Redaction:
    """The masked form of one text, and where its characters went."""

    def __init__(self, text: str, spans: Iterable[PiiSpan], *, language: UiLanguage) -> None:
        self.original = text
        self._cuts: list[_Cut] = []
        parts: list[str] = []
        end = length = 0
        for span, kind in _merged(spans, len(text)):
            mask = MASKS[kind].in_language(language)
            parts += [text[end : span.start], mask]
            start = length + span.start - end
            self._cuts.append(_Cut(span, Span(start, start + len(mask)), mask))
            length, end = start + len(mask), span.end
        self.text = "".join([*parts, text[end:]])

    def span(self, old: Span) -> Span:
        """Where ``old`` lies in the masked text; a mask that it cuts into is taken whole."""
        return Span(self._moved(old.start, to_end=False), self._moved(old.end, to_end=True))

    def quote(self, old: Span) -> str:
        """The masked words of ``old``."""
        return self.span(old).of(self.text)

    def _moved(self, at: int, *, to_end: bool) -> int:
        shift = 0
        for cut in self._cuts:
            if at <= cut.old.start:
                break
            if at < cut.old.end:
                return cut.new.end if to_end else cut.new.start
            shift = cut.new.end - cut.old.end
        return at + shift

    def masks(self) -> tuple[Span, ...]:
        """The masks, in the masked text."""
        return tuple(cut.new for cut in self._cuts)


def redact(text: str, spans: Iterable[PiiSpan], *, language: UiLanguage = "zh") -> str:
    """``text`` with each span masked by the name of its type; overlapping spans become one mask.

    >>> redact("我叫陈立", [PiiSpan(PiiType.NAME, Span(2, 4))])
    '我叫[姓名]'
    """
    return Redaction(text, spans, language=language).text


def _merged(spans: Iterable[PiiSpan], length: int) -> list[tuple[Span, PiiType]]:
    merged: list[tuple[Span, PiiType]] = []
    for one in sorted(spans, key=lambda each: (each.span.start, -each.span.end)):
        span = Span(min(one.span.start, length), min(one.span.end, length))
        if span.start == span.end:
            continue
        if merged and merged[-1][0].overlaps(span):
            last, kind = merged[-1]
            merged[-1] = (Span(last.start, max(last.end, span.end)), kind)
        else:
            merged.append((span, one.type))
    return merged


def redact_review(review: Review) -> Review:
    """The review with every personal datum masked: turns, words, quotes, spans, reasons, metadata.

    The masks are in the language of the call. This is the one place through which an export for those
    without the right to read names must go.
    """
    masked = _MaskedCall(review.observed)
    card = review.scorecard
    findings = tuple(masked.finding(finding) for finding in card.findings)
    scorecard = replace(card, findings=findings, because=masked.reason(card.because))
    return replace(review, observed=masked.observed(), scorecard=scorecard)


class _MaskedCall:
    """All turns of a call masked, and the way from old spans to new ones."""

    def __init__(self, observed: ObservedCall) -> None:
        self._observed = observed
        language: UiLanguage = "en" if observed.call.language == "en" else "zh"
        turns = observed.call.turns
        self._turns = {
            turn.i: Redaction(turn.text, spans, language=language)
            for turn, spans in zip(turns, observed.pii, strict=True)
        }
        self._known = sorted(
            {
                (one.span.of(turn.text), MASKS[one.type].in_language(language))
                for turn, spans in zip(turns, observed.pii, strict=True)
                for one in spans
                if one.span.end - one.span.start > 1
            },
            key=lambda pair: (-len(pair[0]), pair[0]),
        )

    def observed(self) -> ObservedCall:
        """The observations with masked texts and moved spans."""
        old = self._observed
        return replace(
            old,
            call=self._call(old.call),
            labels=None if old.labels is None else tuple(map(self._hits, old.call.turns, old.labels)),
            pii=tuple(map(self._pii, old.call.turns, old.pii)),
            facts=self._facts(old.facts),
        )

    def finding(self, finding: Finding) -> Finding:
        """The finding with masked quotes and reason."""
        return replace(
            finding,
            because=self.reason(finding.because),
            evidence=tuple(map(self._evidence, finding.evidence)),
            to_check=tuple(map(self._evidence, finding.to_check)),
        )

    def reason(self, text: Text) -> Text:
        """A reason without the personal data of the call."""
        return Text(self._literal(text.zh), self._literal(text.en))

    def _call(self, call: Call) -> Call:
        metadata = {
            key: self._literal(value) if isinstance(value, str) else value
            for key, value in call.metadata.items()
        }
        source = self._literal(call.source)
        return replace(call, turns=tuple(map(self._turn, call.turns)), metadata=metadata, source=source)

    def _turn(self, turn: Turn) -> Turn:
        masked = self._turns[turn.i]
        return replace(
            turn,
            text=masked.text,
            words=_masked_words(masked, turn.words),
            corrections=tuple(self._corrections(masked, turn.corrections)),
        )

    def _corrections(self, masked: Redaction, corrections: Sequence[Correction]) -> Iterable[Correction]:
        for correction in corrections:
            span = masked.span(correction.span)
            if not any(span.overlaps(mask) for mask in masked.masks()):
                yield replace(correction, span=span, original=self._literal(correction.original))

    def _hits(self, turn: Turn, hits: Sequence[LabelHit]) -> tuple[LabelHit, ...]:
        masked = self._turns[turn.i]
        return tuple(hit if hit.span is None else replace(hit, span=masked.span(hit.span)) for hit in hits)

    def _pii(self, turn: Turn, spans: Sequence[PiiSpan]) -> tuple[PiiSpan, ...]:
        masked = self._turns[turn.i]
        return tuple(replace(one, span=masked.span(one.span)) for one in spans)

    def _facts(self, facts: Facts) -> Facts:
        plan = facts.plan
        if plan is not None and plan.span is not None and plan.turn is not None:
            plan = replace(plan, span=self._turns[plan.turn].span(plan.span))
        return replace(
            facts,
            plan=plan,
            amounts=tuple(replace(one, span=self._turns[one.turn].span(one.span)) for one in facts.amounts),
            dates=tuple(replace(one, span=self._turns[one.turn].span(one.span)) for one in facts.dates),
            promises=tuple(
                replace(
                    one,
                    span=self._turns[one.turn].span(one.span),
                    how=None if one.how is None else self._literal(one.how),
                )
                for one in facts.promises
            ),
        )

    def _evidence(self, evidence: Evidence) -> Evidence:
        masked = self._turns.get(evidence.turn)
        if masked is None:
            return replace(evidence, quote=self._literal(evidence.quote))
        old = evidence.span
        if old is None or old.of(masked.original) != evidence.quote:
            start = masked.original.find(evidence.quote)
            old = Span(start, start + len(evidence.quote)) if start >= 0 else None
        quote = masked.quote(old) if old else self._literal(evidence.quote)
        span = masked.span(evidence.span) if evidence.span else None
        return replace(evidence, quote=quote, span=span)

    def _literal(self, text: str) -> str:
        """``text`` with every personal datum of the call replaced where it stands word for word."""
        for datum, mask in self._known:
            text = text.replace(datum, mask)
        return text


def _masked_words(masked: Redaction, words: Sequence[Word]) -> tuple[Word, ...]:
    """The recogniser's words with those in a mask hidden; none at all when they do not spell the text."""
    kept: list[Word] = []
    at = 0
    for word in words:
        spoken = word.text.strip()
        start = masked.original.find(spoken, at)
        if start < 0 or start - at > len(spoken) + 8:
            return ()
        at = start + len(spoken)
        span = masked.span(Span(start, at))
        hidden = next((mask for mask in masked.masks() if span.overlaps(mask)), None)
        kept.append(word if hidden is None else replace(word, text=hidden.of(masked.text)))
    return tuple(kept)
