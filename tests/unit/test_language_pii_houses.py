"""Where people live and work as it is said in passing, and the words beside it that stay."""

from __future__ import annotations

from functools import partial

import pytest

from tests.unit.pii_found import found

_english = partial(found, language="en")
_chinese = partial(found, language="zh")


@pytest.mark.parametrize(
    ("call", "place"),
    [
        (
            "A:can you confirm the address for me | C:14 heol y deri cardiff cf14 six ha",
            "14 heol y deri cardiff cf14 six ha",
        ),
        (
            "A:and the address | C:it's 3 maes y coed bangor ll57 two dg",
            "3 maes y coed bangor ll57 two dg",
        ),
        ("A:address? | C:It's 14 Heol y Deri, Cardiff, CF14 6HA.", "14 Heol y Deri, Cardiff, CF14 6HA"),
        ("C:we moved to 27 ffordd las wrexham ll11 four pq", "27 ffordd las wrexham ll11 four pq"),
        ("A:postcode please | C:cf14 six ha", "cf14 six ha"),
        (
            "A:could you give me the postcode | C:uh ls twelve six qt and it's four one nine",
            "ls twelve six qt",
        ),
        ("A:your postcode? | C:l s one two six q t", "l s one two six q t"),
        ("A:postcode please | C:c f one four, six h a.", "c f one four, six h a"),
        ("C:my postcode's sw1a two aa", "sw1a two aa"),
    ],
)
def test_a_british_address_is_marked_whole_however_its_postcode_is_said(call: str, place: str) -> None:
    assert f"address {place}" in _english(call)[-1]


@pytest.mark.parametrize(
    ("call", "marks"),
    [
        ("C:my reg is cf14 xha", ["plate cf14 xha"]),
        ("A:what's the postcode | C:i owe you for two or three at most", []),
        ("A:can you confirm the address | C:i can pay 14 pounds a week", []),
        ("A:can you confirm the address | C:14 days ago i told you", []),
        ("C:junction m25 two of us were late", []),
    ],
)
def test_plates_and_figures_are_no_postcode(call: str, marks: list[str]) -> None:
    assert _english(call)[-1] == marks


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("蒲姐早 我是十七号楼二单元九零三的 我叫哈丽娜", "十七号楼二单元九零三"),
        ("我是十七號樓二單元九零三的，那個物業費的事", "十七號樓二單元九零三"),
        ("我是三栋一二零二的业主", "三栋一二零二"),
        ("我们是五号楼二单元五零一那户", "五号楼二单元五零一"),
        ("您是六幢三零二的吧", "六幢三零二"),
        ("十七号楼二单元903欠了多少", "十七号楼二单元903"),
        ("我住十七号楼二单元903室", "十七号楼二单元903室"),
        ("我是十七栋九零三这户的", "十七栋九零三"),
        ("我住幸福小区十七号楼二单元九零三 你过来", "幸福小区十七号楼二单元九零三"),
    ],
)
def test_a_room_by_its_number_belongs_to_the_address(text: str, place: str) -> None:
    (mark, *_) = [mark for mark in _chinese(f"C:{text}")[0] if mark.startswith("address ")]
    assert mark.startswith(f"address {place}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("十七号楼二单元欠三千块", "十七号楼二单元"),
        ("十七号楼二单元三百块", "十七号楼二单元"),
        ("十七号楼二单元二零二五年的物业费", "十七号楼二单元"),
        ("十七号楼二单元一二零零块没交", "十七号楼二单元"),
    ],
)
def test_a_sum_or_a_year_behind_a_building_is_no_room(text: str, place: str) -> None:
    assert _chinese(f"C:{text}")[0] == [f"address {place}"]


@pytest.mark.parametrize(
    "text", ["我是三零七的客服", "工号九零三的那位", "尾号九零三的卡", "我订的三零七那间"]
)
def test_a_figure_alone_is_no_room(text: str) -> None:
    assert _chinese(f"C:{text}") == [[]]


@pytest.mark.parametrize(
    ("call", "house"),
    [
        (
            "A:i'm telling you because he's dodging us does he still work at the quarry"
            " cause we've got him down at hollis aggregates making nineteen an hour",
            "hollis aggregates",
        ),
        (
            "A:right well before we go on about the truck loan i need to check one thing"
            " we have you down at pike and sons still is that so",
            "pike and sons",
        ),
        (
            "A:i've got her down as working at marlow feeds on the late shift and nobody there knew her",
            "marlow feeds",
        ),
        ("A:We've got him down at Hollis Aggregates, earning nineteen an hour.", "Hollis Aggregates"),
        ("C:g'day deb it's mick warburton from warburton shearing out at cunnamulla", "warburton shearing"),
        ("A:records show you down at marlow joinery is that still right", "marlow joinery"),
        ("C:morning it's ruth kemp of kemp upholstery", "kemp upholstery"),
        ("C:hi it's jo from dalton roofing i got your letter", "dalton roofing"),
        ("C:hello there this is sam pickett from pickett fencing about the invoice", "pickett fencing"),
        ("C:hi jo it's lena from marsh catering in truro", "marsh catering"),
        ("C:Hi, it's Lena from Marsh Catering about the invoice.", "Marsh Catering"),
    ],
)
def test_a_workplace_in_passing_needs_no_capital(call: str, house: str) -> None:
    assert f"employer {house}" in _english(call)[-1]


@pytest.mark.parametrize(
    "call",
    [
        "A:we've got you down at two payments behind",
        "A:i've got you down at this address still",
        "A:we have you down at home today is that right",
        "A:i've got you down for forty pounds a month",
        "A:We've got you down at sixty percent already.",
        "C:it's the letter from last week i'm wondering about",
        "C:hi i'm calling from work ringing about the bill",
        "C:it's a call from somebody asking for money",
    ],
)
def test_what_is_noted_or_where_a_letter_is_from_is_no_workplace(call: str) -> None:
    assert _english(call) == [[]]


@pytest.mark.parametrize(
    "call",
    [
        "A:ye know fine who it is it's clydeline loans nine hunner and forty quid",
        "A:this is clydeline loans",
        "A:it's clydeline loans again about your balance",
        "A:Hello, Clydeline Loans here about your balance.",
        "A:hello riverside dental reception",
        "A:riverside dental how can i help",
        "A:Good morning, Riverside Dental, how can I help?",
        "A:good morning you're through to riverside dental",
        "A:hello northgate",
        "A:this is castle gym",
        "C:is that clydeline loans",
        "C:i owe clydeline loans about nine hundred",
    ],
)
def test_the_creditors_own_name_stays(call: str) -> None:
    assert _english(call) == [[]]


@pytest.mark.parametrize(
    ("call", "mark"),
    [
        ("A:hello dominic", "name dominic"),
        ("A:it's craig mcgonagall", "name craig mcgonagall"),
        ("A:it's trevor at swiftline credit", "name trevor"),
        ("A:hi it's tom about credit", "name tom"),
        ("C:shazza outback finance here", "name shazza"),
        ("A:hello is that tom grady at riverside dental", "employer riverside dental"),
        ("T:hello riverside dental reception", "employer riverside dental"),
        ("T:Riverside Dental, how can I help?", "employer Riverside Dental"),
        ("C:i work at riverside dental", "employer riverside dental"),
        ("A:do you still work at riverside dental", "employer riverside dental"),
    ],
)
def test_a_name_or_the_workplace_of_the_other_side_is_marked_in_a_greeting(call: str, mark: str) -> None:
    assert mark in _english(call)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "景德镇那边做陶瓷的",
        "我是景德鎮的，做陶瓷",
        "我老家景德镇的",
        "老家是攀枝花的",
        "我人在连云港",
        "我在鄂尔多斯打工",
        "找张家口那边的",
        "秦皇岛市那边",
        "我订的那个洱海边的房",
        "我訂的那個洱海邊的房",
        "西湖边那家民宿退了",
        "订的是泸沽湖边上的房 能改期吗",
        "黄山脚下的酒店订金退我",
    ],
)
def test_a_city_or_a_lake_by_itself_is_too_wide_for_an_address(text: str) -> None:
    assert _chinese(f"C:{text}") == [[]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我住景德镇珠山区新厂路十二号", "景德镇珠山区新厂路十二号"),
        ("住在连云港解放路三十号", "连云港解放路三十号"),
        ("我住锦绣江南", "锦绣江南"),
        ("老家在李家镇", "李家镇"),
        ("我住太湖边上", "太湖"),
    ],
)
def test_a_street_in_a_city_or_a_village_is_an_address(text: str, place: str) -> None:
    (mark,) = _chinese(f"C:{text}")[0]
    assert mark.startswith(f"address {place}")


@pytest.mark.parametrize(
    "text",
    [
        "我之前在厂里做质检的九月份厂子搬到越南去了我就失业了",
        "嗯對我之前在廠裡做質檢的九月份廠子搬到越南去了",
        "在厂里上班今年厂子停了",
        "我在店里干了三年上个月店子关门了",
        "十月份公司就没发工资",
        "去年公司倒闭了，我在家待着",
        "我在火锅店端盘子 十月份店子关门了",
        "我在火鍋店端盤子",
        "我在一家奶茶店打工",
        "我以前在烧烤店帮忙",
        "我在米粉店端盘子",
        "我在服装厂踩缝纫机",
        "我老公在汽修厂修车",
        "她在花店上班",
        "我在化工厂上班",
        "我在烤鱼店洗碗",
        "我在拉面馆端面",
        "我给一家装修公司干活",
        "我在早餐店帮人做包子",
    ],
)
def test_a_kind_of_workplace_is_nobodys(text: str) -> None:
    assert _chinese(f"C:{text}") == [[]]


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("我在老灶火锅店端盘子", "老灶火锅店"),
        ("我在蜀九香火锅店端盘子", "蜀九香火锅店"),
        ("我在王记烧烤店端盘子", "王记烧烤店"),
        ("我在宏达服装厂踩缝纫机", "宏达服装厂"),
        ("我去年在恒达五金厂上班", "恒达五金厂"),
        ("九月份在恒达五金厂上班", "恒达五金厂"),
        ("我在小龙坎端盘子", "小龙坎"),
    ],
)
def test_a_workplace_with_a_name_of_its_own_is_marked(text: str, house: str) -> None:
    assert _chinese(f"C:{text}") == [[f"employer {house}"]]


@pytest.mark.parametrize("text", ["我叫安康", "我叫吴忠", "找玉林接电话"])
def test_a_name_that_is_a_city_as_well_is_marked(text: str) -> None:
    assert _chinese(f"C:{text}") != [[]]


def test_whom_a_firm_asks_for_is_marked_before_its_own_name() -> None:
    (mark,) = _english("A:is that danny o'rourke liffey gym here")[0]
    assert mark.startswith("name danny o'rourke")
