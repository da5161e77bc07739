"""`python -m evals fit`: the weights of the ranker and the trees of its confidence, from the dev half of the gold set.

Ranking: softmax over the figures found for a question, cross-entropy on the gold figure, drawn towards the weights it
starts from (L2), so that a small gold set cannot turn them around. Confidence: boosted trees on whether the first choice
is right; each answerable question is also shown once with its right figure taken away, as one that must be refused.
The results are plain numbers in `rag/weights.json` and `rag/confidence.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from evals.boosted import boosted, plain
from evals.gold import Question
from evals.notation import Reading, read_figure, same_figure
from rag import forms
from rag.against import mismatch
from rag.confidence import INPUTS, TREES, confidence_inputs
from rag.features import NAMES, Query
from rag.fitting import best_fitting, in_order
from rag.ranker import WEIGHTS, Scored
from rag.sentence_ranker import ScoredSentence

if TYPE_CHECKING:
    from corpus import Report
    from corpus.figures import Figure
    from rag import Assistant

Array = NDArray[np.float64]

PULL = 0.01
"""Strength of the pull towards the starting weights."""
STEPS = 300
LEARNED = 60
"""Figures of each ranking, from the first, that the weights are learned from."""
COST = 1.75
"""A wrong answer costs as much as this number of right ones gains."""
PLATEAU = 0.02
"""Thresholds that lose no more than this share of the right answers against the best are about as good: the best one is chance."""
WITHOUT = 0.3
"""What a question shown without its right figure or sentences weighs."""
SHOWN = 120
"""Figures of the ranking that are looked at."""
TOLD = 200
"""Sentences that are kept for a question."""


@dataclass(frozen=True)
class Sample:
    """The figures ranked for one dev question, with the rows that are right (none for a question to refuse).

    `cosines` are those of all statements found, with the span of each, `told` the first of the sentences found as answers in words.
    """

    question: Question
    report: Report
    query: Query
    ranked: tuple[Scored, ...]
    right: tuple[int, ...]
    cosines: tuple[tuple[str, int, int, float], ...]
    told: tuple[ScoredSentence, ...]

    @property
    def values(self) -> Array:
        """Features, one row per figure, in the order ranked with the starting weights."""
        return np.array([one.values for one in self.ranked])


@dataclass(frozen=True)
class Case:
    """One row that the confidence learns from: inputs, whether the first choice is right, weight, the report asked."""

    inputs: tuple[float, ...]
    right: bool
    weight: float
    report: str


def samples(assistant: Assistant, questions: Iterable[Question]) -> list[Sample]:
    """What the ranker sees of each question that asks for a figure first."""
    out = []
    for question in tqdm(list(questions), desc="Đọc câu hỏi", unit="câu", leave=False):
        understood, _ = assistant.understand(question.question, question.history)
        if understood.form not in (forms.FIGURE, forms.YES_NO):
            continue
        report = report_of(assistant, question)
        query = assistant.ground.query(understood, understood.first_ask, report)
        found = assistant.ground.find(understood, report)
        ranked = assistant.ground.rank(query, found)[:SHOWN]
        if ranked:
            cosines = [(f.reading.passage.id, *span, cosine) for f in found for span, cosine in f.statement_scores.items()]
            told = tuple(assistant.ground.told(query, found)[:TOLD])
            query.memo.clear()
            out.append(Sample(question, report, query, tuple(ranked), _right_rows(question, ranked), tuple(cosines), told))
    return out


def report_of(assistant: Assistant, question: Question) -> Report:
    """The report that a gold question is about; the first where it names none that is loaded."""
    reports = assistant.ground.index.reports
    return next((report for report in reports if report.id == question.report), reports[0])


def _right_rows(question: Question, ranked: Sequence[Scored]) -> tuple[int, ...]:
    if not question.answerable or not question.figures or question.figures[0].derived_from:
        return ()
    wanted = [question.figures[0].reading] + [also[0].reading for also in question.also if also]
    rows = []
    for n, one in enumerate(ranked):
        figure = one.candidate.figure
        if any(figure.text in e.quote for e in question.evidence) and is_gold(question, figure, wanted):
            rows.append(n)
    return tuple(rows)


def fit_ranking(data: Sequence[Sample], start: Array) -> Array:
    """Weights of the features, in the order of `NAMES`."""
    from scipy.optimize import minimize
    from scipy.special import logsumexp, softmax

    usable = [(sample.values[:LEARNED], [n for n in sample.right if n < LEARNED]) for sample in data]
    usable = [(values, right) for values, right in usable if right]
    padded = np.zeros((len(usable), LEARNED, len(start)))
    shown, right_ones = np.full((len(usable), LEARNED), -np.inf), np.full((len(usable), LEARNED), -np.inf)
    for n, (values, right) in enumerate(usable):
        padded[n, : len(values)] = values
        shown[n, : len(values)] = 0.0
        right_ones[n, right] = 0.0

    def loss(weights: Array) -> tuple[float, Array]:
        scores = padded @ weights
        of_all, of_right = scores + shown, scores + right_ones
        gradient = np.einsum("qk,qkf->f", softmax(of_all, axis=1) - softmax(of_right, axis=1), padded) / len(usable) + PULL * (weights - start)
        pull = PULL / 2 * float(((weights - start) ** 2).sum())
        return float((logsumexp(of_all, axis=1) - logsumexp(of_right, axis=1)).mean()) + pull, gradient

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x)


def fit_softmax(rows: Sequence[tuple[Array, NDArray[np.bool_], float]], pull: float) -> Array:
    """Weights of the features of `(values, right, weight)`: softmax over the rows of `values`, cross-entropy on those that are right."""
    from scipy.optimize import minimize
    from scipy.special import logsumexp, softmax

    count, width = sum(weight for _, _, weight in rows), rows[0][0].shape[1]

    def loss(weights: Array) -> tuple[float, Array]:
        total, gradient = 0.0, np.zeros(width)
        for values, right, weight in rows:
            scores = values @ weights
            total += weight * float(logsumexp(scores) - logsumexp(scores[right]))
            gradient += weight * (softmax(scores) @ values - softmax(scores[right]) @ values[right])
        return total / count + pull / 2 * float(weights @ weights), gradient / count + pull * weights

    return np.asarray(minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x)


def rerank(sample: Sample, weights: Array) -> list[Scored]:
    """The figures of a sample in the order of `weights`."""
    scores = sample.values @ weights
    order = np.argsort(-scores, kind="stable")
    return [Scored(sample.ranked[n].candidate, float(scores[n]), sample.ranked[n].values, sample.ranked[n].dense) for n in order]


def cases(sample: Sample, weights: Array) -> list[Case]:
    """The question as it is, and (where it has a right figure) as it would be if the report held no such figure."""
    ranked = rerank(sample, weights)
    if not _is_single(sample):
        return []
    right = {sample.ranked[n].candidate.figure.id for n in sample.right}
    out = [_case(sample, ranked, right | _also_right(sample), lambda _passage, _start: True, 1.0)]
    if right:
        taken = [one.candidate.figure for one in ranked if one.candidate.figure.id in right]
        values = {figure.quantity.value for figure in taken}
        clusters = {figure.base or figure.id for figure in taken}
        rest = [
            one
            for one in ranked
            if one.candidate.figure.quantity.value not in values and (one.candidate.figure.base or one.candidate.figure.id) not in clusters
        ]
        spans = [(figure.passage, *figure.sentence) for figure in taken]

        def stays(passage: str, start: int) -> bool:
            return not any(passage == name and first <= start < last for name, first, last in spans)

        if rest:
            out.append(_case(sample, rest, set(), stays, WITHOUT))
    return [case for case in out if case is not None]


def _is_single(sample: Sample) -> bool:
    """Whether one figure is asked for, so that the first choice is the answer."""
    question = sample.query.question
    return len(question.asks) < 2 and len(sample.query.years) < 2 and len(sample.query.places) < 2


def _also_right(sample: Sample) -> set[str]:
    """The other figures of the gold answer (a level beside its change)."""
    wanted = [figure.reading for figure in sample.question.figures if not figure.derived_from]
    return {one.candidate.figure.id for one in sample.ranked if is_gold(sample.question, one.candidate.figure, wanted)}


def is_gold(question: Question, figure: Figure, wanted: Sequence[Reading]) -> bool:
    """Whether a figure stands at a gold place of the question and is one of those `wanted`."""
    at_place = any((figure.section, figure.footnote) == (e.section, e.footnote) for e in question.evidence)
    return at_place and any(same_figure(reading, read_figure(figure.text, figure.unit)) for reading in wanted)


def _case(sample: Sample, ranked: Sequence[Scored], right: set[str], stays: Callable[[str, int], bool], weight: float) -> Case | None:
    ranked = in_order(sample.query, ranked)
    if not ranked:
        return None
    best = best_fitting(sample.query, ranked)
    if mismatch(sample.query, best, ranked, sample.report):
        return None
    cosines = [cosine for passage, start, _, cosine in sample.cosines if stays(passage, start)]
    told = [one for one in sample.told if stays(one.passage.id, one.start)]
    inputs = tuple(confidence_inputs(sample.query, best, ranked, cosines, told))
    return Case(inputs, best.candidate.figure.id in right, weight, sample.report.id)


def fit_confidence(rows: Sequence[Case]) -> tuple[dict[str, Any], Array]:
    """The trees as plain values, and the chance of every row where its whole report is held out, as a new report would be."""
    from sklearn.model_selection import LeaveOneGroupOut

    inputs = np.array([row.inputs for row in rows])
    labels = np.array([row.right for row in rows]).astype(int)
    weights = np.array([row.weight for row in rows])
    held_out = np.zeros(len(rows))
    for train, test in LeaveOneGroupOut().split(inputs, labels, [row.report for row in rows]):
        held_out[test] = boosted(inputs[train], labels[train], weights[train]).predict_proba(inputs[test])[:, 1]
    return plain(boosted(inputs, labels, weights)), held_out


def pick_threshold(chance: Array, rows: Sequence[Case], cost: float = COST) -> float:
    """The threshold with the best balance of right answers and `cost` times the wrong ones: the middle of those about as good."""
    return round(_best_step(chance, rows, cost, np.arange(0.1, 0.95, 0.01)), 2)


def pick_least(values: Array, rows: Sequence[Case], cost: float = COST) -> float:
    """`pick_threshold` for values on any scale."""
    return _best_step(values, rows, cost, np.quantile(values, np.arange(0.0, 1.0, 0.01)))


def _best_step(values: Array, rows: Sequence[Case], cost: float, steps: Array) -> float:
    gains = np.array([row.weight if row.right else -cost * row.weight for row in rows])
    balance = np.array([gains[values >= step].sum() for step in steps])
    good = steps[balance >= balance.max() - PLATEAU * sum(row.weight for row in rows if row.right)]
    return float(good.mean())


def fit(sources: Sequence[tuple[Assistant, Sequence[Question]]], *, ranking: bool = True) -> str:
    """Fits both models (without `ranking` the confidence only) on the dev questions of each source, writes their files, and returns a report."""
    data = [sample for assistant, questions in sources for sample in samples(assistant, questions)]
    before = np.array(sources[0][0].ground.weights.features)
    weights = fit_ranking(data, before) if ranking else before
    rows = [case for sample in data for case in cases(sample, weights)]
    trees, held_out = fit_confidence(rows)
    threshold = pick_threshold(held_out, rows)
    _write_weights(weights)
    TREES.write_text(json.dumps({"inputs": INPUTS, "threshold": threshold, **trees}) + "\n", encoding="utf-8")
    asked = [sample for sample in data if sample.right]
    before_hits = sum(0 in sample.right for sample in asked)
    after_hits = sum(rerank(s, weights)[0].candidate.figure.id in {s.ranked[n].candidate.figure.id for n in s.right} for s in asked)
    given = held_out >= threshold
    natural = np.array([row.weight == 1.0 for row in rows])
    right = np.array([row.right for row in rows])
    return "\n".join(
        (
            f"{len(data)} câu, {len(asked)} câu có số đúng trong danh sách.",
            f"Chọn đúng đầu tiên: trước {before_hits}/{len(asked)}, sau {after_hits}/{len(asked)}.",
            f"Ngưỡng trả lời {threshold:.2f} (mỗi báo cáo một lần để riêng): "
            f"trả lời đúng {(given & right).sum()}, trả lời sai {(given & ~right & natural).sum()}, "
            f"từ chối đúng {(~given & ~right & natural).sum()}, từ chối nhầm {(~given & right).sum()}; "
            f"khi lấy số đúng đi: trả lời sai {(given & ~natural).sum()}/{(~natural).sum()}.",
            f"Đã ghi {WEIGHTS} và {TREES}.",
        )
    )


def _write_weights(weights: Array) -> None:
    data = {"features": {name: round(float(w), 3) for name, w in zip(NAMES, weights, strict=True)}}
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
