"""The words that all reports share, in both languages, and how times and sums are written."""

from __future__ import annotations

from decimal import Decimal

from coach.domain.call import Role
from coach.domain.observations import AmountKind
from coach.domain.review import CriterionKind, Outcome, Verdict
from coach.domain.text import Text, UiLanguage

VERDICTS = {
    Verdict.PASS: Text("合格", "pass"),
    Verdict.NEEDS_WORK: Text("待改进", "needs work"),
    Verdict.FAIL: Text("不合格", "fail"),
    Verdict.NOT_ASSESSED: Text("未评分", "not assessed"),
}
OUTCOMES = {
    Outcome.NOT_MET: Text("未达到", "Not met"),
    Outcome.NOT_DETERMINABLE: Text("无法判断", "Cannot tell"),
    Outcome.MET: Text("达到", "Met"),
    Outcome.NOT_APPLICABLE: Text("不适用", "Not applicable"),
}
KINDS = {
    CriterionKind.DO: Text("要做到", "do"),
    CriterionKind.DONT: Text("不可以", "don't"),
    CriterionKind.MANNER: Text("说话方式", "manner"),
}
AMOUNTS = {
    AmountKind.OVERDUE: Text("欠款", "overdue"),
    AmountKind.INSTALMENT: Text("每期", "instalment"),
    AmountKind.FEE: Text("费用", "fee"),
    AmountKind.PARTIAL: Text("部分还款", "part payment"),
    AmountKind.OTHER: Text("其他", "other"),
}
LANGUAGES = {"zh": Text("普通话", "Mandarin"), "en": Text("英语", "English")}
PLAYBOOKS = {"collection": Text("催收", "Collection"), "negotiation": Text("协商", "Negotiation")}
MASKED = Text(
    "个人信息已遮盖；自动遮盖可能有遗漏。", "Personal data is masked; automatic masking can miss some."
)
FULL = Text("含个人信息，请妥善保管。", "Contains personal data: keep it safe.")

_ROLES = {
    Role.AGENT: Text("客服", "Agent"),
    Role.CUSTOMER: Text("客户", "Customer"),
    Role.THIRD_PARTY: Text("第三方", "Third party"),
    Role.UNKNOWN: Text("未知", "Unknown"),
}
_OWN_ROLES = {
    "collection": {Role.AGENT: Text("催收员", "Agent")},
    "negotiation": {Role.CUSTOMER: Text("还款人", "Customer")},
}


def role_names(playbook: str, language: UiLanguage) -> dict[Role, str]:
    """What the parties are called in a call under that playbook."""
    names = {**_ROLES, **_OWN_ROLES.get(playbook, {})}
    return {role: name.in_language(language) for role, name in names.items()}


def language_name(code: str, language: UiLanguage) -> str:
    """The language of a call, as its code where it has no name here."""
    return LANGUAGES[code].in_language(language) if code in LANGUAGES else code


def playbook_name(playbook: str, language: UiLanguage) -> str:
    """A built-in playbook by its title, another one by its own name."""
    return PLAYBOOKS[playbook].in_language(language) if playbook in PLAYBOOKS else playbook


def clock(seconds: float) -> str:
    """Seconds as ``m:ss`` or ``h:mm:ss``.

    >>> clock(75.2)
    '1:15'
    """
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def money(value: Decimal, language: UiLanguage, *, about: bool = False) -> str:
    """A sum as people write it; the currency of an English call is not known.

    >>> money(Decimal("12800"), "zh"), money(Decimal("400"), "en", about=True)
    ('12,800 元', 'about 400')
    """
    written = f"{value:,.2f}".removesuffix(".00")
    if language == "zh":
        return f"{'约 ' if about else ''}{written} 元"
    return f"about {written}" if about else written


def printable(text: str) -> str:
    """Text without control and direction characters, each of which becomes a space."""
    return "".join(character if character.isprintable() else " " for character in text)
