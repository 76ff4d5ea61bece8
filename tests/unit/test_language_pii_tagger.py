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


def _joined(
    text: str, *tagged: tuple[str, PiiType, float], rules: tuple[tuple[str, PiiType, float], ...] = ()
) -> set[str]:
    """The words of ``text`` that are marked where rules and tagger found these."""

    def found(words: str, kind: PiiType, sure: float) -> Found:
        return Found(kind, Span(text.index(words), text.index(words) + len(words)), sure)

    read = Tagged(tuple(found(*one) for one in tagged), (0.1,) * len(text))
    joined = joined_with([found(*one) for one in rules], read, Turn(0, Role.CUSTOMER, text))
    return {f"{one.type.value} {one.span.of(text)}" for one in joined}


@pytest.mark.parametrize(
    ("text", "tagged", "marked"),
    [
        ("他调去分水岭收费站了", "分水岭收费", "employer 分水岭收费站"),
        ("我在宏图食品厂上班", "宏图食品厂", "employer 宏图食品厂"),
        ("我在永辉超市上班", "永辉超市", "employer 永辉超市"),
    ],
)
def test_a_workplace_goes_on_to_the_character_that_says_what_it_is(
    text: str, tagged: str, marked: str
) -> None:
    assert _joined(text, (tagged, PiiType.EMPLOYER, 0.99)) == {marked}


def test_two_roads_that_meet_are_two_places() -> None:
    meeting = ("六安路和淮河路", PiiType.ADDRESS, 0.99)
    assert _joined("我在六安路和淮河路交叉口", meeting) == {"address 六安路", "address 淮河路"}


def test_a_workplace_and_a_place_without_a_gap_are_one_stretch() -> None:
    halves = ("国际商", PiiType.EMPLOYER, 0.92), ("贸城", PiiType.ADDRESS, 0.97)
    assert _joined("我在国际商贸城门口", *halves) == {"address 国际商贸城"}


@pytest.mark.parametrize("words", ["六月", "十五号", "这个月底", "二零年"])
def test_a_day_is_no_datum_however_sure_the_tagger_is(words: str) -> None:
    assert _joined(f"我{words}还", (words, PiiType.ADDRESS, 0.99)) == set()


def test_where_rules_only_guess_a_half_sure_tagger_says_what_it_is() -> None:
    guess = (("Halloran", PiiType.NAME, 0.66),)
    assert _joined("I drive for Halloran nights", ("Halloran", PiiType.EMPLOYER, 0.8), rules=guess) == {
        "employer Halloran"
    }


def test_where_rules_are_sure_a_half_sure_tagger_says_nothing() -> None:
    sure = (("Halloran", PiiType.NAME, 0.95),)
    assert _joined("My name is Halloran", ("Halloran", PiiType.EMPLOYER, 0.8), rules=sure) == {
        "name Halloran"
    }
