"""A written call: the YAML of ``scripts/`` checked once and made into values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from coach.domain.labels import DONTS, DOS, OTHER_SIDE, LabelId, PiiType

FOLDER = Path(__file__).parents[1] / "scripts"
COACHED = {"collection": "agent", "negotiation": "customer"}
_SPEAKERS = ("agent", "customer", "third_party")
_VERDICTS = ("pass", "needs_work", "fail")


class ScriptError(Exception):
    """A script that says something that cannot be made; the message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a turn is said: seconds of pause before it, or of overlap with the turn before it.

    ``raised`` is 0 (calm), 1 (raised voice) or 2 (shouting); ``ringback`` and ``hold_music`` are seconds of
    that sound before the turn.
    """

    pause: float | None = None
    overlap: float = 0.0
    raised: int = 0
    speed: float = 1.0
    hold_music: float = 0.0
    ringback: float = 0.0


@dataclass(frozen=True, slots=True)
class WrittenTurn:
    """One party's words; ``voice`` names the cast member, ``say`` spells words as they should sound."""

    i: int
    speaker: str
    text: str
    labels: tuple[str, ...]
    other_side_dos: tuple[str, ...]
    pii: tuple[tuple[str, str], ...]
    voice: str
    say: Mapping[str, str]
    style: Style

    @property
    def spoken(self) -> str:
        """The text with the spellings of ``say`` put in."""
        spoken = self.text
        for written, sounds in self.say.items():
            spoken = spoken.replace(written, sounds)
        return spoken


@dataclass(frozen=True, slots=True)
class Cast:
    """Who reads a part: a Kokoro voice, its pace and its level (dB against the usual)."""

    voice: str
    speed: float = 1.0
    level_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Sound:
    """The file that is made: ``encoding`` is a key of ``encode.ENCODINGS``.

    ``agent_channel`` is ``left``, ``right`` or None (mono); ``bleed_db`` how loud each party is heard in the
    other's channel; ``band`` is ``telephone`` (300-3400 Hz) or ``wide``.
    """

    encoding: str
    agent_channel: str | None = "left"
    band: str = "telephone"
    noise_db: float = -62.0
    bleed_db: float | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A written call with its gold labels; ``expected`` is what a review of it must and may say."""

    id: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    language: str
    script: str
    playbook: str
    started_at: datetime
    metadata: Mapping[str, str | float]
    cast: Mapping[str, Cast]
    sound: Sound
    turns: tuple[WrittenTurn, ...]
    facts: Mapping[str, Any]
    expected: Mapping[str, Any]
    coached: str = field(default="agent")


def load(path: Path) -> Script:
    """Read one script. Raises ScriptError."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        script = _script(raw, path.stem)
    except (KeyError, TypeError, ValueError) as error:
        raise ScriptError(f"{path.name}: {type(error).__name__}: {error}") from error
    problems = list(_problems(script))
    if problems:
        raise ScriptError(f"{path.name}: " + "; ".join(problems))
    return script


def load_all(folder: Path = FOLDER) -> list[Script]:
    """Every script of a folder by name."""
    return [load(path) for path in sorted(folder.glob("*.yaml"))]


def _script(raw: Mapping[str, Any], name: str) -> Script:
    known = {"title", "about", "language", "script", "playbook", "started_at", "metadata", "cast", "sound",
             "turns", "facts", "expected"}  # fmt: skip
    if unknown := raw.keys() - known:
        raise ValueError(f"unknown keys {sorted(unknown)}; the keys are {sorted(known)}")
    return Script(
        id=name,
        title=raw["title"],
        about=raw["about"],
        language=raw["language"],
        script=raw["script"],
        playbook=raw["playbook"],
        started_at=datetime.fromisoformat(raw["started_at"]),
        metadata=raw.get("metadata", {}),
        cast={part: Cast(**member) for part, member in raw["cast"].items()},
        sound=Sound(**raw["sound"]),
        turns=tuple(_turn(i, turn) for i, turn in enumerate(raw["turns"])),
        facts=_facts(raw["facts"]),
        expected=raw["expected"],
        coached=COACHED[raw["playbook"]],
    )


def _turn(i: int, raw: Mapping[str, Any]) -> WrittenTurn:
    rest = dict(raw)
    (speaker,) = [key for key in rest if key in _SPEAKERS]
    text = rest.pop(speaker)
    turn = WrittenTurn(
        i=i,
        speaker=speaker,
        text=text,
        labels=tuple(rest.pop("labels", ())),
        other_side_dos=tuple(rest.pop("other_side_dos", ())),
        pii=tuple((said, kind) for item in rest.pop("pii", ()) for said, kind in item.items()),
        voice=rest.pop("voice", speaker),
        say=rest.pop("say", {}),
        style=Style(**rest.pop("style", {})),
    )
    if rest:
        raise ValueError(f"turn {i}: unknown keys {sorted(rest)}")
    return turn


def _facts(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    plan = raw["plan"]
    return {"amount_due": raw["amount_due"], "deadline": _iso(raw["deadline"]),
            "plan": plan and {
                "total": plan["total"],
                "instalments": [{"amount": part["amount"], "date": _iso(part["date"])}
                                for part in plan["instalments"]]}}  # fmt: skip


def _iso(day: date | str | None) -> str | None:
    return None if day is None else date.fromisoformat(str(day)).isoformat()


def _problems(script: Script) -> Iterable[str]:
    if script.started_at.tzinfo is None:
        yield "started_at: write the offset from UTC"
    for turn in script.turns:
        yield from (f"turn {turn.i}: {problem}" for problem in _turn_problems(turn, script))
    yield from _expectation_problems(script)
    plan = script.facts["plan"]
    if plan and round(sum(part["amount"] for part in plan["instalments"]) - plan["total"], 2):
        yield "facts.plan: the instalments do not add up to the total"


def _turn_problems(turn: WrittenTurn, script: Script) -> Iterable[str]:
    allowed = set(DONTS)
    if turn.speaker == script.coached:
        allowed |= DOS
    if turn.speaker == "customer":
        allowed |= OTHER_SIDE
    for label in turn.labels:
        if label not in allowed:
            yield f"{label!r} is no label for {turn.speaker} in {script.playbook}"
    for label in turn.other_side_dos:
        if label not in DOS or turn.speaker == script.coached:
            yield f"{label!r} is no do of the other side"
    for said, kind in turn.pii:
        if said not in turn.text or kind not in set(PiiType):
            yield f"personal data {kind!r} is not in the text, or no known type"
    for written in turn.say:
        if written not in turn.text:
            yield f"say: {written!r} is not in the text"
    if turn.voice not in script.cast:
        yield f"no cast member {turn.voice!r}"


def _expectation_problems(script: Script) -> Iterable[str]:
    expected = script.expected
    if expected["verdict"] not in _VERDICTS:
        yield f"expected.verdict: one of {', '.join(_VERDICTS)}"
    if unknown := expected.keys() - {"verdict", "critical", "met", "not_met"}:
        yield f"expected: unknown keys {sorted(unknown)}"
    planted = {(fault["turn"], fault["label"]) for fault in expected["critical"]}
    severe = {LabelId.THREAT, LabelId.INSULT, LabelId.PRIVACY_LEAK}
    heard = {(t.i, label) for t in script.turns if t.speaker == script.coached for label in t.labels}
    if missing := {(i, label) for i, label in heard if label in severe} ^ planted:
        yield f"expected.critical does not agree with the labels on {sorted(missing)}"
    if planted and expected["verdict"] != "fail":
        yield "expected.verdict: a planted critical fault fails the call"
