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
        ("A:hello is that tom grady at riverside dental", "employer riverside dental"),
        ("T:hello riverside dental reception", "employer riverside dental"),
        ("T:Riverside Dental, how can I help?", "employer Riverside Dental"),
        ("C:i work at riverside dental", "employer riverside dental"),
        ("A:do you still work at riverside dental", "employer riverside dental"),
    ],
)
def test_a_name_or_the_workplace_of_the_other_side_is_marked_in_a_greeting(call: str, mark: str) -> None:
    assert mark in _english(call)[-1]
