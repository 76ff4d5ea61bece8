"""The same labelled calls read and heard, side by side: macro F1, character errors, where it is lost.

    python -m tests.benchmarks.heard_gold FOLDER --kept KEPT

FOLDER holds NAME.gold.json and NAME.wav. KEPT keeps what was heard, so that another classifier is measured
without hearing again (speech measures are those of the first time; no label depends on them).
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.assembly import Options, Reviewer
from coach.domain.call import Role
from coach.domain.labels import DONTS, DOS, OTHER_SIDE, LabelId
from coach.domain.review import Review
from coach.evaluate.compare import CallComparison, compare
from coach.evaluate.counts import Counts
from coach.evaluate.gold import GoldCall, read_gold
from coach.evaluate.run import evaluate_files
from coach.evaluate.summary import macro_f1
from coach.pipeline import rescore
from coach.settings import Settings
from coach.store import codec
from models.turn_classifier.hear import plain
from sample_audio.recipe.listen import distance

GROUPS = {"donts": DONTS, "dos": DOS, "other side": OTHER_SIDE}


@dataclass(frozen=True, slots=True)
class Both:
    """A call's comparisons, and how many characters of it came out wrong."""

    read: CallComparison
    heard: CallComparison
    errors: int
    length: int


def judged(review: Review, reviewer: Reviewer, gold: GoldCall) -> Review:
    """The heard call with the labels and facts of today's judges."""
    call, judges = review.observed.call, reviewer.judges
    if judges.classifier is None:
        raise SystemExit("no turn classifier to measure")
    labels = judges.classifier.classify(call.turns, playbook=call.playbook, coached=call.coached)
    observed = replace(review.observed, labels=labels, facts=judges.facts.find(call, labels))
    return rescore(observed, reviewer.playbook(gold.playbook))


def heard_review(path: Path, gold: GoldCall, reviewer: Reviewer, kept: Path) -> Review:
    """The review of the call's sound, its hearing taken from ``kept`` where it is there."""
    file = kept / f"{gold.id}.json"
    if not file.exists():
        options = Options(playbook=gold.playbook, started_at=gold.started_at)
        review = reviewer.review(path.with_name(f"{gold.id}.wav"), options)
        kept.mkdir(parents=True, exist_ok=True)
        file.write_text(codec.to_json(review), encoding="utf-8")
    return judged(codec.from_json(file.read_text(encoding="utf-8")), reviewer, gold)


def wrong_characters(gold: GoldCall, review: Review) -> tuple[int, int]:
    """Edits and characters, each party's words in their order."""
    errors = length = 0
    for agent in (True, False):
        said = (turn.text for turn in gold.turns if (turn.speaker is Role.AGENT) is agent)
        caught = (turn.text for turn in review.observed.call.turns if (turn.role is Role.AGENT) is agent)
        written = list(plain("".join(said)))
        errors += distance(written, list(plain("".join(caught))))
        length += len(written)
    return errors, length


def measure(path: Path, reviewer: Reviewer, kept: Path) -> Both:
    """Read and hear one call."""
    (gold,) = read_gold(path)
    (read,) = evaluate_files([path], reviewer, audio=False, on_call=lambda number, name: None)
    review = heard_review(path, gold, reviewer, kept)
    heard = compare(gold, review, reviewer.playbook(gold.playbook), heard=True)
    return Both(read, heard, *wrong_characters(gold, review))


def report(calls: Sequence[Both]) -> str:
    """What to print."""
    read, heard = [call.read for call in calls], [call.heard for call in calls]
    errors, length = sum(call.errors for call in calls), sum(call.length for call in calls)
    lines = [f"{len(calls)} calls, character errors {errors / length:.3f} of {length}", ""]
    for name, labels in GROUPS.items():
        one, other = macro_f1(read, labels=labels), macro_f1(heard, labels=labels)
        if one is not None and other is not None:
            lines.append(f"macro F1 {name:<11} read {one:.3f}  heard {other:.3f}  {other - one:+.3f}")
    for name, rows in (("read", read), ("heard", heard)):
        turns = sum(row.clean_coached_turns for row in rows)
        lines.append(
            f"{name}: {sum(row.false_dont_turns for row in rows)} false don'ts in {turns} clean turns"
        )
    first, second = _totals(read), _totals(heard)
    lines += ["", f"{'label':<22} gold  read P/R/F1         heard P/R/F1"]
    for label in LabelId:
        if label in first:
            lines.append(f"{label.value:<22} {first[label].tp + first[label].fn:>4}  "
                         f"{_three(first[label])}  {_three(second[label])}")  # fmt: skip
    return "\n".join(lines)


def _totals(rows: Sequence[CallComparison]) -> defaultdict[LabelId, Counts]:
    totals: defaultdict[LabelId, Counts] = defaultdict(Counts)
    for row in rows:
        for label, counts in row.labels.items():
            totals[label] += counts
    return totals


def _three(counts: Counts) -> str:
    return " ".join(
        "  -  " if x is None else f"{x:.3f}" for x in (counts.precision, counts.recall, counts.f1)
    )


def main() -> None:
    """Measure every call of a folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.heard_gold")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kept", type=Path, required=True)
    options = parser.parse_args()
    reviewer = Reviewer(Settings.read())
    paths = sorted(options.folder.glob("*.gold.json"))
    print(report([measure(path, reviewer, options.kept) for path in paths]))


if __name__ == "__main__":
    main()
