"""Count which characters follow which in the labelled calls: ``coach/speech/lexicon/context.zh.txt``.

    python -m models.speech_context.recipe

Runs of one to three characters within a clause, Simplified, each different turn once; a clause begins with
``^`` and ends with ``$``. Runs of three that were met once only are left out. The samples and the held-out
calls of ``tests`` are in no file that is read here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from coach.language.normalise import fold, to_script
from coach.speech.context import BEGINS, ENDS, clauses

ROOT = Path(__file__).parents[2]
DATA = ROOT / "models" / "turn_classifier" / "data"
INTO = ROOT / "coach" / "speech" / "lexicon" / "context.zh.txt"
LEAST_OF_THREE = 2


def said() -> Iterator[str]:
    """Every Mandarin turn of the labelled calls; what a recogniser wrote down is not among them."""
    for path in sorted(DATA.glob("*.calls")):
        if path.name.startswith("en") or "heard" in path.name:
            continue
        for row in path.read_text(encoding="utf-8").splitlines():
            head, bar, text = row.partition(" | ")
            if bar and not head.startswith("#"):
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
    kept = {run: n for run, n in runs.items() if len(run) < 3 or n >= LEAST_OF_THREE}
    total = sum(n for run, n in runs.items() if len(run) == 1)
    head = (
        f"# Made by models/speech_context/recipe.py: runs of characters in {total} and how often; see there\n"
    )
    rows = "".join(f"{run}\t{n}\n" for run, n in sorted(kept.items()))
    INTO.write_text(head + rows, encoding="utf-8")
    print(total, {length: sum(len(run) == length for run in kept) for length in (1, 2, 3)})


if __name__ == "__main__":
    main()
