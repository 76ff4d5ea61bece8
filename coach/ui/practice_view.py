"""Practice as the plain data that the components ``practice``, ``study`` and ``drill`` show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coach.domain.call import Role, Turn
from coach.domain.labels import CRITICAL, NAMES, LabelId
from coach.domain.review import CriterionInfo
from coach.domain.text import UiLanguage
from coach.practice.drill import Judged, Reached
from coach.practice.lines import HardLine
from coach.practice.marks import FAULTS, Compared, MarkKind, by_label, points
from coach.samples import Sample
from coach.store import CallLine, Exercise
from coach.ui.drilling import DRILL
from coach.ui.line_sound import line_address
from coach.ui.review_view import channel_lanes
from coach.ui.sample_sound import gold, outline, sample_address, sample_turns, samples

View = dict[str, Any]

MARKING = "marking"
LATEST = 12
WEAK = 6


def labels_view(language: UiLanguage, texts: Mapping[str, str]) -> list[View]:
    """The faults that can be marked; ``texts`` say what each is about."""
    return [
        {
            "id": label.value,
            "name": NAMES[label].in_language(language),
            "about": texts[f"about.{label.value}"],
            "critical": label in CRITICAL,
        }
        for label in FAULTS
    ]


def sample_line(sample: Sample, best: Mapping[str, float], language: UiLanguage) -> View:
    """A sample to choose; its description would give the key away and is left out."""
    known = gold(sample.id)
    return {
        "id": sample.id,
        "title": case_name(sample, language),
        "language": known["lang"],
        "playbook": known["playbook"],
        "duration": known["duration"],
        "best": best.get(f"sample:{sample.id}"),
    }


def case_name(sample: Sample, language: UiLanguage) -> str:
    """A name that tells nothing of what happens: a number that stays, and the day of the call."""
    number = sorted(samples(), key=lambda name: (not name.startswith("zh"), name)).index(sample.id) + 1
    started = sample.options.started_at
    if language == "zh":
        day = "" if started is None else f" · {started.year}年{started.month}月{started.day}日"
        return f"第 {number} 号{day}"
    return f"Case {number}" + ("" if started is None else f" · {started.day} {started:%b %Y}")


def call_line(line: CallLine, best: Mapping[str, float]) -> View:
    """A cleared call to choose."""
    return {
        "id": line.id,
        "title": line.title,
        "language": line.language,
        "playbook": line.playbook,
        "duration": line.duration,
        "best": best.get(f"call:{line.id}"),
    }


def sample_listening(sample: Sample, language: UiLanguage) -> View:
    """A sample to listen to, without its labels."""
    known, turns, peaks = gold(sample.id), sample_turns(sample.id), outline(sample.id)
    started = sample.options.started_at
    return {
        "id": f"sample:{sample.id}",
        "title": case_name(sample, language),
        "startedAt": None if started is None else started.isoformat(),
        "duration": known["duration"],
        "playbook": known["playbook"],
        "coached": known["coached"],
        "sound": sample_address(sample.id),
        "peaks": peaks,
        "lanes": channel_lanes(peaks, turns, known["duration"]),
        "turns": [_turn(turn) for turn in turns],
    }


def _turn(turn: Turn) -> View:
    at = turn.interval
    return {
        "role": turn.role.value,
        "text": turn.text,
        "at": None if at is None else [round(at.start, 2), round(at.end, 2)],
    }


def result_view(compared: Sequence[Compared], *, human: bool) -> View:
    """A comparison with the key; it is kept as the result of the exercise too."""
    return {
        "score": points(compared),
        "key": any(one.kind is not MarkKind.FALSE for one in compared),
        "human": human,
        "marks": [
            {
                "turn": one.mark.turn,
                "label": one.mark.label.value,
                "kind": one.kind.value,
                "key": None if one.key is None else one.key.value,
            }
            for one in compared
        ],
        "labels": [
            {
                "label": label.value,
                "hits": kinds[MarkKind.HIT],
                "missed": kinds[MarkKind.MISSED],
                "falsely": kinds[MarkKind.FALSE],
            }
            for label, kinds in by_label(compared).items()
        ],
    }


# ---- hard lines --------------------------------------------------------------------------------------------


def line_view(line: HardLine, infos: Mapping[str, CriterionInfo], language: UiLanguage) -> View:
    """A hard line to answer, never its model answer."""
    return {
        "id": line.id,
        "kind": line.kind.value,
        "language": line.language,
        "line": line.line,
        "before": [{"role": speaker, "text": text} for speaker, text in line.before],
        "trains": [infos[name].title.in_language(language) for name in line.trains],
        "sound": line_address(line),
    }


def judged_view(line: HardLine, judged: Judged, language: UiLanguage) -> View:
    """An answer judged, with better words for what is missing or wrong."""
    missing = [point.info for point in judged.points if point.reached is not Reached.DONE]
    return {
        "score": judged.score,
        "answer": judged.answer,
        "points": [
            {"name": point.info.title.in_language(language), "reached": point.reached.value}
            for point in judged.points
        ],
        "faults": [_fault(info, language) for info in judged.faults],
        "doubtful": [_fault(info, language) for info in judged.doubtful],
        "better": [
            {
                "name": info.title.in_language(language),
                "words": info.better.in_language("en" if line.language == "en" else "zh"),
                "advice": info.advice.in_language(language),
                "source": info.source,
            }
            for info in (*judged.faults, *missing)
        ],
        "model": line.model,
    }


def _fault(info: CriterionInfo, language: UiLanguage) -> View:
    return {"name": info.title.in_language(language), "critical": info.critical}


# ---- results -----------------------------------------------------------------------------------------------


def best_scores(exercises: Iterable[Exercise]) -> dict[str, float]:
    """The best score of each subject."""
    best: dict[str, float] = {}
    for one in exercises:
        if one.score is not None:
            best[one.subject] = max(best.get(one.subject, 0.0), one.score)
    return best


def results_view(
    exercises: Sequence[Exercise],
    people: Mapping[str, str],
    subjects: Mapping[str, str],
    language: UiLanguage,
) -> View:
    """Class results: by person, what is most often missed, and the latest pieces of practice."""
    return {
        "people": _people(exercises, people),
        "weak": _weak(exercises, language),
        "latest": [
            {
                "who": people.get(one.account, one.account),
                "kind": one.kind,
                "subject": subjects.get(one.subject),
                "score": None if one.score is None else round(one.score),
                "at": one.made_at.isoformat(),
            }
            for one in exercises[:LATEST]
        ],
    }


def _people(exercises: Sequence[Exercise], people: Mapping[str, str]) -> list[View]:
    by: dict[str, list[Exercise]] = defaultdict(list)
    for one in exercises:
        by[one.account].append(one)
    return [
        {
            "who": people.get(account, account),
            "n": len(found),
            "marking": _mean(found, MARKING),
            "drill": _mean(found, DRILL),
            "last": found[0].made_at.isoformat(),
        }
        for account, found in sorted(by.items(), key=lambda item: people.get(item[0], item[0]))
    ]


def _mean(exercises: Sequence[Exercise], kind: str) -> int | None:
    scores = [one.score for one in exercises if one.kind == kind and one.score is not None]
    return round(sum(scores) / len(scores)) if scores else None


def _weak(exercises: Sequence[Exercise], language: UiLanguage) -> list[View]:
    missed: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    for one in exercises:
        for found in one.result.get("labels", ()) if one.kind == MARKING else ():
            missed[found["label"]] += found["missed"]
            whole[found["label"]] += found["missed"] + found["hits"]
    worst = sorted(
        (label for label in missed if missed[label]), key=lambda label: -missed[label] / whole[label]
    )
    return [
        {"name": NAMES[LabelId(label)].in_language(language), "missed": missed[label], "all": whole[label]}
        for label in worst[:WEAK]
    ]


def roles_of(turns: Sequence[View]) -> list[Role]:
    """Who speaks in each turn that was shown."""
    return [Role(turn["role"]) for turn in turns]
