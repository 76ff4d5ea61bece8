"""A review as one printable HTML page without scripts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from coach.domain.call import Role
from coach.domain.review import Outcome, Review
from coach.domain.text import Text, UiLanguage
from coach.report.text import VERDICTS, clock

_WORDS = {
    "title": Text("通话复核", "Call review"),
    "score": Text("得分", "Score"),
    "criteria": Text("评分项", "Criteria"),
    "transcript": Text("通话内容", "Transcript"),
    "better": Text("更好的说法", "Better wording"),
    "check": Text("待核对", "To be checked"),
    "source": Text("依据", "Source"),
    "playbook": Text("话术标准", "Playbook"),
    "length": Text("时长", "Length"),
    "started": Text("通话时间", "Call date"),
    "machine": Text(
        "由本机自动生成，供人工复核；自动判断可能有误。",
        "Made on this machine for a person to check; automatic judgements can be wrong.",
    ),
}
_ROLES = {
    Role.AGENT: Text("坐席", "Agent"),
    Role.CUSTOMER: Text("客户", "Customer"),
    Role.THIRD_PARTY: Text("第三方", "Third party"),
    Role.UNKNOWN: Text("未知", "Unknown"),
}
_OUTCOMES = {
    Outcome.NOT_MET: Text("未达到", "Not met"),
    Outcome.NOT_DETERMINABLE: Text("无法判断", "Cannot tell"),
    Outcome.MET: Text("达到", "Met"),
    Outcome.NOT_APPLICABLE: Text("不适用", "Not applicable"),
}


def review_html(review: Review, *, language: UiLanguage = "zh") -> str:
    """The page; all that was said or named by users is escaped."""
    infos = {info.id: info for info in review.criteria}
    groups = [
        (outcome.value, name.in_language(language), findings)
        for outcome, name in _OUTCOMES.items()
        if (findings := [f for f in review.scorecard.findings if f.outcome is outcome])
    ]
    return _template().render(
        language="zh-CN" if language == "zh" else "en",
        words={key: text.in_language(language) for key, text in _WORDS.items()},
        verdict=VERDICTS[review.scorecard.verdict].in_language(language),
        review=review,
        call=review.observed.call,
        card=review.scorecard,
        infos=infos,
        groups=groups,
        roles={role: text.in_language(language) for role, text in _ROLES.items()},
        say=lambda text: text.in_language(language),
        clock=clock,
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files("coach.report").joinpath("review.html.j2").read_text("utf-8"))
