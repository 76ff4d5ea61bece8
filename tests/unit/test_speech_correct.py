"""Misheard terms are mended by their sound; what was right is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.domain.call import Role, Turn
from coach.domain.errors import ModelError
from coach.domain.time import Interval
from coach.domain.transcript import Word
from coach.speech.correct import Corrector


def said(text: str, confidence: float = 0.7) -> Turn:
    words = tuple(Word(c, Interval(i * 0.2, i * 0.2 + 0.2), confidence) for i, c in enumerate(text))
    return Turn(0, Role.CUSTOMER, text, Interval(0, 0.2 * len(text)), words)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("到今天已经与其三十二天了", "到今天已经逾期三十二天了"),
        ("我被公司才员了", "我被公司裁员了"),
        ("请问您的公号是多少", "请问您的工号是多少"),
        ("跟您合对一下", "跟您核对一下"),
        ("利息不能见面", "利息不能减免"),
        ("会影响您的争信报告", "会影响您的征信报告"),
        ("九月三十号之前海款", "九月三十号之前还款"),
        ("何经历您好", "何经理您好"),
        ("十五号之前父亲。", "十五号之前付清。"),
        ("以审批结果未准", "以审批结果为准"),
        ("周女是您好", "周女士您好"),
        ("为，您好", "喂，您好"),
        ("到今天以七十五天了", "到今天逾期十五天了"),
        ("我想申请分六七，每个月环一千六", "我想申请分六期，每个月还一千六"),
        ("去找你爸妈界，去找朋友界，今天还", "去找你爸妈借，去找朋友借，今天还"),
        ("请问是神某原因没有暗示还款", "请问是什么原因没有按时还款"),
        ("我可以提供公司留水和公司条", "我可以提供工资流水和工资条"),
        ("还在宽限七，不算逾期", "还在宽限期，不算逾期"),
        ("二十号才发工夫，被拖欠公司五个月", "二十号才发工资，被拖欠工资五个月"),
        ("二万三千五于七三十七千", "二万三千五逾期三十七千"),
        ("五百九十八一期三十七天", "五百九十八逾期三十七天"),
        ("和从第六条写的", "合同第六条写的"),
        ("利率按和从上浮", "利率按合同上浮"),
        ("到了给您发断心", "到了给您发短信"),
        ("客户经历给您回复", "客户经理给您回复"),
        ("我征训上有记录", "我征信上有记录"),
        ("可以申请分析补缴", "可以申请分期补缴"),
        ("跟您合适一下信息", "跟您核实一下信息"),
        ("您好克服中心", "您好客服中心"),
        ("合同为号四零四", "合同尾号四零四"),
        ("可以走节商", "可以走协商"),
        ("您共好多少", "您工号多少"),
        ("可能会提取诉讼", "可能会提起诉讼"),
    ],
)
def test_a_misheard_term_is_mended_and_what_was_heard_is_kept(heard: str, meant: str) -> None:
    (turn,) = Corrector().correct((said(heard),))
    assert turn.text == meant
    assert "".join(word.text for word in turn.words) == meant
    for correction in turn.corrections:
        assert correction.original == correction.span.of(heard)
        assert correction.original != correction.span.of(meant)
    assert turn.corrections


@pytest.mark.parametrize(
    "text",
    [
        "与其拖着，不如早点说清楚",
        "把钱打到公司，公司卡上没有余额，公司一个月发一次钱",
        "分三期，一期三十天，一期利息一百",
        "客户经历了什么我们不知道，你的经历我理解",
        "我真心想还，真心的",
        "分析还款能力，分析还款计划",
        "这个日子合适吗，合适您就说一声",
        "我要克服困难，工后去找你",
        "申请见面谈，什么时候见面",
        "每号楼都有，为号召大家",
        "何去何从上面也没说",
        "我和从第三方来的人谈过",
        "公司条件不好，可以提供公司流水",
        "最多宽限七天，不能宽限七十天",
        "季节商品卖不动，先结商户的钱",
        "完工后是五月，施工后多少天付款",
        "第一期状态正常，一期二十八天",
        "疫情导致预期收入减少，不算预期内的事",
        "把我的经历给您说说",
        "需要合适您的方案，申请分析报告",
        "你七十三天没还，还剩余七天，剩余七十五天",
        "请于七天内还款，于七十五天内结清",
        "第十一期二十八天",
        "不算与其他银行的，就算预期落空",
        "给您发一段信息",
        "符合时您就能办",
        "你们克服一下，克服人员不足",
        "因为号三四五",
        "您可以继续用卡，必须用卡付款，我去用卡还",
        "转人工后，等了半小时，外出打工后是五月",
        "我预期下个月能发工资",
        "您别用这种语气跟我说话",
        "咱们见面谈吧",
        "我去找中介，跟外界没有关系",
        "您跟朋友解释一下",
        "祝您父亲早日康复",
        "我的经历您不了解",
        "账期是三个月",
        "我也真心疼您",
        "我关心的是教育事业",
        "合同第四页写着",
        "那是业务员办的",
        "账单写三千一百八",
        "您这笔本金利息合计十八万六",
        "为您服务",
        "分歧很大，我们再谈",
        "已七十五天了",
        "每七天打一次电话",
        "您是在暗示我吗",
        "这个环节要谈清楚",
    ],
)
def test_what_was_right_is_left_alone(text: str) -> None:
    (turn,) = Corrector().correct((said(text, 0.95),))
    assert turn.text == text
    assert turn.corrections == ()


def test_a_traditional_text_gets_traditional_terms() -> None:
    (turn,) = Corrector().correct((said("您這筆帳單與其三十二天了，請還款"),))
    assert turn.text == "您這筆帳單逾期三十二天了，請還款"
    (turn,) = Corrector().correct((said("會影響您的爭信報告"),))
    assert turn.text == "會影響您的徵信報告"


def test_the_office_adds_its_own_names(tmp_path: Path) -> None:
    lexicon = tmp_path / "names.txt"
    lexicon.write_text("# 产品\n橙易贷\n", encoding="utf-8")
    (turn,) = Corrector(lexicon).correct((said("您的成一贷到期了"),))
    assert turn.text == "您的橙易贷到期了"


def test_an_unreadable_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"lexicon names\.txt cannot be read"):
        Corrector(tmp_path / "names.txt").correct((said("您好"),))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("明天上午我在打电话跟您确认", "明天上午我再打电话跟您确认"),
        ("已经两个月没有搅了", "已经两个月没有缴了"),
        ("这是真的嘛", "这是真的吗"),
        ("七月十号环第一期", "七月十号还第一期"),
    ],
)
def test_unclear_characters_become_what_fits_the_words_around_them(heard: str, meant: str) -> None:
    (turn,) = Corrector().correct((said(heard, 0.4),))
    assert turn.text == meant
    assert all(c.original != c.span.of(meant) for c in turn.corrections)


@pytest.mark.parametrize(
    "text", ["请问是黄丽女士吗", "你转告孙伟，让他回电话", "请问是赵强先生吗", "我不方便转发"]
)
def test_names_and_words_stay_however_unclear_they_are(text: str) -> None:
    (turn,) = Corrector().correct((said(text, 0.3),))
    assert turn.text == text


@pytest.mark.parametrize("text", ["账单十六千元", "以共三千二百元", "想找一下李明"])
def test_no_number_is_made_or_lost(text: str) -> None:
    (turn,) = Corrector().correct((said(text, 0.3),))
    assert turn.text == text


def test_what_the_recogniser_was_sure_of_stays() -> None:
    (turn,) = Corrector().correct((said("明天上午我在打电话跟您确认", 0.99),))
    assert turn.corrections == ()
