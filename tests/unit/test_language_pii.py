"""Personal data is found as it is spoken; its look-alikes stay unmarked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.call import Role, Turn
from coach.language.pii import RulePiiDetector
from coach.language.pii.wide_places import is_wide
from tests.detectors import detector, tagger

_DETECTOR = detector()


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
    RulePiiDetector().detect([Turn(0, Role.CUSTOMER, text)], language="zh")
    assert time.process_time() - began < 20


@pytest.mark.parametrize("piece", ["我叫王", "Mr Smith ", "路一号"])
def test_long_turns_do_not_take_the_square_of_their_length(piece: str) -> None:
    text = piece * (15_000 // len(piece))
    began = time.process_time()
    RulePiiDetector().detect([Turn(0, Role.CUSTOMER, text)], language="zh")
    assert time.process_time() - began < 4


def test_the_tagger_takes_time_in_proportion_to_the_length_of_a_turn() -> None:
    def seconds(size: int) -> float:
        turn = Turn(0, Role.CUSTOMER, "我叫王路一号" * (size // 6))
        began = time.process_time()
        tagger().read([turn])
        return time.process_time() - began

    seconds(600)
    assert seconds(12_000) < 6 * seconds(3_000)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李静不在，去幼儿园接孩子了", "李静"),
        ("你好我是单玉梅尾号五五一二想办分期", "单玉梅"),
        ("喂你好请问是傅红梅傅女士吗", "傅红梅傅女士"),
        ("免贵姓葛，工号一一七三。", "葛"),
        ("谢谢邓慧，改天来吃西瓜。", "邓慧"),
        ("喂，老爷子，海东是你儿子吧？", "海东"),
        ("雅婷在吗？", "雅婷"),
        ("你叫家豪来听电话", "家豪"),
        ("老孙头欠我的钱还没给呢。", "老孙头"),
        ("明天上午换小陶给您打。", "小陶"),
        ("你好揾下李生", "李生"),
        ("我係陳大文，你邊位？", "陳大文"),
        ("那我叫您一声韩叔。", "韩叔"),
    ],
)
def test_names_without_title_or_pause_are_found(text: str, name: str) -> None:
    assert (name, "name") in _found(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "本金可以谈六十期",
        "明白，那我明天再打",
        "这是蓝格广告的地址",
        "路上小心，别急",
        "我看了路线，就在前面",
        "她那张信用卡欠了两万多",
        "行行，辛苦你们了",
        "你就是个老赖",
    ],
)
def test_words_made_of_name_characters_are_no_names(text: str) -> None:
    assert _found(text) == [[]]


@pytest.mark.parametrize(
    ("text", "span", "kind", "language"),
    [
        ("原来在富士康，现在没活干。", "富士康", "employer", "zh"),
        ("我老公在菜鸟驿站干活。", "菜鸟驿站", "employer", "zh"),
        ("您单位是市第三人民医院，对吗？", "市第三人民医院", "employer", "zh"),
        ("我是市政府办公室的。", "市政府办公室", "employer", "zh"),
        ("退休的市二中校长，对吧？", "市二中", "employer", "zh"),
        ("您住金色港湾吧，六号楼。", "金色港湾", "address", "zh"),
        ("我到你老家王家庄去问过了。", "王家庄", "address", "zh"),
        ("送到解放南路和人民路交叉口", "解放南路", "address", "zh"),
        ("住址是建设街那个，没变吧？", "建设街", "address", "zh"),
        ("I'm still at Johnson Controls on nights.", "Johnson Controls", "employer", "en"),
        ("My boss over at Kroger cut my hours.", "Kroger", "employer", "en"),
        ("Flat 9, Quay House, Bristol.", "Flat 9, Quay House, Bristol", "address", "en"),
        ("I live on Maple Avenue.", "Maple Avenue", "address", "en"),
        ("我住玉林路二十三号附一号", "玉林路二十三号附一号", "address", "zh"),
        ("我在李家沱正街的房子卖了", "李家沱正街", "address", "zh"),
        ("你闺女不是在一中念高二吗", "一中", "address", "zh"),
        ("您单位鼎盛物流那边我们也联系过", "鼎盛物流", "employer", "zh"),
        ("It's 1600 Pine Hill Drive, Apartment 12.", "1600 Pine Hill Drive, Apartment 12", "address", "en"),
        ("hello is this maria gonzalez", "maria gonzalez", "name", "en"),
        ("Is Brian in?", "Brian", "name", "en"),
        ("His wife Denise picked up.", "Denise", "name", "en"),
    ],
)
def test_homes_and_houses_are_found_by_what_is_said_around_them(
    text: str, span: str, kind: str, language: str
) -> None:
    assert (span, kind) in _found(text, language=language)[0]


@pytest.mark.parametrize(
    "text",
    [
        "您弟弟不是在派出所当辅警吗？",
        "我爸还躺在医院里",
        "从幸福站到地铁站怎么走",
        "你怎么知道七楼的事",
        "五点转到短信里那个账户",
        "那个小区环境挺好的",
        "I bank with Chase.",
        "Paid at Walmart.",
        "别走小路，走大路",
    ],
)
def test_places_that_people_only_go_to_are_left_alone(text: str) -> None:
    assert _found(text) == [[]]


def test_what_only_its_shape_tells_is_marked_with_little_confidence() -> None:
    turns = [Turn(0, Role.CUSTOMER, "雅婷在吗？"), Turn(1, Role.CUSTOMER, "我在海澜湾上班")]
    spans = _DETECTOR.detect(turns, language="zh")
    assert all(one.confidence < 0.7 for of_turn in spans for one in of_turn)
    assert all(spans)


def test_a_given_name_is_known_again_from_the_full_one() -> None:
    found = _found("请问是周海东先生吗？", "海东啊，他出去了。")
    assert found[1] == [("海东", "name")]


@pytest.mark.parametrize(
    ("spoken", "types"),
    [
        (
            ["四四零一零六", "嗯，四四零一零六，然后您接着说", "一九九零零三零七", "继续", "二八幺X"],
            {"四四零一零六": "id_number", "一九九零零三零七": "id_number", "二八幺X": "id_number"},
        ),
        (
            ["幺三八", "嗯", "零零幺三", "好", "八零零零"],
            {"幺三八": "phone", "零零幺三": "phone", "八零零零": "phone"},
        ),
    ],
)
def test_digits_said_over_several_turns_and_read_back_are_one_number(
    spoken: list[str], types: dict[str, str]
) -> None:
    turns = [Turn(i, Role.AGENT if i % 2 else Role.CUSTOMER, text) for i, text in enumerate(spoken)]
    found = {
        one.span.of(turn.text): one.type.value
        for turn, spans in zip(turns, _DETECTOR.detect(turns, language="zh"), strict=True)
        if turn.role is Role.CUSTOMER
        for one in spans
    }
    assert found == types


@pytest.mark.parametrize(
    "text",
    [
        "在韩国打工",
        "人在湖南湖北都待过",
        "在地里干活",
        "I'm from Jamaica.",
        "We're Polish, love.",
        "My French isn't good.",
        "Black Friday was a mistake.",
        "Are you with Lowell?",
        "I can transfer you to Complaints.",
    ],
)
def test_a_country_a_day_and_an_office_are_nobodys_name_or_workplace(text: str) -> None:
    assert _found(text) == [[]]


def test_an_elderly_lady_is_named_by_her_title() -> None:
    assert _found("楼上谭老太太说她家地板裂了") == [[("谭老太太", "name")]]


@pytest.mark.parametrize(
    ("text", "wide"), [("北京", True), ("北京路", False), ("Ohio", True), ("Ohio Street", False)]
)
def test_a_city_is_too_wide_for_an_address_and_its_street_is_not(text: str, wide: bool) -> None:
    assert is_wide(text) is wide


@pytest.mark.parametrize(
    ("text", "span", "kind", "language"),
    [
        ("一三六，然后是八八零一，再来是二二三三", "一三六，然后是八八零一，再来是二二三三", "phone", "zh"),
        (
            "身份证号四四零三零六，后面是一九九二一二零三，后四位五五二六",
            "四四零三零六，后面是一九九二一二零三，后四位五五二六",
            "id_number",
            "zh",
        ),
        ("香港身份證 Z123456，括號7", "Z123456，括號7", "id_number", "zh"),
        ("护照号码是E八八七六五四三二", "E八八七六五四三二", "id_number", "zh"),
        (
            "卡号六二二二零二一二三四五六七八九零一二三",
            "六二二二零二一二三四五六七八九零一二三",
            "bank_card",
            "zh",
        ),
        (
            "account number five five seven seven nine nine one one",
            "five five seven seven nine nine one one",
            "account",
            "en",
        ),
        ("it's AB one two three four five six C", "AB one two three four five six C", "id_number", "en"),
    ],
)
def test_a_number_is_told_by_what_it_is_called(text: str, span: str, kind: str, language: str) -> None:
    assert (span, kind) in _found(text, language=language)[0]
