"""A review as one printable HTML page without scripts; the PDF is made from the same page."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from coach.domain.call import Role
from coach.domain.observations import Facts
from coach.domain.review import Finding, Outcome, Review
from coach.domain.text import Text, UiLanguage
from coach.language.day_doubts import deadline_doubt, promise_doubt
from coach.report.words import (
    FULL,
    MASKED,
    OUTCOMES,
    VERDICTS,
    clock,
    language_name,
    money,
    playbook_name,
    printable,
    role_names,
)

_WORDS = {
    "title": Text("通话复核报告", "Call review"),
    "score": Text("得分", "Score"),
    "of_100": Text("满分 100", "of 100"),
    "no_score": Text("无分数", "no score"),
    "critical": Text("严重违规", "Critical faults"),
    "criteria": Text("评分项", "Criteria"),
    "transcript": Text("通话文字", "Transcript"),
    "better": Text("更好的说法", "Better wording"),
    "check": Text("待核对", "To be checked"),
    "source": Text("依据", "Source"),
    "credit": Text("得 {0}%", "{0}% reached"),
    "playbook": Text("话术手册", "Playbook"),
    "language": Text("语言", "Language"),
    "length": Text("时长", "Length"),
    "started": Text("通话时间", "Call date"),
    "facts": Text("金额与约定", "Sums and agreements"),
    "amount_due": Text("欠款", "Amount due"),
    "deadline": Text("期限", "Deadline"),
    "plan": Text("方案", "Plan"),
    "promise": Text("承诺", "Promise"),
    "not_said": Text("未提到", "not said"),
    "promised": Text("已承诺", "promised"),
    "manner": Text("说话方式", "Manner of speaking"),
    "talk_share": Text("说话占比", "Share of talk"),
    "interruptions": Text("打断", "Interruptions"),
    "page": Text("第 {0} 页，共 {1} 页", "Page {0} of {1}"),
    "machine": Text(
        "由本机自动生成，供人工复核；自动判断可能有误。",
        "Made on this machine for a person to check; automatic judgements can be wrong.",
    ),
}
_DOUBT = Text("{0}（{1}）", "{0} ({1})")
_PLAN = Text("{0} 期", "{0} instalments")
_EACH = Text("{0} 期，每期 {1}", "{0} × {1}")


def review_html(review: Review, *, language: UiLanguage = "zh", masked: bool | None = None) -> str:
    """The page; all that was said or named by users is escaped.

    ``masked`` says on the page whether personal data is masked (True), or contained (False); None: nothing.
    """
    call, card = review.observed.call, review.scorecard
    words = {key: text.in_language(language) for key, text in _WORDS.items()}
    return _template().render(
        language="zh-CN" if language == "zh" else "en",
        words=words,
        verdict=_capital(VERDICTS[card.verdict].in_language(language)),
        review=review,
        call=call,
        title=printable(call.source),
        card=card,
        infos={info.id: info for info in review.criteria},
        groups=_groups(review, language),
        roles=role_names(call.playbook, language),
        facts=_facts(review.observed.facts, words, language),
        manner=_manner(review, words, language),
        notice=None if masked is None else (MASKED if masked else FULL).in_language(language),
        playbook=playbook_name(call.playbook, language),
        spoken=language_name(call.language, language),
        page_count=words["page"].replace("{0}", '" counter(page) "').replace("{1}", '" counter(pages) "'),
        say=lambda text: text.in_language(language),
        clock=clock,
        printable=printable,
        percent=lambda credit: round(100 * float(credit)),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _groups(review: Review, language: UiLanguage) -> list[tuple[str, str, list[Finding]]]:
    """Findings by outcome, what matters most first."""
    critical = {info.id for info in review.criteria if info.critical}
    groups = []
    for outcome, name in OUTCOMES.items():
        found = [finding for finding in review.scorecard.findings if finding.outcome is outcome]
        if outcome is Outcome.NOT_MET:
            found.sort(key=lambda finding: (finding.criterion not in critical, finding.credit))
        if found:
            groups.append((outcome.value, name.in_language(language), found))
    return groups


def _facts(facts: Facts, words: dict[str, str], language: UiLanguage) -> list[tuple[str, str]]:
    plan = None
    if facts.plan is not None and facts.plan.instalments:
        each = facts.plan.each
        plan = (
            _PLAN.in_language(language).format(facts.plan.instalments)
            if each is None
            else _EACH.in_language(language).format(facts.plan.instalments, money(each, language))
        )
    promised = None
    if facts.promises:
        first = facts.promises[0]
        parts = [
            None if first.amount is None else money(first.amount, language, about=first.approximate),
            _dated(first.due, promise_doubt(facts, first), language),
        ]
        promised = " · ".join(part for part in parts if part) or words["promised"]
    found = {
        "amount_due": None
        if facts.amount_due is None
        else money(facts.amount_due, language, about=facts.amount_due_approximate),
        "deadline": _dated(facts.deadline, deadline_doubt(facts), language),
        "plan": plan,
        "promise": promised,
    }
    return [(words[key], value or words["not_said"]) for key, value in found.items()]


def _dated(day: date | None, doubt: Text | None, language: UiLanguage) -> str | None:
    """A day, and why it is uncertain where it is."""
    if day is None or doubt is None:
        return None if day is None else day.isoformat()
    return _DOUBT.in_language(language).format(day.isoformat(), doubt.in_language(language))


def _manner(review: Review, words: dict[str, str], language: UiLanguage) -> list[tuple[str, str]]:
    speech = review.observed.speech
    if speech is None:
        return []
    roles = role_names(review.observed.call.playbook, language)
    shares = _by_role({role: f"{100 * share:.0f}%" for role, share in speech.talk_share.items()}, roles)
    cuts = _by_role({role: str(count) for role, count in speech.interruptions.items()}, roles)
    return [(words["talk_share"], shares), (words["interruptions"], cuts)]


def _by_role(values: dict[Role, str], roles: dict[Role, str]) -> str:
    return " · ".join(f"{roles[role]} {value}" for role, value in values.items())


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files("coach.report").joinpath("review.html.j2").read_text("utf-8"))
