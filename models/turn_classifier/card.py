"""Write the measured tables into the model card: `python -m models.turn_classifier.card`."""

from __future__ import annotations

import json
import re
from typing import Any

from models.turn_classifier.build import FILES, HELD_OUT, HERE


def label_table(measures: dict[str, Any], thresholds: dict[str, Any]) -> str:
    """Counts and ratios of every label on both held-out splits."""
    rows = [
        "| label | check / sure " + "".join(f"| {split} P | R | F1 | n " for split in HELD_OUT) + "|",
        "| --- " * (2 + 4 * len(HELD_OUT)) + "|",
    ]
    for entry in thresholds["labels"]:
        cells = [entry["id"], f"{entry['check']:.2f} / {entry['sure']:.2f}"]
        for split in HELD_OUT:
            row = measures[split]["sure"]["labels"][entry["id"]]
            cells += [f"{row[name]:.2f}" for name in ("precision", "recall", "f1")]
            cells.append(str(row["right"] + row["missed"]))
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def summary(measures: dict[str, Any]) -> str:
    """Macro F1 and false alarms of both splits."""
    rows = [
        "| | turns | don'ts | dos | other side | any don't P | R | false on clean | pairs right | ECE |",
        "| --- " * 10 + "|",
    ]
    for split in HELD_OUT:
        for level in ("sure", "check_or_sure"):
            rows.append(_summary_row(measures[split], split, level))
    return "\n".join(rows)


def _summary_row(measures: dict[str, Any], split: str, level: str) -> str:
    of = measures[level]
    macro, pairs = of["macro_f1"], of["pairs_right_donts"]
    alarms = of["false_donts_on_clean_coached_turns"]
    name = f"{split}, {level.replace('_', ' ')}"
    return (
        f"| {name} | {measures['turns']} "
        f"| {macro['donts']:.3f} | {macro['dos']:.3f} | {macro['other_side']:.3f} "
        f"| {of['any_dont']['precision']:.3f} | {of['any_dont']['recall']:.3f} "
        f"| {alarms['turns']} of {alarms['of']} | {pairs['right']} of {pairs['of']} "
        f"| {measures['calibration_error']:.4f} |"
    )


def comparison(measures: dict[str, Any], baselines: dict[str, Any]) -> str:
    """The classifier beside simpler methods, on the test split."""
    rows = [
        "| test split | don'ts | dos | other side | false on clean turns | pairs right |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, of in [*baselines.items(), ("**this classifier**", measures["test"]["sure"])]:
        macro, alarms, pairs = (
            of["macro_f1"],
            of["false_donts_on_clean_coached_turns"],
            of["pairs_right_donts"],
        )
        rows.append(
            f"| {name} | {macro['donts']:.3f} | {macro['dos']:.3f} | {macro['other_side']:.3f} "
            f"| {alarms['turns']} of {alarms['of']} | {pairs['right']} of {pairs['of']} |"
        )
    return "\n".join(rows)


def main() -> None:
    """Replace what stands between the card's markers."""
    card = (HERE / "README.md").read_text(encoding="utf-8")
    measures = json.loads((HERE / "measures.json").read_text(encoding="utf-8"))
    thresholds = json.loads((HERE / FILES["thresholds"]).read_text(encoding="utf-8"))
    baselines = json.loads((HERE / "baselines.json").read_text(encoding="utf-8"))
    tables = {
        "summary": summary(measures),
        "comparison": comparison(measures, baselines),
        "labels": label_table(measures, thresholds),
    }
    for name, rows in tables.items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        card = marked.sub(lambda found, rows=rows: found[1] + rows + "\n" + found[2], card)
    (HERE / "README.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
