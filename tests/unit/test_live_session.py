"""A session from sound to cues, journal and review, and what is left of it when something breaks."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from coach.domain.errors import DeviceError
from coach.domain.labels import LabelId
from coach.domain.review import Outcome
from coach.domain.text import Text
from coach.domain.time import Interval
from coach.live.compare import SeenBy, compare, last_lines, raised_faults
from coach.live.cues import Cue, CueKind, LineState
from coach.live.folder import Journal, LiveOrder, SessionFolder, left_sessions, new_session
from coach.live.judging import AGAIN_AFTER, _worth_saying
from coach.live.sources import FileSource
from coach.live.state import Status
from coach.live.tape import RATE, Tape
from tests.ui.fixtures import bad_review
from tests.unit.live_fakes import MarkedWords, Said, ScriptedHears, decoded, session, sound

REPOSITORY = Path(__file__).parents[2]
THREAT = [
    Said(0, 1.0, 2.5, "您好请问是贺先生吗"),
    Said(1, 3.5, 4.5, "我是您哪位"),
    Said(0, 5.5, 7.5, "明天不还钱后果自负"),
    Said(1, 8.5, 10.0, "你怎么这样"),
]
HARDSHIP = [
    Said(0, 1.0, 2.5, "您的账单逾期了"),
    Said(1, 3.5, 4.5, "我现在没有钱"),
    Said(0, 5.5, 7.5, "那您打算什么时候还"),
    Said(1, 8.5, 10.0, "我也不知道啊"),
]
UNDERSTOOD = [*HARDSHIP[:2], Said(0, 5.5, 7.5, "我理解您有困难"), HARDSHIP[3]]


def test_a_dont_is_cued_on_its_final_words_with_the_better_wording(tmp_path: Path) -> None:
    live, _ = session(tmp_path, THREAT, 11.0)
    (cue,) = live.run().cues
    assert (cue.kind, cue.criterion, cue.critical) == (CueKind.FAULT, "no_threat", True)
    assert "后果自负" in cue.quote
    assert cue.better.zh
    assert cue.better.en
    assert cue.at.overlap(Interval(5.5, 7.5)) > 1.5


def test_a_dont_is_cued_once_though_its_turn_grows(tmp_path: Path) -> None:
    script = [*THREAT[:3], Said(0, 8.2, 9.5, "你自己想想清楚")]
    live, _ = session(tmp_path, script, 11.0)
    state = live.run()
    assert [cue.criterion for cue in state.cues] == ["no_threat"]


@pytest.mark.parametrize(
    ("later", "cued"),
    [
        (Said(0, 9.0, 10.5, "再不还后果自负"), 1),
        (Said(0, 13.0, 14.5, "你自己想想清楚"), 1),
        (Said(0, 13.0, 14.5, "再不还后果自负"), 2),
    ],
    ids=["in the same breath", "something else", "said again"],
)
def test_a_fault_that_is_said_again_later_in_the_same_turn_is_cued_again(
    later: Said, cued: int, tmp_path: Path
) -> None:
    between = [Said(0, 9.2 + i, 9.9 + i, "你听我说") for i in range(4)] if later.start > 12 else []
    live, _ = session(tmp_path, [*THREAT[:3], Said(0, 8.0, 8.9, "听好了"), *between, later], 18.0)
    state = live.run()
    assert [turn.role.value for turn in state.turns] == ["agent", "customer", "agent"]
    assert [cue.criterion for cue in state.cues] == ["no_threat"] * cued
    if cued == 2:
        first, second = state.cues
        assert second.at.end - first.at.end >= AGAIN_AFTER
        assert later.text in second.quote
        assert THREAT[2].text not in second.quote


def _cued(criterion: str, start: float, end: float, *, critical: bool, confidence: float) -> Cue:
    text = Text("", "")
    return Cue(
        CueKind.FAULT, criterion, text, critical, "", Interval(start, end), text, text, text, 9.0, confidence
    )


def test_of_critical_faults_in_the_same_words_the_surest_is_cued_and_the_gravest_comes_last() -> None:
    leak = _cued("no_privacy_leak", 3.0, 6.0, critical=True, confidence=0.9)
    threat = _cued("no_threat", 3.0, 6.0, critical=True, confidence=0.7)
    calm = _cued("calm", 3.0, 6.0, critical=False, confidence=0.99)
    later = _cued("no_threat", 8.0, 9.0, critical=True, confidence=0.6)
    assert _worth_saying([leak, threat, calm]) == [calm, leak]
    assert _worth_saying([leak, later]) == [later, leak]


def test_a_fault_that_was_not_cued_for_a_surer_one_stays_silent_as_its_turn_grows(tmp_path: Path) -> None:
    live, _ = session(tmp_path, [*THREAT[:3], Said(0, 8.2, 9.5, "你自己想想清楚")], 11.0)
    classifier = live._judge._judges.classifier
    assert isinstance(classifier, MarkedWords)
    classifier.marks = {**classifier.marks, "不还钱": LabelId.INSULT}
    assert len([cue for cue in live.run().cues if cue.critical]) == 1


def test_the_customers_threat_is_no_fault_of_the_agent(tmp_path: Path) -> None:
    script = [Said(0, 1.0, 2.5, "您好请问是贺先生吗"), Said(1, 3.5, 5.5, "你再打来后果自负")]
    live, _ = session(tmp_path, script, 7.0)
    assert live.run().cues == ()


@pytest.mark.parametrize(("script", "cued"), [(HARDSHIP, ["empathy"]), (UNDERSTOOD, [])])
def test_a_hardship_that_nobody_answers_gets_a_gentle_reminder(
    script: list[Said], cued: list[str], tmp_path: Path
) -> None:
    live, _ = session(tmp_path, script, 11.0)
    state = live.run()
    assert [cue.criterion for cue in state.cues] == cued
    assert all(cue.kind is CueKind.REMINDER for cue in state.cues)


def test_no_reminder_before_the_agent_has_had_his_turn(tmp_path: Path) -> None:
    live, _ = session(tmp_path, HARDSHIP[:2], 6.0)
    assert live.run().cues == ()


def test_the_checklist_fills_and_a_do_that_was_met_stays_met(tmp_path: Path) -> None:
    live, _ = session(tmp_path, UNDERSTOOD, 11.0)
    lines = {line.criterion: line.state for line in live.run().lines}
    assert lines["empathy"] in (LineState.MET, LineState.PARTLY)
    assert lines["explain_evidence"] is LineState.UNNEEDED
    assert lines["no_threat"] is LineState.OPEN
    assert "pace" not in lines


def test_only_new_turns_are_read_by_the_classifier(tmp_path: Path) -> None:
    script = [Said(i % 2, 2.0 * i + 1, 2.0 * i + 2, "好的我知道了") for i in range(60)]
    live, _ = session(tmp_path, script, 122.0)
    live.run()
    classifier = live._judge._judges.classifier
    assert isinstance(classifier, MarkedWords)
    assert classifier.read <= 60 * 9


def test_the_tape_is_the_sound_and_the_journal_has_words_cues_and_marks(tmp_path: Path) -> None:
    live, folder = session(tmp_path, THREAT, 11.0)
    live.ask("mark")
    live.run()
    with wave.open(str(folder.sound)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
    assert np.array_equal(frames, sound(THREAT, 11.0))
    events = list(folder.events())
    assert [event["text"] for event in events if event["event"] == "words"] == [s.text for s in THREAT]
    assert [event["cue"]["criterion"] for event in events if event["event"] == "cue"] == ["no_threat"]
    assert sum(event["event"] == "mark" for event in events) == 1
    assert events[-1]["event"] == "ended"


def test_the_page_asks_through_a_file(tmp_path: Path) -> None:
    source = FileSource(decoded(sound(THREAT, 11.0), tmp_path), speed=1.0)
    live, folder = session(tmp_path, THREAT, 11.0, source=source)
    states = []

    def show(state: object) -> None:
        states.append(state)
        if len(states) in (4, 8, 12):
            folder.ask({4: "mark", 8: "pause", 12: "stop"}[len(states)])

    last = live.run(show)  # type: ignore[arg-type]
    assert last.elapsed < 5.0
    assert len(last.marks) == 1
    assert any(state.status is Status.PAUSED for state in states)  # type: ignore[attr-defined]


def test_when_the_recogniser_fails_the_recording_goes_on_and_no_word_is_told(tmp_path: Path) -> None:
    hears = ScriptedHears(THREAT, fails_at=4.0)
    live, folder = session(tmp_path, THREAT, 11.0, hears=hears)
    state = live.run()
    assert state.deaf
    assert state.error is not None
    assert "RuntimeError" in state.error
    assert "秀水街" not in state.error
    assert folder.sound.stat().st_size == 44 + 11 * RATE * 4


class SmallDisk(io.FileIO):
    """A file on a disk that is full after three seconds of sound."""

    def write(self, data: object) -> int:
        room = 44 + 4 * RATE * 3 - self.tell()
        if room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(bytes(data)[:room])  # type: ignore[call-overload]


def test_a_full_disk_ends_the_session_with_what_is_there_playable(tmp_path: Path) -> None:
    def opener(path: Path) -> BinaryIO:
        return SmallDisk(str(path), "w")  # type: ignore[return-value]

    live, folder = session(
        tmp_path,
        THREAT,
        11.0,
        tape=lambda folder, channels: Tape(folder.sound, channels, opener=opener),
    )
    state = live.run()
    assert state.status is Status.DISK_FULL
    assert state.error == "No space left on device"
    with wave.open(str(folder.sound)) as file:
        assert file.getnframes() == 3 * RATE
    (left,) = left_sessions(tmp_path / "live")
    assert left.seconds == pytest.approx(3.0)


KILLED = """
import sys
from pathlib import Path
from coach.live.sources import FileSource
from tests.unit.live_fakes import decoded, session, sound
from tests.unit.test_live_session import THREAT
folder = Path(sys.argv[1])
source = FileSource(decoded(sound(THREAT, 60.0), folder), speed=4.0)
live, made = session(folder, THREAT, 60.0, source=source)
live._patient = False
with made.held():
    live.run(lambda state: print(len(state.cues), flush=True))
"""


def test_a_killed_session_leaves_a_playable_file_and_its_cues_and_is_found_again(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    while child.stdout.readline().strip() != "1":
        assert child.poll() is None
    assert left_sessions(tmp_path / "live") == [], "a living session is not a left one"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    (left,) = left_sessions(tmp_path / "live")
    assert left.cues == 1
    assert left.seconds > 7.0
    with wave.open(str(left.folder / "sound.wav")) as file:
        assert file.getnframes() == round(left.seconds * RATE)
    assert [one[0] for one in raised_faults(SessionFolder(left.folder).events())] == ["no_threat"]
    SessionFolder(left.folder).discard()
    assert left_sessions(tmp_path / "live") == []


def test_the_last_lines_of_the_journal_are_written_though_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = new_session(tmp_path, LiveOrder())
    journal = Journal(folder)
    journal.note("mark", 1.0)
    really = os.write

    def full(file: int, data: bytes) -> int:
        if (folder.path / "reserve").exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        return really(file, data)

    really(journal._file.fileno(), b'{"event": "cu')  # so far the disk took it
    monkeypatch.setattr("coach.live.folder.os.write", full)
    journal.note("ended", 2.0, status="disk_full")
    assert [event["event"] for event in folder.events()] == ["mark", "ended"]
    assert journal.full


def test_a_line_of_the_journal_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    folder = new_session(tmp_path, LiveOrder())
    folder.journal.write_text('{"event": "mark", "at": 1.0}\n{"event": "ma', encoding="utf-8")
    assert list(folder.events()) == [{"event": "mark", "at": 1.0}]


def test_one_session_is_not_run_twice_at_the_same_time(tmp_path: Path) -> None:
    folder = new_session(tmp_path, LiveOrder())
    other = SessionFolder(folder.path).held()
    with folder.held(), pytest.raises(DeviceError, match="running already"):
        other.__enter__()
    assert not folder.alive()


def test_only_the_user_can_look_into_a_session(tmp_path: Path) -> None:
    assert new_session(tmp_path, LiveOrder()).path.stat().st_mode & 0o077 == 0


def test_when_the_review_has_the_call_its_words_are_nowhere_else(tmp_path: Path) -> None:
    live, folder = session(tmp_path, THREAT, 11.0)
    live.run()
    folder.forget_words()
    left = b"".join(path.read_bytes() for path in folder.path.iterdir())
    assert "后果自负".encode() not in left
    assert not folder.sound.exists()


# ---- against the review ------------------------------------------------------------------------------------


def test_cues_and_review_are_compared_by_criterion_and_place() -> None:
    review = bad_review()
    faults = [
        (finding.criterion, evidence.interval)
        for finding in review.scorecard.findings
        if finding.criterion in ("no_threat", "no_pressure") and finding.outcome is Outcome.NOT_MET
        for evidence in finding.evidence
        if evidence.interval is not None
    ]
    assert faults
    found = compare([faults[0], ("no_insult", Interval(5_000.0, 5_001.0))], {}, review)
    seen = {(fault.criterion, fault.at): fault.seen_by for fault in found.faults}
    assert seen[faults[0]] is SeenBy.BOTH
    assert seen["no_insult", Interval(5_000.0, 5_001.0)] is SeenBy.LIVE
    assert all(seen[one] is SeenBy.REVIEW for one in faults[1:])
    assert json.loads(json.dumps(found.to_dict()))["faults"]


def test_the_last_checklist_of_a_journal_is_put_together_from_its_changes() -> None:
    events = [
        {"event": "checklist", "lines": {"empathy": "open", "identify": "open"}},
        {"event": "words"},
        {"event": "checklist", "lines": {"empathy": "met"}},
    ]
    assert last_lines(events) == {"empathy": LineState.MET, "identify": LineState.OPEN}


def test_a_session_takes_no_time_to_stop(tmp_path: Path) -> None:
    source = FileSource(decoded(sound(THREAT, 60.0), tmp_path), speed=1.0)
    live, _ = session(tmp_path, THREAT, 60.0, source=source)
    began = time.monotonic()
    live.ask("stop")
    live.run()
    assert time.monotonic() - began < 2.0
