"""The level that the test half of the gold set must hold, on the real model and index. Nothing of it is shown."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from evals.answers import run_answers, summarize_answers
from evals.claims import run_claims, summarize_claims
from evals.gates import failures, read_gates
from evals.gold_check import Places
from evals.gold_set import GoldSet, in_split, load_gold
from evals.retrieval import run_retrieval, summarize_retrieval
from evals.subject import load_assistant, shipped_search

pytestmark = pytest.mark.model


@lru_cache(maxsize=1)
def assistant() -> Any:
    return load_assistant()


@lru_cache(maxsize=1)
def gold() -> GoldSet:
    return load_gold().require()


def summary_of(key: str) -> dict[str, Any]:
    if key == "claims-test":
        return summarize_claims(run_claims(in_split(gold().claims, "test"), assistant()), "test")
    lines = gold().variants if key.endswith("-variants") else gold().questions
    questions = in_split(lines, "test")
    if key.startswith("retrieval"):
        return summarize_retrieval(run_retrieval(questions, shipped_search(assistant())), "test")
    return summarize_answers(run_answers(questions, assistant(), Places(assistant().ground.index.reports)), "test")


@pytest.mark.parametrize("key", sorted(read_gates()))
def test_the_test_half_holds_its_gates(key: str) -> None:
    assert failures(summary_of(key), read_gates()[key]) == []
