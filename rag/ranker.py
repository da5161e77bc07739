"""Ranks figures for a question: a linear model over the features, and how sure its first choice is.

The weights are plain numbers in `rag/weights.json`, made by `python -m evals fit` from the dev half of the gold set.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.candidates import Candidate
from rag.features import NAMES, Query, features, summed

WEIGHTS = Path(__file__).parent / "weights.json"
CONFIDENCE = ("coverage", "near_coverage", "pair_coverage", "rarest_missing", "subject_asked", "dense", "place_differs", "year_differs", "drop", "score")
"""The inputs of the confidence, in the order of its weights; `drop` is the coverage lost against the best figure of any kind."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features, of the confidence, and the confidence from which an answer is given."""

    features: tuple[float, ...]
    confidence: tuple[float, ...]
    bias: float
    threshold: float
    text_threshold: float


@dataclass(frozen=True)
class Scored:
    """A candidate with its score and features."""

    candidate: Candidate
    score: float
    values: tuple[float, ...]
    dense: float = 0.0

    def value(self, name: str) -> float:
        """One feature by name."""
        return self.values[NAMES.index(name)]


@lru_cache(maxsize=1)
def load_weights(path: Path = WEIGHTS) -> Weights:
    """The shipped weights. Raises `ValueError` if the file does not fit the features of this code."""
    data = json.loads(path.read_text(encoding="utf-8"))
    missing = set(NAMES) ^ set(data["features"]) | set(CONFIDENCE) ^ set(data["confidence"])
    if missing:
        raise ValueError(f"Tệp trọng số {path.name} không khớp mã nguồn ({', '.join(sorted(missing))}); hãy chạy: python -m evals fit")
    return Weights(
        tuple(float(data["features"][name]) for name in NAMES),
        tuple(float(data["confidence"][name]) for name in CONFIDENCE),
        float(data["bias"]),
        float(data["threshold"]),
        float(data["text_threshold"]),
    )


def rank(query: Query, found: Sequence[tuple[Candidate, float, float]], weights: Weights) -> list[Scored]:
    """`found` (candidate, cosine of its statement, fused score of its passage), scored, best first."""
    scored = []
    for candidate, dense, fused in found:
        values = features(query, candidate, dense, fused)
        scored.append(Scored(candidate, summed(weights.features, values), tuple(values), dense))
    return sorted(scored, key=lambda one: (-one.score, one.candidate.figure.id))


def confidence_inputs(best: Scored, ranked: Sequence[Scored]) -> list[float]:
    """The inputs of the confidence for `best` among `ranked`."""
    reach = max((one.value("coverage") for one in ranked[:20]), default=0.0)
    drop = max(0.0, reach - best.value("coverage"))
    return [best.value(name) for name in CONFIDENCE[:-2]] + [drop, best.score]


def confidence(best: Scored, ranked: Sequence[Scored], weights: Weights) -> float:
    """How sure it is, 0 to 1, that `best` is what was asked for and that the report holds it."""
    total = weights.bias + summed(weights.confidence, confidence_inputs(best, ranked))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
