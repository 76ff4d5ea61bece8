"""A person says who speaks: the review follows, the machine's stays, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from coach import playbooks
from coach.domain.call import Call, Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Facts, Hits, Identity, LabelHit, ObservedCall, PiiSpan, TurnSpeech
from coach.domain.review import Review
from coach.domain.speaker_change import ChangeKind, SpeakerChange, changed
from coach.domain.time import Interval
from coach.pipeline import Judges, reassign, rescore, take_back
from coach.speech.prosody import remeasured
from coach.store.codec import from_json, to_json

A, C, T = Role.AGENT, Role.CUSTOMER, Role.THIRD_PARTY
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PLAYBOOK = playbooks.load("collection")
SAID = (
    (A, "你今天不还钱我就带人上门，让邻居都知道。"),
    (C, "您好，我最近失业了，能不能分期？"),
    (A, "不行，三千元今天必须还。"),
    (C, "我会在十五号之前还一千元。"),
)


def call(roles: Sequence[Role] = (A, C, A, C), sure: Sequence[float] = (0.5, 0.5, 0.25, 0.5)) -> Call:
    turns = tuple(
        Turn(i, role, text, Interval(5.0 * i, 5.0 * i + 4), confidence=0.9, role_confidence=sure[i])
        for i, (role, (_, text)) in enumerate(zip(roles, SAID, strict=True))
    )
    return Call("one", "one.wav", "collection", A, "zh", turns, duration=20.0, channels=1)


class Threats:
    """Labels a threat in what is said about coming to the door."""

    name = "threats"

    def classify(self, turns: Sequence[Turn], *, playbook: str, coached: Role) -> Hits:
        return tuple((LabelHit(LabelId.THREAT, 0.99),) if "上门" in turn.text else () for turn in turns)


class Nothing:
    """Finds neither facts nor personal data."""

    def find(self, call: Call, labels: Sequence[Sequence[LabelHit]]) -> Facts:
        return Facts(identity=tuple(Identity.UNKNOWN for _ in call.turns))

    def detect(self, turns: Sequence[Turn], *, language: str) -> tuple[tuple[PiiSpan, ...], ...]:
        return tuple(() for _ in turns)


JUDGES = Judges(Threats(), Nothing(), Nothing())


def review(of: Call) -> Review:
    labels = Threats().classify(of.turns, playbook="collection", coached=A)
    return rescore(
        ObservedCall(of, labels, tuple(() for _ in of.turns), Nothing().find(of, labels)), PLAYBOOK
    )


def change(kind: ChangeKind, **given: object) -> SpeakerChange:
    return SpeakerChange(kind, "li", NOW, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "roles"),
    [
        (change(ChangeKind.SWAP), [C, A, C, A]),
        (change(ChangeKind.CONFIRM), [A, C, A, C]),
        (change(ChangeKind.PARTY, parties={C: T}), [A, T, A, T]),
        (change(ChangeKind.TURNS, roles={2: C}), [A, C, C, C]),
    ],
)
def test_turns_go_to_the_party_that_a_person_names(wanted: SpeakerChange, roles: list[Role]) -> None:
    found = changed(call(), wanted)
    assert [turn.role for turn in found.turns] == roles
    assert [(t.i, t.text, t.interval) for t in found.turns] == [
        (t.i, t.text, t.interval) for t in call().turns
    ]


def test_a_third_party_is_swapped_with_the_agent_where_it_is_the_other_party() -> None:
    found = changed(call((A, T, A, T)), change(ChangeKind.SWAP))
    assert [turn.role for turn in found.turns] == [T, A, T, A]


def test_who_names_a_party_is_sure_of_the_name_and_not_of_every_voice() -> None:
    assert [t.role_confidence for t in changed(call(), change(ChangeKind.CONFIRM)).turns] == [1, 1, 0.5, 1]
    given = changed(call(), change(ChangeKind.TURNS, roles={2: A}))
    assert [t.role_confidence for t in given.turns] == [0.5, 0.5, 1.0, 0.5]


@pytest.mark.parametrize(
    ("roles", "wanted", "message"),
    [
        ((A, A, A, A), change(ChangeKind.SWAP), "no two parties"),
        ((C, C, C, C), change(ChangeKind.SWAP), "no two parties"),
        ((A, C, A, C), change(ChangeKind.TURNS, roles={9: A}), "no turn 9"),
    ],
)
def test_what_cannot_be_is_refused(roles: Sequence[Role], wanted: SpeakerChange, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        changed(call(roles), wanted)


def test_a_threat_of_the_other_party_fails_no_agent_once_the_speakers_are_right() -> None:
    machine = review(call(sure=(1, 1, 1, 1)))
    assert machine.scorecard.critical == ("no_threat",)
    found = reassign(machine, change(ChangeKind.SWAP), judges=JUDGES, playbook=PLAYBOOK)
    assert found.scorecard.critical == ()
    assert found.machine == machine
    assert found.changes == (change(ChangeKind.SWAP),)


def test_names_that_were_guessed_count_once_they_are_confirmed() -> None:
    guessed = review(call(sure=(0.3, 0.3, 0.3, 0.3)))
    assert guessed.scorecard.critical == ()
    found = reassign(guessed, change(ChangeKind.CONFIRM), judges=JUDGES, playbook=PLAYBOOK)
    assert found.scorecard.critical == ("no_threat",)


def test_every_change_can_be_taken_back_down_to_the_machines_review() -> None:
    machine = review(call())
    once = reassign(machine, change(ChangeKind.SWAP), judges=JUDGES, playbook=PLAYBOOK)
    twice = reassign(once, change(ChangeKind.TURNS, roles={1: T}), judges=JUDGES, playbook=PLAYBOOK)
    assert twice.machine == machine
    assert take_back(twice, judges=JUDGES, playbook=PLAYBOOK) == once
    assert take_back(once, judges=JUDGES, playbook=PLAYBOOK) == machine
    assert take_back(machine, judges=JUDGES, playbook=PLAYBOOK) == machine


def test_the_machines_review_and_who_changed_it_are_kept_and_told() -> None:
    machine = review(call())
    found = reassign(machine, change(ChangeKind.SWAP), judges=JUDGES, playbook=PLAYBOOK)
    assert from_json(to_json(found)) == found
    told = found.to_dict()["speaker_changes"]
    assert told["changes"] == [{"kind": "swap", "by": "li", "at": NOW.isoformat()}]
    assert told["machine"]["speakers"] == ["agent", "customer", "agent", "customer"]
    assert "speaker_changes" not in machine.to_dict()


def test_the_manner_of_a_turn_is_measured_against_its_new_speaker() -> None:
    """Four calm turns of the agent and a loud one: given to the loud customer, it is an ordinary one."""
    roles = [A, A, A, A, A, C, C, C, C]
    loud = [-30.0, -30.5, -29.5, -30.0, -18.0, -18.0, -18.5, -17.5, -18.0]
    said = tuple(
        Turn(i, role, "今天必须还钱", Interval(3.0 * i, 3.0 * i + 2)) for i, role in enumerate(roles)
    )
    spoken = Call("one", "one.wav", "collection", A, "zh", said, duration=27.0)
    heard = [
        TurnSpeech(pace=4.0, loudness_db=db, pitch_hz=150.0 + 4 * (db + 30), tilt_db=db / 3) for db in loud
    ]
    before, _ = remeasured(spoken, heard)
    assert before[4].raised
    given = changed(spoken, change(ChangeKind.TURNS, roles={4: C}))
    after, call_speech = remeasured(given, heard)
    assert not after[4].raised
    assert after[4].loudness_db == -18.0
    assert call_speech.talk_share[C] == pytest.approx(5 / 9)
