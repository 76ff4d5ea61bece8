"""A customer who reports what a collector said does not say it himself."""

from __future__ import annotations

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.domain.time import Span
from coach.language.quoted import doubt_quoted

HIT = (LabelHit(LabelId.THREAT, 0.8, True), LabelHit(LabelId.DISPUTE, 0.8, True))


def sure(text: str, *, role: Role = Role.CUSTOMER, coached: Role = Role.CUSTOMER) -> list[bool]:
    return [hit.sure for hit in doubt_quoted(Turn(0, role, text), HIT, coached=coached)]


@pytest.mark.parametrize(
    "text",
    [
        "上周五有个自称你们的人跟我说 你不还就去你女儿学校门口拉横幅 我有录音",
        "前天有个你们的催收跟我说，再不还就爆你通讯录，我有录音",
        "上週有人冒充你們跟我講 明天就上你家去",
        "你们有个姓马的 他原话是 你不还我就让你全家不得安宁",
        "我接到过一个电话 说再不还就上门打断我的腿 是不是你们的人",
        "one of your guys told me he'd come round and break my legs",
        "the last lady said she'd send the sheriff",
    ],
)
def test_what_another_said_is_left_to_a_person(text: str) -> None:
    assert sure(text) == [False, True]
    assert sure(text, role=Role.AGENT) == [True, True]
    assert sure(text, coached=Role.AGENT) == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "你再给我打电话我就去你们公司砸了你们",
        "我跟你说，你家孩子在哪上学我可知道",
        "你们有本事就来，来一个我砍一个",
        "i told you i'll come down there with a bat",
        "watch your back when you leave work tonight",
    ],
)
def test_his_own_words_stay_his(text: str) -> None:
    assert sure(text) == [True, True]


def test_words_before_the_quotation_are_his_own() -> None:
    turn = Turn(0, Role.CUSTOMER, "我去砍你们，上次有个人跟我说不还就上门")
    hit = LabelHit(LabelId.THREAT, 0.8, True, Span(0, 5))
    assert doubt_quoted(turn, (hit,), coached=Role.CUSTOMER) == (hit,)
