"""What only the characters of a name give away is found by the tagger, and nothing is invented."""

from __future__ import annotations

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii import RulePiiDetector
from coach.language.pii.spans import Found
from coach.language.pii.tagger import Tagged, load
from coach.language.pii.together import joined_with


def _turns(*texts: str) -> list[Turn]:
    return [Turn(i, Role.CUSTOMER, text) for i, text in enumerate(texts)]


def _found(text: str, *, with_tagger: bool = True) -> list[tuple[str, str]]:
    (spans,) = RulePiiDetector(with_tagger=with_tagger).detect(_turns(text), language="zh")
    return [(one.span.of(text), one.type.value) for one in spans]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("我在比亚迪拧螺丝", "比亚迪", "employer"),
        ("她去年从金鹰百货辞职了", "金鹰百货", "employer"),
        ("我們公司是大同電子，在科學園區。", "大同電子", "employer"),
        ("She stacks shelves at Aldi.", "Aldi", "employer"),
        ("我住锦绣江南", "锦绣江南", "address"),
        ("住在天通苑西三区", "天通苑西三区", "address"),
        ("I'm staying on Orchard Terrace", "Orchard Terrace", "address"),
    ],
)
def test_a_name_without_a_suffix_that_gives_it_away_is_found(text: str, words: str, kind: str) -> None:
    assert (words, kind) in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "我在上班呢你晚点打",
        "厂里还没发工资",
        "我在超市买菜呢",
        "你是哪个银行的",
        "老总还没批，花生也没卖出去",
        "It was May when I paid, then July.",
        "I bought it on the high street.",
    ],
)
def test_everyday_words_stay_unmarked(text: str) -> None:
    assert _found(text) == []


def test_a_turn_is_read_alike_alone_and_among_others() -> None:
    texts = ["我在比亚迪拧螺丝", "您好", "我住锦绣江南", ""]
    together = load().read(_turns(*texts))
    alone = [load().read(_turns(text))[0] for text in texts]
    assert [one.found for one in together] == [one.found for one in alone]


def test_no_turns_are_no_findings() -> None:
    assert load().read([]) == []
    assert [tuple(one.found) for one in load().read(_turns("", ""))] == [(), ()]


def test_a_guess_of_the_rules_that_the_tagger_doubts_is_dropped_and_a_sure_one_is_kept() -> None:
    turn = Turn(0, Role.CUSTOMER, "甲乙丙丁")
    guess = Found(PiiType.NAME, Span(0, 2), 0.6)
    sure = Found(PiiType.NAME, Span(2, 4), 0.9)
    assert joined_with([guess, sure], Tagged((), (0.99, 0.99, 0.99, 0.99)), turn) == [sure]


def test_where_both_agree_the_longer_stretch_is_marked() -> None:
    turn = Turn(0, Role.CUSTOMER, "住东湖花园三期")
    rule = Found(PiiType.ADDRESS, Span(1, 5), 0.6)
    tagged = Found(PiiType.ADDRESS, Span(3, 7), 0.99)
    (one,) = joined_with([rule], Tagged((tagged,), (0.1,) * 7), turn)
    assert one.span == Span(1, 7)
