"""Who is on the line, as far as the caller can know it: a state machine over the turns."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from coach.domain.call import Role, Turn
from coach.domain.observations import Identity
from coach.language.normalise import fold


class Heard(Enum):
    """What a turn does for the question of who is on the line."""

    ASK = auto()
    YES = auto()
    RELATIVE = auto()
    WRONG = auto()
    HANDOVER = auto()
    OTHER = auto()


_TITLE = (
    "先生|女士|小姐|太太|经理|老板|老师|师傅|阿姨|叔叔?|大哥|大姐|姐|哥|总|主任|会计|同学|"
    "大爷|大妈|嬢嬢|阿伯|阿嬷|伯母?|店长|科长|厂长|校长|医生"
)
_ASK = re.compile(
    r"请问.{0,4}(?:是|找)|(?:是|您|你).{1,8}(?:吗|吧|么|不|嘛|没错)[?？，,。]?|(?:找|"
    r"叫|请|喊|麻烦).{0,6}(?:一下|接(?:一下)?电话|听电话)|我找|找一?下|"
    r".{1,6}在(?:吗|不在|家吗)|本人(?:吗|么|接|是)|哪一?位(?:是|接)|怎么称呼|贵姓|"
    r"is (?:this|that) |am i (?:speaking|talking)|(?:may|can|could) i (?:please "
    r")?(?:speak|talk)|(?:speak|talk) (?:with|to) |"
    r"i'?m (?:after|looking for|trying to reach)|looking f(?:o)?r|lookin' for|would that "
    r"be|have i got|you'?re [a-z]+[?]|calling for|"
    r"for (?:mr|mrs|ms|miss)\b"
)
_ADDRESS = re.compile(
    rf"^(?:喂|哎|诶|嗨|哈喽|您好|"
    rf"你好)*[，,。！!\s]*[一-鿿]{{1,3}}(?:{_TITLE})(?:[，,。！!呀啊哦吗您你下上早]|好|$)"
)
_CHECK_ASKED = re.compile(
    r"后四位|末四位|最后四位|后六位|核对|核实|核一下|对一下身份|出生|生日|证件号|身份证|预留|开户|身分证?|"
    r"confirm|verify|last (?:four|two|three)|date of birth|zip|post\s?code|first line of|security question"
)
_CHECKED = re.compile(
    r"对上了|核对(?:无误|上|好|通过|完)|信息(?:一致|无误|没错)|验证通过|对得上|没错|^对的|"
    r"是您本人|身份(?:确认|没问题)|核实(?:好|完|无误)了?|谢谢(?:您)?(?:的)?(?:配合|核对)|"
    r"^(?:perfect|great|lovely|thank you|thanks|that'?s (?:it|right|great|fine|the one)|"
    r"that matches|brilliant|smashing)"
)
_NO_CHECK = re.compile(
    r"(?:跟|和|与|向|等|要|请|让|由|对)[^，。！？您你]{0,8}(?:他|她|本人|机主|户主)[^，。！？]{0,6}$"
    r"|(?:不能|不便|不方便|没法|无法|不用|不需要|无需|没有|不会|不可以)[^，。！？]{0,8}$"
    r"|\b(?:can'?t|cannot|can not|couldn'?t|won'?t|not able to|unable to|not allowed to|"
    r"don'?t need to|no need to|never|neither|not going to|if (?:he|she) (?:can|could))\b[^.!?]{0,24}$"
)
"""Before a word of checking: it is refused, or to be done with somebody else."""
_WITH_ANOTHER = re.compile(
    r"[^，。！？]{0,6}(?:(?:跟|和|与|向)(?:他|她|本人)|他本人|她本人)|"
    r"(?:\w+ ){0,6}(?:with|by|from|to) (?:him|her|them|mr|mrs|ms|miss)\b|"
    r"[a-z]* (?:n?or )deny"
)
_DIGITS = re.compile(
    r"(?:[0-9零〇一二三四五六七八九幺两十][\s，,、-]*){3}|(?:[0-9一二三四五六七八九十]月)|"
    r"(?:\b(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b\W*){2}|"
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
"""What an answer to a check is made of: digits or a date of birth."""
_WRONG = re.compile(
    r"没有姓.{1,2}的|没有[一-鿿]{1,3}(?:小姐|先生|女士|这个人|这人)|打错|拨错|错号|"
    r"没(?:有)?这(?:个|号|么个)人|不认识(?:他|她|这|什么|"
    r"你说|您说|啥)?|没听说过|这(?:个)?号(?:码)?(?:是)?(?:我)?(?:上个月|刚|新|才)|"
    r"换(?:了)?(?:人|机主|主人)|机主(?:早)?(?:换|变)|新机主|(?:我|这)是?新(?:办的?)?(?:号|卡)|刚办的(?:号|卡)|"
    r"^(?:喂|哎|呃|嗯|[，,。\s])*(?:不是(?:我)?|不对|没有|no|nope|nah)[，,。.!！\s]*$|"
    r"不是.{0,6}的(?:电话|手机|号)|我不(?:姓|叫)|"
    r"wrong (?:number|person|fella|guy)|(?:no\s?one|nobody|no [a-z]+) (?:here )?(?:by|"
    r"called|of) that name|never heard of (?:him|her|them|that|any)|"
    r"don'?t know (?:any|a|who|him|her|them)|no .{1,20} here\b"
)
_KIN = (
    "妈|爸|爹|娘|父亲|母亲|老婆|老公|爱人|媳妇|太太|先生|丈夫|妻子|儿子|女儿|闺女|姐夫?|"
    "哥|弟|妹|嫂子|舅|姑|叔|婶|姨|奶奶|爷爷|外婆|外公|婆婆|公公|岳父|岳母|"
    "孙子|孙女|侄子|同事|同学|室友|朋友|邻居|领导|主管|老板|老师|员工|房东|合租|前台|"
    "师傅|徒弟|女婿|儿媳|家属|家里人|男朋友|女朋友|助理|秘书|对象|表[哥姐弟妹]|"
    "堂[哥姐弟妹]|前夫|前妻|店员|会计"
)
_RELATIVE = re.compile(
    rf"我是(?:他|她|它)(?:的)?(?:{_KIN})|我(?:是|系)(?:这儿|这里|这边|公司|"
    rf"单位)?(?:的)?(?:前台|同事|总机|邻居|门卫|保安|房东|室友|店员|代班)|(?:他|"
    rf"她)是我(?:的)?(?:{_KIN})|"
    rf"(?:这|那)是我(?:的)?(?:{_KIN})|我(?:{_KIN})(?:不在|出去|上班|睡|在|没在|去)|(?:他|"
    rf"她|老板|经理)(?:人)?(?:现在|今天|这会儿|刚)?(?:不在|出去|出门|出差|没在|上班去|离职|"
    rf"走了|休息|请假|开会)|不在家|"
    r"(?:他|她)(?:就)?是我(?!们)[一-鿿]{1,4}(?:[，。！]|$)|我是(?:他|她)(?!们)[一-鿿]{1,4}(?:[，。！]|$)|"
    r"(?:^|[，。])(?:他|她)(?!们)[一-鿿]{1,9}(?:了|呢|着)[，。？?]|(?:他|她|老板|经理|"
    r"师傅|人)去[一-鿿]{1,6}了|(?:你|您)跟(?:他|她)(?:是)?(?:什么|啥)关系|(?:他|"
    r"她)的?电话|我(?:帮|给)(?:他|她)|(?:转告|带话|捎话|留个?话)|"
    r"(?:你|您)们?找(?:他|她)|(?:他|她)(?:早)?(?:跟|和)我|(?:跟|和)我(?:早)?(?:就)?(?:离婚|离了|分手|分居)|"
    r"(?:他|她)(?:在)?休[一-鿿]{0,2}假|(?:他|她)(?:已经)?(?:调走|退休|请产假)|伊(?:无|毋|不)|"
    r"我(?:帮|替|代)(?:他|她)(?:接|转)|不是(?:我)?本人|我不是(?:他|"
    r"她|本人)|不是我(?:呀|啊|的)?[，,。]|(?:他|她)(?:电话|手机)(?:在|忘|落)|"
    r"(?:he|she)(?:'s| is) (?:not|out|at work|away|asleep|in the)|(?:he|she) (?:isn'?t|"
    r"ain'?t|doesn'?t live|moved)|(?:this is|i'?m) (?:his|her|the|their) "
    r"(?:mom|mum|mother|dad|father|wife|husband|son|daughter|brother|sister|roommate|"
    r"flatmate|neighbou?r|boss|manager|receptionist|partner|girlfriend|boyfriend|"
    r"colleague|co-?worker)|"
    r"not (?:him|her)\b|can i take a message|is not (?:in|here)|isn'?t (?:in|here)|shall i (?:get|tell)"
)
_YES = re.compile(
    r"^(?:喂|哎|诶|啊|呃|嗯|哦|噢|嘿|那个|[，,。…、\s])*(?:是我|我就是|我是(?!他|她)|"
    r"对[，,]?(?:是|我|就是|，)|是的|本人|我本人|对对|对，|对。|对呀|对啊|是啊|是呀|是，|"
    r"是。|是嘛|没错|就是我|正是|"
    r"系我|我系|在听|是本人|可不|嗯，(?!哪|谁|什么|啥|你是|您是|你哪|您哪)|我，|我。|我在|"
    r"我[一-鿿]{2,3}[，,。]|说吧|你说|您说|讲|对|是)"
    r"|^(?:是我|对|是|嗯|嗯嗯)$|(?:，|,|。)(?:是我|我就是|我是本人)|我(?:叫|是)[一-鿿]{2,3}[，,。]|"
    r"\b(?:speaking|this is (?:he|she|her|him|me)|that'?s me|that would be me|it is\b|"
    r"you'?ve got (?:him|her|me)|you have\b|it would|yep|yeah|yes|aye|yup|the same|"
    r"present|here\b|uh-huh|you got (?:him|her|me)|it'?s me|who'?s asking)"
)
_HANDOVER = re.compile(
    r"(?:我|你)(?:去)?(?:叫|喊|让|帮你叫|给你叫)(?:一下)?(?:他|她|我?(?:儿子|老公|老婆|爸|"
    r"妈|女儿))|(?:他|她)(?:回来|来)了|让(?:他|她)(?:跟你|给你|来)?(?:说|接|听)|"
    r"等(?:一)?下[，,]?(?:他|她)|"
    r"(?:i'?ll|let me) (?:get|grab|fetch|pass|put) (?:him|her)|here (?:he|she) is|hang "
    r"on[^.]{0,20}(?:him|her)\b"
)
_OF_ANOTHER = re.compile(
    rf"是(?:你|您)(?:的)?(?:{_KIN})(?:吧|吗|么|不)|家属(?:吧|吗|么|不|$)|(?:叫|找|请|"
    rf"喊)(?:一下)?(?:你们|您们)(?:的)?(?:老板|经理|领导|负责人|主管)|(?:跟|和|告诉|"
    rf"劝劝?)(?:他|她)(?:说|讲|一声|本人)|"
    r"(?:你|您)是(?:不是)?(?:他|她)|tell (?:him|her)\b|pass (?:it|that|this) on|let (?:him|her) know|"
    rf"(?<![跟向找问和管让叫])(?:你|您)(?:的)?(?:{_KIN})[一-鿿]{{0,4}}(?:在我们|欠|借|拖|逾期|"
    rf"没还|的(?:贷款|欠款|"
    rf"账))|(?:你|您)当(?:爹|妈|爸|哥|姐|老婆)|(?:转告|转达|带(?:个|句)?话|让他|叫他|让她|"
    rf"叫她)"
)
_QUESTION = re.compile(
    r"^(?:喂|嗯|哦|啊)?[，,]?(?:你|您)?(?:是)?(?:哪位|哪里|谁|哪个|什么事|啥事|哪儿|边个|做咩|"
    r"干嘛|干啥)|^(?:who|what|why)"
)


_ASKS_BACK = re.compile(
    r"(?:你|您)(?:是|们是)?(?:谁|哪|干嘛|干什么|找谁)[^。！]{0,8}[？?]$|(?:哪个|什么|啥)(?:公司|"
    r"单位|地方)[^。！]{0,4}[？?]$|(?:你|您)?先(?:说|讲|告诉我).{0,4}(?:什么|啥)事|(?:什么|啥)事.{0,3}先说"
)
"""Whoever asks who is calling has neither confirmed nor gone along yet."""

_HIMSELF = re.compile(r"我就是|是我(?:本人)?|骗你的|我本人|逗你|speaking|it'?s me|that'?s me")
_OWN_NAME = re.compile(
    r"(?:姓|我叫|我是[^，。]{0,16}|这边是[^，。]{0,16}|的|my name(?:'s| is)|this is|it'?s|"
    r"i'?m|i am)\s?$"
)
_CALLS = 2
"""In how many of his first turns the caller may say whom he wants."""


@dataclass(slots=True)
class _Line:
    """The state of the line while the turns go by; ``addressed`` when a name was said without a question.

    ``office`` when a house or a department picked up, ``wanted`` the names that the caller asked for.
    """

    state: Identity = Identity.UNKNOWN
    check_asked: bool = False
    check_answered: bool = False
    addressed: bool = False
    unanswered: int = 0
    handed_over: bool = False
    spoken_by_agent: int = 0
    third_spoke: bool = False
    office: bool = False
    wanted: set[str] = field(default_factory=set)


def identity_states(turns: Sequence[Turn]) -> tuple[Identity, ...]:
    """The state before each turn.

    The caller asks, the other side answers; a handover to somebody else starts the question anew. Somebody
    who was addressed by name and went along without denying it counts as confirmed, at the first turn when it
    was a greeting and at the second when it was a question. Somebody who said that he is another becomes the
    debtor only by a handover, by what he takes back, or by the digits of the debtor that he is asked for.
    """
    line = _Line()
    before: list[Identity] = []
    for turn in turns:
        before.append(line.state)
        text = fold(turn.text).replace("’", "'")
        if turn.role is Role.AGENT:
            _agent_says(line, turn.text, text)
        else:
            _other_says(line, text, turn.role)
    return tuple(before)


def _agent_says(line: _Line, heard: str, text: str) -> None:
    line.spoken_by_agent += 1
    told_by_another = line.state is Identity.THIRD_PARTY and not line.check_answered
    if line.check_asked and _CHECKED.search(text[:24]) and not told_by_another:
        line.state, line.check_asked = Identity.CONFIRMED, False
    if _asks_for_a_check(text):
        line.check_asked, line.check_answered = True, False
    if _OF_ANOTHER.search(text) and line.state in (Identity.UNKNOWN, Identity.ASKED):
        line.state = Identity.THIRD_PARTY
        return
    if line.state is not Identity.UNKNOWN:
        return
    text = _COURTESY.sub("", text)
    asks = _ASK.search(text) is not None
    others = _names_of_others(heard) if line.spoken_by_agent <= _CALLS else []
    line.wanted.update(others)
    names_him = bool(others)
    if asks or names_him or _ADDRESS.match(text):
        line.state, line.unanswered = Identity.ASKED, 0
        line.addressed = not _QUESTION_MARKS.search(text) or not asks


def _asks_for_a_check(text: str) -> bool:
    """Whether the listener himself is asked to prove who he is: not "I'd have to verify that with her"."""
    return any(
        not _NO_CHECK.search(text, 0, found.start()) and not _WITH_ANOTHER.match(text, found.end())
        for found in _CHECK_ASKED.finditer(text)
    )


_COURTESY = re.compile(
    r"(?:没有?|不会)(?:打扰|吵|耽误|影响)(?:到|着|了)?(?:您|你)[^，。！？]{0,8}(?:吧|吗|么|嘛)[？?]?"
    r"|(?:您|你)?(?:现在|这会儿)?(?:在忙|正忙|忙着|方便|有空|有时间|开会|休息)[^，。！？]{0,8}(?:吧|吗|么|嘛|不)[？?]?"
)
"""A question whether it suits him is none after who he is."""
_QUESTION_MARKS = re.compile(r"[吗吧么不嘛][？?，。,]|[？?]")


def _names_of_others(heard: str) -> list[str]:
    """The names in a turn that the caller does not give as his own, folded."""
    from coach.language.pii import names_en, names_zh

    chinese = any("一" <= char <= "鿿" for char in heard)
    found = names_zh.names(heard) if chinese else names_en.names(heard)
    lower = fold(heard)
    return [one.span.of(lower) for one in found if not _OWN_NAME.search(lower, 0, one.span.start)]


def _other_says(line: _Line, text: str, role: Role) -> None:
    heard = _heard(text)
    if _asks_who(text, line.wanted):
        heard = Heard.WRONG
    if heard in (Heard.OTHER, Heard.ASK) and _speaks_of(text, line.wanted):
        heard = Heard.RELATIVE
    line.office = line.office or (line.spoken_by_agent <= 1 and _OFFICE.match(text) is not None)
    line.handed_over = line.handed_over or heard is Heard.HANDOVER
    if role is Role.THIRD_PARTY and heard is not Heard.WRONG:
        if line.state is not Identity.WRONG_NUMBER or heard is Heard.RELATIVE:
            line.state = Identity.THIRD_PARTY
        line.third_spoke = True
        return
    if line.check_asked and role is not Role.THIRD_PARTY and _DIGITS.search(text):
        line.check_answered = True
    another_came = line.third_spoke and role is Role.CUSTOMER
    if line.state is Identity.THIRD_PARTY and another_came and heard is not Heard.RELATIVE:
        line.state, line.third_spoke = Identity.ASKED, False
    if line.state is Identity.WRONG_NUMBER and _HIMSELF.search(text) and heard is not Heard.WRONG:
        line.state = Identity.CONFIRMED
        return
    _step(line, heard)


_ELSEWHERE = re.compile(
    r"(?:他|她|人)?(?:现在|今天|这会儿|刚|昨天|早就?|已经|正)?(?:在(?!听|的)|去|出|不在|没在|"
    r"没来|上班|下班|开会|请假|休|走了|"
    r"离职|回家|睡|忙|是我(?!本人|，|。|$))|"
    r"\s?(?:is|isn'?t|went|has|doesn'?t|don'?t|moved|left|stepped|works)\b"
)
_BEFORE_OWN = re.compile(r"(?:我|我是|我叫|本人|i'?m|i am|this is|it'?s)\s?$")
_OFFICE = re.compile(
    r"^(?:喂|您好|你好|这里是|这边是|[，,。！!\s])*[一-鿿]{1,8}(?:部|科|处|室|前台|总机|中心|"
    r"公司|店|厂|办|学校|医院)"
    r"[，。！？]?(?:您好|你好|哪位|请讲|请说|找谁|[，。！？]|$)"
)
"""A house or a department picks up; only a plain yes can then confirm the person."""


def _asks_who(text: str, wanted: Collection[str]) -> bool:
    """李娜是谁: the wanted person is not known here."""
    return any(f"{name}是谁" in text or f"谁是{name}" in text or f"who's {name}" in text for name in wanted)


def _speaks_of(text: str, wanted: Collection[str]) -> bool:
    """Whether somebody says of the wanted person where he is or whose he is: 谈工在开会, 田野是我业富.

    It needs no word of kinship, which a recogniser often gets wrong.
    """
    for name in wanted:
        for form in {name, name[:1] + "工", name[:1] + "总", f"老{name[:1]}", f"小{name[:1]}"}:
            at = text.find(form)
            if at < 0 or _BEFORE_OWN.search(text, 0, at):
                continue
            if _ELSEWHERE.match(text, at + len(form)):
                return True
    return False


def _step(line: _Line, heard: Heard) -> None:
    match heard:
        case Heard.WRONG if line.state is not Identity.CONFIRMED:
            line.state = Identity.WRONG_NUMBER
        case Heard.RELATIVE if line.state in (Identity.UNKNOWN, Identity.ASKED):
            line.state = Identity.THIRD_PARTY
        case Heard.YES if line.state is Identity.ASKED:
            line.state = Identity.CONFIRMED
        case Heard.YES if line.state is Identity.THIRD_PARTY and line.handed_over:
            line.state = Identity.CONFIRMED
        case Heard.OTHER if line.state is Identity.ASKED:
            line.unanswered += 1
            if not line.office and (line.addressed or line.unanswered >= 2):
                line.state = Identity.CONFIRMED


_OWN_MARRIAGE = re.compile(
    r"我(?:老婆|老公|爱人|媳妇|先生|太太|妻子|丈夫|对象|女朋友|男朋友)[^，。！？]{0,6}(?:跟|和|同)我(?:闹|提|说)?(?:离婚|离了|分手|分居)"
)
"""Somebody's own marriage that suffers from the calls says nothing of whom he is to the wanted person."""


def _heard(text: str) -> Heard:
    text = _OWN_MARRIAGE.sub("", text)
    if _WRONG.search(text):
        return Heard.WRONG
    if _RELATIVE.search(text):
        return Heard.RELATIVE
    if _HANDOVER.search(text):
        return Heard.HANDOVER
    if _YES.search(text):
        return Heard.YES
    if _QUESTION.search(text) or _ASKS_BACK.search(text):
        return Heard.ASK
    return Heard.OTHER
