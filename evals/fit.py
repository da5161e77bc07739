"""`python -m evals fit`: the weights of the ranker and of its confidence, from the dev half of the gold set.

Ranking: softmax over the figures found for a question, cross-entropy on the gold figure. Confidence: logistic regression
on whether the first choice is right. Both are drawn towards the weights they start from (L2), so that a small gold set
cannot turn them around. The results are plain numbers in `rag/weights.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from evals.gold import Question
from evals.notation import read_figure, same_figure
from rag import question as forms
from rag.features import NAMES
from rag.ranker import CONFIDENCE, WEIGHTS, Scored, confidence_inputs

if TYPE_CHECKING:
    from rag import Assistant

Array = NDArray[np.float64]

PULL = 0.01
"""Strength of the pull towards the starting weights."""
STEPS = 1500
RATE = 0.05
COST = 2.0
"""A wrong answer costs as much as this number of right ones gains."""


@dataclass(frozen=True)
class Sample:
    """The figures ranked for one dev question, with the rows that are right (none for a question to refuse)."""

    question: Question
    ranked: tuple[Scored, ...]
    right: tuple[int, ...]

    @property
    def values(self) -> Array:
        """Features, one row per figure, in the order ranked with the starting weights."""
        return np.array([one.values for one in self.ranked])


def samples(assistant: Assistant, questions: Iterable[Question]) -> list[Sample]:
    """What the ranker sees of each question that asks for a figure first."""
    out = []
    for question in tqdm(list(questions), desc="Đọc câu hỏi", unit="câu", leave=False):
        understood, _ = assistant.understand(question.question, question.history)
        if understood.form not in (forms.FIGURE, forms.YES_NO):
            continue
        report = next((r for r in assistant.ground.index.reports if r.id == question.report), assistant.ground.index.reports[0])
        query = assistant.ground.query(understood, understood.asks[0] if understood.asks else None, report)
        ranked = assistant.ground.rank(query, assistant.ground.find(understood, report))[:120]
        if ranked:
            out.append(Sample(question, tuple(ranked), _right_rows(question, ranked)))
    return out


def _right_rows(question: Question, ranked: Sequence[Scored]) -> tuple[int, ...]:
    if not question.answerable or not question.figures or question.figures[0].derived_from:
        return ()
    places = {(e.section, e.footnote) for e in question.evidence}
    wanted = [question.figures[0].reading] + [also[0].reading for also in question.also if also]
    rows = []
    for n, one in enumerate(ranked):
        figure = one.candidate.figure
        if (figure.section, figure.footnote) not in places:
            continue
        if any(same_figure(reading, read_figure(figure.text, figure.unit)) for reading in wanted):
            if any(figure.text in e.quote for e in question.evidence):
                rows.append(n)
    return tuple(rows)


def fit_ranking(data: Sequence[Sample], start: Array) -> Array:
    """Weights of the features, in the order of `NAMES`."""
    usable = [(sample.values, list(sample.right)) for sample in data if sample.right]
    weights, moment = start.copy(), np.zeros_like(start)
    for _ in range(STEPS):
        gradient = PULL * (weights - start)
        for values, right in usable:
            scores = values @ weights
            soft = np.exp(scores - scores.max())
            soft /= soft.sum()
            target = np.zeros_like(soft)
            target[right] = soft[right] / max(soft[right].sum(), 1e-12)
            gradient += values.T @ (soft - target) / len(usable)
        moment = 0.9 * moment + gradient
        weights = weights - RATE * moment
    return weights


def fit_confidence(inputs: Array, labels: Array, start: Array) -> Array:
    """Weights of the confidence inputs with the bias last."""
    rows = np.hstack([inputs, np.ones((len(inputs), 1))])
    weights, moment = start.copy(), np.zeros_like(start)
    balance = np.where(labels > 0, 0.5 / max(labels.sum(), 1), 0.5 / max((1 - labels).sum(), 1))
    for _ in range(STEPS * 2):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ ((chance - labels) * balance) + PULL * 0.2 * (weights - start)
        moment = 0.9 * moment + gradient
        weights = weights - RATE * moment
    return weights


def fit(assistant: Assistant, questions: Sequence[Question]) -> str:
    """Fits both models on `questions` (the dev half), writes the weights file, and returns a report."""
    data = samples(assistant, questions)
    before = assistant.ground.weights
    start = np.array(before.features)
    weights = fit_ranking(data, start)
    scored = [rerank(sample, weights) for sample in data]
    inputs = np.array([confidence_inputs(ranked[0], ranked) for ranked, _ in scored])
    labels = np.array([float(right) for _, right in scored])
    trust = fit_confidence(inputs, labels, np.array([*before.confidence, before.bias]))
    chance = 1 / (1 + np.exp(-np.clip(np.hstack([inputs, np.ones((len(inputs), 1))]) @ trust, -30, 30)))
    threshold = pick_threshold(chance, labels)
    _write(weights, trust, threshold, before.text_threshold)
    asked = [sample for sample in data if sample.right]
    hits_before = sum(0 in sample.right for sample in asked)
    hits_after = sum(right for (_, right), sample in zip(scored, data, strict=True) if sample.right)
    return "\n".join(
        (
            f"{len(data)} câu, {len(asked)} câu có số đúng trong danh sách.",
            f"Chọn đúng đầu tiên: trước {hits_before}/{len(asked)}, sau {hits_after:.0f}/{len(asked)}.",
            f"Ngưỡng trả lời {threshold:.2f}: trả lời đúng {((chance >= threshold) & (labels > 0)).sum()}, "
            f"trả lời sai {((chance >= threshold) & (labels == 0)).sum()}, từ chối đúng {((chance < threshold) & (labels == 0)).sum()}, "
            f"từ chối nhầm {((chance < threshold) & (labels > 0)).sum()}.",
            f"Đã ghi {WEIGHTS}.",
        )
    )


def rerank(sample: Sample, weights: Array) -> tuple[list[Scored], bool]:
    """The figures of a sample in the order of `weights`, and whether the first is right."""
    scores = sample.values @ weights
    order = np.argsort(-scores, kind="stable")
    ranked = [Scored(sample.ranked[n].candidate, float(scores[n]), sample.ranked[n].values, sample.ranked[n].dense) for n in order]
    return ranked, int(order[0]) in sample.right


def pick_threshold(chance: Array, labels: Array) -> float:
    """The threshold with the best balance of right answers and `COST` times the wrong ones."""
    best, best_value = 0.5, -np.inf
    for threshold in np.arange(0.1, 0.95, 0.01):
        answered = chance >= threshold
        value = float((answered & (labels > 0)).sum() - COST * (answered & (labels == 0)).sum())
        if value > best_value:
            best, best_value = float(threshold), value
    return round(best, 2)


def _write(weights: Array, trust: Array, threshold: float, text_threshold: float) -> None:
    data = {
        "features": {name: round(float(w), 3) for name, w in zip(NAMES, weights, strict=True)},
        "confidence": {name: round(float(w), 3) for name, w in zip(CONFIDENCE, trust[:-1], strict=True)},
        "bias": round(float(trust[-1]), 3),
        "threshold": threshold,
        "text_threshold": text_threshold,
    }
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
