"""Review labelled calls, from their written turns or from their sound, and compare."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from coach.assembly import Options, Reviewer
from coach.domain.errors import RecordingError
from coach.evaluate.compare import CallComparison, compare
from coach.evaluate.gold import GoldCall, read_gold

GOLD_ENDING = ".gold.json"


def evaluate_files(
    paths: Sequence[Path], reviewer: Reviewer, *, audio: bool, on_call: Callable[[int, str], None]
) -> list[CallComparison]:
    """Compare every call of the files; with ``audio`` the recording beside ``NAME.gold.json`` is heard.

    ``on_call`` is told number and id of each call. Raises ``TranscriptError`` or ``RecordingError``.
    """
    done: list[CallComparison] = []
    for path in paths:
        for gold in read_gold(path):
            on_call(len(done) + 1, gold.id)
            done.append(_heard(path, gold, reviewer) if audio else _read(gold, reviewer))
    return done


def _read(gold: GoldCall, reviewer: Reviewer) -> CallComparison:
    with tempfile.TemporaryDirectory(prefix="call-coach-") as folder:
        file = Path(folder) / "call.json"
        file.write_text(json.dumps(_without_labels(gold), ensure_ascii=False), encoding="utf-8")
        review = reviewer.review(file, Options(playbook=gold.playbook))
    return compare(gold, review, reviewer.playbook(gold.playbook), heard=False)


def _heard(path: Path, gold: GoldCall, reviewer: Reviewer) -> CallComparison:
    stem = path.name.removesuffix(GOLD_ENDING)
    recordings = [file for file in path.parent.glob(f"{stem}.*") if file.suffix != ".json"]
    if not path.name.endswith(GOLD_ENDING) or not recordings:
        raise RecordingError(
            f"{path.name}: no recording beside it; --audio wants NAME.gold.json and NAME.wav"
        )
    review = reviewer.review(recordings[0], Options(playbook=gold.playbook, started_at=gold.started_at))
    return compare(gold, review, reviewer.playbook(gold.playbook), heard=True)


def _without_labels(gold: GoldCall) -> dict[str, object]:
    return {
        "id": gold.id,
        "lang": gold.lang,
        "started_at": gold.started_at.isoformat() if gold.started_at is not None else None,
        "turns": [
            {"speaker": turn.speaker.value, "text": turn.text, "start": turn.start, "end": turn.end}
            for turn in gold.turns
        ],
    }
