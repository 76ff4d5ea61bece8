"""A review as tables of plain cells; a spreadsheet and a CSV file are written from the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.domain.labels import NAMES
from coach.domain.observations import LabelHit, TurnSpeech
from coach.domain.review import CriterionInfo, Evidence, Finding, Outcome, Review
from coach.domain.text import Text, UiLanguage
from coach.language.day_doubts import deadline_doubt, promise_doubt
from coach.report.words import (
    AMOUNTS,
    KINDS,
    OUTCOMES,
    VERDICTS,
    language_name,
    playbook_name,
    role_names,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment of the call; a spreadsheet sorts it and shows ``m:ss``."""

    seconds: float


Cell = str | float | int | Clock | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head; ``name`` in the language of the reader, ``widths`` in characters."""

    name: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


_W = {
    "summary": Text("概要", "Summary"),
    "criteria": Text("评分项", "Criteria"),
    "evidence": Text("证据", "Evidence"),
    "turns": Text("通话文字", "Turns"),
    "item": Text("项目", "Item"),
    "value": Text("内容", "Value"),
    "call": Text("通话", "Call"),
    "notice": Text("说明", "Notice"),
    "playbook": Text("话术手册", "Playbook"),
    "version": Text("手册版本", "Playbook version"),
    "started": Text("通话时间", "Call date"),
    "length": Text("时长", "Length"),
    "language": Text("语言", "Language"),
    "verdict": Text("结论", "Verdict"),
    "score": Text("得分", "Score"),
    "reason": Text("原因", "Reason"),
    "amount_due": Text("欠款", "Amount due"),
    "deadline": Text("期限", "Deadline"),
    "deadline_doubt": Text("期限不确定的原因", "Why the deadline is uncertain"),
    "due_doubt": Text("日期不确定的原因", "Why the day is uncertain"),
    "instalments": Text("分期数", "Instalments"),
    "each": Text("每期", "Each instalment"),
    "about": Text("{0}（约）", "{0} (about)"),
    "promised": Text("承诺金额", "Promised sum"),
    "due": Text("承诺日期", "Promised day"),
    "talk_share": Text("说话占比（{0}）", "Share of talk ({0})"),
    "interruptions": Text("打断次数（{0}）", "Interruptions ({0})"),
    "id": Text("编号", "Id"),
    "title": Text("评分项", "Criterion"),
    "kind": Text("类别", "Kind"),
    "outcome": Text("结果", "Outcome"),
    "credit": Text("得分率", "Credit"),
    "weight": Text("权重或扣分", "Weight or points taken"),
    "critical": Text("一票否决", "Critical"),
    "source": Text("依据", "Source"),
    "advice": Text("建议", "Advice"),
    "better": Text("更好的说法", "Better wording"),
    "counts": Text("计入评分", "Counts"),
    "to_check": Text("待核对", "to be checked"),
    "yes": Text("是", "yes"),
    "turn": Text("句", "Turn"),
    "start": Text("开始", "Start"),
    "end": Text("结束", "End"),
    "quote": Text("原话", "Words"),
    "speaker": Text("说话人", "Speaker"),
    "text": Text("文字", "Text"),
    "labels": Text("判断", "Labels"),
    "manner": Text("说话方式", "Manner"),
    "sum": Text("金额（{0}）", "Sum ({0})"),
    "interrupts": Text("打断", "interrupts"),
    "raised": Text("声音提高", "raised voice"),
    "hurried": Text("语速加快", "hurried"),
}


def review_tables(review: Review, *, language: UiLanguage, notice: str) -> tuple[Table, ...]:
    """Summary, criteria, evidence and turns; ``notice`` says whether personal data is masked."""
    words = {key: text.in_language(language) for key, text in _W.items()}
    infos = {info.id: info for info in review.criteria}
    return (
        Table(
            words["summary"],
            (words["item"], words["value"]),
            (26, 70),
            tuple(_summary(review, words, language, notice)),
        ),
        _criteria(review, infos, words, language),
        _evidence(review, infos, words, language),
        _turns(review, words, language),
    )


def findings_table(review: Review, *, language: UiLanguage) -> Table:
    """Each criterion with each piece of its evidence in a row: what a CSV file holds."""
    words = {key: text.in_language(language) for key, text in _W.items()}
    infos = {info.id: info for info in review.criteria}
    keys = (*_CRITERION, "counts", "turn", "start", "end", "quote")
    rows: list[tuple[Cell, ...]] = []
    for finding in review.scorecard.findings:
        first = _criterion_row(finding, infos[finding.criterion], words, language)
        pieces = list(_pieces(finding, words)) or [(None,) * 5]
        rows += [(*first, *piece) for piece in pieces]
    return Table(words["criteria"], tuple(words[key] for key in keys), (12,) * len(keys), tuple(rows))


_CRITERION = (
    *("id", "title", "kind", "outcome", "credit", "weight", "critical", "reason", "source", "advice"),
    "better",
)


def _criteria(
    review: Review, infos: dict[str, CriterionInfo], words: dict[str, str], language: UiLanguage
) -> Table:
    return Table(
        words["criteria"],
        tuple(words[key] for key in _CRITERION),
        (20, 26, 10, 12, 9, 12, 10, 40, 16, 44, 50),
        tuple(
            _criterion_row(finding, infos[finding.criterion], words, language)
            for finding in review.scorecard.findings
        ),
    )


def _criterion_row(
    finding: Finding, info: CriterionInfo, words: dict[str, str], language: UiLanguage
) -> tuple[Cell, ...]:
    judged = finding.outcome in (Outcome.MET, Outcome.NOT_MET)
    return (
        finding.criterion,
        info.title_when(finding.outcome).in_language(language),
        KINDS[info.kind].in_language(language),
        OUTCOMES[finding.outcome].in_language(language),
        round(float(finding.credit), 3) if judged else None,
        round(float(info.weight), 3),
        words["yes"] if info.critical else None,
        finding.because.in_language(language),
        info.source,
        info.advice.in_language(language),
        info.better.in_language(language),
    )


def _evidence(
    review: Review, infos: dict[str, CriterionInfo], words: dict[str, str], language: UiLanguage
) -> Table:
    keys = ("title", "outcome", "counts", "turn", "start", "end", "quote")
    rows = tuple(
        (
            infos[finding.criterion].title_when(finding.outcome).in_language(language),
            OUTCOMES[finding.outcome].in_language(language),
            *piece,
        )
        for finding in review.scorecard.findings
        for piece in _pieces(finding, words)
    )
    return Table(words["evidence"], tuple(words[key] for key in keys), (26, 12, 10, 7, 9, 9, 70), rows)


def _pieces(finding: Finding, words: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    """Whether it counts, turn, start, end and words of each piece of evidence."""
    for evidence in finding.evidence:
        yield words["yes"], *_place(evidence)
    for evidence in finding.to_check:
        yield words["to_check"], *_place(evidence)


def _place(evidence: Evidence) -> tuple[Cell, ...]:
    at = evidence.interval
    return (
        evidence.turn + 1,
        None if at is None else Clock(at.start),
        None if at is None else Clock(at.end),
        evidence.quote,
    )


def _turns(review: Review, words: dict[str, str], language: UiLanguage) -> Table:
    observed = review.observed
    roles = role_names(observed.call.playbook, language)
    rows = []
    for turn in observed.call.turns:
        hits = observed.labels[turn.i] if observed.labels is not None else ()
        manner = observed.turn_speech[turn.i] if observed.turn_speech is not None else None
        rows.append(
            (
                turn.i + 1,
                None if turn.interval is None else Clock(turn.interval.start),
                None if turn.interval is None else Clock(turn.interval.end),
                roles[turn.role],
                turn.text,
                _labels(hits, language, sure=True),
                _labels(hits, language, sure=False),
                _manner(manner, words),
            )
        )
    keys = ("turn", "start", "end", "speaker", "text", "labels", "to_check", "manner")
    return Table(
        words["turns"], tuple(words[key] for key in keys), (7, 9, 9, 12, 80, 26, 18, 18), tuple(rows)
    )


def _labels(hits: tuple[LabelHit, ...], language: UiLanguage, *, sure: bool) -> str | None:
    names = [NAMES[hit.label].in_language(language) for hit in hits if hit.sure is sure]
    return ("、" if language == "zh" else ", ").join(names) or None


def _manner(manner: TurnSpeech | None, words: dict[str, str]) -> str | None:
    if manner is None:
        return None
    heard = {"interrupts": manner.interrupts, "raised": manner.raised, "hurried": manner.hurried}
    return " · ".join(words[name] for name, was_heard in heard.items() if was_heard) or None


def _summary(
    review: Review, words: dict[str, str], language: UiLanguage, notice: str
) -> Iterator[tuple[Cell, ...]]:
    call, card, facts = review.observed.call, review.scorecard, review.observed.facts
    yield words["call"], call.source
    yield words["notice"], notice
    yield words["verdict"], VERDICTS[card.verdict].in_language(language)
    yield words["score"], None if card.score is None else round(float(card.score), 1)
    yield words["reason"], card.because.in_language(language)
    yield words["playbook"], playbook_name(call.playbook, language)
    yield words["version"], review.playbook_version
    yield words["started"], None if call.started_at is None else call.started_at.isoformat()
    yield words["length"], None if call.duration is None else Clock(call.duration)
    yield words["language"], language_name(call.language, language)
    about = words["about"].format if facts.amount_due_approximate else str
    yield about(words["amount_due"]), None if facts.amount_due is None else float(facts.amount_due)
    yield words["deadline"], None if facts.deadline is None else facts.deadline.isoformat()
    if (doubt := deadline_doubt(facts)) is not None:
        yield words["deadline_doubt"], doubt.in_language(language)
    if facts.plan is not None:
        yield words["instalments"], facts.plan.instalments
        yield words["each"], None if facts.plan.each is None else float(facts.plan.each)
    for promise in facts.promises:
        about = words["about"].format if promise.approximate else str
        yield about(words["promised"]), None if promise.amount is None else float(promise.amount)
        yield words["due"], None if promise.due is None else promise.due.isoformat()
        if (doubt := promise_doubt(facts, promise)) is not None:
            yield words["due_doubt"], doubt.in_language(language)
    for amount in facts.amounts:
        about = words["about"].format if amount.approximate else str
        yield about(words["sum"].format(AMOUNTS[amount.kind].in_language(language))), float(amount.value)
    speech = review.observed.speech
    if speech is not None:
        roles = role_names(call.playbook, language)
        for role, share in speech.talk_share.items():
            yield words["talk_share"].format(roles[role]), round(float(share), 3)
        for role, count in speech.interruptions.items():
            yield words["interruptions"].format(roles[role]), count
