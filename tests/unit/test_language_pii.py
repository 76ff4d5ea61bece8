"""Personal data is found as it is spoken; its look-alikes stay unmarked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.call import Role, Turn
from coach.language.pii import RulePiiDetector

_DETECTOR = RulePiiDetector()


def _found(*texts: str, language: str = "zh", role: Role = Role.CUSTOMER) -> list[list[tuple[str, str]]]:
    turns = [Turn(i, role, text) for i, text in enumerate(texts)]
    spans = _DETECTOR.detect(turns, language=language)
    return [
        [(one.span.of(text), one.type.value) for one in of] for text, of in zip(texts, spans, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        ("喂，是欧阳女士吗？", "欧阳女士", "name"),
        ("我叫陈一鸣，耳东陈", "陈一鸣", "name"),
        ("请问是陈立先生本人吗", "陈立先生", "name"),
        ("請問是吳佩珊小姐本人嗎？", "吳佩珊小姐", "name"),
        ("我姓林，工号三三零七", "林", "name"),
        ("您找老周啊，他退休啦", "老周", "name"),
        ("杨建国，你儿子呢？", "杨建国", "name"),
        ("就写阿依古丽·买买提", "阿依古丽·买买提", "name"),
        ("记一下我新号，幺三八，零零幺二，三四五六。", "幺三八，零零幺二，三四五六", "phone"),
        ("打我那个，幺五九零零三，两个八，四幺七。", "幺五九零零三，两个八，四幺七", "phone"),
        ("幺三五，嗯，八零七六，三个一二，对。", "幺三五，嗯，八零七六，三个一二", "phone"),
        ("用１３９１１０８７２４５", "１３９１１０８７２４５", "phone"),
        ("固话是零五七幺，八六六三，二零四九", "零五七幺，八六六三，二零四九", "phone"),
        ("身份证330106198511220416", "330106198511220416", "id_number"),
        ("六一零一一三一九八二零九一六二幺三X", "六一零一一三一九八二零九一六二幺三X", "id_number"),
        (
            "钱打这张，六二二二，零二零四，零零零幺，二三四七。",
            "六二二二，零二零四，零零零幺，二三四七",
            "bank_card",
        ),
        (
            "寄到朝阳区甜水园东街十二号楼三单元五零二，别放驿站",
            "朝阳区甜水园东街十二号楼三单元五零二",
            "address",
        ),
        ("我在恒达五金厂上班", "恒达五金厂", "employer"),
        ("你记，zhang.wei1990@126.com，点别漏了。", "zhang.wei1990@126.com", "email"),
        ("j点zhou艾特brightfurn点cn，这个回得快", "j点zhou艾特brightfurn点cn", "email"),
        ("他开的鲁B，幺九K零六，别拖错了。", "鲁B，幺九K零六", "plate"),
        ("燃气户号三零二零零八八四幺七", "三零二零零八八四幺七", "account"),
    ],
)
def test_personal_data_in_chinese(text: str, span: str, kind: str) -> None:
    assert (span, kind) in _found(text)[0]


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        ("May I speak with Marisol Reyes, please?", "Marisol Reyes", "name"),
        ("That's Mrs Featherstonehaugh.", "Mrs Featherstonehaugh", "name"),
        ("Ring me on oh double seven, double oh, nine hundred, three one two, love.",
         "oh double seven, double oh, nine hundred, three one two", "phone"),
        ("It was (702) 555-0163, she's passed.", "(702) 555-0163", "phone"),
        ("Social's nine eight seven, six five, four three two one, okay?",
         "nine eight seven, six five, four three two one", "id_number"),
        ("5105 1051 0510 5100, that's the old Mastercard", "5105 1051 0510 5100", "bank_card"),
        ("I'm at Flat 4, 61 Glebe Street, G4 0ET", "Flat 4, 61 Glebe Street, G4 0ET", "address"),
        ("I drive for Redwood Concrete, ten-hour days.", "Redwood Concrete", "employer"),
        ("Send it to j dot kaczmarek at gmail dot com.", "j dot kaczmarek at gmail dot com", "email"),
        ("The Jeep's 7KDR482, California plates.", "7KDR482", "plate"),
        ("Login is tugboat_terry, don't laugh.", "tugboat_terry", "account"),
    ],
)  # fmt: skip
def test_personal_data_in_english(text: str, span: str, kind: str) -> None:
    assert (span, kind) in _found(text, language="en")[0]


@pytest.mark.parametrize(
    "text",
    [
        "身份证最后四位是幺二四七",
        "卡尾号五五九零",
        "我的工号是三三零七",
        "订单号是二零二六零三一八八八四七二",
        "我生日是一九八七年五月二十四号",
        "打12378投诉",
        "客服热线四零零八二零八八二零",
        "我在上海，做点小生意",
        "二十五号，二十五号我全交",
        "一共三千二百六十块，逾期四十一天",
        "小时工一天一百八",
        "老师说得对，老板也这么讲",
        "谢谢，谢谢大家",
        "合同号是零七七二一三三八八",
        "版本号是八点二点六",
    ],
)
def test_what_only_looks_like_personal_data_stays_unmarked(text: str) -> None:
    assert _found(text) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "Order number eight eight four one oh seven, a green sofa.",
        "The last four are one two four seven.",
        "Just dial nine-one-one if the smell gets worse.",
        "I've been on hold for fifty-two minutes.",
        "Twenty-four payments, six down, eighteen to go.",
        "The interest's nineteen point nine nine.",
        "Okay. Right, well, thank you. Good morning.",
    ],
)
def test_what_only_looks_like_personal_data_stays_unmarked_in_english(text: str) -> None:
    assert _found(text, language="en") == [[]]


def test_a_number_that_runs_over_turns_is_found_in_each() -> None:
    found = _found("我手机幺三八零零", "幺二三四五六")
    assert [kind for of in found for _, kind in of] == ["phone", "phone"]


def test_a_number_read_back_in_part_is_known_again() -> None:
    turns = ["号码幺三六五五零七幺幺二九。", "幺三六五五零七，后面？"]
    assert _found(*turns)[1] == [("幺三六五五零七", "phone")]


def test_a_name_is_found_again_without_its_cue() -> None:
    assert ("陈一鸣", "name") in _found("我叫陈一鸣。", "对，陈一鸣说过这话")[1]


def test_the_callers_own_house_is_no_employer() -> None:
    assert _found("您好，我是恒达物业公司的", role=Role.AGENT) == [[]]


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["", "，", " ", "…", "，嗯，"]))
def test_every_mobile_is_found_in_digits_and_spoken(number: str, pause: str) -> None:
    spoken = "".join("零幺二三四五六七八九"[int(digit)] for digit in number)
    for text in (number, spoken):
        said = f"我电话{text[:3]}{pause}{text[3:7]}{pause}{text[7:]}"
        assert [kind for _, kind in _found(said)[0]] == ["phone"]


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4), st.sampled_from(["zh", "en"]))
def test_spans_lie_within_their_turn_and_apart(texts: list[str], language: str) -> None:
    turns = [Turn(i, Role.CUSTOMER, text) for i, text in enumerate(texts)]
    for turn, spans in zip(turns, _DETECTOR.detect(turns, language=language), strict=True):
        end = 0
        for one in spans:
            assert end <= one.span.start < one.span.end <= len(turn.text)
            end = one.span.end


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["一", "我叫王", "路一号", "Mr Smith ", "twenty ", "AB1 2", " "])
def test_a_turn_of_a_hundred_thousand_characters_takes_seconds(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    _DETECTOR.detect([Turn(0, Role.CUSTOMER, text)], language="zh")
    assert time.process_time() - began < 20


@pytest.mark.parametrize("piece", ["我叫王", "Mr Smith ", "路一号"])
def test_long_turns_do_not_take_the_square_of_their_length(piece: str) -> None:
    text = piece * (15_000 // len(piece))
    began = time.process_time()
    _DETECTOR.detect([Turn(0, Role.CUSTOMER, text)], language="zh")
    assert time.process_time() - began < 4
