"""Numbers and mailboxes as they are said in answers, begun anew and put right later."""

from __future__ import annotations

from functools import partial

import pytest

from tests.unit.pii_found import found

_english = partial(found, language="en")
_chinese = partial(found, language="zh")


@pytest.mark.parametrize(
    ("call", "number"),
    [
        ("A:what's the best number for you | C:it's oh four two eight five five one nine oh three", "phone"),
        ("A:yes | C:text me so i don't forget it's oh four two eight five five one nine oh three", "phone"),
        ("A:yes | C:It's zero four two eight, five five one, nine zero three.", "phone"),
        ("A:ok | C:that's oh four one double two seven eight nine one two", "phone"),
        ("A:ok | C:yeah it's oh eight six four one two double seven nine oh", "phone"),
        ("A:ok | C:it's oh three nine double five five oh one four two", "phone"),
        ("A:what number can I reach you on? | C:Um, it's five five five, oh one four two.", "phone"),
        ("A:have you got your account number | C:it's four four one oh two nine five", "account"),
        ("A:Your account number, please? | C:Sure, that's one oh four two two nine eight.", "account"),
        (
            "A:what's a good number | C:you can get me on, it's oh two one four four oh seven five six",
            "phone",
        ),
        ("A:account number for me? | C:hang on it's two two nine one four seven oh six", "account"),
        ("A:can i take your membership number | C:yeah it's nine nine one two four oh", "account"),
    ],
)
def test_a_number_told_digit_by_digit_is_what_was_asked_for(call: str, number: str) -> None:
    (mark,) = _english(call)[-1]
    assert mark.startswith(f"{number} ")


@pytest.mark.parametrize(
    "call",
    [
        "A:how much is it | C:it's four two eight",
        "A:what's the order number | C:it's four two eight five five one nine oh three",
        "A:What's the reference number? | C:Yeah, it's oh four two eight five five one nine oh three.",
        "A:what's the tracking number? | C:one sec, it's nine four double oh one one one eight nine",
        "A:how many have you paid | C:it's three four five six seven months now",
        "A:when is it due | C:it's the nineteenth of march",
        "A:which line do i ring | C:it's oh eight hundred one two three four five six",
        "A:which line do i ring | C:it's oh three hundred one two three four five six seven",
    ],
)
def test_an_order_a_sum_or_a_hotline_told_so_stays(call: str) -> None:
    assert _english(call)[-1] == []


@pytest.mark.parametrize(
    ("question", "answer", "mark"),
    [
        ("您电话多少", "是八六六三二零四九", "phone 八六六三二零四九"),
        ("您家固話號碼是？", "嗯，是八六六三二零四九。", "phone 八六六三二零四九"),
    ],
)
def test_a_number_behind_a_mere_is_is_what_was_asked_for(question: str, answer: str, mark: str) -> None:
    assert _chinese(f"A:{question} | C:{answer}")[1] == [mark]


def test_an_order_number_behind_a_mere_is_stays() -> None:
    assert _chinese("A:订单号多少 | C:是八六六三二零四九")[1] == []


@pytest.mark.parametrize(
    ("call", "correction"),
    [
        ("C:手机是幺三八 零八二七 四四一九零 | A:还差一位 | C:哦 四四一九 零六", "四四一九 零六"),
        ("C:手機是幺三八零八二七四四一九零 | A:好像還差一位呢女士 | C:哦，四四一九零六。", "四四一九零六"),
        ("C:我电话幺三八零八二七四四一九 | A:不对吧，位数多了 | C:最后是四四幺六", "四四幺六"),
        ("C:幺三八零八二七四四一九 | A:四四一九对吧？ | C:不是，四四幺六。", "四四幺六"),
        ("C:手机幺三八零八二七四四一九 | A:记下了 | C:说错了，是四四一六", "四四一六"),
        ("C:手机一三八零零一二三四五六七八 | A:这个好像多报了两位 | C:哦哦 那是四五六七", "四五六七"),
        ("C:电话一三九七七四二零零八 | A:您再报一遍后面的 | C:嗯 | A:请讲 | C:二零零八八", "二零零八八"),
        ("C:卡号六二二二零二零四零零零一二三四 | A:不够位数，还差三位 | C:哦 四七六五", "四七六五"),
        (
            "A:what's your number | C:it's oh four two eight five five one nine oh | A:that's one short"
            " | C:sorry nine oh three",
            "nine oh three",
        ),
        (
            "C:My number's 07700 900461. | A:900461, is it? | C:No, sorry, 900416.",
            "900416",
        ),
    ],
)
def test_a_part_of_a_number_put_right_later_is_marked_too(call: str, correction: str) -> None:
    language = "zh" if call[2] > "\x7f" else "en"
    assert correction in [mark.partition(" ")[2] for mark in found(call, language=language)[-1]]


def test_a_corrected_part_is_marked_where_it_is_read_back() -> None:
    marks = _chinese("C:手机是幺三八零八二七四四一九零 | A:差一位 | C:四四一九 零六 | A:四四一九零六对吧")
    assert marks[3] == ["phone 四四一九零六"]


@pytest.mark.parametrize(
    "call",
    [
        "C:手机是幺三八零八二七四四一九 | A:工号三三零七 | C:好",
        "C:手机是幺三八零八二七四四一九 | A:好，您尾号四四一九 | C:对",
        "C:手机是幺三八零八二七四四一九 | A:好的 | C:我还三百八十块",
        "C:手机是幺三八零八二七四四一九 | A:还差三千 | C:三千二百八",
        "C:手机是幺三八零八二七四四一九 | A:还差一期没还 | C:九百零六块",
        "C:手机是幺三八零八二七四四一九 | A:好 | C:二零二六年还清",
        "C:二零二六一一二零四四八三 | A:单号还差一位 | C:四四八三二",
        "C:My number's 07700 900461. | A:Thanks. You owe 416 pounds. | C:No, sorry, 461 pounds is wrong.",
        "C:My number's 07700 900461. | A:Thanks, the code is 4417. | C:Sorry, 4417.",
    ],
)
def test_other_figures_behind_a_number_stay(call: str) -> None:
    language = "zh" if call[2] > "\x7f" else "en"
    assert found(call, language=language)[1:] == [[], []]


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("我的信箱是 zhan 底線 kiki 小老鼠 gmail 點 com 拜託", "zhan 底線 kiki 小老鼠 gmail 點 com"),
        ("信箱 wang 底線 88 小老鼠 yahoo 點 com 點 tw", "wang 底線 88 小老鼠 yahoo 點 com 點 tw"),
        ("信箱是chen下底線amy小老鼠hotmail點com。", "chen下底線amy小老鼠hotmail點com"),
        ("邮箱是lin底线tao艾特qq点com", "lin底线tao艾特qq点com"),
        ("邮箱 lin 下横线 tao 艾特 qq 点 com", "lin 下横线 tao 艾特 qq 点 com"),
        ("寄到 zhan 橫線 kiki 小老鼠 gmail 點 com", "zhan 橫線 kiki 小老鼠 gmail 點 com"),
        ("邮箱 lin 中划线 八八 艾特 一六三 点 com", "lin 中划线 八八 艾特 一六三 点 com"),
        ("就是lin_tao艾特qq点com", "lin_tao艾特qq点com"),
    ],
)
def test_an_underscore_or_a_dash_does_not_part_a_mailbox(text: str, mailbox: str) -> None:
    assert _chinese(f"C:{text}") == [[f"email {mailbox}"]]


@pytest.mark.parametrize(
    ("call", "halves"),
    [
        (
            "A:信箱是？ | C:zhan 底線 kiki | A:嗯 | C:小老鼠 gmail 點 com",
            ("zhan 底線 kiki", "小老鼠 gmail 點 com"),
        ),
        ("C:邮箱是lin下划线tao | A:嗯 | C:艾特qq点com", ("lin下划线tao", "艾特qq点com")),
        ("A:your email? | C:jo dot march | A:yes | C:at gmail dot com", ("jo dot march", "at gmail dot com")),
    ],
)
def test_a_mailbox_said_in_two_turns_is_marked_from_its_start(call: str, halves: tuple[str, str]) -> None:
    marks = found(call, language="zh")
    assert [marks[-3], marks[-1]] == [[f"email {half}"] for half in halves]


@pytest.mark.parametrize(
    "text", ["我的底線是三千", "你們做事有沒有底線，gmail 也不回", "app 里有条横线点不动", "小老鼠很可爱"]
)
def test_a_line_that_is_drawn_is_no_mailbox(text: str) -> None:
    assert _chinese(f"C:{text}") == [[]]
