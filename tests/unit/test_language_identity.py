"""Who is on the line: asked, confirmed, somebody else, or a wrong number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.call import Role, Turn
from coach.domain.observations import Identity
from coach.language.identity import identity_states

_ROLES = {"a": Role.AGENT, "c": Role.CUSTOMER, "t": Role.THIRD_PARTY, "u": Role.UNKNOWN}


def _last(*lines: str) -> Identity:
    """The state after the lines; each begins with the letter of its role."""
    turns = [Turn(i, _ROLES[line[0]], line[2:]) for i, line in enumerate((*lines, "a 那好。"))]
    return identity_states(turns)[-1]


@pytest.mark.parametrize(
    "answer",
    ["是我", "我就是，哪位？", "对，我是。", "嗯，你说。", "是的", "我是，怎麼了？", "本人。", "嘿，我是"],
)
def test_a_yes_confirms(answer: str) -> None:
    assert _last("a 您好，请问是陈立先生吗？", f"c {answer}") is Identity.CONFIRMED


@pytest.mark.parametrize(
    "answer", ["Speaking.", "Yes, this is her.", "That's me.", "Aye, you've got him.", "It is. Who's this?"]
)
def test_a_yes_confirms_in_english(answer: str) -> None:
    assert _last("a Hi, may I speak with Marisol Reyes, please?", f"c {answer}") is Identity.CONFIRMED


@pytest.mark.parametrize(
    "answer",
    [
        "他不在，我是他妈妈。",
        "我是他同事，他手机落工位上了。",
        "他洗澡呢，我是他爱人。",
        "他出去了，您有什么事？",
        "他現在不在位子上，我是他同事。",
        "不是本人，我是他弟弟",
    ],
)
def test_somebody_else_is_a_third_party(answer: str) -> None:
    assert _last("a 请问是陈立先生吗？", f"c {answer}") is Identity.THIRD_PARTY


@pytest.mark.parametrize("answer", ["He's not here, this is his mom.", "She's at work, I'm her husband."])
def test_somebody_else_is_a_third_party_in_english(answer: str) -> None:
    assert _last("a Hello, I'm trying to reach Kevin Okafor.", f"c {answer}") is Identity.THIRD_PARTY


@pytest.mark.parametrize("answer", ["打错了", "你打错了，我不认识他。", "没有这个人", "您打錯了吧"])
def test_a_wrong_number_is_told(answer: str) -> None:
    assert _last("a 请问是陈立先生吗？", f"c {answer}") is Identity.WRONG_NUMBER


def test_a_wrong_number_is_told_in_english() -> None:
    assert _last("a Is this Kevin Okafor?", "c You've got the wrong number.") is Identity.WRONG_NUMBER


def test_a_question_back_leaves_it_asked() -> None:
    assert _last("a 请问是陈立先生吗？", "c 哪位？") is Identity.ASKED


def test_matching_digits_confirm() -> None:
    assert (
        _last(
            "a 请问是陈立先生吗？", "c 哪位？", "a 报一下身份证后四位。", "c 幺二四七。", "a 对上了，谢谢。"
        )
        is Identity.CONFIRMED
    )


def test_before_anybody_was_asked_nothing_is_known() -> None:
    states = identity_states([Turn(0, Role.AGENT, "喂，您好。"), Turn(1, Role.CUSTOMER, "喂？")])
    assert states == (Identity.UNKNOWN, Identity.UNKNOWN)


def test_a_handover_needs_a_new_yes() -> None:
    lines = ("a 请问是陈立先生吗？", "t 我是他妈，你等一下，他来了。")
    assert _last(*lines) is Identity.THIRD_PARTY
    assert _last(*lines, "a 陈先生您好。", "c 是我。") is Identity.CONFIRMED


def test_once_confirmed_a_word_about_relatives_changes_nothing() -> None:
    assert _last("a 请问是陈立吗？", "c 是我。", "a 您说。", "c 我老婆不在家。") is Identity.CONFIRMED


def test_a_joke_about_the_wrong_number_can_be_taken_back() -> None:
    assert (
        _last("a 祝晓东吗？", "c 不是，你打错了。", "a 不好意思。", "c 骗你的，我就是。")
        is Identity.CONFIRMED
    )


def test_a_call_to_a_father_about_his_son_reaches_a_third_party() -> None:
    assert _last("a 喂，杨建国，你儿子杨涛在我们这儿欠了两万二。", "c 啊？") is Identity.THIRD_PARTY


def test_roles_that_are_not_known_do_not_hide_a_third_party() -> None:
    assert _last("a 请问是陈立先生吗？", "u 他不在，我是他妈妈。") is Identity.THIRD_PARTY


@given(st.lists(st.tuples(st.sampled_from(list(_ROLES.values())), st.text(max_size=20)), max_size=10))
def test_there_is_one_state_before_each_turn(lines: list[tuple[Role, str]]) -> None:
    turns = [Turn(i, role, text) for i, (role, text) in enumerate(lines)]
    states = identity_states(turns)
    assert len(states) == len(turns)
    assert all(state is Identity.UNKNOWN for state in states[:1])


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("a 请问是周广田先生吗？", "c 周广田是我业富，你哪里？"),
        ("a 请问是陈立先生吗？", "c 他是我业富。"),
        ("a 您好，我找谈雪松先生。", "c 谈工在开年会彩排，手机都收了。"),
        ("a 你好，请问这是田野的座机吗？", "c 田野出外勤了，我帮你接的。"),
        ("a 喂，是李静女士吗？", "c 李静不在，去接孩子了。"),
        ("a Hi, is this Kevin?", "c Kevin moved out last year."),
    ],
)
def test_who_speaks_of_the_wanted_person_is_a_third_party_without_a_word_of_kinship(
    asked: str, answer: str
) -> None:
    assert _last(asked, answer) is Identity.THIRD_PARTY


@pytest.mark.parametrize(
    "answer", ["我是陈立，在上班。", "陈立，是我。", "我在开会，你说吧。", "对，我是陈立，在家呢。"]
)
def test_who_speaks_of_himself_is_no_third_party(answer: str) -> None:
    assert _last("a 请问是陈立先生吗？", f"c {answer}") is Identity.CONFIRMED


def test_where_a_department_picks_up_going_along_confirms_nobody() -> None:
    lines = (
        "c 喂你好，技术部。",
        "a 你好，找解思明。",
        "c 传票？他怎么了？",
        "a 有点事。",
        "c 那我帮他查查。",
    )
    assert _last(*lines) is not Identity.CONFIRMED


@pytest.mark.parametrize("answer", ["你是谁啊？", "哪个公司的呀？", "您找谁？"])
def test_who_asks_back_has_not_confirmed(answer: str) -> None:
    assert _last("a 陈立先生，您好。", f"c {answer}") is Identity.ASKED


def test_the_advice_to_borrow_from_a_flatmate_makes_no_third_party() -> None:
    lines = ("a 陈立吗？", "c 是我。", "a 没有就跟你室友借，室友没有就找男朋友借。")
    assert _last(*lines) is Identity.CONFIRMED


def test_a_misheard_flatmate_is_no_third_party_before_the_question_either() -> None:
    assert _last("a 实在不行跟你室友借点。") is Identity.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("不是", Identity.WRONG_NUMBER),
        ("no", Identity.WRONG_NUMBER),
        ("机主换了我是新号", Identity.WRONG_NUMBER),
        ("李娜是谁", Identity.WRONG_NUMBER),
        ("Never heard of her.", Identity.WRONG_NUMBER),
        ("你们找她干嘛她跟我早离婚了", Identity.THIRD_PARTY),
        ("她休产假了我是出纳", Identity.THIRD_PARTY),
        ("伊無佇咧", Identity.THIRD_PARTY),
        ("你先说什么事", Identity.ASKED),
        ("是啊，不是说好月底吗", Identity.CONFIRMED),
    ],
)
def test_what_callers_answer_when_they_are_asked_for(answer: str, state: Identity) -> None:
    turns = [
        Turn(0, Role.AGENT, "请问是李娜吗？"),
        Turn(1, Role.CUSTOMER, answer),
        Turn(2, Role.AGENT, "好的。"),
    ]
    assert identity_states(turns)[-1] is state


@pytest.mark.parametrize(
    ("said", "thanks"),
    [
        ("这个我要跟她本人核对一下", "谢谢您的配合，再见"),
        ("这个我得和她本人核实", "好的谢谢配合"),
        ("不好意思我这边不方便核实任何情况", "谢谢您"),
        ("具体的要本人核对身份以后才能说", "谢谢您的配合"),
        ("i really can't confirm or deny anything", "thank you i'll try her after six"),
        ("i'd need to verify a few details with her first", "thanks very much bye"),
        ("i'm not able to confirm what it's about", "great thank you"),
        ("i can neither confirm nor deny that", "lovely thanks"),
        ("i'm calling to verify some information with mrs reyes", "thank you"),
    ],
)
@pytest.mark.parametrize("role", ["t", "c"])
def test_thanks_after_a_refusal_make_no_debtor_of_a_relative(said: str, thanks: str, role: str) -> None:
    her = (f"{role} 她不在，我是她姐。",) if said[0] > "z" else (f"{role} she's at work, this is her sister",)
    lines = ("a 请问是李娜女士吗？", *her, f"a {said}", f"{role} 好吧", f"a {thanks}")
    assert _last(*lines) is Identity.THIRD_PARTY


def test_who_was_taken_for_another_is_confirmed_by_his_digits() -> None:
    lines = (
        "a 请问是李娜女士吗？",
        "c 这是她的电话，啊不，我的电话。",
        "a 那跟您核对一下身份证后四位。",
        "c 三三零七。",
        "a 对上了。",
    )
    assert _last(*lines) is Identity.CONFIRMED
    assert _last(*lines[:3], "c 我不记得了。", "a 没错，谢谢。") is Identity.THIRD_PARTY


@pytest.mark.parametrize(
    "check",
    [
        "那跟您本人核对一下身份证后四位",
        "麻烦您核对一下身份证后四位",
        "i just need to verify your date of birth",
    ],
)
def test_a_check_asked_of_the_listener_confirms(check: str) -> None:
    lines = ("a 请问是李娜女士吗？", "c 哪位？", f"a {check}", "c 三三零七", "a 对上了，谢谢")
    assert _last(*lines) is Identity.CONFIRMED


@pytest.mark.parametrize(
    "complaint",
    [
        "一天八个电话，我老婆都要跟我离婚了！",
        "你们还打，我爱人都要跟我分居了",
        "我老公就跟我离婚了",
        "我老婆天天同我鬧離婚",
    ],
)
def test_whose_marriage_suffers_is_no_third_party_for_it(complaint: str) -> None:
    asked = "a 请问是李建国先生吗？"
    assert _last(asked, f"c {complaint}") is not Identity.THIRD_PARTY
    assert _last(asked, "c 是我。", "a 您好。", f"c {complaint}") is Identity.CONFIRMED
    assert _last(asked, "c 她早跟我离婚了，你别打了。") is Identity.THIRD_PARTY


@pytest.mark.parametrize(
    "greeting",
    [
        "罗会计早上好，我是鼎固的小阮，没打扰您开会吧？",
        "赵总，您好，我是万邦包材的小倪，您在忙吗",
        "林小姐您好，您現在方便說話嗎",
    ],
)
def test_who_is_greeted_by_name_and_asked_whether_it_suits_goes_along(greeting: str) -> None:
    assert _last(f"a {greeting}", "c 没有，你说。") is Identity.CONFIRMED
    assert _last(f"a {greeting}", "c 他不在，我是他同事。") is Identity.THIRD_PARTY


def test_a_wrong_number_stays_one_while_the_same_stranger_speaks_on() -> None:
    lines = ("a 请问是李娜女士吗？", "t 你打错了。", "a 不好意思，打扰了。", "t 没事，以后别打了。")
    assert _last(*lines) is Identity.WRONG_NUMBER
