"""The shipped classifier: its files, its independence of the batch, its speed, and speech acts."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest

from coach.domain.call import Role, Turn
from coach.domain.errors import ModelError
from coach.domain.labels import CRITICAL, DONTS, DOS, OTHER_SIDE
from coach.language.classifier import OnnxTurnClassifier
from coach.language.explanation import without
from coach.language.model_folder import open_folder
from coach.language.windows import Part, lay_out, stack
from tests.models.speech_acts import PAIRS, Pair

FOLDER = Path(__file__).parents[2] / "models" / "turn_classifier"
ROLES = {"A": Role.AGENT, "C": Role.CUSTOMER, "T": Role.THIRD_PARTY}
PAIRS_RIGHT = 0.90
"""Share of the pairs of which both members are right; 39 of 40 were when this was written."""


@pytest.fixture(scope="module")
def classifier() -> OnnxTurnClassifier:
    return OnnxTurnClassifier(FOLDER)


def _turns(pair: Pair, text: str) -> list[Turn]:
    before = [line.split("|", 1) for line in pair.before]
    spoken = [(ROLES[who], words) for who, words in before] + [(ROLES[pair.speaker], text)]
    return [Turn(i, role, words) for i, (role, words) in enumerate(spoken)]


def _has(classifier: OnnxTurnClassifier, pair: Pair, text: str) -> bool:
    hits = classifier.classify(_turns(pair, text), playbook="collection", coached=Role.AGENT)[-1]
    return pair.label in {hit.label for hit in hits if hit.sure}


def test_both_members_of_most_minimal_pairs_are_right(classifier: OnnxTurnClassifier) -> None:
    right = [_has(classifier, p, p.fault) and not _has(classifier, p, p.innocent) for p in PAIRS]
    assert np.mean(right) >= PAIRS_RIGHT, [p.innocent for p, ok in zip(PAIRS, right, strict=True) if not ok]


def test_few_innocent_twins_are_accused(classifier: OnnxTurnClassifier) -> None:
    accused = [p.innocent for p in PAIRS if _has(classifier, p, p.innocent)]
    assert len(accused) <= 2, accused


@pytest.mark.parametrize(
    ("role", "coached", "never"),
    [
        (Role.CUSTOMER, Role.AGENT, DOS),
        (Role.AGENT, Role.AGENT, OTHER_SIDE),
        (Role.AGENT, Role.CUSTOMER, DOS | OTHER_SIDE),
        (Role.THIRD_PARTY, Role.AGENT, DOS | OTHER_SIDE),
        (Role.UNKNOWN, Role.AGENT, DOS | OTHER_SIDE),
    ],
)
def test_a_turn_has_only_labels_that_its_speaker_can_have(
    classifier: OnnxTurnClassifier, role: Role, coached: Role, never: frozenset[str]
) -> None:
    text = "您好谢谢，我理解，我周五之前还三千块，没钱不还，对不起，我同意分期，请发短信确认。"
    hits = classifier.classify([Turn(0, role, text)], playbook="collection", coached=coached)[0]
    assert not {hit.label for hit in hits} & never


def test_empty_calls_and_turns_have_no_labels(classifier: OnnxTurnClassifier) -> None:
    assert classifier.classify([], playbook="collection", coached=Role.AGENT) == ()
    blank = [Turn(0, Role.AGENT, ""), Turn(1, Role.CUSTOMER, "  ")]
    assert classifier.classify(blank, playbook="collection", coached=Role.AGENT) == ((), ())


def test_a_threat_inside_a_very_long_turn_is_found(classifier: OnnxTurnClassifier) -> None:
    filler = "这个账单的情况我再跟您说一下，上个月的金额和这个月的金额是分开的。"
    text = filler * 12 + "你不还钱我就带人去你家堵门，让你全家不得安宁。" + filler * 12
    hits = classifier.classify([Turn(0, Role.AGENT, text)], playbook="collection", coached=Role.AGENT)[0]
    assert "threat" in {hit.label for hit in hits}


def test_scores_do_not_depend_on_the_batch(classifier: OnnxTurnClassifier) -> None:
    model = open_folder(FOLDER)
    one = lay_out([Part(0, Role.AGENT, (50, 60, 70))], Role.AGENT, model.marks)
    other = lay_out([Part(0, Role.CUSTOMER, tuple(range(100, 160)))], Role.AGENT, model.marks)
    assert stack([one, other], model.marks.pad)[0].shape[0] == 2
    alone, beside = classifier.encoder.run([one])[0, 0], classifier.encoder.run([one, other])[0, 0]
    assert np.abs(alone - beside).max() < 1e-4


def test_the_explained_words_carry_the_label(classifier: OnnxTurnClassifier) -> None:
    pairs = [p for p in PAIRS if len(p.fault) > 18 and _has(classifier, p, p.fault)]
    falls, chance = [], []
    for pair in pairs:
        turns = _turns(pair, pair.fault)
        at, column = len(turns) - 1, open_folder(FOLDER).labels.index(pair.label)
        span = classifier.span_of(turns, at, pair.label, coached=Role.AGENT)
        length = span.end - span.start
        ends = (type(span)(0, length), type(span)(len(pair.fault) - length, len(pair.fault)))
        texts = [pair.fault, *(without(pair.fault, s) or "。" for s in (span, *ends))]
        scores = classifier.encoder.in_place(turns, at, texts, coached=Role.AGENT)[:, column]
        falls.append(scores[0] - scores[1])
        chance.append(scores[0] - scores[2:].mean())
    assert np.mean(falls) > 1.2 * np.mean(chance)


def test_twice_the_turns_take_about_twice_the_time(classifier: OnnxTurnClassifier) -> None:
    turns = [
        Turn(i, (Role.AGENT, Role.CUSTOMER)[i % 2], "好的，我明白您的意思，那我们再约时间。")
        for i in range(200)
    ]

    def seconds(count: int) -> float:
        begin = time.process_time()
        classifier.classify(turns[:count], playbook="collection", coached=Role.AGENT)
        return time.process_time() - begin

    seconds(20)
    assert min(seconds(200) for _ in range(3)) < 3.2 * min(seconds(100) for _ in range(3))


def test_the_weights_are_small_and_thresholds_in_order() -> None:
    model = open_folder(FOLDER)
    assert model.weights.stat().st_size <= 45_000_000
    assert all(0 < t.check <= t.sure < 1 for t in model.thresholds.values())
    assert set(model.labels) == DONTS | DOS | OTHER_SIDE


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    for name in ("manifest.json", "thresholds.json", "layout.json", "tokenizer.json", "turn_classifier.onnx"):
        (tmp_path / name).symlink_to(FOLDER / name)
    (tmp_path / "thresholds.json").unlink()
    changed = json.loads((FOLDER / "thresholds.json").read_text())
    changed["labels"][0]["sure"] = 0.01
    (tmp_path / "thresholds.json").write_text(json.dumps(changed))
    with pytest.raises(ModelError, match=r"thresholds\.json"):
        open_folder(tmp_path)


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        open_folder(tmp_path)


ERRANDS = (
    ("您好，您叫的车几分钟到？", "马上，我就堵在您公司楼下的路口，打着双闪呢。"),
    ("门铃坏了，您到了怎么办？", "没事，我知道您住几单元，到了我敲门，东西给您放门口。"),
    ("孩子几点放学？", "四点半，我在学校南门接他，送到家里您放心。"),
    ("那个开庭是怎么回事？", "法院安排在下周三上午九点，您带身份证过来就行。"),
    ("Where are you?", "Right outside your house, the white van. I'll knock and leave it on the step."),
)
"""Harmless words that sound like a threat; as this is written the first and the last are taken for one."""


def test_errands_in_risky_words_are_seldom_critical_faults(classifier: OnnxTurnClassifier) -> None:
    accused = []
    for before, text in ERRANDS:
        turns = [Turn(0, Role.CUSTOMER, before), Turn(1, Role.AGENT, text)]
        hits = classifier.classify(turns, playbook="collection", coached=Role.AGENT)[1]
        if {hit.label for hit in hits if hit.sure} & CRITICAL:
            accused.append(text)
    assert len(accused) <= 2, accused
