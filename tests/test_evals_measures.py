"""Retrieval measures, intervals and McNemar's test against sums by hand and against ir_measures."""

from __future__ import annotations

import math
from random import Random

import pytest

from evals.intervals import Share, mcnemar_exact, percentile
from evals.measures import all_measures, ndcg_at, recall_at, reciprocal_rank_at, success_at


def test_a_hit_at_rank_two_of_two_relevant_passages() -> None:
    ranking, relevant = ["x", "a", "y"], ["a", "b"]
    assert success_at(1, ranking, relevant) == 0
    assert success_at(5, ranking, relevant) == 1
    assert recall_at(5, ranking, relevant) == 0.5
    assert reciprocal_rank_at(10, ranking, relevant) == 0.5
    # gained 1/log2(3); ideal 1/log2(2) + 1/log2(3)
    assert ndcg_at(10, ranking, relevant) == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))


def test_no_hit_is_zero_and_no_relevant_passage_is_no_score() -> None:
    assert set(all_measures([], ["a"]).values()) == {0.0}
    with pytest.raises(ValueError, match="no retrieval score"):
        all_measures(["a"], [])


def test_the_measures_agree_with_ir_measures() -> None:
    ir_measures = pytest.importorskip("ir_measures")
    rng = Random(7)
    passages = [f"p{i}" for i in range(40)]
    rankings = {f"q{i}": rng.sample(passages, 10) for i in range(50)}
    relevant = {name: rng.sample(passages, rng.randint(1, 4)) for name in rankings}
    qrels = [ir_measures.Qrel(name, passage, 1) for name, found in relevant.items() for passage in found]
    run = [
        ir_measures.ScoredDoc(name, passage, 1 / rank)
        for name, ranking in rankings.items()
        for rank, passage in enumerate(ranking, 1)
    ]
    names = list(all_measures(["a"], ["a"]))
    theirs = ir_measures.calc_aggregate([ir_measures.parse_measure(name) for name in names], qrels, run)
    ours = [all_measures(rankings[name], relevant[name]) for name in rankings]
    for measure, value in theirs.items():
        assert sum(one[str(measure)] for one in ours) / len(ours) == pytest.approx(value), measure


def test_wilson_interval_of_9_in_10() -> None:
    # Wilson (1927), z = 1.96: 0.9 of 10 gives 0.596 to 0.982
    low, high = Share(9, 10).interval or (0, 0)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert Share(0, 0).value is None and Share(0, 0).interval is None
    assert Share(5, 5).to_json()["high"] == 1.0


def test_mcnemar_is_the_two_sided_binomial() -> None:
    # 1 of 8 discordant pairs: 2 * (C(8,0) + C(8,1)) / 2^8 = 18/256
    assert mcnemar_exact(7, 1) == mcnemar_exact(1, 7) == pytest.approx(18 / 256)
    assert mcnemar_exact(0, 0) == mcnemar_exact(3, 3) == 1.0
    assert 0 <= mcnemar_exact(2000, 100) < 1e-9


def test_percentiles_are_interpolated() -> None:
    assert percentile([1, 2, 3, 4], 50) == 2.5
    assert percentile([], 95) is None
