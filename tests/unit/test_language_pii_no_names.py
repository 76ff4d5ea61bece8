"""Words in the place of a name that are none, and the names beside them that stay marked."""

from __future__ import annotations

import pytest

from tests.unit.pii_found import found


def _names(call: str) -> list[str]:
    return [mark[5:] for mark in found(call, language="zh")[-1] if mark.startswith("name ")]


_THREAT = "C:替我向你们领导问好 | A:那您的还款方案是什么 | C:明年六月一次给你 | A:我需要书面的申请 | C:"


@pytest.mark.parametrize(
    "call",
    [
        f"{_THREAT}行 我叫秘书发你",
        f"{_THREAT}行，我叫秘書發你。",
        "C:我叫秘书，你等一下",
        "C:我叫会计发您 | A:好 | C:我叫财务寄",
        "C:我叫司机送，你等着",
        "A:那您发一下 | C:我叫助理转",
        "C:我叫同事弄",
    ],
)
def test_whom_somebody_sends_for_by_his_work_has_no_name(call: str) -> None:
    assert _names(call) == []


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("C:我叫宁静，你记一下", "宁静"),
        ("C:叫会计小王打给你", "小王"),
        ("C:我叫秘书小李发你", "小李"),
        ("C:我叫司徒文，司徒的司徒", "司徒文"),
        ("C:我叫师文静", "师文静"),
    ],
)
def test_who_has_a_name_beside_his_work_is_marked(call: str, name: str) -> None:
    assert any(name in one for one in _names(call))


@pytest.mark.parametrize(
    "call",
    [
        "A:好的女士请问您的姓明和卡号后四位",
        "A:請問您的姓明和卡號後四碼",
        "A:请报一下姓明",
        "A:您的姓明是什么？",
        "A:请问您姓明是？",
        "A:麻烦说下姓明和身份证号",
        "A:跟您核对一下姓明、电话",
        "A:请提供姓明，地址",
    ],
)
def test_the_word_for_a_name_misheard_is_none(call: str) -> None:
    assert _names(call) == []


@pytest.mark.parametrize("call", ["C:我姓明，明天的明", "A:您贵姓 | C:姓明，明月的明", "C:有个姓明的找我"])
def test_the_surname_that_sounds_like_it_is_marked(call: str) -> None:
    assert "明" in _names(call)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("C:我叫万俟雪梅后四位八八三幺 | A:万女士您好 | C:是万俟莫其复姓", ["万俟"]),
        ("C:我叫萬俟雪梅 | A:萬女士您好 | C:是萬俟，莫其，複姓", ["萬俟"]),
        ("A:尉女士您好 | C:是尉迟念玉池复姓", ["尉迟"]),
        ("A:您贵姓 | C:复姓欧阳", ["欧阳"]),
        ("A:您贵姓 | C:万俟这是个复姓", ["万俟"]),
        ("A:您贵姓 | C:我是万俟雪梅", ["万俟雪梅"]),
    ],
)
def test_a_surname_of_two_characters_ends_where_its_sound_is_told(call: str, names: list[str]) -> None:
    assert _names(call) == names


@pytest.mark.parametrize(
    "call",
    [
        "A:您好 我是海澜宽带的装维师傅 请问方便吗",
        "A:您好，我是海瀾寬頻的裝維師傅",
        "A:您好 我是燃气公司的送气维修师傅",
        "C:送气维修师傅今天来不来",
        "C:送水师傅的电话给我",
        "C:你们的维修师傅说修不好",
        "C:让安装师傅给我打电话",
        "C:是送餐小哥打的",
        "C:找了个电焊师傅",
    ],
)
def test_a_trade_before_a_title_is_no_name(call: str) -> None:
    assert _names(call) == []


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("C:魏师傅说修好了", "魏师傅"),
        ("C:是建国师傅修的", "建国师傅"),
        ("A:您好 我是装维的魏师傅", "魏师傅"),
        ("C:维修的小周师傅来过", "小周"),
        ("C:强哥说的", "强哥"),
    ],
)
def test_a_name_before_a_title_is_marked_also_beside_a_trade(call: str, name: str) -> None:
    assert any(name in one for one in _names(call))


@pytest.mark.parametrize(
    "call",
    [
        "C:我知道，这不是我老公腰椎做手术嘛，家里钱都搭进去了，这个月真拿不出来。",
        "C:我老公腰椎坏了",
        "C:我妈颈椎做手术",
        "C:老公肾结石住院",
        "C:我爸胃出血，在医院",
        "C:我妈膝盖动手术",
        "C:我老婆甲状腺开刀",
        "C:女儿扁桃体发炎",
        "C:我媽腰椎開刀，住院",
        "C:我爸骨折了",
    ],
)
def test_a_part_of_the_body_is_no_name(call: str) -> None:
    assert _names(call) == []


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("C:我老公肖建国做手术", "肖建国"),
        ("C:我女儿雨桐做手术", "雨桐"),
        ("C:我妈程秀兰住院了", "程秀兰"),
    ],
)
def test_a_relative_with_a_name_in_hospital_is_marked(call: str, name: str) -> None:
    assert name in _names(call)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("首先我跟您核对一下信息", "zh"),
        ("首先呢您这笔款逾期了", "zh"),
        ("十月八号和十一月八号两期都没还", "zh"),
        ("what you're doing is illegal", "en"),
        ("that's ridiculous you know", "en"),
    ],
)
def test_a_connecting_word_an_outcry_and_a_list_of_days_are_no_personal_data(
    text: str, language: str
) -> None:
    assert found(f"A:{text}", language=language)[-1] == []
