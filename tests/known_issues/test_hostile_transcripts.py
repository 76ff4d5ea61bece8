"""Transcripts that careless or hostile users gave: each is read, or refused in words that help."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

import pytest

from coach.assembly import Options, Reviewer
from coach.domain.call import Role
from coach.domain.errors import RecordingError, TranscriptError
from coach.domain.observations import Facts, ObservedCall
from coach.playbooks import load
from coach.scoring import obstacle
from coach.settings import Settings
from coach.written import read_written
from tests.builders import call, turns

TURNS = [{"speaker": "agent", "text": "您好，这里是客服。"}, {"speaker": "customer", "text": "嗯。"}]


def _file(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "call.json"
    data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_transcript_is_read_in_any_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    data = json.dumps({"turns": TURNS}, ensure_ascii=False).encode(encoding)
    written, _ = read_written(_file(tmp_path, data))
    assert [turn.text for turn in written.turns] == [turn["text"] for turn in TURNS]


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"turns": [{"speaker": "Agent", "text": "秘密"}]}, "use agent, customer, third_party or unknown"),
        ({"turns": [{"speaker": "agent", "text": "秘密", "start": 1e300, "end": 1e301}]}, "seconds"),
        ({"turns": [{"speaker": "agent", "text": "秘密"}] * 20_001}, "at most 20000 turns"),
        ({"turns": [None]}, "an object is needed"),
        ({"turns": [{"speaker": "agent", "text": "秘" * 20_001}]}, "too long"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "between 1970 and 2199"),
        ({"started_at": "9999-12-31T23:59:59-12:00"}, "between 1970 and 2199"),
        ({"started_at": "tomorrow, 秘密"}, "ISO 8601"),
    ],
)
def test_a_mistake_is_explained_without_the_words(tmp_path: Path, changes: dict[str, Any], hint: str) -> None:
    with pytest.raises(TranscriptError, match=hint) as error:
        read_written(_file(tmp_path, {"turns": TURNS, **changes}))
    assert "秘" not in str(error.value)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF8, "not JSON"),
        (b"[" * 100_000, "not JSON"),
        ('{"turns": "\u79d8"}'.encode("gb18030"), "not UTF-8"),
    ],
)
def test_bytes_that_are_no_transcript_are_refused(tmp_path: Path, data: bytes, hint: str) -> None:
    with pytest.raises(TranscriptError, match=hint):
        read_written(_file(tmp_path, data))


@pytest.mark.parametrize(
    ("key", "given", "read"),
    [
        ("id", 7, "7"),
        ("metadata", None, {}),
        ("lang", "zh-CN", "zh"),
        ("lang", "zh_TW", "zh"),
        ("lang", "en-US", "en"),
        ("lang", "auto", None),
        ("lang", "", None),
        ("lang", "fr", "fr"),
    ],
)
def test_what_is_meant_is_taken(tmp_path: Path, key: str, given: object, read: object) -> None:
    written, _ = read_written(_file(tmp_path, {"turns": TURNS, key: given}))
    assert getattr(written, key) == read


@pytest.mark.parametrize("named", ["/etc/passwd", "/etc/secrets.yaml", "../own.yaml", "collections"])
def test_a_transcript_cannot_have_files_opened(tmp_path: Path, named: str) -> None:
    path = _file(tmp_path, {"turns": TURNS, "playbook": named})
    with pytest.raises(TranscriptError, match="--playbook"):
        Reviewer(Settings()).review(path)


def test_a_folder_is_refused_as_one(tmp_path: Path) -> None:
    for name in ("calls", "calls.json"):
        (tmp_path / name).mkdir()
        with pytest.raises(RecordingError, match="is a folder"):
            Reviewer(Settings()).review(tmp_path / name)


def test_a_year_that_cannot_be_is_refused_before_dates_are_counted_from_it() -> None:
    from datetime import datetime

    with pytest.raises(ValueError, match="1970"):
        Options(started_at=datetime(9999, 12, 31))
    with pytest.raises(ValueError, match="left"):
        Options(agent_channel="middle")


@pytest.mark.parametrize(
    ("lines", "language", "because"),
    [
        (("A:", "C: "), "other", "Nobody was heard"),
        (("A: 喂",), "other", "Too little was said"),
        (("A: Bonjour", "C: Oui"), "fr", r"language \(fr\)"),
    ],
)
def test_no_score_names_the_right_reason(lines: tuple[str, ...], language: str, because: str) -> None:
    observed = ObservedCall(call(*lines, language=language), None, ((),) * len(lines), Facts())
    why = obstacle(observed, load("collection"))
    assert why is not None
    assert because.replace("\\", "") in why.en


def test_unknown_speakers_are_the_reason_and_not_a_missing_model() -> None:
    from dataclasses import replace

    unknown = tuple(replace(turn, role=Role.UNKNOWN) for turn in turns("A: 您好，周五还三千。", "C: 行。"))
    observed = ObservedCall(call(turns=unknown), None, ((),) * 2, Facts())
    why = obstacle(observed, load("collection"))
    assert why is not None
    assert "who said what" in why.en


def test_who_asks_only_for_somebody_else_has_not_said_who_calls() -> None:
    from coach.domain.labels import LabelId
    from coach.domain.observations import Identity, LabelHit
    from coach.domain.review import Outcome
    from coach.rules import evaluate

    asked = (LabelHit(LabelId.IDENTIFY, 0.9),)
    for who, outcome in (
        (Identity.THIRD_PARTY, Outcome.NOT_MET),
        (Identity.WRONG_NUMBER, Outcome.NOT_APPLICABLE),
    ):
        lines = ("A: 您好，请问张伟在吗？", "T: 不在。", "A: 打扰了，再见。")
        observed = ObservedCall(
            call(*lines), (asked, (), ()), ((),) * 3, Facts(identity=(Identity.ASKED, who, who))
        )
        found = {finding.criterion: finding for finding in evaluate(observed, load("collection"))}
        assert found["identify"].outcome is outcome, who


def test_a_short_written_call_is_not_held_back_by_the_sound_that_it_has_not() -> None:
    from coach.domain.labels import LabelId
    from coach.domain.observations import Identity, LabelHit
    from coach.domain.review import Verdict
    from coach.rules import evaluate
    from coach.scoring import score

    polite = (LabelHit(LabelId.COURTESY, 0.9),)
    lines = ("A: 您好，请问张伟先生在吗？", "T: 打错了。", "A: 对不起打扰了，再见。", "T: 嗯。")
    states = (Identity.ASKED, *(Identity.WRONG_NUMBER,) * 3)
    observed = ObservedCall(call(*lines), (polite, (), polite, ()), ((),) * 4, Facts(identity=states))
    playbook = load("collection")
    card = score(evaluate(observed, playbook), playbook, observed=observed)
    assert (card.score, card.verdict) == (100, Verdict.PASS)
