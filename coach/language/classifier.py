"""Labels of turns, by a fine-tuned encoder that ONNX Runtime runs without torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coach.domain.call import Role, Turn
from coach.domain.labels import DONTS, LabelId
from coach.domain.observations import Hits, LabelHit
from coach.domain.time import Span
from coach.language.explanation import carrying_span
from coach.language.turn_encoder import Floats, TurnEncoder
from coach.language.who_may import allowed_labels


class OnnxTurnClassifier:
    """The rubric's labels of every turn, each seen with the turns around it.

    ``folder`` holds the manifest and the files it names; they are opened and checked at the first use.
    ``explained`` is how many of the coached party's don'ts in a call, the likeliest first, get the span of
    the words that carry them: each costs about as much as a window of turns.
    """

    def __init__(self, folder: Path, *, threads: int = 1, explained: int = 8) -> None:
        self.encoder = TurnEncoder(folder, threads=threads)
        self._explained = explained

    @property
    def name(self) -> str:
        """The model and its version, as shown in the review."""
        return self.encoder.model.name

    def classify(self, turns: Sequence[Turn], *, playbook: str, coached: Role) -> Hits:
        """Labels of each turn in the order of ``turns``; ``coached`` decides which ones a turn may have.

        Raises ``ModelError`` when the weights are missing or damaged.
        """
        scores = self.encoder.scores(turns, coached=coached)
        labels = [self._hits(turn, row, coached) for turn, row in zip(turns, scores, strict=True)]
        spans = self._spans(turns, labels, coached)
        return tuple(
            tuple(replace(hit, span=spans.get((at, hit.label))) for hit in hits)
            for at, hits in enumerate(labels)
        )

    def span_of(self, turns: Sequence[Turn], at: int, label: LabelId, *, coached: Role) -> Span:
        """The characters of ``turns[at]`` that carry the label: without them its score falls."""
        column = self.encoder.model.labels.index(label)

        def score(texts: Sequence[str]) -> list[float]:
            rows = self.encoder.in_place(turns, at, texts, coached=coached)
            return [float(row[column]) for row in rows]

        text = turns[at].text
        stretches = self.encoder.stretches(text)
        scores = score([span.of(text) for span in stretches]) if len(stretches) > 1 else [0.0]
        around = stretches[scores.index(max(scores))]
        inside = carrying_span(around.of(text), score)
        return Span(around.start + inside.start, around.start + inside.end)

    def _hits(self, turn: Turn, row: Floats, coached: Role) -> tuple[LabelHit, ...]:
        may_have = allowed_labels(turn.role, coached)
        hits = []
        for label, logit in zip(self.encoder.model.labels, row, strict=True):
            threshold = self.encoder.model.thresholds[label]
            confidence = threshold.probability(float(logit))
            if label in may_have and confidence >= threshold.check:
                hits.append(LabelHit(label, round(confidence, 4), confidence >= threshold.sure))
        return tuple(hits)

    def _spans(
        self, turns: Sequence[Turn], labels: Sequence[Sequence[LabelHit]], coached: Role
    ) -> dict[tuple[int, LabelId], Span]:
        faults = [
            (at, hit)
            for at, hits in enumerate(labels)
            for hit in hits
            if hit.label in DONTS and turns[at].role is coached
        ]
        faults.sort(key=lambda fault: -fault[1].confidence)
        return {
            (at, hit.label): self.span_of(turns, at, hit.label, coached=coached)
            for at, hit in faults[: self._explained]
        }
