"""Plain words count whatever the classifier says, unless they are denied, reported, asked or an errand."""

from __future__ import annotations

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.language.menace import menace_in
from coach.language.second_look import complete

UNSURE = (LabelHit(LabelId.INSULT, 0.4, False), LabelHit(LabelId.EMOTIONAL, 0.9))


@pytest.mark.parametrize(
    "text",
    [
        "没钱你借什么钱？今天必须还，不然我带人去你家。",
        "明天我就带几个兄弟上你单位",
        "你再不還，我叫人到你公司樓下等你",
        "再不还钱我就打断你的腿",
        "那就让你同事都知道你是什么人",
        "Pay today, or I'll come to your house and tell everyone.",
        "I'm going to tell your boss about this",
        "We will break your legs",
    ],
)
def test_harm_announced_in_plain_words_is_heard(text: str) -> None:
    assert menace_in(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "我们不会带人去你家",
        "他说带人去你家",
        "我们会带人去您家吗？",
        "我们会叫人到您公司取合同",
        "不会让您同事都知道的",
        "骗子说要爆我通讯录",
        "We will not tell your employer",
        "I'll tell your wife you called",
        "I'll come to your house tomorrow to fix the boiler",
        "He said I'll tell your boss",
    ],
)
def test_what_is_denied_reported_asked_or_an_errand_is_not(text: str) -> None:
    assert menace_in(text) is None


SUSPECTED = (LabelHit(LabelId.THREAT, 0.2, False),)


def labels(turn: Turn, hits: tuple[LabelHit, ...] = UNSURE) -> list[tuple[LabelId, bool]]:
    return [(hit.label, hit.sure) for hit in complete(turn, hits)]


def test_the_classifiers_labels_are_completed_and_nothing_is_twice() -> None:
    assert labels(Turn(0, Role.AGENT, "操你妈")) == [(LabelId.EMOTIONAL, True), (LabelId.INSULT, True)]
    assert labels(Turn(0, Role.AGENT, "您好")) == [(LabelId.INSULT, False), (LabelId.EMOTIONAL, True)]


def test_only_an_agents_words_are_a_plain_threat() -> None:
    text = "I'm going to tell your manager about this"
    assert (LabelId.THREAT, True) in labels(Turn(0, Role.AGENT, text), SUSPECTED)
    assert (LabelId.THREAT, True) not in labels(Turn(0, Role.CUSTOMER, text), SUSPECTED)


@pytest.mark.parametrize("text", ["十点以后我带人上您家", "I'm going to tell your wife about this party"])
def test_words_of_which_the_classifier_suspects_nothing_are_no_threat(text: str) -> None:
    assert menace_in(text) is not None
    assert LabelId.THREAT not in dict(labels(Turn(0, Role.AGENT, text)))
