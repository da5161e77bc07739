"""Retrieval measures of one question, named as TREC names them. `ranking` and `relevant` hold passage ids, best first.

No hit is 0; a question without any relevant passage has no score (`ValueError`) and is counted apart by the caller.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def success_at(k: int, ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Success@k (also called hit rate, or recall@k by some): 1 if any relevant passage is among the first `k`."""
    _require(relevant)
    return float(any(passage in relevant for passage in ranking[:k]))


def recall_at(k: int, ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Recall@k: the share of the relevant passages that are among the first `k`."""
    _require(relevant)
    return len(set(ranking[:k]) & set(relevant)) / len(set(relevant))


def reciprocal_rank_at(k: int, ranking: Sequence[str], relevant: Collection[str]) -> float:
    """RR@k: 1/rank of the first relevant passage among the first `k`, else 0 (its mean is MRR@k)."""
    _require(relevant)
    return next((1 / rank for rank, passage in enumerate(ranking[:k], 1) if passage in relevant), 0.0)


def ndcg_at(k: int, ranking: Sequence[str], relevant: Collection[str]) -> float:
    """nDCG@k with binary gain and discount 1/log2(rank + 1) (Järvelin and Kekäläinen 2002)."""
    _require(relevant)
    gained = sum(1 / math.log2(rank + 1) for rank, passage in enumerate(ranking[:k], 1) if passage in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(set(relevant))) + 1))
    return gained / ideal


def all_measures(ranking: Sequence[str], relevant: Collection[str]) -> dict[str, float]:
    """The measures that a retrieval run reports, by their TREC names."""
    return {
        "Success@1": success_at(1, ranking, relevant),
        "Success@5": success_at(5, ranking, relevant),
        "Success@10": success_at(10, ranking, relevant),
        "R@5": recall_at(5, ranking, relevant),
        "R@10": recall_at(10, ranking, relevant),
        "RR@10": reciprocal_rank_at(10, ranking, relevant),
        "nDCG@10": ndcg_at(10, ranking, relevant),
    }


def _require(relevant: Collection[str]) -> None:
    if not relevant:
        raise ValueError("a question without a relevant passage has no retrieval score")
