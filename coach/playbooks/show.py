"""A playbook for reading: what is asked, what it weighs and how it is seen, in either language."""

from __future__ import annotations

from coach.domain.playbook import Criterion, Part, Playbook, Severity
from coach.domain.review import CriterionKind
from coach.domain.text import Text, UiLanguage
from coach.playbooks.describe import describe

_KINDS = {
    CriterionKind.DO: Text("要做到", "do"),
    CriterionKind.DONT: Text("不可以", "don't"),
    CriterionKind.MANNER: Text("说话方式", "manner"),
}
_WEIGHT = Text("权重", "weight")
_CRITICAL = Text("严重（一票否决）", "critical")
_APPLIES = Text("适用", "applies")
_SEEN = Text("判断", "seen")
_ADVICE = Text("建议", "advice")
_BETTER = Text("可以这样说", "better")
_CHECK = Text("人工核对", "for a person to check")
_COACHED = Text("被辅导方", "coached")
_BARS = Text(
    "合格 {0} 分起，待改进 {1} 分起，严重问题封顶 {2} 分", "pass from {0}, needs work from {1}, capped at {2}"
)


def show(playbook: Playbook, language: UiLanguage) -> str:
    """The whole playbook as plain lines."""
    bars = playbook.bars
    head = [
        f"{playbook.title.in_language(language)} ({playbook.id} {playbook.version})",
        f"{_COACHED.in_language(language)}: {playbook.coached.value}",
        _BARS.in_language(language).format(
            float(bars.passed), float(bars.needs_work), float(bars.critical_cap)
        ),
    ]
    blocks = ["\n".join(head)]
    blocks += ["\n".join(_criterion(criterion, language)) for criterion in playbook.criteria]
    return "\n\n".join(blocks) + "\n"


def _criterion(criterion: Criterion, language: UiLanguage) -> list[str]:
    lines = [f"{criterion.title.in_language(language)}  [{criterion.id}]  {criterion.source}"]
    worth = _worth(criterion, language)
    lines.append(f"  {_KINDS[criterion.kind].in_language(language)}, {worth}")
    if criterion.applies is not None:
        lines.append(f"  {_APPLIES.in_language(language)}: {describe(criterion.applies, language)}")
    lines += [_part(part, criterion, language) for part in criterion.parts]
    if criterion.check is not None:
        note = criterion.check.note.in_language(language)
        lines.append(f"  {_CHECK.in_language(language)}: {describe(criterion.check.seen, language)}; {note}")
    lines.append(f"  {_ADVICE.in_language(language)}: {criterion.advice.in_language(language)}")
    lines.append(f"  {_BETTER.in_language(language)}: {criterion.better.in_language(language)}")
    return lines


def _worth(criterion: Criterion, language: UiLanguage) -> str:
    if criterion.severity is None:
        return f"{_WEIGHT.in_language(language)} {float(criterion.weight):g}"
    points = _points(criterion.severity)
    return f"{points}, {_CRITICAL.in_language(language)}" if criterion.critical else points


def _points(severity: Severity) -> str:
    return f"-{float(severity.first):g}, -{float(severity.again):g} … -{float(severity.at_most):g}"


def _part(part: Part, criterion: Criterion, language: UiLanguage) -> str:
    whole = sum(other.share for other in criterion.parts)
    share = f" {float(100 * part.share / whole):.0f} %" if len(criterion.parts) > 1 else ""
    rule = describe(part.seen, language)
    if len(criterion.parts) > 1:
        rule = f"{part.done.in_language(language)}: {rule}"
    if part.when is not None:
        applies = _APPLIES.in_language(language)
        rule = f"{rule} ({applies}: {describe(part.when, language)})"
    return f"  {_SEEN.in_language(language)}{share}: {rule}"
