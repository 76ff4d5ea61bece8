"""Count which characters follow which in the labelled calls: ``coach/speech/lexicon/context.zh.txt``.

    python -m models.speech_context.recipe

Runs of one to three characters within a clause, Simplified, each different turn once; a clause begins with
``^`` and ends with ``$``. Pairs that were met once only and runs of three met once or twice are left out. The
samples and the held-out calls of ``tests`` are in no file that is read here; what imitates a recogniser is
left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from coach.language.normalise import fold, to_script
from coach.speech.context import BEGINS, ENDS, clauses

ROOT = Path(__file__).parents[2]
DATA = ROOT / "models" / "turn_classifier" / "data"
INTO = ROOT / "coach" / "speech" / "lexicon" / "context.zh.txt"
AS_HEARD = ("heard", "asr")
STOP = re.compile("[，。？！]")
SHORT = 8
"""Longer turns without a stop imitate a recogniser, its mishearings too."""
LEAST = {1: 1, 2: 2, 3: 3}
"""How often a run of a length must have been met."""


def said() -> Iterator[str]:
    """Every Mandarin turn of the labelled calls that is not written as a recogniser would."""
    for path in sorted(DATA.glob("*.calls")):
        if path.name.startswith("en") or any(part in path.name for part in AS_HEARD):
            continue
        for row in path.read_text(encoding="utf-8").splitlines():
            head, bar, text = row.partition(" | ")
            if bar and not head.startswith("#") and (STOP.search(text) or len(text) <= SHORT):
                yield text
    for folder in ("calls", "turns"):
        for path in sorted((DATA / folder).glob("zh*.jsonl")):
            for row in path.read_text(encoding="utf-8").splitlines():
                found = json.loads(row)
                yield from (turn["text"] for turn in found.get("turns", [found]) if "text" in turn)


def counted(texts: Iterator[str]) -> Counter[str]:
    """How often each run of one to three characters was said."""
    runs: Counter[str] = Counter()
    for text in sorted({fold(to_script(text, "simplified")) for text in texts}):
        for clause in clauses(text):
            whole = BEGINS + clause + ENDS
            for length in (1, 2, 3):
                runs.update(whole[i : i + length] for i in range(len(whole) - length + 1))
    return runs


def main() -> None:
    """Count and write."""
    runs = counted(said())
    kept = {run: n for run, n in runs.items() if n >= LEAST[len(run)]}
    total = sum(n for run, n in runs.items() if len(run) == 1)
    head = (
        f"# Made by models/speech_context/recipe.py: runs of characters in {total} and how often; see there\n"
    )
    rows = "".join(f"{run}\t{n}\n" for run, n in sorted(kept.items()))
    INTO.write_text(head + rows, encoding="utf-8")
    print(total, {length: sum(len(run) == length for run in kept) for length in (1, 2, 3)})


if __name__ == "__main__":
    main()
