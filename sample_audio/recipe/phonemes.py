"""Written lines to the phoneme characters that the Kokoro model reads."""

from __future__ import annotations

import re
import subprocess
from functools import cache

# eSpeak's two-sign vowels and affricates against Kokoro's single signs (misaki's table of the same name).
_ESPEAK_TO_KOKORO = (
    ("ʔˌn\u0329", "tn"), ("ʔn\u0329", "tn"), ("ʔn", "tn"), ("ʔ", "t"),
    ("aɪ", "I"), ("aʊ", "W"), ("eɪ", "A"), ("ɔɪ", "Y"), ("oʊ", "O"), ("əʊ", "Q"),
    ("dʒ", "ʤ"), ("tʃ", "ʧ"), ("ʲo", "jo"), ("ʲə", "jə"), ("ʲ", ""), ("ɚ", "əɹ"), ("ɐ", "ə"), ("ɬ", "l"),
    ("x", "k"), ("ç", "k"), ("r", "ɹ"), ("e", "A"), ("\u0303", ""), ("\u0329", ""),
)  # fmt: skip
_PAY_BACK = re.compile("还(?=[款钱清贷])")  # huán; pypinyin reads hái. 环 sounds right
_PUNCTUATION = re.compile(r"[,.;:!?…—]+")


def mandarin(text: str) -> str:
    """Phonemes of Mandarin in either script; numbers are written in Chinese characters."""
    from misaki.zh import ZHG2P
    from opencc import OpenCC

    simplified = (
        OpenCC("tw2s").convert(text).replace("幺", "么")
    )  # OpenCC takes a Simplified 么 for Traditional
    simplified = _PAY_BACK.sub("环", simplified)
    return str(ZHG2P.legacy_call(ZHG2P.map_punctuation(simplified))).strip()


def english(text: str, *, british: bool) -> str:
    """Phonemes of English; eSpeak drops punctuation, so each stretch between marks is read by itself."""
    out: list[str] = []
    at = 0
    for mark in [*_PUNCTUATION.finditer(text), None]:
        words = text[at : mark.start() if mark else len(text)].strip()
        if words:
            out.append((" " if out else "") + _english_words(words, british))
        if mark is None:
            break
        out.append(mark.group()[0])
        at = mark.end()
    return "".join(out)


@cache
def _english_words(words: str, british: bool) -> str:
    voice = "en-gb" if british else "en-us"
    command = ["espeak-ng", "-q", "--ipa", "-v", voice, "--", words]
    spoken = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    phonemes = " ".join(spoken.split())
    for theirs, ours in _ESPEAK_TO_KOKORO:
        phonemes = phonemes.replace(theirs, ours)
    if british:
        return phonemes.replace("Aə", "ɛː").replace("iə", "ɪə")
    return phonemes.replace("ɜːɹ", "ɜɹ").replace("ɜː", "ɜɹ").replace("ː", "").replace("ɾ", "T")
