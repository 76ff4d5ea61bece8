"""A review as text for a terminal."""

from __future__ import annotations

from coach.domain.review import CriterionInfo, Evidence, Finding, Outcome, Review
from coach.domain.text import Text, UiLanguage
from coach.report.words import OUTCOMES, VERDICTS, clock, printable

_MARKS = {
    Outcome.NOT_MET: "✗",
    Outcome.NOT_DETERMINABLE: "?",
    Outcome.MET: "✓",
    Outcome.NOT_APPLICABLE: "–",
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
        f"{printable(review.observed.call.source)}",
        f"{VERDICTS[card.verdict].in_language(language)}  {_SCORE.in_language(language)} {score}",
        card.because.in_language(language),
    ]
    for outcome, title in OUTCOMES.items():
        found = [finding for finding in card.findings if finding.outcome is outcome]
        if found:
            lines += ["", f"{title.in_language(language)} ({len(found)})"]
            for finding in found:
                lines += _criterion(finding, infos[finding.criterion], language)
    return "\n".join(lines) + "\n"


def _criterion(finding: Finding, info: CriterionInfo, language: UiLanguage) -> list[str]:
    title = info.title_when(finding.outcome).in_language(language)
    lines = [f"  {_MARKS[finding.outcome]} {title}  [{info.source}]  {finding.because.in_language(language)}"]
    if finding.outcome is not Outcome.NOT_APPLICABLE:
        lines += [f"      {_evidence(evidence)}" for evidence in finding.evidence]
    lines += [f"      {_TO_CHECK.in_language(language)}{_evidence(e)}" for e in finding.to_check]
    if finding.outcome is Outcome.NOT_MET:
        lines.append(f"      {_BETTER.in_language(language)}{info.better.in_language(language)}")
    return lines


def _evidence(evidence: Evidence) -> str:
    if evidence.interval is None:
        return f"#{evidence.turn + 1}  “{printable(evidence.quote)}”"
    at = f"{clock(evidence.interval.start)}–{clock(evidence.interval.end)}"
    return f"#{evidence.turn + 1} {at}  “{printable(evidence.quote)}”"
