"""The seeded generator of variants: of every clean question one without diacritics and one misspelt otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from evals.gold import Question
from evals.gold_set import clean_questions
from evals.slips import VARIANTS

SEED = 20231205
_OTHERS = tuple(name for name in VARIANTS if name != "unaccented")


def make_variants(questions: Iterable[Question], seed: int = SEED) -> list[dict[str, Any]]:
    """Lines for `variants.jsonl`. The same seed and question always give the same lines, whatever the other questions.

    A follow-up's earlier turns are changed with it. A change that leaves the question as it was gives way to the next
    kind.
    """
    lines = []
    for question in clean_questions(questions):
        order = list(_OTHERS)
        Random(f"{seed}:{question.id}").shuffle(order)
        candidates = (_line(question, name, seed) for name in order)
        other = next((line for line in candidates if line["question"] != question.question), None)
        plain = _line(question, "unaccented", seed)
        lines += [line for line in (plain, other) if line and line["question"] != question.question]
    return lines


def write_variants(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    """Write the lines as JSONL."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def _line(question: Question, name: str, seed: int) -> dict[str, Any]:
    rng = Random(f"{seed}:{question.id}:{name}")
    change = VARIANTS[name]
    return {
        "id": f"{question.id}~{name}",
        "of": question.id,
        "variant": name,
        "question": change(question.question, rng),
        "history": [{"question": change(turn, rng)} for turn in question.history],
    }
