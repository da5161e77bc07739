"""The gold set as a whole: which files, all checks, and what a run scores."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from corpus import Report, load_reports
from evals.gold import FOLDER, NOISY, Claim, GoldError, Problem, Question
from evals.gold_check import (
    Places,
    check_claims,
    check_ids,
    check_questions,
    read_split,
    unprinted_units,
    unsupported_keywords,
)
from evals.gold_file import read_claims, read_questions, read_variants

_Line = TypeVar("_Line", Question, Claim)

SHOWN = 20
"""How many problems an error message lists."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """All lines of the gold files read, checked and located; `variants` are questions again, with `of` set.

    `sha256` is the hash of the files' bytes in order; `warnings` are doubts that stop nothing.
    """

    questions: tuple[Question, ...]
    claims: tuple[Claim, ...]
    variants: tuple[Question, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    sha256: str

    def require(self) -> GoldSet:
        """The set itself if it has no problem. Raises `GoldError` listing the first problems otherwise."""
        if not self.problems:
            return self
        listed = "\n".join(str(problem) for problem in self.problems[:SHOWN])
        more = len(self.problems) - SHOWN
        raise GoldError(listed + (f"\n… và {more} lỗi nữa." if more > 0 else ""))


def load_gold(path: Path | None = None, reports: Sequence[Report] | None = None) -> GoldSet:
    """The gold set of a folder (the project's own by default), or of one file of questions or claims.

    Raises `GoldError` if a file cannot be read at all; problems of single lines are in the result.
    """
    questions_at, claims_at, variants_at = _files(path or FOLDER)
    problems: list[Problem] = []
    places = Places(load_reports() if reports is None else reports)
    questions = read_questions(questions_at, problems)
    claims = read_claims(claims_at, problems)
    variants = read_variants(variants_at, problems)
    ids = [(q.id, q.where) for q in questions] + [(c.id, c.where) for c in claims]
    check_ids(ids + [(v.id, v.where) for v in variants], problems)
    folder = path if path and path.is_dir() else FOLDER if path is None else path.parent
    questions = check_questions(questions, places, read_split(folder / "split.tsv"), problems)
    claims = check_claims(claims, places, problems)
    by_id = {question.id: question for question in questions}
    copies = []
    for variant in variants:
        source = by_id.get(variant.of)
        if source is None:
            problems.append(Problem(variant.where.file, variant.where.line, "of", f"không có câu hỏi “{variant.of}”."))
            continue
        changed = {"id": variant.id, "question": variant.question, "history": variant.history, "where": variant.where}
        copies.append(replace(source, **changed, of=variant.of, variant=variant.variant))  # type: ignore[arg-type]
    return GoldSet(
        tuple(questions),
        tuple(claims),
        tuple(copies),
        tuple(problems),
        tuple(_warnings(questions, places)),
        _hash((*questions_at, *claims_at, *variants_at)),
    )


def clean_questions(questions: Iterable[Question]) -> list[Question]:
    """The questions that are typed without slips and with diacritics, the source of generated variants."""
    return [q for q in questions if not NOISY & set(q.tags) and "abuse" not in q.tags]


def in_split(lines: Iterable[_Line], split: str) -> list[_Line]:
    """The lines of one half, or all of them for `all`."""
    return [line for line in lines if split in ("all", line.split)]


def counts(gold: GoldSet) -> dict[str, Counter[str]]:
    """How many questions by split, kind, refusal class and section; claims and variants by split; verdicts."""
    answerable = [question for question in gold.questions if question.answerable]
    return {
        "questions": Counter(question.split for question in gold.questions),
        "answerable": Counter(question.split for question in answerable),
        "kind": Counter(question.kind for question in gold.questions),
        "tag": Counter(tag for question in gold.questions for tag in question.tags),
        "section": Counter(question.evidence[0].section for question in answerable if question.evidence),
        "footnote": Counter(str(e.footnote) for q in answerable for e in q.evidence if e.footnote),
        "claims": Counter(claim.split for claim in gold.claims),
        "verdict": Counter(figure.verdict for claim in gold.claims for figure in claim.figures),
        "variant": Counter(question.variant for question in gold.variants),
    }


def _files(path: Path) -> tuple[list[Path], list[Path], list[Path]]:
    if path.is_dir():
        groups = [sorted(path.glob(pattern)) for pattern in ("questions*.jsonl", "claims*.jsonl", "variants*.jsonl")]
        if not any(groups):
            raise GoldError(f"Thư mục {path} không có tệp questions*.jsonl hay claims*.jsonl nào.")
        return groups[0], groups[1], groups[2]
    if path.name.startswith("claims"):
        return [], [path], []
    return [path], [], []


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _warnings(questions: Iterable[Question], places: Places) -> list[Problem]:
    found = []
    for question in questions:
        at = (question.where.file, question.where.line)
        for keyword in unsupported_keywords(question, places):
            found.append(Problem(*at, "keywords", f"từ khóa “{keyword}” không có ở chỗ dẫn chứng."))
        for figure in unprinted_units(question):
            found.append(Problem(*at, "figures", f"“{figure}” không được in liền như vậy trong đoạn trích."))
    return found
