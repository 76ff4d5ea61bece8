"""Drills: every one can be answered, and an answer is judged by the playbook."""

from __future__ import annotations

import pytest

from coach.assembly import Reviewer
from coach.domain.call import Role
from coach.domain.errors import TranscriptError
from coach.domain.labels import LabelId
from coach.domain.review import CriterionKind
from coach.live.drill import Drill, drill, drills, judge_typed, result
from coach.live.judging import LiveJudge
from coach.playbooks import load
from coach.settings import Settings
from tests.unit.live_fakes import MARKS, judge

LANGUAGES = ("zh", "en")
KINDS = {"refusal", "dispute", "hardship", "abuse", "promise"}


def scored(one: Drill, answer: str, judged_by: LiveJudge) -> dict:
    cues, lines = judge_typed(one, answer, judged_by)
    return result(one, judged_by.playbook, cues, lines)


@pytest.mark.parametrize("one", drills(), ids=lambda one: one.id)
def test_what_a_drill_wants_is_in_its_playbook(one: Drill) -> None:
    playbook = load(one.playbook)
    assert all(playbook.criterion(name).kind is CriterionKind.DO for name in one.wanted)
    assert [turn.i for turn in one.preface] == list(range(len(one.before) + 1))
    assert one.preface[-1].role is Role.CUSTOMER
    assert all(turn.interval is not None and turn.interval.end < 0 for turn in one.preface)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_is_there_in_each_language(language: str) -> None:
    assert {one.kind for one in drills() if one.language == language} == KINDS


def test_an_unknown_drill_names_the_known_ones() -> None:
    with pytest.raises(TranscriptError, match="zh_hardship"):
        drill("zh_nothing")


def test_what_was_done_counts_and_what_is_missing_comes_with_better_words() -> None:
    marks = {**MARKS, "拿不出来": LabelId.HARDSHIP}
    found = scored(drill("zh_hardship"), "我理解您现在的困难。", judge(marks))
    states = {one["criterion"]: one["state"] for one in found["wanted"]}
    assert states["empathy"] == "met"
    assert states["offer_plan"] == "open"
    assert 0 < found["score"] < 100
    assert all(one["better"]["zh"] and one["better"]["en"] for one in found["wanted"])


def test_a_critical_fault_leaves_no_points() -> None:
    marks = {**MARKS, "拿不出来": LabelId.HARDSHIP}
    found = scored(drill("zh_hardship"), "我理解您，可是不还后果自负。", judge(marks))
    assert found["score"] == 0
    assert [one["criterion"] for one in found["faults"]] == ["no_threat"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "zh_hardship",
            "听您这么说，这段时间确实不容易，我很理解。您现在每个月大概能安排多少？"
            "我可以帮您申请分六期，每期一千一百四，以审批结果为准。",
            "没钱你还借什么钱？今天必须还，不然我就去你单位找你领导。",
        ),
        (
            "en_hardship",
            "I am so sorry to hear that, that must be very hard. What could you manage each month? "
            "I can apply for three payments of two hundred and four dollars, subject to approval.",
            "I don't care. Pay it all today or we will come to your house and tell your boss.",
        ),
    ],
)
def test_the_real_judges_tell_a_good_answer_from_a_bad_one(name: str, good: str, bad: str) -> None:
    reviewer = Reviewer(Settings.read())
    one = drill(name)
    first = scored(one, good, LiveJudge(reviewer.playbook(one.playbook), reviewer.judges))
    second = scored(one, bad, LiveJudge(reviewer.playbook(one.playbook), reviewer.judges))
    assert first["score"] >= 60
    assert not first["faults"]
    assert second["score"] == 0
    assert "no_threat" in [fault["criterion"] for fault in second["faults"]]
