"""Findings to a scorecard: exact arithmetic, and a reason where no score can be given."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from coach.domain.call import Role
from coach.domain.observations import ObservedCall
from coach.domain.playbook import Criterion, Playbook
from coach.domain.review import CriterionKind, Finding, Outcome, Review, Scorecard, Verdict
from coach.domain.rulings import Ruling, ruled
from coach.domain.text import Text
from coach.domain.words import count_words
from coach.language.trade import about_something_else


def score(
    findings: Iterable[Finding], playbook: Playbook, *, observed: ObservedCall | None = None
) -> Scorecard:
    """The scorecard of ``findings``; with ``observed`` also asks whether the call can be judged at all.

    What is not applicable or not determinable carries no weight. A fault takes points, a critical one fails
    the call and caps its score. A pass needs every critical don't to have been judged, and to be safe from a
    fail even if nothing that could not be determined had been done.
    """
    found = tuple(findings)
    critical = tuple(f.criterion for f in found if f.outcome is Outcome.NOT_MET and _of(f, playbook).critical)
    why = (None if observed is None else obstacle(observed, playbook)) or _too_little(
        found, playbook, failed=bool(critical)
    )
    if why is not None:
        return Scorecard(found, None, Verdict.NOT_ASSESSED, _with_critical(why, critical, playbook), critical)
    points = max(Fraction(0), 100 * _earned(found, playbook) - _taken(found, playbook))
    if critical:
        points = min(points, playbook.bars.critical_cap)
    verdict = _verdict(points, critical, found, playbook)
    return Scorecard(found, points, verdict, _because(verdict, points, critical, found, playbook), critical)


def apply_rulings(review: Review, rulings: Iterable[Ruling], playbook: Playbook) -> Scorecard:
    """The card of ``review`` as people have ruled, under the ``playbook`` that it was judged by.

    The machine's own card stays what it is. Raises ``ValueError`` for a playbook with other criteria.
    """
    if {c.id for c in playbook.criteria} != {info.id for info in review.criteria}:
        raise ValueError(f"{playbook.id} {playbook.version} has other criteria than the review")
    return score(ruled(review, rulings), playbook, observed=review.observed)


def obstacle(observed: ObservedCall, playbook: Playbook) -> Text | None:
    """Why this call cannot be judged at all; None when it can."""
    return (
        unheard(observed, playbook)
        or _unlabelled(observed)
        or _too_poor(observed, playbook)
        or _too_short(observed, playbook)
        or another_trade(observed, playbook)
    )


def unheard(observed: ObservedCall, playbook: Playbook) -> Text | None:
    """Why no criterion can be judged at all: nobody speaks, or in another language; None when they can."""
    call = observed.call
    if not any(turn.text.strip() for turn in call.turns):
        return Text("没有听到人说话，无法评分。", "Nobody was heard speaking, so there is no score.")
    if call.language not in playbook.assessable.languages:
        if call.language == "other":
            return Text(
                "说的话太少，或不是本评分表支持的语言，无法评分。",
                "Too little was said, or not in a language of this playbook, so there is no score.",
            )
        return Text(
            f"通话语言（{call.language}）不在本评分表支持的范围内，无法评分。",
            f"This playbook does not judge the call's language ({call.language}), so there is no score.",
        )
    return None


def another_trade(observed: ObservedCall, playbook: Playbook) -> Text | None:
    """Why it seems some other call that got among them; with a third party one may not speak of the debt."""
    turns = observed.call.turns
    if not playbook.assessable.about_debt or any(turn.role is Role.THIRD_PARTY for turn in turns):
        return None
    if not about_something_else([turn.text for turn in turns], observed.labels or ()):
        return None
    return Text(
        "整通电话没有谈到欠款，不像催收或协商通话，无法评分。",
        "Nobody speaks of a debt in this call; it does not seem to be about one, so there is no score.",
    )


def _unlabelled(observed: ObservedCall) -> Text | None:
    if observed.labels is not None or all(turn.role is Role.UNKNOWN for turn in observed.call.turns):
        return None  # without roles nothing is labelled, and that is the reason to give
    return Text("没有话术分类模型，无法评分。", "There is no turn classifier, so there is no score.")


def _too_poor(observed: ObservedCall, playbook: Playbook) -> Text | None:
    call, trust = observed.call, playbook.trust
    snr = None if call.quality is None else call.quality.snr_db
    if snr is not None and snr < playbook.assessable.snr_db:
        return Text(
            f"噪声太大（信噪比 {snr:.0f} dB），无法评分。",
            f"There is too much noise (signal to noise {snr:.0f} dB), so there is no score.",
        )
    said = sum(count_words(turn.text) for turn in call.turns)
    clear = sum(
        count_words(turn.text)
        for turn in call.turns
        if turn.confidence is None or turn.confidence >= trust.word_confidence
    )
    if said and clear < trust.readable_share * said:
        return Text(
            f"只有 {round(100 * clear / said)}% 的话识别得可靠，无法评分。",
            f"Only {round(100 * clear / said)}% of the words are reliably recognised, so there is no score.",
        )
    return None


def _too_short(observed: ObservedCall, playbook: Playbook) -> Text | None:
    call, needs = observed.call, playbook.assessable
    coached = [turn for turn in call.turns if turn.role is call.coached]
    others = [turn for turn in call.turns if turn.role not in (call.coached, Role.UNKNOWN)]
    if not coached and not others:
        return Text(
            "分不清每句话是谁说的，无法评分。", "It is not clear who said what, so there is no score."
        )
    if len(coached) < needs.coached_turns or len(others) < needs.other_turns:
        return Text(
            f"只听到一方在说话，或对话太短（被辅导方 {len(coached)} 轮，对方 {len(others)} 轮），无法评分。",
            f"Only one party was heard, or too little of a conversation ({len(coached)} turns of the coached "
            f"party, {len(others)} of the other), so there is no score.",
        )
    words = sum(count_words(turn.text) for turn in coached)
    if words < needs.coached_words:
        return Text(
            f"被辅导方只说了 {words} 个字，无法评分。",
            f"The coached party said only {words} words, so there is no score.",
        )
    return None


def _with_critical(why: Text, critical: tuple[str, ...], playbook: Playbook) -> Text:
    """No score, but what was certainly heard is named."""
    if not critical:
        return why
    titles = [playbook.criterion(name).title for name in critical]
    return Text(
        f"{why.zh}但听到严重问题：{'、'.join(t.zh for t in titles)}，请人工复核。",
        f"{why.en} But a critical fault was heard: {', '.join(t.en for t in titles)}; please review it.",
    )


def _too_little(findings: tuple[Finding, ...], playbook: Playbook, *, failed: bool) -> Text | None:
    """Whether too much of the weight that applies could not be determined, the manner of speaking aside.

    A written transcript has no sound, and can be judged without. A call that ``failed`` by a critical fault
    needs no more than one other criterion.
    """
    spoken = [(f, c) for f, c in _pairs(findings, playbook) if c.kind is CriterionKind.DO]
    known = sum((c.weight for f, c in spoken if _counts(f)), Fraction(0))
    blind = sum((c.weight for f, c in spoken if f.outcome is Outcome.NOT_DETERMINABLE), Fraction(0))
    if known == 0 or (not failed and known < playbook.assessable.known_share * (known + blind)):
        return Text(
            "大部分评分项在这通电话里无法判断，因此不给分。",
            "Most criteria cannot be determined in this call, so there is no score.",
        )
    return None


def _earned(findings: tuple[Finding, ...], playbook: Playbook, *, at_worst: bool = False) -> Fraction:
    """The share of the weight that was reached, over what applies and could be determined.

    ``at_worst``: as if nothing had been done of what could not be determined, the manner of speaking aside.
    """
    pairs = [
        (f, c)
        for f, c in _pairs(findings, playbook)
        if _counts(f) or (at_worst and c.kind is CriterionKind.DO and f.outcome is Outcome.NOT_DETERMINABLE)
    ]
    weight = sum((c.weight for _, c in pairs), Fraction(0))
    return sum((f.credit * c.weight for f, c in pairs), Fraction(0)) / weight


def _taken(findings: tuple[Finding, ...], playbook: Playbook) -> Fraction:
    return sum(
        (
            c.severity.points(max(1, len({e.turn for e in f.evidence})))
            for f, c in _pairs(findings, playbook)
            if c.severity is not None and f.outcome is Outcome.NOT_MET
        ),
        Fraction(0),
    )


def _verdict(
    points: Fraction, critical: tuple[str, ...], findings: tuple[Finding, ...], playbook: Playbook
) -> Verdict:
    if critical or points < playbook.bars.needs_work:
        return Verdict.FAIL
    at_worst = 100 * _earned(findings, playbook, at_worst=True) - _taken(findings, playbook)
    doubtful = at_worst < playbook.bars.needs_work or _unjudged(findings, playbook)
    return Verdict.NEEDS_WORK if doubtful or points < playbook.bars.passed else Verdict.PASS


def _unjudged(findings: tuple[Finding, ...], playbook: Playbook) -> tuple[Criterion, ...]:
    """Critical don'ts of which nobody could tell."""
    return tuple(
        c for f, c in _pairs(findings, playbook) if c.critical and f.outcome is Outcome.NOT_DETERMINABLE
    )


def _because(
    verdict: Verdict,
    points: Fraction,
    critical: tuple[str, ...],
    findings: tuple[Finding, ...],
    playbook: Playbook,
) -> Text:
    if critical:
        names = [playbook.criterion(name).title for name in critical]
        return Text(
            f"严重问题：{'、'.join(n.zh for n in names)}，不论其他方面做得如何都不合格。",
            f"Critical failure: {', '.join(n.en for n in names)}; the call fails whatever else went well.",
        )
    unjudged = _unjudged(findings, playbook)
    if unjudged and verdict is Verdict.NEEDS_WORK:
        return Text(
            f"先请人工核对：{'、'.join(c.title.zh for c in unjudged)}。",
            f"To be checked by a person first: {', '.join(c.title.en for c in unjudged)}.",
        )
    if verdict is Verdict.NEEDS_WORK and points >= playbook.bars.passed:
        return Text(
            "能判断的部分做得不错，但无法判断的太多，不能算合格。",
            "What could be judged went well, but too much could not be for a pass.",
        )
    return _weakest(findings, playbook)


def _weakest(findings: tuple[Finding, ...], playbook: Playbook) -> Text:
    """Names what cost most."""
    costs = sorted(
        ((_cost(f, c), c) for f, c in _pairs(findings, playbook) if f.outcome is Outcome.NOT_MET),
        key=lambda pair: -pair[0],
    )
    if not costs:
        return Text("适用的各项都做到了。", "Everything that applied was done.")
    titles = [c.title for _, c in costs[:3]]
    return Text(
        f"主要失分：{'、'.join(t.zh for t in titles)}。",
        f"What cost most: {', '.join(t.en for t in titles)}.",
    )


def _cost(finding: Finding, criterion: Criterion) -> Fraction:
    if criterion.severity is None:
        return (1 - finding.credit) * criterion.weight
    return criterion.severity.points(max(1, len({e.turn for e in finding.evidence})))


def _pairs(findings: tuple[Finding, ...], playbook: Playbook) -> list[tuple[Finding, Criterion]]:
    return [(finding, _of(finding, playbook)) for finding in findings]


def _of(finding: Finding, playbook: Playbook) -> Criterion:
    return playbook.criterion(finding.criterion)


def _counts(finding: Finding) -> bool:
    return finding.outcome in (Outcome.MET, Outcome.NOT_MET)
