"""A critical cue wants words that are the fault by themselves, not only after what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Hits, LabelHit
from coach.domain.time import Interval
from coach.live.judging import LiveJudge
from coach.pipeline import Judges
from coach.playbooks import load
from tests.unit.live_fakes import NoFacts, NoPii

SAID = (
    (Role.AGENT, "不还钱后果自负"),
    (Role.CUSTOMER, "你这是什么意思"),
    (Role.AGENT, "没什么意思"),
    (Role.CUSTOMER, "那我挂了"),
    (Role.AGENT, "那就这样说定了"),
)


@dataclass(frozen=True)
class Coloured:
    """Sure of a threat in the words themselves, and in every agent's turn that follows them."""

    confidence: float = 0.95
    name: str = "coloured"

    def classify(self, turns: Sequence[Turn], *, playbook: str, coached: Role) -> Hits:
        threat = (LabelHit(LabelId.THREAT, self.confidence),)
        said = [any("后果自负" in turn.text for turn in turns[: at + 1]) for at in range(len(turns))]
        return tuple(
            threat if coloured and turn.role is Role.AGENT else ()
            for turn, coloured in zip(turns, said, strict=True)
        )


def cues(classifier: Coloured) -> list[tuple[str, str]]:
    """Criterion and words of what is cued while the call goes on, a turn at a time."""
    judge = LiveJudge(load("collection"), Judges(classifier, NoPii(), NoFacts()))
    found = []
    turns: list[Turn] = []
    for at, (role, text) in enumerate(SAID):
        place = Interval(3.0 * at, 3.0 * at + 2.0)
        turns.append(Turn(at, role, text, interval=place))
        judged = judge.judge(turns, language="zh", new=place, now=place.end)
        assert judged is not None
        found += [(cue.criterion, cue.quote) for cue in judged.cues if cue.critical]
    return found


def test_only_the_words_that_are_the_threat_are_cued() -> None:
    assert cues(Coloured()) == [("no_threat", "不还钱后果自负")]


def test_a_critical_cue_wants_more_confidence_than_a_finding() -> None:
    assert cues(Coloured(confidence=0.65)) == []
