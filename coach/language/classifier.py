"""Labels of turns, by a fine-tuned encoder that ONNX Runtime runs without torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from coach.domain.call import Role, Turn
from coach.domain.labels import DONTS, LabelId
from coach.domain.observations import LabelHit
from coach.domain.time import Span
from coach.language.explanation import carrying_span
from coach.language.model_folder import ModelFolder, open_folder
from coach.language.who_may import allowed_labels
from coach.language.windows import Layout, Part, lay_out, parts_of, plan, stack

Floats = npt.NDArray[np.float32]
EXPLAIN_PAST_TOKENS = 32
EXPLAIN_BATCH = 16


class OnnxTurnClassifier:
    """The rubric's labels of every turn, each seen with the turns around it.

    ``folder`` holds the manifest and the files it names; they are opened and checked at the first use.
    ``explained`` is how many of the coached party's don'ts in a call, the likeliest first, get the span of
    the words that carry them: each costs about as much as a window of turns.
    """

    def __init__(self, folder: Path, *, threads: int = 1, explained: int = 8) -> None:
        self._folder = folder
        self._threads = threads
        self._explained = explained

    @property
    def name(self) -> str:
        """The model and its version, as shown in the review."""
        return self._model.name

    def classify(
        self, turns: Sequence[Turn], *, playbook: str, coached: Role
    ) -> tuple[tuple[LabelHit, ...], ...]:
        """Labels of each turn in the order of ``turns``; ``coached`` decides which ones a turn may have.

        Raises ``ModelError`` when the weights are missing or damaged.
        """
        logits = self.logits(turns, coached=coached)
        labels = [self._hits(turn, row, coached) for turn, row in zip(turns, logits, strict=True)]
        faults = [
            (at, hit)
            for at, hits in enumerate(labels)
            for hit in hits
            if hit.label in DONTS and turns[at].role is coached
        ]
        faults.sort(key=lambda fault: -fault[1].confidence)
        spans = {
            (at, hit.label): self.span_of(turns, at, hit.label, coached=coached)
            for at, hit in faults[: self._explained]
        }
        return tuple(
            tuple(replace(hit, span=spans.get((at, hit.label))) for hit in hits)
            for at, hits in enumerate(labels)
        )

    def span_of(self, turns: Sequence[Turn], at: int, label: LabelId, *, coached: Role) -> Span:
        """The characters of ``turns[at]`` without which the label's score falls most."""
        column = self._model.labels.index(label)

        def score(texts: Sequence[str]) -> list[float]:
            return [float(row[column]) for row in self._variants(turns, at, texts, coached)]

        return carrying_span(turns[at].text, score)

    def logits(self, turns: Sequence[Turn], *, coached: Role) -> Floats:
        """Raw scores (turns, labels); a turn of several parts has the highest of each."""
        out = np.full((len(turns), len(self._model.labels)), -np.inf, np.float32)
        texts = self._tokens([turn.text for turn in turns])
        parts = [
            part
            for i, (turn, ids) in enumerate(zip(turns, texts, strict=True))
            if ids
            for part in parts_of(i, turn.role, ids, self._model.marks.stops)
        ]
        for window in plan(parts, self._model.sizes):
            layout = lay_out(parts[window.start : window.end], coached, self._model.marks)
            scores = self._run([layout])[0]
            for place in range(window.first, window.last):
                turn = parts[place].turn
                out[turn] = np.maximum(out[turn], scores[place - window.start])
        return out

    def _hits(self, turn: Turn, row: Floats, coached: Role) -> tuple[LabelHit, ...]:
        may_have = allowed_labels(turn.role, coached)
        hits = []
        for label, logit in zip(self._model.labels, row, strict=True):
            threshold = self._model.thresholds[label]
            confidence = threshold.probability(float(logit))
            if label in may_have and confidence >= threshold.check:
                hits.append(LabelHit(label, round(confidence, 4), confidence >= threshold.sure))
        return tuple(hits)

    def _variants(self, turns: Sequence[Turn], at: int, texts: Sequence[str], coached: Role) -> Floats:
        """Scores of ``texts`` in the place of turn ``at``, behind a short past."""
        past: list[Part] = []
        spent = 0
        for before, ids in zip(turns[at - 1 :: -1] if at else (), self._past(turns, at), strict=False):
            spent += len(ids)
            if spent > EXPLAIN_PAST_TOKENS:
                break
            past[:0] = parts_of(0, before.role, ids)
        layouts = [
            lay_out([*past, Part(0, turns[at].role, ids)], coached, self._model.marks)
            for ids in self._tokens(texts)
        ]
        rows: list[Floats] = []
        for i in range(0, len(layouts), EXPLAIN_BATCH):
            rows.extend(self._run(layouts[i : i + EXPLAIN_BATCH])[:, len(past)])
        return np.stack(rows)

    def _past(self, turns: Sequence[Turn], at: int) -> list[tuple[int, ...]]:
        return self._tokens([turn.text for turn in turns[max(0, at - 4) : at]])[::-1]

    def _run(self, layouts: Sequence[Layout]) -> Floats:
        ids, roles, places = stack(layouts, self._model.marks.pad)
        scores: Floats = self._session.run(None, {"ids": ids, "roles": roles, "places": places})[0]
        return scores

    def _tokens(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        coded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [tuple(one.ids) for one in coded]

    @cached_property
    def _model(self) -> ModelFolder:
        return open_folder(self._folder)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._model.tokenizer))

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            str(self._model.weights), options, providers=["CPUExecutionProvider"]
        )
