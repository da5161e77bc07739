"""How search grows: build time, memory, latency and hits over up to 100,000 passages, exact and approximate.

The shipped report stands among copies of the open reports of other places, each copy with other digits. A model would
compute the vectors of so many sentences for hours on two cores, so a copy's vector is its original's with noise, as near
to it as sentences are that differ in their digits. What is measured of the vectors is their search, not their making.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from corpus import Report, build_passages, load_reports
from corpus.report import FRONT_MATTER, parse_report
from evals.bench import memory_mb
from evals.gold import Question
from evals.intervals import percentile, share
from evals.progress import progress
from evals.retrieval import relevant_passages
from index import Index
from index.contents import Contents, StatementDocuments
from index.embedding import Encoder, SentenceEncoder, Vectors
from index.lexical import LexicalIndex
from index.store import Store
from index.vectors import FlatVectors

SIZES = (1_000, 10_000, 100_000)
"""How many passages are searched."""
SEED = 2023
LIKE = 0.98
"""The cosine of two sentences that differ in their digits, about."""
NEAREST = 10
"""Of so many nearest vectors the approximate search is asked how many it finds."""
TIMED = 60
"""Questions that are timed."""
_DIGITS = re.compile(r"(?<=\d)\d|\d(?=\d)")


@dataclass(frozen=True, slots=True)
class Grown:
    """An index over so many passages, and what it took to build it."""

    index: Index
    vectors: FlatVectors
    words_s: float
    vectors_s: float
    memory_mb: float


def run_growth(questions: Sequence[Question], others: Path, split: str, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """One row a size; `questions` are those on the shipped report, `others` the folder of the reports that are copied."""
    asked = [question for question in questions if relevant_passages(question)]
    encoder = SentenceEncoder()
    own, bases = load_reports(), load_reports(others)
    known = _vectors_of([*own, *bases], encoder)
    encoder.encode_queries([question.question for question in asked[:TIMED]])
    rows = [_row(_grow(own, bases, size, known, encoder), asked) for size in progress(sizes, "growth")]
    return {"script": "growth", "split": split, "n": len(asked), "measures": {}, "rows": rows}


def _grow(own: Sequence[Report], bases: Sequence[Report], size: int, known: dict[str, Vectors], encoder: Encoder) -> Grown:
    contents = Contents.of(list(_reports(own, bases, size)))
    began = time.perf_counter()
    lexical = LexicalIndex.build(contents.search_texts())
    built = time.perf_counter()
    rng = np.random.default_rng(SEED)
    matrix = np.stack([known[_masked(text)] for text in contents.piece_texts()])
    noise = rng.standard_normal(matrix.shape, dtype=np.float32)
    noise *= np.float32(np.tan(np.arccos(LIKE))) / np.linalg.norm(noise, axis=1, keepdims=True)
    first = int(contents.starts[contents.spans[own[0].id].stop])
    noise[:first] = 0  # the shipped report keeps its own vectors
    matrix += noise
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    vectors = FlatVectors.from_vectors(matrix, StatementDocuments(contents), encoder)
    done = time.perf_counter()
    index = Index(contents, Store(Path(), lexical, vectors), encoder)
    return Grown(index, vectors, built - began, done - built, memory_mb().get("VmRSS", 0.0))


def _reports(own: Sequence[Report], bases: Sequence[Report], size: int) -> Iterator[Report]:
    """The shipped reports, then copies of the others until there are about `size` passages."""
    yield from own
    rng, count = Random(SEED), sum(len(build_passages(report)) for report in own)
    sizes = [len(build_passages(base)) for base in bases]  # those of its copies too
    for copy in itertools.count():
        for base, passages in zip(bases, sizes, strict=True):
            if count >= size:
                return
            count += passages
            yield _copy(base, copy, rng)


def _copy(base: Report, number: int, rng: Random) -> Report:
    """A report with other digits in all numbers of two digits and more; its shape stays."""
    head = FRONT_MATTER.match(base.raw)
    front, body = (head.group(), base.raw[head.end() :]) if head else ("", base.raw)
    changed = _DIGITS.sub(lambda _: str(rng.randrange(1, 10)), body) if number else body
    raw = front.replace(f"id: {base.id}", f"id: {base.id}-{number}") + _same_pages(body, changed)
    return parse_report(raw, Path(f"{base.id}-{number}.md"))


def _same_pages(body: str, changed: str) -> str:
    """`changed` with the page marks, footnote marks and list numbers of `body`, which is as long."""
    kept = list(changed)
    for match in re.finditer(r"<!--.*?-->|\[\^\d+\]|(?m:^#.*$)|(?m:^\W*\d+[.)])", body):
        kept[match.start() : match.end()] = match.group()
    return "".join(kept)


def _vectors_of(reports: Sequence[Report], encoder: Encoder) -> dict[str, Vectors]:
    """The vector of each piece of the reports, by its text without its digits."""
    texts = list(dict.fromkeys(Contents.of(reports).piece_texts()))
    return {_masked(text): vector for text, vector in zip(texts, encoder.encode_passages(texts), strict=True)}


def _masked(text: str) -> str:
    return re.sub(r"\d", "0", text)


def _row(grown: Grown, questions: Sequence[Question]) -> dict[str, Any]:
    index, vectors, timed = grown.index, grown.vectors, [question.question for question in questions[:TIMED]]
    queries = index.encoder.encode_queries(timed)
    _, exact = vectors.nearest_of_all(queries, NEAREST)
    began = time.perf_counter()
    vectors.nearly_nearest(queries[:1], NEAREST)  # makes the inverted file
    trained = time.perf_counter() - began
    _, found = vectors.nearly_nearest(queries, NEAREST)
    report = index.reports[0].id
    return {
        "passages": len(index.passages),
        "vectors": len(vectors.matrix),
        "words_s": round(grown.words_s, 2),
        "vectors_s": round(grown.vectors_s, 2),
        "memory_mb": round(grown.memory_mb),
        "one_ms": _median_ms(timed, lambda text: index.search(text, report=report)),
        "all_ms": _median_ms(timed, lambda text: index.search(text)),
        "exact_ms": _median_ms(range(len(queries)), lambda n: vectors.nearest_of_all(queries[n : n + 1], NEAREST)),
        "approximate_ms": _median_ms(range(len(queries)), lambda n: vectors.nearly_nearest(queries[n : n + 1], NEAREST)),
        "approximate_build_s": round(trained, 2),
        "recall": round(float(np.mean([len(set(a) & set(b)) / len(a) for a, b in zip(exact, found, strict=True)])), 4),
        "success_one": _success(questions, lambda text: index.search(text, 1, report=report)),
        "success_all": _success(questions, lambda text: index.search(text, 1)),
    }


def _median_ms(things: Sequence[Any], do: Callable[[Any], object]) -> float:
    times = []
    for thing in things:
        began = time.perf_counter()
        do(thing)
        times.append((time.perf_counter() - began) * 1000)
    return round(percentile(times, 50) or 0.0, 3)


def _success(questions: Sequence[Question], search: Callable[[str], Sequence[Any]]) -> float:
    hits = share(any(hit.passage.id in relevant_passages(question) for hit in search(question.question)) for question in questions)
    return round(hits.value or 0.0, 4)
