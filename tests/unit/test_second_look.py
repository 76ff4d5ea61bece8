"""Plain words count whatever the classifier says, unless they are denied, reported, asked or an errand."""

from __future__ import annotations

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.language.menace import menace_in, plain_harm_in
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


@pytest.mark.parametrize(
    "text",
    [
        "it ain't a threat it's a promise i got a shotgun and a short fuse",
        "That's not a threat, that's a promise.",
        "you better watch your back when you leave work tonight",
        "pay up and watch yer back pal",
        "you send a truck to my house and the driver's leaving in an ambulance",
        "the next guy you send is going home in a body bag",
        "Send your man and I'll put a bullet in him.",
        "我削你信不信，机器趴窝俩月了没人管",
        "再打来信不信我揍你",
        "你是聽不懂還是想被揍",
    ],
)
@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.AGENT])
def test_bodily_harm_in_plain_words_is_a_threat_whoever_says_it(text: str, role: Role) -> None:
    assert (LabelId.THREAT, True) in labels(Turn(0, role, text), ())


@pytest.mark.parametrize(
    "text",
    [
        "it's not a threat it's just how the contract works",
        "he said it's not a threat it's a promise",
        "your colleague told me to watch my back",
        "my dad left in an ambulance last night",
        "she came home in an ambulance on tuesday",
        "they told me you better watch your back",
        "should i watch my back from now on?",
        "it came in a box",
        "他说信不信我揍你",
        "你信不信我今天真没钱",
        "我想抽根烟",
    ],
)
def test_words_of_harm_that_are_told_or_meant_otherwise_are_none(text: str) -> None:
    assert plain_harm_in(text) is None


@pytest.mark.parametrize(
    "text", ["whoever comes up my driveway ain't walking back down it", "再来我家我打断你的腿"]
)
def test_a_customers_words_of_harm_make_a_suspicion_sure(text: str) -> None:
    assert (LabelId.THREAT, True) in labels(Turn(0, Role.CUSTOMER, text), SUSPECTED)
    assert LabelId.THREAT not in dict(labels(Turn(0, Role.CUSTOMER, text), ()))


@pytest.mark.parametrize("text", ["十点以后我带人上您家", "I'm going to tell your wife about this party"])
def test_words_of_which_the_classifier_suspects_nothing_are_no_threat(text: str) -> None:
    assert menace_in(text) is not None
    assert LabelId.THREAT not in dict(labels(Turn(0, Role.AGENT, text)))
