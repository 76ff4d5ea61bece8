"""The summary as a table for the terminal and as a page of plots."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template


def summary_text(summary: dict[str, Any]) -> str:
    """A table by label and the totals."""
    lines = [f"{'label':24}{'precision':>10}{'recall':>10}{'F1':>10}{'tp':>7}{'fp':>6}{'fn':>6}"]
    for label, row in summary["labels"].items():
        ratios = "".join(f"{_number(row[key]):>10}" for key in ("precision", "recall", "f1"))
        lines.append(f"{label:24}{ratios}{row['tp']:7}{row['fp']:6}{row['fn']:6}")
    lines.append("")
    for name, row in summary["macro_f1"].items():
        interval = row["interval"]
        between = f"  (95 %: {interval[0]:.3f}–{interval[1]:.3f})" if interval else ""
        lines.append(f"macro F1 {name:15}{_number(row['f1']):>10}{between}")
    lines += [
        f"false don'ts per 1,000 clean coached turns: "
        f"{_number(summary['false_donts_per_1000_clean_coached_turns'], 1)}"
        f" ({summary['clean_coached_turns']} turns)",
        f"calls with a false critical fault: {summary['of_them_with_false_critical']}"
        f" of {summary['calls_without_critical']} without one",
        f"calibration error of shown labels: {_number(summary['calibration_error'])}",
    ]
    for title, key in (
        ("facts", "facts"),
        ("personal data", "pii_recall"),
        ("criteria", "criteria_agreement"),
    ):
        for name, row in summary[key].items():
            lines.append(f"{title}: {name:24}{_number(row['share']):>8}  ({row['right']}/{row['all']})")
    for kind, groups in summary["by"].items():
        for value, row in groups.items():
            scores = "  ".join(f"{name} {_number(m['f1'])}" for name, m in row["macro_f1"].items())
            lines.append(f"{kind} {value:14}{scores}")
    return "\n".join(lines) + "\n"


def summary_page(summary: dict[str, Any]) -> str:
    """An HTML page with a bar for each label and group, without scripts."""
    return _template().render(summary=summary, number=_number)


def _number(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files("coach.evaluate").joinpath("page.html.j2").read_text("utf-8"))
