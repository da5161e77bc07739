"""How sure it is that the first figure is what was asked for and that the report holds it.

Gradient-boosted trees over what the ranking shows: how much of the question the figure covers, what stays uncovered, how
far it stands before the next, and how near its statement is in meaning. The trees are plain numbers in
`rag/confidence.json`, made by `python -m evals fit` from the dev half of the gold set.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import fmean, pstdev

from corpus.text import search_words
from rag.candidates import ITSELF
from rag.features import Query
from rag.figure_answer import same_sentence
from rag.forms import YES_NO
from rag.ranker import Scored
from rag.terms import SEEN, Rarity, Term

TREES = Path(__file__).parent / "confidence.json"
RANKED = (
    "coverage", "near_coverage", "pair_coverage", "rarest_missing", "own_unasked", "subject_asked", "kind_equal", "kind_differs",
    "unit_equal", "unit_differs", "year_equal", "target_differs", "place_equal", "place_differs", "footnote", "main_figure", "fused", "opposite",
    "member_unasked", "total_differs", "part_unasked", "plan_unasked", "plan_equal", "versus_differs", "year_differs",
)  # fmt: skip
"""The features of the ranker that the confidence looks at too."""
OF_QUESTION = (
    "score", "margin", "drop", "dense", "dense_gap", "dense_height", "anywhere", "in_sentence", "missing", "second_missing",
    "missing_share", "missing_known", "unknown", "first_words", "longest_run", "exact", "terms", "asks", "read", "follows", "unit_asked",
    "yes_no", "unit_missing",
)  # fmt: skip
INPUTS = (*RANKED, *OF_QUESTION)
"""The inputs, in their order."""
OF_TERMS = OF_QUESTION.index("asks") - OF_QUESTION.index("anywhere")
"""The inputs that tell of the words of a question."""
_IN_SENTENCE = 8
"""Tiers (see `rag.candidates`) that stand in the sentence or above it."""
_RUN = 0.3


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted regression trees: each a list of nodes `(input, threshold, left, right, value)`; a leaf has input -1."""

    base: float
    trees: tuple[tuple[tuple[int, float, int, int, float], ...], ...]
    threshold: float

    def chance(self, inputs: Sequence[float]) -> float:
        """The chance, 0 to 1, for inputs in the order of `INPUTS`."""
        total = self.base
        for nodes in self.trees:
            at = 0
            while nodes[at][0] >= 0:
                number, limit, left, right, _ = nodes[at]
                at = left if inputs[number] <= limit else right
            total += nodes[at][4]
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def load_trees(path: Path = TREES) -> Trees:
    """The shipped trees. Raises `ValueError` if the file does not fit the inputs of this code."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if tuple(data["inputs"]) != INPUTS:
        raise ValueError(f"Tệp {path.name} không khớp mã nguồn; hãy chạy: python -m evals fit")
    trees = tuple(tuple((int(n[0]), float(n[1]), int(n[2]), int(n[3]), float(n[4])) for n in tree) for tree in data["trees"])
    return Trees(float(data["base"]), trees, float(data["threshold"]))


def confidence_inputs(query: Query, best: Scored, ranked: Sequence[Scored], cosines: Sequence[float]) -> list[float]:
    """The inputs for `best` among `ranked`; `cosines` are those of all statements of the passages found."""
    others = [one for one in ranked if not same_sentence(one.candidate.figure, best.candidate.figure)]
    reach = max((one.value("coverage") for one in ranked[:20]), default=0.0)
    spread = (pstdev(cosines) if len(cosines) > 1 else 0.0) + 1e-6
    values = [best.value(name) for name in RANKED]
    values += [
        best.score,
        best.score - (others[0].score if others else 0.0),
        reach - best.value("coverage"),
        best.dense,
        max(cosines, default=best.dense) - best.dense,
        (best.dense - fmean(cosines)) / spread if cosines else 0.0,
    ]
    return values + _of_terms(query, best) + _of_reading(query) + [float(_lacks_unit(query, best))]


def _lacks_unit(query: Query, best: Scored) -> bool:
    """Whether the figure counts other things than those asked for, and nothing near it names them (`mấy bác sĩ`, `92.086 lượt người`)."""
    if query.ask is None or query.ask.unit.dimension != "count" or best.value("unit_equal") >= 0.6:
        return False
    words = search_words(query.ask.unit.name)
    terms = [term for term in query.terms if set(term.parts) & set(words)]
    near = [held for _, held in best.candidate.tiers[: ITSELF + 1]]
    return not any(query.held(term, held) > SEEN for term in terms for held in near) and not any(word in held.folded for word in words for held in near)


def _of_reading(query: Query) -> list[float]:
    """Whether the question had to be read (typed without marks, with slips), follows an earlier one, names a unit, asks whether."""
    question = query.question
    named = query.ask is not None and query.ask.unit.dimension != "none"
    return [float(question.unmarked or question.mended), float(question.context is not None), float(named), float(question.form == YES_NO)]


def _of_terms(query: Query, best: Scored) -> list[float]:
    tiers, asks = best.candidate.tiers, float(query.ask is not None)
    if not query.terms:
        return [0.0] * OF_TERMS + [asks]
    weights = [query.weight(term) for term in query.terms]
    total = sum(weights) or 1.0
    hits = [[(value, query.held(term, words)) for value, words in tiers] for term in query.terms]
    whole = [max(value * hit for value, hit in row) for row in hits]
    sentence = [max(value * hit for value, hit in row[:_IN_SENTENCE]) for row in hits]
    near = [max(value * hit for value, hit in row[:ITSELF]) for row in hits]
    known = [float(_is_known(term, query.rarity)) for term in query.terms]
    missing = sorted((w for w, found in zip(weights, whole, strict=True) if found < SEEN), reverse=True)
    run = longest = 0
    for found in sentence:
        run = run + 1 if found > _RUN else 0
        longest = max(longest, run)
    return [
        sum(w * max(hit for _, hit in row) for w, row in zip(weights, hits, strict=True)) / total,
        sum(w * found for w, found in zip(weights, sentence, strict=True)) / total,
        missing[0] if missing else 0.0,
        missing[1] if len(missing) > 1 else 0.0,
        sum(missing) / total,
        sum(w for w, found, there in zip(weights, sentence, known, strict=True) if there and found < SEEN) / total,
        sum(w for w, there in zip(weights, known, strict=True) if not there) / total,
        fmean(near[:3]),
        longest / len(query.terms),
        sum(w for w, row in zip(weights, hits, strict=True) if any(hit == 1.0 for _, hit in row)) / total,
        float(len(query.terms)),
        asks,
    ]


def _is_known(term: Term, rarity: Rarity) -> bool:
    """Whether the reports hold the term at all, by itself or by a synonym."""
    phrases = (term.parts, *term.synonyms)
    return any(all(word in rarity.words for word in phrase) for phrase in phrases)
