"""The part of `python -m evals fit` that collects how people ask: `rag/lexicon/questions.txt`.

The open questions on other reports, as far as they were typed with marks and without slips. The words of the questions
on the project's own report stay out: what is known of it belongs in `corpus/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.text import has_diacritics
from evals.gold import Question
from rag.lexicon import QUESTIONS

SLIPS = frozenset(("typo", "telex", "unaccented", "abuse"))
"""Tags of questions that are not typed as Vietnamese is written."""
_HEAD = "# questions that people asked of other reports, one a line, written by `python -m evals fit`: marks are restored from them too"


def fit_marks(questions: Iterable[Question], path: Path = QUESTIONS) -> str:
    """Writes the file from `questions` and returns a report."""
    lines = sorted({question.question.strip() for question in questions if not SLIPS & set(question.tags) and has_diacritics(question.question)})
    path.write_text("\n".join((_HEAD, *lines)) + "\n", encoding="utf-8")
    return f"Đã ghi {len(lines)} câu hỏi mẫu vào {path}."
