"""The part of `python -m evals fit` that learns which sentence answers in words: `rag/sentences.json`.

Ranking: softmax over the sentences and clauses found for a question, cross-entropy on those at the gold place that hold
every gold keyword. Sureness: logistic regression on whether the first one is right; each question is also shown once
with its right sentences taken away, as one that must be refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from evals.fit import WITHOUT, Case, fit_softmax, pick_threshold, report_of
from evals.gold import Question
from evals.wording import has_keyword
from rag import forms
from rag.sentence_ranker import INPUTS, NAMES, WEIGHTS, ScoredSentence, rank_with, sureness_inputs

if TYPE_CHECKING:
    from rag import Assistant

Array = NDArray[np.float64]

PULL = 0.003
"""Strength of the pull of the weights towards nothing."""
COST = 0.65
"""A wrong answer in words costs as much as this number of right ones gains: less than a wrong figure, since it shows the report's own sentence."""
OVERLAP = 0.5
"""Share of the words of a gold quote that a sentence must hold to be at its place."""
IN_WORDS = (forms.TEXT, forms.WHICH, forms.LIST)


@dataclass(frozen=True)
class WordSample:
    """The sentences found for a question that is answered in words, and which of them are right (none for one to refuse)."""

    report: str
    answerable: bool
    sentences: tuple[ScoredSentence, ...]
    right: NDArray[np.bool_]

    @property
    def values(self) -> Array:
        """Features, one row a sentence."""
        return np.array([one.values for one in self.sentences])


def word_samples(assistant: Assistant, questions: Iterable[Question]) -> list[WordSample]:
    """What the ranker sees of each question that keywords answer, and of those to refuse that ask for words."""
    ground = assistant.ground
    samples = []
    for question in tqdm(list(questions), desc="Đọc câu hỏi", unit="câu", leave=False):
        asked, _ = assistant.understand(question.question, question.history)
        wordy = bool(question.keywords) and question.kind != "what_is" and all(figure.optional for figure in question.figures)
        in_words = asked.form in IN_WORDS or asked.form == forms.YES_NO or not asked.asks
        if not (wordy if question.answerable else in_words):
            continue
        report = report_of(assistant, question)
        found = ground.find(asked, report)
        ranked = rank_with(lambda _values: 0.0, ground.query(asked, None, report), found, report)
        if ranked:
            right = np.array([question.answerable and _is_right(question, one) for one in ranked])
            samples.append(WordSample(report.id, question.answerable, tuple(ranked), right))
    return samples


def _is_right(question: Question, one: ScoredSentence) -> bool:
    text = one.passage.text[one.start : one.end]
    if not all(has_keyword(text, keyword) for keyword in question.keywords) or any(has_keyword(text, rival) for rival in question.not_keywords):
        return False
    words = set(text.split())
    quotes = [e.quote.split() for e in question.evidence if (e.section, e.footnote) == (one.passage.section, one.passage.footnote)]
    return any(len(words & set(quote)) >= OVERLAP * min(len(set(quote)), len(words)) for quote in quotes)


def fit_ranking(samples: Sequence[WordSample]) -> Array:
    """Weights of the features, in the order of `NAMES`."""
    return fit_softmax([(sample.values, sample.right, 1.0) for sample in samples if sample.right.any()], PULL)


def cases(sample: WordSample, weights: Array) -> list[Case]:
    """The question as it is, and (where a sentence is right) as it would be without its right sentences."""
    scores = sample.values @ weights
    order = np.argsort(-scores, kind="stable")
    ranked = [
        ScoredSentence(one.passage, one.span, float(scores[n]), one.values, one.dense) for n in order for one in [sample.sentences[n]]
    ]
    out = [Case(tuple(sureness_inputs(ranked)), bool(sample.right[order[0]]), 1.0, sample.report)]
    if sample.right.any():
        taken = {(one.passage.id, one.span.sentence) for one, right in zip(sample.sentences, sample.right, strict=True) if right}
        rest = [one for one in ranked if (one.passage.id, one.span.sentence) not in taken]
        if rest:
            out.append(Case(tuple(sureness_inputs(rest)), False, WITHOUT, sample.report))
    return out


def fit_sureness(rows: Sequence[Case]) -> tuple[Array, float, Array]:
    """Weights of `INPUTS` and the constant, and the chance of every row where its whole report is held out."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import LeaveOneGroupOut

    inputs, labels = np.array([row.inputs for row in rows]), np.array([row.right for row in rows]).astype(int)
    share = np.array([row.weight for row in rows])
    centre, width = inputs.mean(0), inputs.std(0) + 1e-9
    scaled = (inputs - centre) / width

    def fitted(chosen: NDArray[np.int64]) -> LogisticRegression:
        return LogisticRegression(max_iter=2000).fit(scaled[chosen], labels[chosen], sample_weight=share[chosen])

    held_out = np.zeros(len(rows))
    for train, test in LeaveOneGroupOut().split(scaled, labels, [row.report for row in rows]):
        held_out[test] = fitted(train).predict_proba(scaled[test])[:, 1]
    model = fitted(np.arange(len(rows)))
    weights = model.coef_[0] / width
    return weights, float(model.intercept_[0] - weights @ centre), held_out


def fit_sentences(sources: Sequence[tuple[Assistant, Sequence[Question]]]) -> str:
    """Fits both models on the dev questions of each source, writes their file, and returns a report."""
    samples = [sample for assistant, questions in sources for sample in word_samples(assistant, questions)]
    usable = [sample for sample in samples if sample.right.any()]
    weights = fit_ranking(samples)
    hits = 0
    for report in {sample.report for sample in usable}:
        apart = fit_ranking([sample for sample in samples if sample.report != report])
        hits += sum(bool(s.right[int(np.argmax(s.values @ apart))]) for s in usable if s.report == report)
    rows = [case for sample in samples if sample.right.any() or not sample.answerable for case in cases(sample, weights)]
    sure, constant, held_out = fit_sureness(rows)
    threshold = pick_threshold(held_out, rows, COST)
    data = {
        "ranking": {name: round(float(w), 4) for name, w in zip(NAMES, weights, strict=True)},
        "sureness": {
            "constant": round(constant, 4),
            "threshold": threshold,
            "weights": {name: round(float(w), 4) for name, w in zip(INPUTS, sure, strict=True)},
        },
    }
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    given, right = held_out >= threshold, np.array([row.right for row in rows])
    natural = np.array([row.weight == 1.0 for row in rows])
    return (
        f"Câu trả lời bằng lời: {len(usable)} câu, chọn đúng đầu tiên {hits} (mỗi báo cáo một lần để riêng). "
        f"Ngưỡng {threshold:.2f}: trả lời đúng {(given & right).sum()}, sai {(given & ~right & natural).sum()}, "
        f"từ chối nhầm {(~given & right).sum()}; khi lấy câu đúng đi: trả lời sai {(given & ~natural).sum()}/{(~natural).sum()}. Đã ghi {WEIGHTS}."
    )
