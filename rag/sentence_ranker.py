"""Ranks sentences and clauses as answers in words, and tells how sure the first one is: two linear models.

Their weights are plain numbers in `rag/sentences.json`, made by `python -m evals fit`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from corpus.passages import Passage
from corpus.report import Report
from rag.features import Query
from rag.forms import LIST, WHICH
from rag.patterns import Pattern
from rag.spans import Span
from rag.terms import SEEN

if TYPE_CHECKING:
    from rag.ground import Found

WEIGHTS = Path(__file__).parent / "sentences.json"
NAMES = (
    "held", "covered", "around", "pairs", "rarest_missing", "dense_gap", "fused", "first_passage", "length", "excess", "whole",
    "figures_in_words", "figures_in_names", "reason_asked", "reason_unasked", "task_asked", "task_unasked", "lack_asked", "lack_unasked",
    "place_asked", "places_asked", "names_which", "names_list", "parts_list", "footnote", "footnote_names", "aim_asked", "aim_unasked", "result_instead",
)  # fmt: skip
"""The features of a sentence in the order of their weights."""
INPUTS = (
    "score", "margin", "held", "covered", "around", "pairs", "rarest_missing", "dense", "dense_gap", "dense_height", "fused", "drop",
)  # fmt: skip
"""What the sureness of the first sentence is told from, in the order of its weights."""
ABOVE, BEARING, ELSEWHERE = 0.75, 0.5, 0.7
"""What a word of the question is worth that is found in the headings, in the sentence that bears a footnote's mark, elsewhere in the sentence."""
_DENSE_SCALE = 10.0
_WHY = Pattern(r"\b(?:vì sao|tại sao|vì đâu|do đâu|nguyên nhân|lý do|lí do|sao lại|vì lẽ gì|sao)\b")
_WORK = Pattern(r"\b(?:làm gì|giải pháp|biện pháp|nhiệm vụ|thế nào|cách nào|cách gì|phương hướng|tính gì|khắc phục)\b")
_WANTING = Pattern(r"\b(?:khó khăn|hạn chế|tồn tại|vướng|yếu kém|chưa được|bất cập|kẹt)\b")
_WHERE = Pattern(r"\b(?:xã|thị trấn|phường|địa phương|nơi|đâu|chỗ)\b")


@dataclass(frozen=True)
class Linear:
    """A linear model: weights by name in a fixed order, a constant, and the least value that counts (0 where none does)."""

    weights: tuple[float, ...]
    constant: float = 0.0
    threshold: float = 0.0

    def value(self, features: Sequence[float]) -> float:
        """The weighted sum."""
        return self.constant + sum(weight * value for weight, value in zip(self.weights, features, strict=True))


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence or clause with its score, its features, and the cosine of the statement it stands in."""

    passage: Passage
    span: Span
    score: float
    values: tuple[float, ...]
    dense: float

    @property
    def start(self) -> int:
        """First character in the passage's text."""
        return self.span.start

    @property
    def end(self) -> int:
        """The character behind the last one."""
        return self.span.end

    def value(self, name: str) -> float:
        """One feature by name."""
        return self.values[NAMES.index(name)]

    @property
    def coverage(self) -> float:
        """The share of the question that the sentence and what stands above it cover."""
        return self.value("covered")


@lru_cache(maxsize=1)
def load_models(path: Path = WEIGHTS) -> tuple[Linear, Linear]:
    """The shipped models: of the score, and of how sure the first sentence is. Raises `ValueError` if the file does not fit this code."""
    data = json.loads(path.read_text(encoding="utf-8"))
    ranking, sureness = data["ranking"], data["sureness"]
    if tuple(ranking) != NAMES or tuple(sureness["weights"]) != INPUTS:
        raise ValueError(f"Tệp trọng số {path.name} không khớp mã nguồn; hãy chạy: python -m evals fit")
    sure = Linear(tuple(map(float, sureness["weights"].values())), float(sureness["constant"]), float(sureness["threshold"]))
    return Linear(tuple(map(float, ranking.values()))), sure


def rank_sentences(query: Query, found: Sequence[Found], report: Report) -> list[ScoredSentence]:
    """The sentences and clauses of the passages found, best first."""
    model, _ = load_models()
    return rank_with(model.value, query, found, report)


def rank_with(score: Callable[[Sequence[float]], float], query: Query, found: Sequence[Found], report: Report) -> list[ScoredSentence]:
    """`rank_sentences` with a score of one's own for the features."""
    asked = _asked(query, report)
    nearest = max((cosine for one in found for cosine in one.statement_scores.values()), default=0.0)
    ranked = []
    for place, one in enumerate(found):
        above = [max(ABOVE * query.held(term, one.reading.heading), BEARING * query.held(term, one.reading.anchor)) for term in query.terms]
        for span in one.reading.spans:
            dense = max((c for (start, end), c in one.statement_scores.items() if start < span.end and end > span.start), default=one.dense)
            coverages = _coverages(query, above, span)
            values = tuple(_features(asked, coverages, one, span, (dense - nearest) * _DENSE_SCALE, place == 0))
            ranked.append(ScoredSentence(one.reading.passage, span, score(values), values, dense))
    return sorted(ranked, key=lambda one: (-one.score, one.passage.id, one.start, one.end))


def sureness(ranked: Sequence[ScoredSentence]) -> float:
    """How sure it is, 0 to 1, that the first sentence answers the question; 0 where there is none."""
    if not ranked:
        return 0.0
    _, model = load_models()
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, model.value(sureness_inputs(ranked))))))


def is_sure(ranked: Sequence[ScoredSentence]) -> bool:
    """Whether the first sentence is sure enough to be shown."""
    return sureness(ranked) >= load_models()[1].threshold


def sureness_inputs(ranked: Sequence[ScoredSentence]) -> list[float]:
    """The inputs named in `INPUTS` for the first of the ranked sentences."""
    best = ranked[0]
    others = [one.score for one in ranked if (one.passage.id, one.span.sentence) != (best.passage.id, best.span.sentence)]
    cosines = [one.dense for one in ranked]
    spread = (pstdev(cosines) if len(cosines) > 1 else 0.0) + 1e-6
    return [
        best.score,
        best.score - (others[0] if others else 0.0),
        *(best.value(name) for name in ("held", "covered", "around", "pairs", "rarest_missing")),
        best.dense,
        max(cosines) - best.dense,
        (best.dense - fmean(cosines)) / spread,
        best.value("fused"),
        max(one.coverage for one in ranked) - best.coverage,
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the question asks for, of all that sentences differ by."""

    why: bool
    work: bool
    wanting: bool
    places: bool
    which: bool
    names: bool
    aims: bool


def _asked(query: Query, report: Report) -> _Asked:
    text, form = query.question.text, query.question.form
    which, listed = form == WHICH, form == LIST
    return _Asked(
        bool(_WHY.search(text)),
        bool(_WORK.search(text)),
        bool(_WANTING.search(text)),
        (which or listed) and bool(_WHERE.search(text)),
        which,
        listed,
        query.question.plan_year or report.plan_year in query.years,
    )


def _features(
    asked: _Asked, coverages: tuple[float, float, float, float, float], found: Found, span: Span, dense_gap: float, first: bool
) -> list[float]:
    held, covered, around, missing, paired = coverages
    names = asked.which or asked.names
    footnote = float(found.reading.passage.footnote is not None)
    return [
        held,
        covered,
        around,
        paired,
        missing,
        dense_gap,
        found.fused,
        float(first),
        span.length,
        span.excess,
        float(span.whole),
        0.0 if names else span.figures,
        span.figures if names else 0.0,
        float(asked.why and span.reason),
        float(span.reason and not asked.why),
        float(asked.work and span.task),
        float(span.task and not asked.work),
        float(asked.wanting and span.lack),
        float(span.lack and not asked.wanting),
        float(asked.places and span.places > 0),
        span.places if asked.places else 0.0,
        span.names if asked.which else 0.0,
        span.names if asked.names else 0.0,
        span.parts if asked.names else 0.0,
        footnote,
        footnote if names else 0.0,
        float(asked.aims and span.aim),
        float(span.aim and not asked.aims),
        float(asked.aims and not span.aim),
    ]


def _coverages(query: Query, above: Sequence[float], span: Span) -> tuple[float, float, float, float, float]:
    """Shares of the question that the span holds, that it covers with what is `above` it, that its sentence holds; the rarest word missing; the pairs held."""
    held = covered = around = missing = 0.0
    for term, weight, over in zip(query.terms, query.weights, above, strict=True):
        here, beside = query.held(term, span.words), query.held(term, span.around)
        held += weight * here
        around += weight * beside
        covered += weight * max(here, ELSEWHERE * beside, over)
        if max(here, beside, over) < SEEN:
            missing = max(missing, weight)
    total, of_pairs = sum(query.weights), sum(weight for _, weight in query.weighed_pairs)
    paired = sum(weight for pair, weight in query.weighed_pairs if pair in span.words.pairs) / of_pairs if of_pairs else 0.0
    return (held / total, covered / total, around / total, missing, paired) if total else (0.0, 0.0, 0.0, 0.0, paired)
