"""Two legs of search made one score."""

from __future__ import annotations

import numpy as np

from index.lexical import Scores

DENSE_WEIGHT = 0.3


def weighted(lexical: Scores, dense: Scores, dense_weight: float = DENSE_WEIGHT) -> Scores:
    """Weighted sum of both legs, each brought to [0, 1] over the candidates; `lexical[i]` and `dense[i]` are of one."""
    return (1 - dense_weight) * _spread(lexical, from_zero=True) + dense_weight * _spread(dense, from_zero=False)


def reciprocal_rank(lexical: Scores, dense: Scores, k: int = 60) -> Scores:
    """Reciprocal rank fusion (Cormack et al. 2009), kept to be compared with: `1/(k + rank)` summed over both legs."""
    return (1 / (k + _ranks(lexical)) + 1 / (k + _ranks(dense))).astype(np.float32)


def _spread(scores: Scores, *, from_zero: bool) -> Scores:
    if not len(scores):
        return scores
    low = 0.0 if from_zero else float(scores.min())
    width = float(scores.max()) - low
    return (scores - low) / width if width > 0 else np.zeros_like(scores)


def _ranks(scores: Scores) -> Scores:
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks
