"""A review as text for a terminal."""

from __future__ import annotations

from coach.domain.review import CriterionInfo, Evidence, Finding, Outcome, Review, Verdict
from coach.domain.text import Text, UiLanguage

VERDICTS = {
    Verdict.PASS: Text("合格", "pass"),
    Verdict.NEEDS_WORK: Text("待改进", "needs work"),
    Verdict.FAIL: Text("不合格", "fail"),
    Verdict.NOT_ASSESSED: Text("未评分", "not assessed"),
}
_OUTCOMES = {
    Outcome.NOT_MET: (Text("未达到", "Not met"), "✗"),
    Outcome.NOT_DETERMINABLE: (Text("无法判断", "Cannot tell"), "?"),
    Outcome.MET: (Text("达到", "Met"), "✓"),
    Outcome.NOT_APPLICABLE: (Text("不适用", "Not applicable"), "–"),
}
_BETTER = Text("更好的说法：", "Better: ")
_TO_CHECK = Text("待核对：", "To be checked: ")
_SCORE = Text("得分", "Score")


def review_text(review: Review, *, language: UiLanguage = "zh") -> str:
    """The verdict, then the criteria by outcome with their evidence; control characters are not shown."""
    card = review.scorecard
    infos = {info.id: info for info in review.criteria}
    score = "–" if card.score is None else f"{float(card.score):.0f}/100"
    lines = [
        f"{_clean(review.observed.call.source)}",
        f"{VERDICTS[card.verdict].in_language(language)}  {_SCORE.in_language(language)} {score}",
        card.because.in_language(language),
    ]
    for outcome, (title, mark) in _OUTCOMES.items():
        found = [finding for finding in card.findings if finding.outcome is outcome]
        if found:
            lines += ["", f"{title.in_language(language)} ({len(found)})"]
            for finding in found:
                lines += _criterion(finding, infos[finding.criterion], mark, language)
    return "\n".join(lines) + "\n"


def _criterion(finding: Finding, info: CriterionInfo, mark: str, language: UiLanguage) -> list[str]:
    title = info.title_when(finding.outcome).in_language(language)
    lines = [f"  {mark} {title}  [{info.source}]  {finding.because.in_language(language)}"]
    if finding.outcome is not Outcome.NOT_APPLICABLE:
        lines += [f"      {_evidence(evidence)}" for evidence in finding.evidence]
    lines += [f"      {_TO_CHECK.in_language(language)}{_evidence(e)}" for e in finding.to_check]
    if finding.outcome is Outcome.NOT_MET:
        lines.append(f"      {_BETTER.in_language(language)}{info.better.in_language(language)}")
    return lines


def _evidence(evidence: Evidence) -> str:
    if evidence.interval is None:
        return f"#{evidence.turn + 1}  “{_clean(evidence.quote)}”"
    at = f"{clock(evidence.interval.start)}–{clock(evidence.interval.end)}"
    return f"#{evidence.turn + 1} {at}  “{_clean(evidence.quote)}”"


def clock(seconds: float) -> str:
    """Seconds as ``m:ss`` or ``h:mm:ss``.

    >>> clock(75.2)
    '1:15'
    """
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def _clean(text: str) -> str:
    # A spoken text or a file name must not steer the terminal.
    return "".join(character if character.isprintable() else " " for character in text)
