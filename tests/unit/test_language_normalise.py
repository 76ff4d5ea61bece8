"""Folding keeps offsets; scripts are written on request; the language of a transcript is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language.detect import detect_language
from coach.language.normalise import fold, is_traditional, to_script
from coach.language.numbers import rewritten


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("您還欠３２６０塊", "您还欠3260块"),
        ("這週五", "这周五"),
        ("帳單逾期", "账单逾期"),
        ("OK，好", "ok，好"),
        ("三千,二百", "三千，二百"),
        ("1,250 dollars", "1,250 dollars"),
        ("是本人吗?", "是本人吗？"),
    ],
)
def test_width_script_and_case_fold_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_never_moves_a_character(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "script", "written"),
    [
        ("帳單逾期", "simplified", "账单逾期"),
        ("账单逾期", "traditional", "帳單逾期"),
        ("蚊帐", "simplified", "蚊帐"),
        ("帳單", "as_heard", "帳單"),
    ],
)
def test_text_is_written_in_the_script_asked_for(text: str, script: str, written: str) -> None:
    assert to_script(text, script) == written  # type: ignore[arg-type]


def test_words_of_taiwan_are_swapped_only_when_asked() -> None:
    assert to_script("软件", "traditional") == "軟件"
    assert to_script("软件", "traditional", taiwan_words=True) == "軟體"


@pytest.mark.parametrize(("text", "traditional"), [("這個嗎", True), ("这个吗", False), ("我", False)])
def test_the_script_of_a_text_is_told(text: str, traditional: bool) -> None:
    assert is_traditional(text) is traditional


@pytest.mark.parametrize(
    ("turns", "language"),
    [
        (["喂，您好，请问是陈先生吗"], "zh"),
        (["OK", "好，我用 App 转给你"], "zh"),
        (["Hello, is that Mr Smith?", "Yes, speaking."], "en"),
        (["Bonjour, je voudrais parler avec Monsieur Durand"], "other"),
        (
            ["喂，請問係咪陳先生？", "我係，你邊位？", "你嗰筆數仲未還。", "我冇錢呀，過多兩日先俾你啦。"],
            "other",
        ),
        (
            ["您好，請問是陳先生嗎？", "我是，我唔記得了，要還多少？", "您的卡數欠四千六百元，七月到期。"],
            "zh",
        ),
        (["もしもし、田中さんでしょうか"], "other"),
        ([""], "other"),
        ([], "other"),
    ],
)
def test_the_language_of_a_transcript_is_told(turns: list[str], language: str) -> None:
    assert detect_language(turns) == language


def test_spoken_and_written_numbers_are_both_kept() -> None:
    spoken = "我还欠三千二百六，分三期"
    assert [(number.spoken, number.written) for number in rewritten(spoken)] == [
        ("三千二百六", "3260"),
        ("三", "3"),
    ]


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        (["软件", "的", "账单"], ["軟體", "的", "帳單"]),
        (["智能手机", "，", "软件"], ["智慧手機", "，", "軟體"]),
        (["博客", "，", "软件"], ["博客", "，", "軟體"]),
    ],
)
def test_taiwans_words_keep_the_times_of_characters(heard: list[str], written: list[str]) -> None:
    from coach.speech.whisper import in_script

    assert in_script(heard, "taiwan") == written
