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
from rag.compare import restates
from rag.features import Query, fits
from rag.figure_answer import same_cluster, same_sentence
from rag.forms import YES_NO
from rag.ranker import Scored
from rag.sentence_ranker import ScoredSentence
from rag.terms import SAME, SEEN, Rarity, Term
from rag.units_alike import is_any_thing

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
OF_RIVALS = ("rival", "rival_elsewhere", "close", "neighbour_said", "in_table")
"""By how much the figure is better than the next that fits and measures something else, than the next in another passage; how many come close to it;
the weight of what a like figure of its sentence says that is asked and that the figure does not say; whether it stands in a table."""
OF_SENTENCE = ("sentence_score", "sentence_margin", "sentence_gap", "sentence_held")
"""What the ranking of sentences as answers in words says of the clause that holds the figure: a second reader, who looks at no figures."""
INPUTS = (*RANKED, *OF_QUESTION, *OF_RIVALS, *OF_SENTENCE)
"""The inputs, in their order."""
OF_TERMS = OF_QUESTION.index("asks") - OF_QUESTION.index("anywhere")
"""The inputs that tell of the words of a question."""
_IN_SENTENCE = 8
"""Tiers (see `rag.candidates`) that stand in the sentence or above it."""
_RUN = 0.3
_LOOKED_AT, _ALONE, _CLOSE = 40, 8.0, 2.5
"""Figures of the ranking that are looked at for rivals; by how much better one without a rival counts; by how much less one that comes close may score."""
_NO_SENTENCE = (-20.0, 0.0, 20.0, 0.0)


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


def confidence_inputs(
    query: Query, best: Scored, ranked: Sequence[Scored], cosines: Sequence[float], told: Sequence[ScoredSentence]
) -> list[float]:
    """The inputs for `best` among `ranked`; `cosines` are those of all statements found, `told` the sentences found as answers in words, best first."""
    likely = [one for one in ranked if fits(query, one)] if query.places and fits(query, best) else ranked
    others = [one for one in likely if not same_sentence(one.candidate.figure, best.candidate.figure)]
    reach = max((one.value("coverage") for one in likely[:20]), default=0.0)
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
    return [*values, *_of_terms(query, best), *_of_reading(query), float(_lacks_unit(query, best)), *_of_rivals(query, best, ranked), *_of_sentence(best, told)]


def _of_rivals(query: Query, best: Scored, ranked: Sequence[Scored]) -> list[float]:
    figure = best.candidate.figure
    fitting = [one for one in ranked[:_LOOKED_AT] if fits(query, one)]
    apart = (one.score for one in fitting if not same_cluster(one.candidate.figure, figure) and not restates(one.candidate.figure, figure))
    elsewhere = (one.score for one in fitting if one.candidate.figure.passage != figure.passage)
    none = best.score - _ALONE
    close = sum(one.score > best.score - _CLOSE for one in ranked[:_LOOKED_AT])
    said = (_said_beside(query, best, one) for one in fitting if same_sentence(one.candidate.figure, figure))
    return [best.score - next(apart, none), best.score - next(elsewhere, none), float(close), max(said, default=0.0), float(best.candidate.in_table)]


def _said_beside(query: Query, best: Scored, other: Scored) -> float:
    """The weight of the words asked that `other` has by itself (its own words, those it inherits) and `best` has not."""
    if other.candidate.figure.quantity.canonical.dimension != best.candidate.figure.quantity.canonical.dimension:
        return 0.0
    return sum(query.weight(term) for term in query.terms if _says(query, term, other) and not _says(query, term, best))


def _says(query: Query, term: Term, one: Scored) -> bool:
    return any(query.held(term, words) > SEEN for _, words in one.candidate.tiers[:ITSELF])


def _of_sentence(best: Scored, told: Sequence[ScoredSentence]) -> Sequence[float]:
    figure = best.candidate.figure
    of_figure = [one for one in told if one.passage.id == figure.passage and one.start <= figure.start < one.end]
    if not of_figure:
        return _NO_SENTENCE
    sentence = of_figure[0].span.sentence
    others = (one.score for one in told if one.passage.id != figure.passage or one.span.sentence != sentence)
    score = of_figure[0].score
    return [score, score - next(others, score), told[0].score - score, of_figure[0].value("held")]


def _lacks_unit(query: Query, best: Scored) -> bool:
    """Whether the figure counts other things than those asked for, and nothing near it names them (`mấy bác sĩ`, `92.086 lượt người`)."""
    if query.ask is None or query.ask.unit.dimension != "count" or best.value("unit_equal") >= 0.6 or is_any_thing(query.ask.unit):
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
        sum(w for w, row in zip(weights, hits, strict=True) if any(hit >= SAME for _, hit in row)) / total,
        float(len(query.terms)),
        asks,
    ]


def _is_known(term: Term, rarity: Rarity) -> bool:
    """Whether the reports hold the term at all, by itself or by a synonym."""
    phrases = (term.parts, *term.synonyms)
    return any(all(word in rarity.words for word in phrase) for phrase in phrases)
