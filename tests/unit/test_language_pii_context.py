"""What other turns say about a turn's personal data: a question before it, a name that was said elsewhere."""

from __future__ import annotations

from functools import partial

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii import RulePiiDetector
from coach.language.pii.names_en import is_callers_house
from coach.language.pii.questions import asked_for
from coach.language.pii.repeats import add_repeated_names
from coach.language.pii.spans import Found
from coach.language.pii.tagger import Tagged
from coach.language.pii.together import joined_with
from tests.unit.pii_marked import marked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("您现在在哪里上班？", PiiType.EMPLOYER),
        ("工作单位还是原来那个吗，单位叫什么", PiiType.EMPLOYER),
        ("Who do you work for at the moment?", PiiType.EMPLOYER),
        ("您住在哪儿？", PiiType.ADDRESS),
        ("再核对一下小区名", PiiType.ADDRESS),
        ("Could I take the first line of your address?", PiiType.ADDRESS),
        ("請問怎麼稱呼？", PiiType.NAME),
        ("What’s your name, please?", PiiType.NAME),
    ],
)
def test_a_question_says_what_its_answer_is_likely_to_be(question: str, kind: PiiType) -> None:
    assert kind in asked_for(question)


@pytest.mark.parametrize("text", ["您什么时候能还？", "我在上班呢", "The address is wrong, I said.", ""])
def test_other_turns_ask_for_nothing(text: str) -> None:
    assert asked_for(text) == frozenset()


def test_a_half_sure_find_counts_only_where_it_was_asked_for() -> None:
    turn = Turn(1, Role.CUSTOMER, "甲乙丙丁")
    read = Tagged((Found(PiiType.EMPLOYER, Span(0, 4), 0.75),), (0.1,) * 4)
    assert joined_with([], read, turn) == []
    assert joined_with([], read, turn, asked=frozenset({PiiType.ADDRESS})) == []
    (one,) = joined_with([], read, turn, asked=frozenset({PiiType.EMPLOYER}))
    assert (one.type, one.span) == (PiiType.EMPLOYER, Span(0, 4))


_marked = partial(marked, first=Role.CUSTOMER)


@pytest.mark.parametrize(
    ("first", "again", "name"),
    [
        ("小宇媽媽，不好意思打擾", "小宇最近有沒有乖？", "小宇"),
        ("你姓佘是吧", "对，佘，上面一个人字头", "佘"),
        ("我姓毕，耽误您两分钟", "好，毕什么来着", "毕"),
        ("王志强先生您好", "就说王志强找他", "王志强"),
    ],
)
def test_a_name_is_known_again_without_its_title_and_a_surname_alone(
    first: str, again: str, name: str
) -> None:
    assert f"name {name}" in _marked(first, again)[1]


@pytest.mark.parametrize("again", ["先生您别急", "佘山那边有雨", "毕竟是他的钱"])
def test_a_title_or_another_word_is_not_a_name_said_again(again: str) -> None:
    assert _marked("我姓苏，先生您好，佘小姐姓佘，他姓毕", again)[1] == []


def test_a_name_said_surely_overrules_a_guess_that_it_is_a_workplace() -> None:
    turns = [Turn(0, Role.AGENT, "Thanks, Monique."), Turn(1, Role.CUSTOMER, "Ask Monique.")]
    found = [
        [Found(PiiType.NAME, Span(8, 15), 0.9)],
        [Found(PiiType.EMPLOYER, Span(4, 11), 0.69)],
    ]
    add_repeated_names(turns, found)
    assert [(one.type, one.span) for one in found[1]] == [(PiiType.NAME, Span(4, 11))]


def test_a_doubtful_name_does_not_overrule_a_place() -> None:
    turns = [Turn(0, Role.AGENT, "Thanks, Preston."), Turn(1, Role.CUSTOMER, "I live in Preston.")]
    place = Found(PiiType.ADDRESS, Span(10, 17), 0.69)
    found = [[Found(PiiType.NAME, Span(8, 15), 0.66)], [place]]
    add_repeated_names(turns, found)
    assert found[1] == [place]


@pytest.mark.parametrize(
    ("text", "word", "own"),
    [
        ("Hello, it's Denise from Northstar, good afternoon.", "Northstar", True),
        ("Good evening, I'm calling from Harvest Mutual.", "Harvest", True),
        ("You still work at Tesco, don't you?", "Tesco", False),
        ("Did it come from Leyland?", "Leyland", False),
        ("Is that payroll at Rossi Foods?", "Rossi", False),
        ("It's Lily from Gateway. Am I speaking with Keisha Monroe?", "Keisha", False),
    ],
)
def test_the_house_for_which_somebody_calls_is_told_from_a_workplace(text: str, word: str, own: bool) -> None:
    assert is_callers_house(text, text.index(word)) is own


def _joined(text: str, words: str, role: Role) -> list[Found]:
    span = Span(text.index(words), text.index(words) + len(words))
    read = Tagged((Found(PiiType.EMPLOYER, span, 0.99),), (0.1,) * len(text))
    return joined_with([], read, Turn(0, role, text))


def test_where_capitals_are_written_a_workplace_has_one() -> None:
    assert _joined("There were further charges in May.", "further charges", Role.CUSTOMER) == []
    assert len(_joined("i stack shelves at aldi", "aldi", Role.CUSTOMER)) == 1
    assert len(_joined("I stack shelves at Aldi", "Aldi", Role.CUSTOMER)) == 1


def test_the_callers_own_house_is_no_workplace_of_the_customer() -> None:
    assert _joined("It's Denise from Northstar.", "Northstar", Role.AGENT) == []
    assert len(_joined("It's Denise from Northstar.", "Northstar", Role.CUSTOMER)) == 1


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("我姓牟，牟春来，合同在手上", "牟春来"),
        ("签的英文名，Grace Fang，方是方圆的方。", "Grace Fang"),
    ],
)
def test_a_name_said_in_full_is_marked_in_full(text: str, marked: str) -> None:
    assert f"name {marked}" in _marked(text)[0]


@pytest.mark.parametrize(
    "text", ["祝您开张大吉", "里面有一项彩铃", "无薪假又要顾妈妈", "再核一下寄送地址的小区名"]
)
def test_a_name_or_place_does_not_begin_within_a_word(text: str) -> None:
    assert _marked(text)[0] == []


def test_a_workplace_keeps_the_character_that_ends_it() -> None:
    assert _marked("我们厂叫福瑞达食品厂")[0] == ["employer 福瑞达食品厂"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("吕明吕布的吕光明的明", "name 吕明"),
        ("我是你们客户项目项羽的项目标的目", "name 项目"),
        ("叫练晓峰，练习的练", "name 练晓峰"),
        ("聂小倩不是鬼就是我名字", "name 聂小倩"),
        ("请问是苗苗爸爸吗", "name 苗苗爸爸"),
        ("大家都喊我老猫，身份证上不是", "name 老猫"),
        ("叫我燕子就行", "name 燕子"),
        ("禚先生，查到了。", "name 禚先生"),
        ("您好，请问是爨女士吗", "name 爨女士"),
        ("谢谢谷姐，我记下了", "name 谷姐"),
        ("你们那个小卢上次骂我", "name 小卢"),
        ("No, no, O'Shaughnessy, apostrophe, capital S.", "name O'Shaughnessy"),
        ("It's Nowak, N-O-W-A-K.", "name Nowak"),
        ("我就住在人民医院对面", "address 人民医院"),
        ("在文化宫后面租的房", "address 文化宫"),
        ("Is that the Fairweather house?", "name Fairweather"),
        ("I stack shelves at Walmart, part time.", "employer Walmart"),
        ("He fixes lifts for Otis.", "employer Otis"),
        ("Dawson Plumbing, how can I help?", "employer Dawson Plumbing"),
        ("It's The Old Bakery, Church Street.", "address The Old Bakery, Church Street"),
        ("It's Rose Cottage, Church End.", "address Rose Cottage, Church End"),
    ],
)
def test_how_people_say_names_places_and_work_in_passing_is_understood(text: str, marked: str) -> None:
    assert marked in _marked(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "协商的协，商量的商",
        "我住学校后面",
        "我先生在复健，我走不开。",
        "这位先生您听我说",
        "祝老师早日康复",
        "他们都叫我还钱",
        "叫我先交就行",
        "It's Friday, I think.",
        "医院对面有个网点",
        "我住在菜市场旁边",
        "I cook at home for my mum.",
        "Okay, how can I help?",
    ],
)
def test_what_only_sounds_alike_stays_unmarked(text: str) -> None:
    assert _marked(text)[0] == []


def test_a_caller_who_names_his_own_firm_first_tells_nobodys_workplace() -> None:
    turns = [Turn(0, Role.AGENT, "Dawson Plumbing, this is Accounts.")]
    (found,) = RulePiiDetector().detect(turns, language="en")
    assert [one for one in found if one.type is PiiType.EMPLOYER] == []


def test_how_a_surname_is_written_is_no_name() -> None:
    assert _marked("我姓苏，苏木的苏")[0] == ["name 苏"]
