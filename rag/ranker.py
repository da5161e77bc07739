"""Ranks figures for a question: a linear model over the features.

The weights are plain numbers in `rag/weights.json`, made by `python -m evals fit` from the dev half of the gold set.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.candidates import Candidate
from rag.features import NAMES, Query, features, summed

WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features."""

    features: tuple[float, ...]


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
    missing = set(NAMES) ^ set(data["features"])
    if missing:
        raise ValueError(f"Tệp trọng số {path.name} không khớp mã nguồn ({', '.join(sorted(missing))}); hãy chạy: python -m evals fit")
    return Weights(tuple(float(data["features"][name]) for name in NAMES))


def rank(query: Query, found: Sequence[tuple[Candidate, float, float]], weights: Weights) -> list[Scored]:
    """`found` (candidate, cosine of its statement, fused score of its passage), scored, best first."""
    scored = []
    for candidate, dense, fused in found:
        values = features(query, candidate, dense, fused)
        scored.append(Scored(candidate, summed(weights.features, values), tuple(values), dense))
    return sorted(scored, key=lambda one: (-one.score, one.candidate.figure.id))
