"""Tell invented words from heard ones: what a recogniser writes over silence, music and ringing.

Thresholds: measured in docs/measurements.md. Source of the habits: OpenAI Whisper's own fallback rules, and
what whisper-base wrote over hold music and ringback tones.
"""

from __future__ import annotations

import re
import zlib

LEAST_LOG_PROBABILITY = -1.0
LEAST_SPEECH = 0.12
MOST_COMPRESSION = 2.4
_DOUBTFUL = -0.6
_SAME_IN_A_ROW = 5
_TWICE = re.compile(r"(.{12,}?)\1$|([㐀-鿿]{5,}?)\2$")
"""A text whose end is said twice: what a short window is filled up with."""
_CIRCLE = re.compile(r"(.{2,}?)\1{2,}.*$|(?<=(.))\2{4,}.*$", re.DOTALL)
_STOCK = re.compile(
    r"字幕|by\s*索兰|"
    r"点赞|點贊|訂閱|订阅|明镜与点点|優優獨播|詞曲|词曲|作词|作曲|編曲|编曲|"
    r"李宗盛|谢谢观看|謝謝觀看|"
    r"请不吝|ご視聴|thank(s| you) for watching|subscribe|amara\.org|subtitles? by|"
    r"^\W*(music|applause|laughter)\W*$|"
    r"^\W*(you|bye|thank you)\W*$",
    re.IGNORECASE,
)
"""What subtitles end with; training on them is where inventions come from."""


def repeats(text: str) -> bool:
    """Whether the text goes round in circles.

    >>> repeats("好的好的好的好的好的好的好的好的好的好的好的好的好的好的好的好的好的好的好的好的")
    True
    """
    data = text.encode()
    if len(data) > 40 and len(data) / len(zlib.compress(data)) > MOST_COMPRESSION:
        return True
    bare = re.sub(r"[\W\d]", "", text)
    same = re.search(rf"(.)\1{{{_SAME_IN_A_ROW - 1}}}", bare)
    return same is not None or _TWICE.search(bare) is not None


def until_it_repeats(text: str) -> str:
    """The text up to and with the first time of what it says three times and more.

    >>> until_it_repeats("我上个月生病了,现在这个月,现在这个月,现在这个月,现在这")
    '我上个月生病了,现在这个月'
    """
    return _CIRCLE.sub(r"\1", text).rstrip(" ,，")


def echoes(text: str, prompt: str) -> bool:
    """Whether the recogniser wrote down its own instruction."""
    spoken = re.sub(r"\W", "", text)
    pieces = [piece for piece in re.split(r"\W+", prompt) if len(piece) >= 4]
    return any(piece in spoken for piece in pieces)


def invented(text: str, *, log_probability: float, speech_share: float, seconds: float) -> bool:
    """Whether nobody said this.

    ``log_probability`` is the mean by token, ``speech_share`` the mean probability of a voice where the words
    are said to be.
    """
    words = re.sub(r"\W", "", text)
    if not words or log_probability < LEAST_LOG_PROBABILITY or speech_share < LEAST_SPEECH:
        return True
    if repeats(text) and (log_probability < _DOUBTFUL or len(set(words)) <= 2):
        return True
    stock = _STOCK.search(text) is not None
    return stock and (
        log_probability < _DOUBTFUL or speech_share < 0.3 or len(words) / max(seconds, 0.1) < 1.0
    )
