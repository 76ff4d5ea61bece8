"""What simpler methods reach on the same split: key words, TF-IDF, and the frozen encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from coach.domain.labels import LabelId
from models.turn_classifier.data import LABELS, Piece, targets

Booleans = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
KEY_WORDS: dict[LabelId, tuple[str, ...]] = {
    LabelId.THREAT: (
        "上门",
        "坐牢",
        "抓",
        "单位",
        "通讯录",
        "后果",
        "报警",
        "jail",
        "arrest",
        "your boss",
        "at your door",
    ),
    LabelId.INSULT: (
        "老赖",
        "不要脸",
        "骗子",
        "废物",
        "滚",
        "傻",
        "无赖",
        "idiot",
        "deadbeat",
        "liar",
        "pathetic",
    ),
    LabelId.PRIVACY_LEAK: ("他欠", "她欠", "欠我们", "逾期", "he owes", "she owes", "身份证号"),
    LabelId.PRESSURE: ("今天必须", "马上", "立刻", "一分都不能少", "right now", "today or"),
    LabelId.EMOTIONAL: ("什么态度", "懒得", "烦", "吵", "废话", "fed up", "attitude"),
    LabelId.OVERPROMISE: ("保证", "全免", "包在我身上", "放心", "guarantee", "i promise"),
    LabelId.IDENTIFY: ("我是", "请问是", "工号", "this is", "am i speaking", "calling from"),
    LabelId.CONVENIENT_TIME: ("方便", "good time"),
    LabelId.COURTESY: ("您好", "谢谢", "打扰", "再见", "感谢", "thank", "good morning", "goodbye"),
    LabelId.STATE_FACTS: ("逾期", "欠款", "账单", "overdue", "balance"),
    LabelId.EMPATHY: ("理解", "不容易", "understand", "sorry to hear"),
    LabelId.INQUIRE: ("什么原因", "怎么了", "什么情况", "为什么", "what happened", "reason"),
    LabelId.CLEAR_ASK: ("之前还", "申请", "还清", "by friday", "pay"),
    LabelId.IMPORTANCE: ("征信", "罚息", "违约金", "credit", "late fee"),
    LabelId.DEADLINE: ("号之前", "周五", "点之前", "号", "friday", "by the"),
    LabelId.OFFER_PLAN: ("分期", "延期", "减免", "instalment", "installment", "extension", "plan"),
    LabelId.EXPLAIN_EVIDENCE: ("合同", "账单明细", "证明", "凭证", "contract", "statement", "proof"),
    LabelId.COOPERATE: ("一起", "配合", "商量", "together", "work with"),
    LabelId.CONFIRM_COMMITMENT: ("确认一下", "也就是说", "对吗", "confirm", "so you"),
    LabelId.WRITTEN_CONFIRMATION: ("短信", "邮件", "书面", "text you", "email", "in writing"),
    LabelId.FOLLOW_UP: ("再打给您", "再联系", "回访", "call you back", "follow up"),
    LabelId.APOLOGY: ("对不起", "抱歉", "不好意思", "sorry", "apolog"),
    LabelId.EXPLAIN_REASON: ("因为", "失业", "住院", "because", "lost my job"),
    LabelId.WILLINGNESS: ("愿意还", "想还", "会还", "want to pay", "intend"),
    LabelId.KEEP_RECORD: ("工号", "记一下", "编号", "write that down", "reference number"),
    LabelId.KNOW_RIGHTS: ("规定", "条款", "第七十条", "regulation", "entitled"),
    LabelId.REFUSAL: ("不还", "没钱", "不会还", "not paying", "won't pay"),
    LabelId.DISPUTE: ("不对", "不认", "没借", "算错", "wrong", "didn't"),
    LabelId.HARDSHIP: ("没钱", "失业", "周转不开", "住院", "can't afford", "laid off"),
    LabelId.PROMISE: ("我还", "我转", "打过去", "i'll pay", "i can pay"),
}


def key_words(pieces: Sequence[Piece]) -> Booleans:
    """A label wherever one of its words stands."""
    texts = [line.text.lower() for piece in pieces for line in piece.lines]
    return np.array([[any(word in text for word in KEY_WORDS[label]) for label in LABELS] for text in texts])


def tf_idf(train: Sequence[Piece], test: Sequence[Piece]) -> Booleans:
    """Characters 1 to 3 of the turn with its speaker, and logistic regression for each label."""
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    x = vectors.fit_transform(_spoken(train))
    return _regressions(x, train, vectors.transform(_spoken(test)))


def frozen(train: Sequence[Piece], test: Sequence[Piece], train_x: Floats, test_x: Floats) -> Booleans:
    """Logistic regression on the untrained encoder's turn vectors."""
    mean, std = train_x.mean(0), train_x.std(0)
    return _regressions((train_x - mean) / std, train, (test_x - mean) / std, strength=0.01)


def _spoken(pieces: Sequence[Piece]) -> list[str]:
    return [f"{line.role.value[0].upper()} {line.text}" for piece in pieces for line in piece.lines]


def _regressions(x: object, train: Sequence[Piece], test_x: object, strength: float = 4.0) -> Booleans:
    wanted, mask = (np.concatenate(part) for part in zip(*(targets(piece) for piece in train), strict=True))
    columns = []
    for i in range(len(LABELS)):
        rows = np.flatnonzero(mask[:, i] > 0)
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=300)
        model.fit(x[rows], wanted[rows, i])  # type: ignore[index]
        columns.append(model.predict(test_x) > 0)
    return np.stack(columns, axis=1)
