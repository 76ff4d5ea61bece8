"""Hard lines: one catalogue with sound for each, and an answer that is judged while it is spoken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coach.assembly import Reviewer, judge_drill
from coach.audio.files import decode, probe
from coach.domain.call import Role
from coach.domain.errors import RecordingError, TranscriptError
from coach.domain.labels import LabelId
from coach.domain.review import CriterionKind
from coach.live.cues import LineState
from coach.live.folder import LiveOrder, SessionFolder, new_session
from coach.live.hearing import Hears
from coach.live.session import LiveSession
from coach.live.sources import FileSource
from coach.live.state import LiveState, Status
from coach.live.wiring import LiveParts, build
from coach.pipeline import Judges
from coach.playbooks import load
from coach.practice.drill import Judged
from coach.practice.lines import SOUNDS, HardLine, hard_line, hard_lines
from coach.settings import Settings
from tests.unit.live_fakes import (
    MARKS,
    LoudIsVoice,
    MarkedWords,
    NoFacts,
    NoPii,
    Said,
    ScriptedHears,
    decoded,
    sound,
)

LINE = "zh_hardship_jobless"
DRILL_MARKS = {
    **MARKS,
    "失业": LabelId.HARDSHIP,
    "分三期": LabelId.OFFER_PLAN,
    "找到新工作": LabelId.INQUIRE,
}
GOOD = [
    Said(0, 1.0, 3.0, "我理解您的难处"),
    Said(0, 4.0, 6.0, "有没有找到新工作呢"),
    Said(0, 7.0, 9.0, "我帮您申请分三期"),
]


# ---- the catalogue -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", hard_lines(), ids=lambda line: line.id)
def test_every_line_has_the_sound_of_its_very_words(line: HardLine, tmp_path: Path) -> None:
    assert line.sound is not None, "run python -m sample_audio.recipe.lines"
    spoken = decode(probe(line.sound), tmp_path / "samples", report=lambda _share: None)
    assert 1.0 < spoken.duration < 15.0
    assert line.sound.stat().st_size < 20_000
    assert replace(line, line=f"{line.line}。").sound is None, "other words are not played in this voice"


def test_no_sound_is_left_of_lines_that_were_changed() -> None:
    assert set(SOUNDS.iterdir()) == {line.sound for line in hard_lines()}


@pytest.mark.parametrize("line", hard_lines(), ids=lambda line: line.id)
def test_what_a_line_trains_is_in_its_playbook_and_what_was_said_before_lies_before(line: HardLine) -> None:
    playbook = load(line.playbook)
    assert all(playbook.criterion(name).kind is CriterionKind.DO for name in line.trains)
    assert [turn.i for turn in line.preface] == list(range(len(line.before) + 1))
    assert line.preface[-1].role is Role.CUSTOMER
    assert all(turn.interval is not None and turn.interval.end < 0 for turn in line.preface)


def test_an_unknown_line_names_the_known_ones() -> None:
    with pytest.raises(TranscriptError, match=LINE):
        hard_line("zh_nothing")


# ---- the answer, live --------------------------------------------------------------------------------------


class Ears:
    """Parts that know what is said, and where each was begun."""

    def __init__(self, folder: Path, script: list[Said]) -> None:
        self.folder = folder
        self.script = script

    def session(self) -> tuple[LiveSession, SessionFolder]:
        order = LiveOrder(language="zh", drill=LINE, agent_device="virtual", alone=True)
        made = new_session(self.folder / "live", order)
        hears: Hears = ScriptedHears(self.script)
        parts = LiveParts(
            hears=hears,
            activity=LoudIsVoice,
            embedder=lambda: pytest.fail("one party alone needs no telling apart"),
            correct=lambda turns: turns,
            judges=Judges(MarkedWords(DRILL_MARKS), NoPii(), NoFacts()),
            max_hours=1.0,
        )
        until = max(said.end for said in self.script) + 1.0 if self.script else 2.0
        source = FileSource(decoded(sound(self.script, until, channels=1), self.folder), speed=0.0)
        return build(made, load("collection"), parts, [source]), made


def run(folder: Path, script: list[Said]) -> tuple[LiveState, list[LiveState], SessionFolder]:
    """Run a drill whose line the page says first, then lets the answer be heard."""
    live, made = Ears(folder, script).session()
    seen: list[LiveState] = []

    def page(state: LiveState) -> None:
        seen.append(state)
        if state.status is Status.PAUSED:
            made.ask("resume")

    return live.run(page), seen, made


def test_nothing_is_heard_before_the_line_was_said(tmp_path: Path) -> None:
    live, made = Ears(tmp_path, GOOD).session()
    seen: list[LiveState] = []

    def page(state: LiveState) -> None:
        seen.append(state)
        if len(seen) == 4:
            made.ask("stop")

    live.run(page)
    assert {state.status for state in seen[:4]} == {Status.PAUSED}
    assert all(state.elapsed == 0 for state in seen)
    assert [turn.text for turn in seen[0].turns] == [turn.text for turn in hard_line(LINE).preface]


def test_what_a_line_trains_fills_while_the_answer_is_spoken(tmp_path: Path) -> None:
    last, seen, _ = run(tmp_path, GOOD)
    wanted = hard_line(LINE).trains
    assert [(line.criterion, line.state) for line in seen[0].lines] == [(n, LineState.OPEN) for n in wanted]
    assert {line.criterion: line.state for line in last.lines}["empathy"] is LineState.MET
    assert all(line.state is not LineState.OPEN for line in last.lines)
    assert last.cues == ()
    assert seen[0].shares == {}
    assert last.shares == {"agent": 1.0}


def test_a_fault_in_the_answer_is_cued_at_once_and_what_is_missing_stays_open(tmp_path: Path) -> None:
    last, _, _ = run(tmp_path, [Said(0, 1.0, 3.0, "今天不还钱后果自负")])
    assert [cue.criterion for cue in last.cues] == ["no_threat"]
    assert all(line.state is LineState.OPEN for line in last.lines)


class Marked(Reviewer):
    """A reviewer whose judges go by words."""

    @property
    def judges(self) -> Judges:
        return Judges(MarkedWords(DRILL_MARKS), NoPii(), NoFacts())


def test_the_result_is_that_of_the_trainers_page_and_can_be_read_again(tmp_path: Path) -> None:
    import json

    last, _, made = run(tmp_path, GOOD)
    judge_drill(Marked(Settings()), made, last)
    found = json.loads(made.outcome.read_text(encoding="utf-8"))["drill"]
    assert found["line"] == LINE
    assert found["answer"] == "".join(turn.text for turn in last.turns[4:])
    infos = {info.id: info for info in load("collection").infos()}
    judged = Judged.of(found, infos)
    assert judged.to_dict() == {key: value for key, value in found.items() if key != "line"}
    states = {line.criterion: line.state for line in last.lines}
    as_live = {"done": LineState.MET, "partly": LineState.PARTLY, "missing": LineState.OPEN}
    assert {point.info.id: as_live[point.reached.value] for point in judged.points} == states


def test_silence_is_no_answer(tmp_path: Path) -> None:
    last, _, made = run(tmp_path, [])
    with pytest.raises(RecordingError, match="no words were heard") as raised:
        judge_drill(Marked(Settings()), made, last)
    assert raised.value.name == "RecordingError.silent"
    assert not made.outcome.exists()


def test_an_order_of_an_older_version_is_still_read(tmp_path: Path) -> None:
    import json

    folder = new_session(tmp_path, LiveOrder(title="x"))
    file = folder.path / "session.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "answer": None}))
    assert folder.order == LiveOrder(title="x")
