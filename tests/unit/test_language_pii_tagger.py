"""What only the characters of a name give away is found by the tagger, and nothing is invented."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii.spans import Found
from coach.language.pii.tagger import Tagged, _spans
from coach.language.pii.together import joined_with
from tests.detectors import detector, tagger


def _turns(*texts: str) -> list[Turn]:
    return [Turn(i, Role.CUSTOMER, text) for i, text in enumerate(texts)]


def _found(text: str) -> list[tuple[str, str]]:
    (spans,) = detector().detect(_turns(text), language="zh")
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


def test_a_turn_is_read_alike_alone_and_in_a_batch() -> None:
    texts = ["我在比亚迪拧螺丝", "您好", "我住锦绣江南", ""]
    together = tagger().read_alone(_turns(*texts))
    alone = [tagger().read_alone(_turns(text))[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert [(each.type, each.span) for each in one.found] == [
            (each.type, each.span) for each in other.found
        ]
        assert one.none == pytest.approx(other.none, abs=1e-4)


@pytest.mark.parametrize(
    ("question", "kind"), [("您现在在哪儿上班", PiiType.EMPLOYER), ("您家住哪个小区", PiiType.ADDRESS)]
)
def test_the_question_tells_what_an_answer_of_two_words_is(question: str, kind: PiiType) -> None:
    turns = [Turn(0, Role.AGENT, question), Turn(1, Role.CUSTOMER, "荷塘，就俩字")]
    (found,) = tagger().read(turns)[1].found
    assert (found.type, found.span.of(turns[1].text)) == (kind, "荷塘")


def test_only_the_end_of_a_long_turn_is_read_with_the_next() -> None:
    answer = Turn(1, Role.CUSTOMER, "荷塘，就俩字")
    question = "您家住哪个小区" + "，这个地址我们要登记一下，请您说清楚" * 8
    read = [
        tagger().read([Turn(0, Role.AGENT, words), answer])[1] for words in (question, "甲乙丙" + question)
    ]
    assert read[0].none == pytest.approx(read[1].none, abs=1e-4)


def test_a_long_turn_is_read_to_its_end() -> None:
    filler = "那个我跟你讲啊这个事情真的不是我不想还，" * 20
    text = f"我叫贺知章，{filler}我叫贺知章，{filler}我叫贺知章。"
    (read,) = tagger().read(_turns(text))
    assert len(read.none) == len(text)
    names = [one.span.start for one in read.found if "贺知章" in one.span.of(text)]
    assert names == [at for at in range(len(text)) if text.startswith("贺知章", at)]


def test_no_turns_are_no_findings() -> None:
    assert tagger().read([]) == []
    assert [tuple(one.found) for one in tagger().read(_turns("", "  "))] == [(), ()]


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


@pytest.mark.parametrize(
    ("words", "kind"), [("机主", PiiType.NAME), ("业主", PiiType.NAME), ("老东家", PiiType.EMPLOYER)]
)
def test_what_anybody_may_be_and_any_house_is_no_datum(words: str, kind: PiiType) -> None:
    assert _joined(f"是{words}吗", (words, kind, 0.99)) == set()


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


def _shares(
    *rows: tuple[float, float, float, float, float, float],
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Shares of the six tags of something in each place; the rest is nothing."""
    something = np.array(rows, np.float32)
    return np.concatenate([1.0 - something.sum(axis=1, keepdims=True), something], axis=1)


def test_a_stretch_whose_characters_disagree_about_its_type_is_one_of_the_likeliest() -> None:
    begins, goes_on, otherwise = (0, 0, 0.6, 0, 0.3, 0), (0, 0, 0, 0.5, 0, 0.4), (0, 0, 0, 0.3, 0, 0.6)
    (one,) = _spans(_shares((0,) * 6, begins, otherwise, goes_on, (0,) * 6))
    assert (one.type, one.span) == (PiiType.ADDRESS, Span(1, 4))
    assert one.confidence == pytest.approx(0.9)


def test_two_stretches_of_which_the_second_begins_for_sure_are_two() -> None:
    workplace, name = (0, 0, 0, 0, 0.9, 0), (0.9, 0, 0, 0, 0, 0)
    first, second = _spans(_shares(workplace, (0, 0, 0, 0, 0, 0.9), name, (0, 0.9, 0, 0, 0, 0)))
    assert (first.type, second.type) == (PiiType.EMPLOYER, PiiType.NAME)
    assert (first.span, second.span) == (Span(0, 2), Span(2, 4))


@pytest.mark.parametrize(("sure", "kind"), [(0.99, PiiType.ADDRESS), (0.96, PiiType.NAME)])
def test_a_very_sure_tagger_says_what_stands_alone_is(sure: float, kind: PiiType) -> None:
    turn = Turn(0, Role.CUSTOMER, "桂花城，借住的")
    rule, tagged = Found(PiiType.NAME, Span(0, 3), 0.7), Found(PiiType.ADDRESS, Span(0, 3), sure)
    (one,) = joined_with([rule], Tagged((tagged,), (0.1,) * 7), turn)
    assert one.type is kind


def test_the_house_about_which_the_other_side_asks_is_nobodys_workplace() -> None:
    text = "Are you with Lowell?"
    read = Tagged((Found(PiiType.EMPLOYER, Span(13, 19), 0.99),), (0.1,) * len(text))
    assert joined_with([], read, Turn(0, Role.CUSTOMER, text)) == []
    assert joined_with([], read, Turn(0, Role.AGENT, text))
