"""Facts and personal data against labelled calls: what is right, out of how many.

    python -m tests.benchmarks.facts models/turn_classifier/data/calls/*.jsonl --lines pii.jsonl --part unread

The labels of the turns are taken from the gold, so that only the rules are measured. ``--part unread`` keeps
the quarter of the calls (and lines) that nobody reads while writing rules: ``int(sha256(id)) % 4 == 3``.

    python -m tests.benchmarks.facts --short test

measures the short lines of ``tests/gold`` (``short_lines.py``): ``test`` is the half that nobody reads.
``--written`` does the same for ``tests/written_lines``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.domain.call import Call, Role, Turn
from coach.domain.observations import Facts, LabelHit, PiiSpan
from coach.evaluate.gold import GoldCall, GoldPii, GoldTurn, read_gold
from coach.language.facts import RuleFactFinder
from coach.language.pii import RulePiiDetector
from tests.benchmarks.short_lines import ONLY_COUNTED, deadlines, exchanges, personal_data
from tests.detectors import detector as whole_detector


def is_unread(key: str) -> bool:
    """Whether the call or line with this key is kept out of the writing of rules."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 4 == 3


class Tally:
    """Right ones out of all, by name."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()

    def add(self, name: str, right: bool) -> None:
        """Count one case."""
        self.right[name] += right
        self.all[name] += 1

    def print(self) -> None:
        """One line for each name."""
        for name in self.all:
            share = self.right[name] / self.all[name]
            print(f"{name:44}{share:7.3f}  {self.right[name]:4} of {self.all[name]:4}")


def call_of(gold: GoldCall) -> Call:
    """The call as the rules see it."""
    turns = tuple(Turn(i, turn.speaker, turn.text) for i, turn in enumerate(gold.turns))
    return Call(
        id=gold.id,
        source=gold.id,
        playbook=gold.playbook,
        coached=gold.coached,
        language="en" if gold.lang == "en" else "zh",
        turns=turns,
        started_at=gold.started_at,
    )


def labels_of(gold: GoldCall) -> list[tuple[LabelHit, ...]]:
    """The labels that a listener put."""
    return [tuple(LabelHit(label, 1.0) for label in turn.labels or ()) for turn in gold.turns]


def count_facts(tally: Tally, gold: GoldCall, facts: Facts) -> None:
    """Amount, deadline and plan of one call; where the gold has none, none is right."""
    truth = gold.facts
    if truth is None:
        return
    if truth.amount_due is not None:
        same = facts.amount_due is not None and abs(facts.amount_due - truth.amount_due) < 1
        tally.add("amount due", same)
    if truth.deadline is not None:
        tally.add("deadline", facts.deadline == truth.deadline)
    elif gold.started_at is not None:
        tally.add("no deadline where the gold has none", facts.deadline is None)
    if truth.plan is not None and truth.plan.count is not None:
        tally.add("plan, number of instalments", _has_plan(facts, truth.plan.count))
    else:
        tally.add("no plan where the gold has none", facts.plan is None)


def _has_plan(facts: Facts, count: int) -> bool:
    return facts.plan is not None and facts.plan.instalments == count


def count_pii(tally: Tally, what: str, text: str, gold: Sequence[GoldPii], found: Sequence[PiiSpan]) -> None:
    """Spans found at the right type, exactly or at least covered; false ones in clean texts."""
    for item, start, end in _places(text, gold):
        of_type = [one for one in found if one.type is item.type]
        covered = any(one.span.start <= start and end <= one.span.end for one in of_type)
        exact = any((one.span.start, one.span.end) == (start, end) for one in of_type)
        tally.add(f"{what}: recall, covered", covered)
        tally.add(f"{what}: recall, exact", exact)
        tally.add(f"{what}: recall of {item.type.value}", covered)
    if not gold:
        tally.add(f"{what}: clean text left alone", not found)
        tally.add(f"{what}: clean text, none surer than .7", all(one.confidence < 0.7 for one in found))
    for one in found if gold else ():
        true = any(start < one.span.end and one.span.start < end for _, start, end in _places(text, gold))
        tally.add(f"{what}: precision in texts with some", true)


def _places(text: str, gold: Sequence[GoldPii]) -> Iterator[tuple[GoldPii, int, int]]:
    """Where each datum stands; the same words twice stand at two places."""
    at: Counter[str] = Counter()
    for item in gold:
        start = text.find(item.text, at[item.text])
        if start >= 0:
            at[item.text] = start + len(item.text)
            yield item, start, start + len(item.text)


_GOLD = Path(__file__).parents[1] / "gold"
_WRITTEN = Path(__file__).parents[1] / "written_lines"


def count_short(tally: Tally, finder: RuleFactFinder, detector: RulePiiDetector, *, test: bool) -> None:
    """The short lines of one half: personal data by the line, deadlines by the exchange."""
    for line in personal_data(_GOLD / "personal_data.txt", test=test):
        (found,) = detector.detect([Turn(0, Role.CUSTOMER, line.text)], language="zh")
        count_pii(tally, "short", line.text, line.pii, found)
    for name in ("deadlines", "deadlines_more"):
        for call, labels, day in deadlines(_GOLD / f"{name}.txt", test=test):
            right = finder.find(call, labels).deadline == day
            tally.add(f"{name}: none where there is none" if day is None else name, right)


def count_written(tally: Tally, finder: RuleFactFinder, detector: RulePiiDetector, *, test: bool) -> None:
    """One half of most files of ``tests/written_lines``; ``ONLY_COUNTED`` are read in no half."""
    for name in ("personal_data", "names_places_work", *(ONLY_COUNTED if test else ())):
        half = None if name in ONLY_COUNTED else test
        for exchange in exchanges(_WRITTEN / f"{name}.txt", test=half):
            turns = [Turn(i, turn.speaker, turn.text) for i, turn in enumerate(exchange)]
            for turn, found in zip(exchange, detector.detect(turns, language="zh"), strict=True):
                if turn.pii or not any(each.pii for each in exchange):
                    count_pii(tally, f"written {name}", turn.text, turn.pii, found)
    for name in ("deadlines", "deadlines_long", "deadlines_calls"):
        for call, labels, day in deadlines(_WRITTEN / f"{name}.txt", test=test):
            right = finder.find(call, labels).deadline == day
            none = ": none where there is none" if day is None else ""
            tally.add(f"written {name}{none}", right)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("calls", nargs="*", type=Path)
    parser.add_argument("--lines", type=Path, help="single lines with personal data, JSON: text, lang, pii")
    parser.add_argument("--part", choices=("all", "read", "unread"), default="unread")
    parser.add_argument("--short", choices=("tuning", "test"), help="half of the short lines of tests/gold")
    parser.add_argument(
        "--written", choices=("tuning", "test"), help="half of the lines of tests/written_lines"
    )
    arguments = parser.parse_args()
    tally, seconds, turns = Tally(), Counter[str](), 0
    finder, detector = RuleFactFinder(), whole_detector()
    for gold in (gold for path in arguments.calls for gold in read_gold(path)):
        if not _wanted(gold.id, arguments.part):
            continue
        call, labels = call_of(gold), labels_of(gold)
        start = time.process_time()
        facts = finder.find(call, labels)
        middle = time.process_time()
        spans = detector.detect(call.turns, language=call.language)
        seconds.update({"facts": middle - start, "personal data": time.process_time() - middle})
        turns += len(call.turns)
        count_facts(tally, gold, facts)
        for turn, found in zip(gold.turns, spans, strict=True):
            count_pii(tally, "calls", turn.text, turn.pii, found)
    for line in _lines(arguments.lines) if arguments.lines else ():
        if _wanted(line.text, arguments.part):
            (found,) = detector.detect([Turn(0, Role.CUSTOMER, line.text)], language="zh")
            count_pii(tally, "lines", line.text, line.pii, found)
    if arguments.short:
        count_short(tally, finder, detector, test=arguments.short == "test")
    if arguments.written:
        count_written(tally, finder, detector, test=arguments.written == "test")
    tally.print()
    for name, spent in seconds.items():
        print(f"{name}: {spent / max(1, turns) * 1000:.3f} ms of CPU a turn ({turns} turns)")


def _wanted(key: str, part: str) -> bool:
    return part == "all" or is_unread(key) == (part == "unread")


def _lines(path: Path) -> Iterator[GoldTurn]:
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        yield GoldTurn(speaker=Role.CUSTOMER, text=fields["text"], pii=fields["pii"])


if __name__ == "__main__":
    main()
