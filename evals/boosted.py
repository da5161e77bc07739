"""The boosted trees of the confidence: they may only rise with what speaks for a figure, and only fall with what speaks against it.

A few thousand questions are too few to learn that all words of a question found with a figure make it surer; so it is told.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.confidence import INPUTS

Array = NDArray[np.float64]
RISING = frozenset(
    (
        "coverage", "near_coverage", "pair_coverage", "subject_asked", "kind_equal", "unit_equal", "year_equal", "place_equal", "fused",
        "score", "margin", "dense", "dense_height", "anywhere", "in_sentence", "first_words", "longest_run", "exact",
        "rival", "rival_elsewhere", "sentence_score", "sentence_margin", "sentence_held",
    )
)  # fmt: skip
"""Inputs that speak for the figure."""
FALLING = frozenset(
    (
        "rarest_missing", "own_unasked", "kind_differs", "unit_differs", "year_differs", "target_differs", "place_differs", "opposite",
        "member_unasked", "part_unasked", "plan_unasked", "drop", "dense_gap", "missing", "second_missing", "missing_share",
        "missing_known", "unknown", "unit_missing", "close", "neighbour_said", "sentence_gap",
    )
)  # fmt: skip
"""Inputs that speak against it."""
TREE_COUNT, LEAVES, LEARNING, PULL, FEWEST = 200, 15, 0.05, 1.0, 15
"""Trees, leaves of each at most, share of each step that is taken, pull of the leaves towards nothing, rows in a leaf at least."""


def boosted(inputs: Array, labels: NDArray[np.int64], weights: Array) -> Any:
    """The fitted model of scikit-learn: rows × `INPUTS`, whether the first choice of a row is right, what a row weighs."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    ways = [int(name in RISING) - int(name in FALLING) for name in INPUTS]
    model = HistGradientBoostingClassifier(
        max_iter=TREE_COUNT, learning_rate=LEARNING, max_leaf_nodes=LEAVES, min_samples_leaf=FEWEST, l2_regularization=PULL,
        monotonic_cst=ways, early_stopping=False, random_state=0,
    )  # fmt: skip
    return model.fit(inputs, labels, sample_weight=weights)


def plain(model: Any) -> dict[str, Any]:
    """The model as plain values, read by `rag.confidence.load_trees`: the log odds that it starts from, and the nodes of each tree."""
    # scikit-learn has no public way to the nodes of these trees; `tests/test_rag_fitted.py` holds them against its own chances
    trees = [_nodes(predictors[0].nodes) for predictors in model._predictors]
    return {"base": round(float(model._baseline_prediction.item()), 5), "trees": trees}


def _nodes(nodes: Any) -> list[list[float]]:
    return [
        [-1, 0.0, -1, -1, round(float(node["value"]), 6)]
        if node["is_leaf"]
        else [int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]), int(node["right"]), 0.0]
        for node in nodes
    ]
