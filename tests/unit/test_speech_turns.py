"""Words and speakers become turns, and turns get roles."""

from __future__ import annotations

import pytest

from coach.domain.call import Role, Turn
from coach.domain.time import Interval
from coach.domain.transcript import Diarization, Segment, SpeakerStretch, Transcript, Word
from coach.speech.align import SpokenTurn, spoken_turns
from coach.speech.roles import name_roles

PER_CHARACTER = 0.2


def segment(text: str, start: float, channel: int | None = None, confidence: float = 0.9) -> Segment:
    """One character after the other, each of the same length; a blank is a pause of its length."""
    words = []
    for i, letter in enumerate(text):
        at = Interval(start + i * PER_CHARACTER, start + (i + 1) * PER_CHARACTER)
        if letter != " ":
            words.append(Word(letter, at, confidence))
    return Segment(text, words[0].interval.hull(words[-1].interval), tuple(words), confidence, channel)


def transcript(*segments: Segment, language: str = "zh") -> Transcript:
    return Transcript(segments, language, 0.99)


def told(turns: tuple[SpokenTurn, ...]) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in turns]


def voices(*stretches: tuple[str, float, float], confidence: float = 0.9) -> Diarization:
    return Diarization(tuple(SpeakerStretch(name, Interval(a, b)) for name, a, b in stretches), confidence)


def test_each_channel_is_a_speaker_and_turns_are_in_the_order_of_time() -> None:
    heard = transcript(
        segment("您好是陈先生吗", 0.0, 0), segment("是我", 2.0, 1), segment("您方便吗", 3.0, 0)
    )
    assert told(spoken_turns(heard, None)) == [
        ("left", "您好是陈先生吗？"),
        ("right", "是我。"),
        ("left", "您方便吗？"),
    ]


def test_small_marks_become_ordinary_ones_and_are_not_doubled() -> None:
    heard = transcript(segment("谁啊﹖是我﹐你好", 0.0, 0))
    assert told(spoken_turns(heard, None)) == [("left", "谁啊？是我，你好。")]


def test_a_nod_into_a_pause_does_not_cut_the_turn() -> None:
    heard = transcript(segment("我帮您申请  分三期还款", 0.0, 0), segment("嗯", 1.05, 1))
    assert told(spoken_turns(heard, None)) == [("left", "我帮您申请分三期还款。"), ("right", "嗯。")]


def test_an_answer_between_two_questions_cuts_the_turn() -> None:
    heard = transcript(
        segment("您贵姓", 0.0, 0), segment("我姓陈没错", 0.8, 1), segment("陈先生您好", 2.2, 0)
    )
    assert [turn.speaker for turn in spoken_turns(heard, None)] == ["left", "right", "left"]


def test_words_of_a_mono_recording_go_to_the_voice_that_holds_them() -> None:
    heard = transcript(segment("您好是陈先生吗是我您说", 0.0))
    cut = 7 * PER_CHARACTER + 0.1
    turns = spoken_turns(heard, voices(("A", 0.0, cut), ("B", cut, 3.0)))
    assert told(turns) == [("A", "您好是陈先生吗？"), ("B", "是我您说。")]
    assert turns[0].speaker_confidence == pytest.approx(0.9, abs=0.02)


def test_a_word_between_two_voices_goes_to_the_nearer_one() -> None:
    heard = transcript(segment("好", 5.0))
    (turn,) = spoken_turns(heard, voices(("A", 0.0, 4.9), ("B", 9.0, 12.0)))
    assert turn.speaker == "A"
    assert turn.speaker_confidence < 0.9


def test_a_long_pause_begins_a_new_turn_of_the_same_speaker() -> None:
    heard = transcript(segment("请稍等", 0.0, 0), segment("让您久等了", 9.0, 0))
    assert told(spoken_turns(heard, None)) == [("left", "请稍等。"), ("left", "让您久等了。")]


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("您好,我是客服", "您好，我是客服。"),
        ("16,000元", "16,000元。"),
        ("，好的", "好的。"),
        ("可以吗。好", "可以吗？好。"),
        ("您说   我听着", "您说，我听着。"),
    ],
)
def test_chinese_turns_get_chinese_marks_and_numbers_keep_theirs(heard: str, written: str) -> None:
    (turn,) = spoken_turns(transcript(segment(heard, 0.0, 0)), None)
    assert turn.text == written
    assert "".join(word.text for word in turn.words) == turn.text


def test_nothing_heard_makes_no_turn() -> None:
    assert spoken_turns(Transcript((), "und", 0.0), None) == ()
    assert name_roles((), coached=AGENT, language="zh") == ()


def named(language: str, playbook: str, *lines: str, **options: str) -> list[Role]:
    """Roles of lines such as ``"A: 您好"``, spoken one after the other by anonymous speakers."""
    turns = []
    start = 0.0
    for line in lines:
        speaker, _, text = line.partition(": ")
        start += 4.0 if text.startswith("…") else 0.5
        text = text.lstrip("…")
        end = start + 0.2 * len(text)
        turns.append(SpokenTurn(speaker, (Word(text, Interval(start, end), 0.9),), 1.0))
        start = end
    return [turn.role for turn in name_roles(turns, coached=COACHED[playbook], language=language, **options)]


AGENT, CUSTOMER, THIRD = Role.AGENT, Role.CUSTOMER, Role.THIRD_PARTY
COACHED = {"collection": AGENT, "negotiation": CUSTOMER}


@pytest.mark.parametrize(
    ("language", "playbook", "lines", "roles"),
    [
        (
            "zh",
            "collection",
            ["A: 喂？", "B: 您好，我是华信银行的小林，请问是陈先生吗？", "A: 我就是，什么事？"],
            [CUSTOMER, AGENT, CUSTOMER],
        ),
        (
            "zh",
            "collection",
            ["A: 你欠了我们一万块钱，三个月没还。", "B: 不好意思，我生病住院了，真的没有钱。"],
            [AGENT, CUSTOMER],
        ),
        (
            "zh",
            "collection",
            ["A: 您好，请问是刘女士吗？", "B: 她不在，我是她妈妈。", "A: 那麻烦您转告她回个电话。"],
            [AGENT, THIRD, AGENT],
        ),
        (
            "zh",
            "collection",
            [
                "A: 喂，哪位呀？",
                "B: 您好，我是华信公司的客服，想找一下李明先生。",
                "A: 我是他爸爸，他去上班了，你找他有什么事？",
                "B: 不方便跟您细说，麻烦您转告他回个电话。",
            ],
            [THIRD, AGENT, THIRD, AGENT],
        ),
        (
            "zh",
            "negotiation",
            ["A: 您好，工号三零六八为您服务。", "B: 你好，我想申请分期，我失业了。", "A: 我帮您登记。"],
            [AGENT, CUSTOMER, AGENT],
        ),
        (
            "zh",
            "collection",
            ["A: 你好，我是华信移行克服中心的，公号三零六八。", "B: 我上个月雨期了，能不能宽限几天？"],
            [AGENT, CUSTOMER],
        ),
        (
            "en",
            "collection",
            [
                "A: Good afternoon, could I speak to Tom Barrow, please?",
                "B: He doesn't live here anymore, he moved out in June.",
                "A: I see. Would you have a forwarding number for him?",
                "B: No idea, sorry, we only bought the place.",
                "A: No problem, I'll take this number off his file.",
            ],
            [AGENT, THIRD, AGENT, THIRD, AGENT],
        ),
        (
            "en",
            "collection",
            [
                "A: Hi, is Karen about? It's Daniel.",
                "B: She's at work till six. Who's calling?",
                "A: It's a personal matter, could you ask her to ring me back?",
                "B: I'll let her know when she gets in.",
            ],
            [AGENT, THIRD, AGENT, THIRD],
        ),
        (
            "zh",
            "negotiation",
            [
                "A: 我就是，你是边志强吧，三万六千二，今天给个说法。",
                "B: 我也是想给个说法才打过来的，您听我说完。我开货车的，九月撞了，车还在修。",
                "A: 别说想，今天给五千，不给没得谈。",
                "B: 我的提议是每月五号一千八，分二十期，您看能不能给我一个书面的方案。",
            ],
            [AGENT, CUSTOMER, AGENT, CUSTOMER],
        ),
        (
            "en",
            "negotiation",
            [
                "A: Collections, this is Trent.",
                "B: Hi Trent, this is Rosalind, I'm the bookkeeper, it's about our invoice.",
                "A: You're past due. So when's the check?",
                "B: The developer went into chapter eleven. I can do a thousand on the tenth.",
            ],
            [AGENT, CUSTOMER, AGENT, CUSTOMER],
        ),
        (
            "en",
            "collection",
            [
                "A: Hello?",
                "B: Hi, this is Anna from Harbour Finance. May I speak to Mr Brown?",
                "A: Speaking.",
            ],
            [CUSTOMER, AGENT, CUSTOMER],
        ),
        (
            "en",
            "collection",
            [
                "A: This is Daniel with Lakeside Cards, is this Karen?",
                "B: No, she's not here, I'm her sister.",
            ],
            [AGENT, THIRD],
        ),
        (
            "zh",
            "collection",
            [
                "A: 您好，我这边是华信银行，请问是陈先生吗？",
                "B: 大错啦，我用这个号用了快一年了。",
                "A: 不好意思，我把这个号码登记成错号，以后不会再打给您了。",
            ],
            [AGENT, THIRD, AGENT],
        ),
        (
            "zh",
            "collection",
            [
                "A: 您好，我是华信银行的小林，请问是陈先生吗？",
                "B: 我最近生病住院了，能不能宽限几天？",
                "C: 你欠了我们两万块，今天必须还钱，不还后果自负。",
                "B: 我真的没钱，我要投诉你。",
            ],
            [AGENT, CUSTOMER, AGENT, CUSTOMER],
        ),
        (
            "zh",
            "collection",
            [
                "A: 您好，我是华信银行的小林，麻烦您转告他，让他抓紧给我们回个电话。",
                "B: 这个我不好记，您还是打他自己手机吧。",
                "C: 你欠了我们两万块，今天必须还钱，不还后果自负，就跟他说一声。",
            ],
            [AGENT, THIRD, AGENT],
        ),
        (
            "zh",
            "collection",
            [
                "B: 你好，大海食品，请问您找哪位？",
                "A: 您好，我是北方包装公司的，麻烦您转一下何经理。",
                "B: 好的，请稍等，我帮您转接。",
                "B: …喂，你好，我姓何。",
                "A: 何经理，您的货款逾期了。",
                "B: 我知道，我们公司下个月能付。",
            ],
            [THIRD, AGENT, THIRD, CUSTOMER, AGENT, CUSTOMER],
        ),
    ],
)
def test_roles_are_known_by_what_is_said(
    language: str, playbook: str, lines: list[str], roles: list[Role]
) -> None:
    assert named(language, playbook, *lines) == roles


def test_the_agents_channel_can_be_fixed_against_what_is_said() -> None:
    lines = ("left: 我失业了，能不能宽限几天？", "right: 您好，我是华信银行的客服。")
    assert named("zh", "collection", *lines) == [CUSTOMER, AGENT]
    assert named("zh", "collection", *lines, agent_channel="left") == [AGENT, CUSTOMER]
    assert named("zh", "collection", lines[0], agent_channel="right") == [CUSTOMER]


def test_a_lonely_voice_that_says_nothing_telling_stays_unknown() -> None:
    assert named("zh", "collection", "A: 今天天气不错。") == [Role.UNKNOWN]


def test_one_partys_voice_that_was_split_is_one_turn_again() -> None:
    turns = [
        SpokenTurn("A", (Word("您好，我是华信银行的，", Interval(0, 2), 0.9),), 1.0),
        SpokenTurn("C", (Word("请问是陈先生吗？", Interval(2.1, 4), 0.9),), 1.0),
        SpokenTurn("B", (Word("我没钱，我失业了。", Interval(4.5, 6), 0.9),), 1.0),
    ]
    found = name_roles(turns, coached=AGENT, language="zh")
    assert [turn.i for turn in found] == list(range(len(found)))
    assert all(isinstance(turn, Turn) for turn in found)
    assert found[0].role is AGENT
    assert found[-1].role is CUSTOMER


def test_a_change_of_speaker_within_a_clause_is_moved_to_its_edge() -> None:
    heard = transcript(segment("我们不能全部付款。有质量问题您说说", 0.0))
    early = 6.5 * PER_CHARACTER
    turns = spoken_turns(heard, voices(("A", 0.0, early), ("B", early, 9.0)))
    assert told(turns) == [("A", "我们不能全部付款。"), ("B", "有质量问题您说说。")]
