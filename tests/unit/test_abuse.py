"""Gross abuse is known by its words, unless it is reported, denied or no abuse."""

from __future__ import annotations

import pytest

from coach.language.abuse import abuse_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("操你妈，赶紧还钱", "操你妈"),
        ("我艹你大爷", "艹你大爷"),
        ("急你妈！", "急你妈"),
        ("去你妈的吧", "去你妈的"),
        ("你个傻逼，欠钱还有理了", "你个傻逼"),
        ("你就是个王八蛋", "你就是个王八蛋"),
        ("傻比！", "傻比"),
        ("你們全家死光", "你們全家死"),
        ("反正换谁您都不给钱，这毛病祖传的吧", "毛病祖传的"),
        ("欠錢不還的毛病是祖傳的吧", "欠錢不還的毛病是祖傳的"),
        ("你就是个窝囊废", "你就是个窝囊废"),
        ("你們這幫寄生蟲！", "你們這幫寄生蟲"),
        ("您真是白眼狼啊", "您真是白眼狼"),
        ("you're pathetic", "you're pathetic"),
        ("You lot are parasites", "You lot are parasites"),
        ("fuck you, pay the money", "fuck you"),
        ("You lying bastard", "You lying bastard"),
        ("You're a piece of shit", "You're a piece of shit"),
    ],
)
def test_abuse_of_the_listener_is_found(text: str, words: str) -> None:
    span = abuse_in(text)
    assert span is not None
    assert span.of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "你们上次那个人骂我王八蛋",
        "他说操你妈，我有录音",
        "您别说傻逼这种话",
        "行，过两天我顺路去你妈的菜摊看看她",
        "利息不会利滚利",
        "把钱还你妈那儿就行",
        "你妈妈在家吗",
        "He called me a bastard",
        "I never said fuck you to anyone",
        "you know the Bastard brothers' garage",
        "这个王八蛋公司欠我工资",
        "他们骂我废物，我有录音",
        "哈哈哈哈，你这个狗东西",
        "你们是废物回收站吗",
        "你说谁神经病",
        "你叫我白痴我也没钱",
        "he said you're pathetic",
        "your interest rate is pathetic",
        "我这毛病祖传的，血压高",
        "祖传的老房子不能卖",
        "我们家是祖传的手艺",
    ],
)
def test_what_is_reported_denied_or_innocent_is_none(text: str) -> None:
    assert abuse_in(text) is None
