"""Personal data that is told as such: answers, names, addresses said in two turns."""

from __future__ import annotations

from functools import partial

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii.spans import Found
from coach.language.pii.tagger import Tagged
from coach.language.pii.together import joined_with
from tests.unit.pii_marked import marked

_marked = partial(marked, first=Role.AGENT)


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        ("请问怎么称呼您？", "裴，非衣裴。", "name 裴"),
        ("您贵姓？", "欧阳。", "name 欧阳"),
        ("Who do you work for?", "Tesco.", "employer Tesco"),
        ("And your employer?", "Still at Marks and Spencer, nights.", "employer Marks and Spencer"),
    ],
)
def test_what_stands_alone_in_an_answer_is_what_was_asked_for(question: str, answer: str, found: str) -> None:
    assert found in _marked(question, answer)[1]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("请问怎么称呼您？", "对，你说。"),
        ("您贵姓？", "有什么事？"),
        ("Who do you work for?", "Nobody."),
        ("And your employer?", "Why?"),
        ("Which town do you live in, what's your address?", "London."),
        ("今天能还吗？", "裴，非衣裴。"),
    ],
)
def test_an_answer_that_gives_nothing_has_nothing(question: str, answer: str) -> None:
    assert _marked(question, answer)[1] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我姓禚，合同尾号零九四五。", "禚"),
        ("我叫宁静，您叫我小宁就好。", "宁静"),
        ("年青，姓年。", "年青"),
        ("姓繁，念婆，繁星。", "繁星"),
        ("狗蛋是他小名。", "狗蛋"),
        ("孩子小名妞妞。", "妞妞"),
        ("我是苗苗爸爸。", "苗苗爸爸"),
        ("Zoë isn't in.", "Zoë"),
        ("Cormac's my brother.", "Cormac"),
        ("Tracey said it was paid.", "Tracey"),
        ("hi kelly i'll do friday", "kelly"),
        ("齐整，整齐的整。", "齐整"),
        ("于，于是的于。", "于"),
        ("担保人写的是雷声，打雷的雷。", "雷声"),
        ("请问是左右先生吗？", "左右先生"),
        ("我让我侄子晓东弄的。", "晓东"),
        ("Tarrant, like the county.", "Tarrant"),
        ("My surname's Price.", "Price"),
        ("Does Robin still work there?", "Robin"),
        ("It was Sharon in your team.", "Sharon"),
        ("Old Jim signed for it.", "Old Jim"),
        ("Mr and Mrs Lowe both signed.", "Mr and Mrs Lowe"),
    ],
)
def test_a_name_that_is_told_as_one_needs_no_surname_that_is_known(text: str, name: str) -> None:
    assert f"name {name}" in _marked(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "我叫车，你等一下。",
        "我叫外卖呢。",
        "我叫奶奶了，奶奶！",
        "我叫救护车了。",
        "我姓什么，关你什么事。",
        "他小名叫什么，我忘了。",
        "Court isn't in my plans.",
        "ok sorry i'll do friday",
        "这事，本来的本意不是这样。",
        "各位先生，听我说。",
        "您别看我文文静静的。",
        "安安稳稳养胎。",
        "Somebody from one loan app rang.",
        "这位先生，请问您找谁？",
        "我登记的是柳泉路，对吧。",
        "Sandpiper Way, same as before.",
        "Speak English, please.",
        "the richest man in Kent, me",
    ],
)
def test_words_beside_such_cues_are_no_name(text: str) -> None:
    assert not [one for one in _marked(text)[0] if one.startswith("name ")]


@pytest.mark.parametrize(
    ("turns", "halves"),
    [
        (("合同发到哪个邮箱？", "fanglin99", "嗯。", "艾特126点com"), ("fanglin99", "艾特126点com")),
        (("What's your e-mail?", "jo.march", "Yes?", "at gmail dot com"), ("jo.march", "at gmail dot com")),
    ],
)
def test_an_address_said_in_two_turns_is_marked_in_both(
    turns: tuple[str, ...], halves: tuple[str, str]
) -> None:
    found = _marked(*turns)
    assert (found[1], found[3]) == ([f"email {halves[0]}"], [f"email {halves[1]}"])


def test_a_word_before_at_is_no_address_where_nobody_spoke_of_one() -> None:
    assert _marked("Where did you buy it?", "online", "Yes?", "at shop dot com") == [[], [], [], []]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("t h o m at icloud dot com", "email t h o m at icloud dot com"),
        ("send it to mike forty one at yahoo dot com", "email mike forty one at yahoo dot com"),
        ("邮箱是z、h、a、o，艾特，幺六三，点com", "email z、h、a、o，艾特，幺六三，点com"),
        ("邮箱zhaomin 一零二四 圈a 一三九 点 com", "email zhaomin 一零二四 圈a 一三九 点 com"),
        ("一三五零二七，呃，二七六六八八九，打这个电话", "phone 一三五零二七，呃，二七六六八八九"),
        ("座机0755-26831904转二零三", "phone 0755-26831904转二零三"),
        ("call me on +44 7523 998 104", "phone +44 7523 998 104"),
    ],
)
def test_what_is_spelled_begun_anew_or_extended_is_marked_whole(text: str, found: str) -> None:
    assert found in _marked(text)[0]


@pytest.mark.parametrize(
    ("text", "words", "kind", "whole"),
    [
        ("我住悦来客栈", "悦来客栈", PiiType.ADDRESS, "悦来客栈"),
        ("就在城关派出所旁边", "城关派出所", PiiType.ADDRESS, "城关派出所"),
        ("我在城关派出所旁边上班", "城关派出所", PiiType.EMPLOYER, "城关派出所"),
        ("我在悦来客栈做饭", "悦来客栈", PiiType.EMPLOYER, "悦来客栈"),
    ],
)
def test_a_house_in_which_or_beside_which_somebody_lives_is_a_place(
    text: str, words: str, kind: PiiType, whole: str
) -> None:
    start = text.index(words)
    read = Tagged((Found(PiiType.EMPLOYER, Span(start, start + len(words)), 0.97),), (0.1,) * len(text))
    (one,) = joined_with([], read, Turn(0, Role.CUSTOMER, text))
    assert (one.type, one.span.of(text)) == (kind, whole)


def test_a_place_goes_on_to_the_end_of_its_number() -> None:
    text = "地址没变，青年街六十六"
    read = Tagged((Found(PiiType.ADDRESS, Span(5, 9), 0.97),), (0.1,) * len(text))
    (one,) = joined_with([], read, Turn(0, Role.CUSTOMER, text))
    assert one.span.of(text) == "青年街六十六"


@pytest.mark.parametrize(
    ("turn", "found"),
    [
        ("厂子叫宏顺，做鞋底的。", ["employer 宏顺"]),
        ("公司叫我还的。", []),
        ("Jaguar let me go in January.", ["employer Jaguar"]),
        ("They let me go in January.", []),
        ("Is it still Kellogg's you work for?", ["employer Kellogg's"]),
        ("My lad's at Oakmead Primary, I fetch him at three.", ["address Oakmead Primary"]),
        ("孩子在学校。", []),
        ("去了趟派出所，报了案。", []),
        ("租在老粮站后头。", ["address 老粮站"]),
    ],
)
def test_a_house_counts_where_it_is_somebodys(turn: str, found: list[str]) -> None:
    kinds = ("employer ", "address ")
    assert [one for one in _marked("嗯。", turn)[1] if one.startswith(kinds)] == found


def test_a_surname_that_was_told_is_known_again_with_a_title() -> None:
    assert _marked("我们厂长姓尚，尚厂长答应月底发的。") == [["name 尚", "name 尚厂长"]]


def test_an_underscore_that_is_said_belongs_to_the_address() -> None:
    assert _marked("邮箱wang下划线1990@qq.com。") == [["email wang下划线1990@qq.com"]]


@pytest.mark.parametrize(
    ("text", "words", "asked", "read_as", "kind"),
    [
        ("天元，就俩字", "天元", PiiType.EMPLOYER, PiiType.NAME, PiiType.EMPLOYER),
        ("在荷塘月色，还是那", "荷塘月色", PiiType.ADDRESS, PiiType.EMPLOYER, PiiType.ADDRESS),
        ("天元介绍我去的", "天元", PiiType.EMPLOYER, PiiType.NAME, PiiType.NAME),
        ("你问问天元，他知道", "天元", PiiType.EMPLOYER, PiiType.NAME, PiiType.NAME),
    ],
)
def test_what_opens_an_answer_is_what_was_asked_for(
    text: str, words: str, asked: PiiType, read_as: PiiType, kind: PiiType
) -> None:
    start = text.index(words)
    read = Tagged((Found(read_as, Span(start, start + len(words)), 0.97),), (0.1,) * len(text))
    (one,) = joined_with([], read, Turn(0, Role.CUSTOMER, text), asked=frozenset({asked}))
    assert (one.type, one.span.of(text)) == (kind, words)


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("I live over by Hackney Marshes", "Hackney", "Hackney Marshes"),
        ("it's just Brook Cottage, past the pub", "Cottage", "Brook Cottage"),
        ("My mum's on the Ashfield estate", "Ashfield estate", "Ashfield estate"),
        ("住大悦城旁边", "大悦城旁", "大悦城旁边"),
    ],
)
def test_a_place_is_marked_with_the_word_that_says_what_it_is(text: str, words: str, whole: str) -> None:
    start = text.index(words)
    read = Tagged((Found(PiiType.ADDRESS, Span(start, start + len(words)), 0.97),), (0.1,) * len(text))
    (one,) = joined_with([], read, Turn(0, Role.CUSTOMER, text))
    assert one.span.of(text) == whole
