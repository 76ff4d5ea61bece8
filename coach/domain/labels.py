"""The fixed ids of the rubric: what a turn can be labelled with, and what each is called."""

from __future__ import annotations

from enum import StrEnum

from coach.domain.text import Text


class LabelId(StrEnum):
    """A label of the rubric; the value is the id used in data, playbooks, models and tests."""

    THREAT = "threat"
    INSULT = "insult"
    PRIVACY_LEAK = "privacy_leak"
    PRESSURE = "pressure"
    EMOTIONAL = "emotional"
    OVERPROMISE = "overpromise"
    IDENTIFY = "identify"
    CONVENIENT_TIME = "convenient_time"
    COURTESY = "courtesy"
    STATE_FACTS = "state_facts"
    EMPATHY = "empathy"
    INQUIRE = "inquire"
    CLEAR_ASK = "clear_ask"
    IMPORTANCE = "importance"
    DEADLINE = "deadline"
    OFFER_PLAN = "offer_plan"
    EXPLAIN_EVIDENCE = "explain_evidence"
    COOPERATE = "cooperate"
    CONFIRM_COMMITMENT = "confirm_commitment"
    WRITTEN_CONFIRMATION = "written_confirmation"
    FOLLOW_UP = "follow_up"
    APOLOGY = "apology"
    EXPLAIN_REASON = "explain_reason"
    WILLINGNESS = "willingness"
    KEEP_RECORD = "keep_record"
    KNOW_RIGHTS = "know_rights"
    REFUSAL = "refusal"
    DISPUTE = "dispute"
    HARDSHIP = "hardship"
    PROMISE = "promise"


DONTS = frozenset(
    {
        LabelId.THREAT,
        LabelId.INSULT,
        LabelId.PRIVACY_LEAK,
        LabelId.PRESSURE,
        LabelId.EMOTIONAL,
        LabelId.OVERPROMISE,
    }
)
"""Faults; they may stand on anybody's turn."""

OTHER_SIDE = frozenset({LabelId.REFUSAL, LabelId.DISPUTE, LabelId.HARDSHIP, LabelId.PROMISE})
"""What the customer says that decides whether a criterion applies; on the customer's turns only."""

DOS = frozenset(LabelId) - DONTS - OTHER_SIDE
"""Merits; on the coached party's turns only."""

CRITICAL = frozenset({LabelId.THREAT, LabelId.INSULT, LabelId.PRIVACY_LEAK})
"""Faults that fail a call by themselves."""

NAMES: dict[LabelId, Text] = {
    LabelId.THREAT: Text("威胁恐吓", "threat"),
    LabelId.INSULT: Text("侮辱性语言", "insult"),
    LabelId.PRIVACY_LEAK: Text("泄露客户信息", "privacy leak"),
    LabelId.PRESSURE: Text("过度催逼", "over-pressing"),
    LabelId.EMOTIONAL: Text("情绪化、争吵", "loss of temper"),
    LabelId.OVERPROMISE: Text("过度承诺", "over-promise"),
    LabelId.IDENTIFY: Text("表明身份", "identification"),
    LabelId.CONVENIENT_TIME: Text("确认方便", "asks if convenient"),
    LabelId.COURTESY: Text("礼貌", "courtesy"),
    LabelId.STATE_FACTS: Text("理清事实", "states the facts"),
    LabelId.EMPATHY: Text("同理心", "empathy"),
    LabelId.INQUIRE: Text("询问与倾听", "asks and listens"),
    LabelId.CLEAR_ASK: Text("明确诉求", "clear ask"),
    LabelId.IMPORTANCE: Text("说明重要性", "explains importance"),
    LabelId.DEADLINE: Text("明确期限", "fixed deadline"),
    LabelId.OFFER_PLAN: Text("提出方案", "offers a plan"),
    LabelId.EXPLAIN_EVIDENCE: Text("解释与证据", "explains with evidence"),
    LabelId.COOPERATE: Text("合作态度", "cooperative stance"),
    LabelId.CONFIRM_COMMITMENT: Text("确认承诺", "confirms the commitment"),
    LabelId.WRITTEN_CONFIRMATION: Text("书面确认", "written confirmation"),
    LabelId.FOLLOW_UP: Text("后续跟进", "follow-up"),
    LabelId.APOLOGY: Text("诚恳道歉", "apology"),
    LabelId.EXPLAIN_REASON: Text("说明原因", "explains the reason"),
    LabelId.WILLINGNESS: Text("还款意愿", "willingness to repay"),
    LabelId.KEEP_RECORD: Text("记录沟通", "keeps a record"),
    LabelId.KNOW_RIGHTS: Text("了解权益", "knows the rules"),
    LabelId.REFUSAL: Text("拒绝支付", "refusal"),
    LabelId.DISPUTE: Text("提出异议", "dispute"),
    LabelId.HARDSHIP: Text("无力支付", "hardship"),
    LabelId.PROMISE: Text("承诺还款", "promise to pay"),
}


class PiiType(StrEnum):
    """A kind of personal data."""

    NAME = "name"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    ADDRESS = "address"
    EMPLOYER = "employer"
    EMAIL = "email"
    PLATE = "plate"
    ACCOUNT = "account"
