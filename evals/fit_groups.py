"""The part of `python -m evals fit` that learns which list of figures a question is on: `rag/groups.json`.

Softmax over the lists found for a question and the answer that there is none, cross-entropy on the list that holds the
gold figures (on none where it is to be refused). What a list must reach is picked with each report held out once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from evals.fit import COST, WITHOUT, Case, fit_softmax, is_gold, pick_least, report_of
from evals.gold import Question
from rag import forms
from rag.groups import NAMES, WEIGHTS, Group, all_groups

if TYPE_CHECKING:
    from rag import Assistant

Array = NDArray[np.float64]
PULL = 0.003
"""Strength of the pull of the weights towards nothing."""
OF_LISTS = (forms.HIGHEST, forms.LOWEST, forms.LIST)


@dataclass(frozen=True)
class GroupSample:
    """The lists found for a question, and which of them hold what is asked (none for one to refuse)."""

    report: str
    values: Array
    right: NDArray[np.bool_]
    weight: float = 1.0


def group_samples(assistant: Assistant, questions: Iterable[Question]) -> list[GroupSample]:
    """What is seen of each question on a list of figures that a list answers, and of those to refuse."""
    samples = []
    for question in tqdm(list(questions), desc="Đọc câu hỏi", unit="câu", leave=False):
        asked, _ = assistant.understand(question.question, question.history)
        if asked.form not in OF_LISTS or (asked.form == forms.LIST and not asked.asks) or (question.answerable and not question.figures):
            continue
        report = report_of(assistant, question)
        query = assistant.ground.query(asked, asked.first_ask, report)
        groups = all_groups(assistant.ground, query, assistant.ground.rank(query, assistant.ground.find(asked, report)))
        right = np.array([_is_right(question, group) for group in groups], dtype=bool)
        if len(groups) and (right.any() or not question.answerable):
            values = np.array([group.values for group in groups])
            samples.append(GroupSample(report.id, values, right))
            if right.any() and not right.all():
                samples.append(GroupSample(report.id, values[~right], right[~right], WITHOUT))
    return samples


def _is_right(question: Question, group: Group) -> bool:
    if not question.answerable:
        return False
    return any(is_gold(question, one.figure, [question.figures[0].reading]) for one in group.members)


def fitted(samples: Sequence[GroupSample]) -> Array:
    """Weights of the features, then what none weighs."""
    none = np.eye(1, len(NAMES) + 1, len(NAMES))
    rows = [(np.vstack([np.c_[s.values, np.zeros(len(s.values))], none]), np.append(s.right, not s.right.any()), s.weight) for s in samples]
    return fit_softmax(rows, PULL)


def fit_groups(sources: Sequence[tuple[Assistant, Sequence[Question]]]) -> str:
    """Fits the model on the dev questions of each source, writes its file, and returns a report."""
    samples = [sample for assistant, questions in sources for sample in group_samples(assistant, questions)]
    rows, values = [], []
    for name in sorted({sample.report for sample in samples}):
        weights = fitted([sample for sample in samples if sample.report != name])
        for sample in (one for one in samples if one.report == name):
            scores = sample.values @ weights[:-1]
            rows.append(Case((), bool(sample.right[scores.argmax()]), sample.weight, name))
            values.append(float(scores.max() - weights[-1]))
    margin = pick_least(np.array(values), rows, COST)
    weights = fitted(samples)
    data = {"weights": {name: round(float(w), 4) for name, w in zip(NAMES, weights, strict=False)}, "least": round(float(weights[-1]) + margin, 4)}
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    given, right, natural = np.array(values) >= margin, np.array([row.right for row in rows]), np.array([row.weight == 1.0 for row in rows])
    asked = sum(bool(sample.right.any()) for sample in samples)
    return (
        f"{int(natural.sum())} câu về danh sách số ({asked} câu có danh sách đúng); mỗi báo cáo một lần để riêng: chọn đúng {int(right.sum())}, "
        f"trả lời đúng {int((given & right).sum())}, trả lời sai {int((given & ~right & natural).sum())}; "
        f"khi lấy danh sách đúng đi: trả lời sai {int((given & ~natural).sum())}/{int((~natural).sum())}. Đã ghi {WEIGHTS}."
    )
