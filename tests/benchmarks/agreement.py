"""How far those who label agree: the held-out calls were labelled twice more, blind.

    python -m tests.benchmarks.agreement                     by label, the first writer and each later reading
    python -m tests.benchmarks.agreement --majority FOLDER   writes the calls with what two of the three put

No classifier can be expected to agree with one reading better than another reader does. The later readings
saw the rubric and the conventions of `tests/gold/README.md`, neither the labels nor any classifier's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from coach.domain.agreement import cohen_kappa, krippendorff_alpha
from coach.domain.labels import DONTS, DOS, OTHER_SIDE, LabelId
from coach.evaluate.counts import Counts

GOLD = Path(__file__).parents[1] / "gold"
CALLS = ("zh_calls", "zh_hant_calls", "en_calls")
FILES = (*CALLS, "pairs")
GROUPS = {"donts": DONTS, "dos": DOS, "other side": OTHER_SIDE}

Place = tuple[str, int]
Reading = dict[Place, frozenset[str]]


def first_reading(files: Iterable[str]) -> Reading:
    """The labels of the files' judged turns, by call and turn."""
    return {
        (call["id"], turn["i"]): frozenset(turn["labels"])
        for name in files
        for call in _calls(name)
        for turn in call["turns"]
        if turn["labels"] is not None
    }


def later_readings() -> list[Reading]:
    """What later readers put on all of these turns; ``-`` stands for no label."""
    return [_reading(path) for path in sorted((GOLD / "readings").glob("*.txt"))]


def majority(readings: Collection[Reading], place: Place) -> frozenset[str]:
    """The labels that more than half of the readings have."""
    return frozenset(
        label.value
        for label in LabelId
        if sum(label.value in reading[place] for reading in readings) * 2 > len(readings)
    )


def counts(answer: Reading, truth: Reading, label: str) -> Counts:
    """``answer`` against ``truth`` on the turns of ``truth``."""
    pairs = [(label in answer[place], label in labels) for place, labels in truth.items()]
    return Counts(
        sum(said and wanted for said, wanted in pairs),
        sum(said and not wanted for said, wanted in pairs),
        sum(wanted and not said for said, wanted in pairs),
    )


def macro_f1(answer: Reading, truth: Reading, labels: Collection[LabelId]) -> float:
    """Mean F1 over the labels that ``truth`` has."""
    found = [counts(answer, truth, label.value).f1 for label in labels]
    told = [one for one in found if one is not None]
    return sum(told) / len(told)


def _reading(path: Path) -> Reading:
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {
        (call, int(turn)): frozenset(() if labels == "-" else labels.split(","))
        for call, turn, labels in rows
    }


def _calls(name: str) -> list[dict[str, Any]]:
    text = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _report() -> None:
    first, later = first_reading(CALLS), later_readings()
    print(
        f"{'':22}"
        + "".join(f"  first-{n}" for n in (2, 3))
        + "      2-3    kappa 1-2, 1-3, 2-3   alpha     n"
    )
    for name, group in GROUPS.items():
        shares = [macro_f1(reading, first, group) for reading in later]
        between = macro_f1(later[1], {place: later[0][place] for place in first}, group)
        print(f"macro F1 {name:12} " + "".join(f"{share:9.3f}" for share in (*shares, between)))
    for label in LabelId:
        _line(label.value, first, later)


def _line(label: str, first: Reading, later: list[Reading]) -> None:
    second, third = ({place: reading[place] for place in first} for reading in later)
    pairs = ((first, second), (first, third), (second, third))
    shares = "".join(f"{counts(b, a, label).f1 or 0:9.3f}" for a, b in pairs)
    kappas = "".join(
        f"{cohen_kappa([(str(label in a[at]), str(label in b[at])) for at in first]) or 0:7.2f}"
        for a, b in pairs
    )
    alpha = krippendorff_alpha([str(label in one[at]) for one in (first, second, third)] for at in first)
    print(f"{label:22}{shares}  {kappas}  {alpha or 0:6.2f} {sum(label in put for put in first.values()):5}")


def _write_majority(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        readings = [first_reading([name]), *later_readings()]
        calls = _calls(name)
        for call in calls:
            for turn in call["turns"]:
                if turn["labels"] is not None:
                    put = majority(readings, (call["id"], turn["i"]))
                    turn["labels"] = [label.value for label in LabelId if label.value in put]
        lines = (json.dumps(call, ensure_ascii=False) + "\n" for call in calls)
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def main() -> int:
    """Parse the command; print, or write the majority's calls."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--majority", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.majority is not None:
        _write_majority(arguments.majority)
    else:
        _report()
    return 0


if __name__ == "__main__":
    sys.exit(main())
