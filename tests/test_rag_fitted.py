"""The fitted numbers: shipped weights and trees fit the code, others are refused, trees say what the fitting library says."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from corpus.text import WORD, search_key, search_words
from evals.boosted import FALLING, RISING, boosted, plain
from evals.fit import Case, Sample, pick_least, pick_threshold
from evals.fit_bearing import fit_bearing
from evals.fit_groups import GroupSample, fitted
from rag import groups
from rag.confidence import INPUTS, TREES, Trees, load_trees
from rag.features import NAMES
from rag.ranker import WEIGHTS, load_weights
from rag.sentence_ranker import INPUTS as SENTENCE_INPUTS
from rag.sentence_ranker import NAMES as SENTENCE_FEATURES
from rag.sentence_ranker import WEIGHTS as SENTENCE_WEIGHTS
from rag.sentence_ranker import load_models
from rag.terms import Term, Words, match


@pytest.fixture(autouse=True)
def fresh() -> None:
    load_trees.cache_clear()
    load_weights.cache_clear()
    groups.load_model.cache_clear()


def test_the_shipped_trees_are_trees_over_the_inputs_of_the_code() -> None:
    trees = load_trees()
    assert 0 < trees.threshold < 1
    assert trees.trees
    for nodes in trees.trees:
        for at, (number, _, left, right, _) in enumerate(nodes):
            assert -1 <= number < len(INPUTS)
            # children stand after their parent, so that every path ends
            assert number < 0 or at < left < len(nodes) and at < right < len(nodes)
    for inputs in ([0.0] * len(INPUTS), [1.0] * len(INPUTS), [-50.0] * len(INPUTS)):
        assert 0 < trees.chance(inputs) < 1


def test_the_shipped_weights_are_finite_and_one_for_each_feature() -> None:
    weights = load_weights()
    assert len(weights.features) == len(NAMES)
    assert all(math.isfinite(weight) for weight in weights.features)


def test_the_shipped_models_of_sentences_are_finite_and_one_weight_for_each_input() -> None:
    ranking, sure = load_models()
    assert len(ranking.weights) == len(SENTENCE_FEATURES) and len(sure.weights) == len(SENTENCE_INPUTS)
    assert all(math.isfinite(weight) for weight in (*ranking.weights, *sure.weights, sure.constant))
    assert 0 < sure.threshold < 1


def test_the_shipped_model_of_lists_has_one_weight_for_each_feature() -> None:
    model = groups.load_model()
    assert len(model.weights) == len(groups.NAMES)
    assert all(math.isfinite(value) for value in (*model.weights, model.least))


def test_list_weights_of_other_features_are_refused_with_the_command_that_makes_them_anew(tmp_path: Path) -> None:
    other = tmp_path / "groups.json"
    other.write_text('{"weights": {"coverage": 1.0}, "least": 0.5}', encoding="utf-8")
    with pytest.raises(ValueError, match="python -m evals fit"):
        groups.load_model(other)


def test_sentence_weights_of_other_features_are_refused_with_the_command_that_makes_them_anew(tmp_path: Path) -> None:
    data = json.loads(SENTENCE_WEIGHTS.read_text(encoding="utf-8"))
    data["ranking"]["height"] = data["ranking"].pop("covered")
    path = tmp_path / "sentences.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ValueError, match=r"Tệp trọng số sentences.json không khớp mã nguồn; hãy chạy: python -m evals fit"):
        load_models(path)


@pytest.mark.parametrize("inputs", [INPUTS[:-1], (*INPUTS, "new"), INPUTS[::-1], ()])
def test_trees_over_other_inputs_are_refused_with_the_command_that_makes_them_anew(tmp_path: Path, inputs: tuple[str, ...]) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps(json.loads(TREES.read_text(encoding="utf-8")) | {"inputs": inputs}), encoding="utf-8")
    with pytest.raises(ValueError, match="Tệp confidence.json không khớp mã nguồn; hãy chạy: python -m evals fit"):
        load_trees(path)


def test_weights_of_other_features_are_refused_by_name(tmp_path: Path) -> None:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    path = tmp_path / "weights.json"
    data["features"]["height"] = data["features"].pop("coverage")
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ValueError, match=r"Tệp trọng số weights.json không khớp mã nguồn \(coverage, height\); hãy chạy: python -m evals fit"):
        load_weights(path)


def test_a_chance_is_the_logistic_of_the_sum_of_one_leaf_of_each_tree() -> None:
    stump = ((0, 0.5, 1, 2, 0.0), (-1, 0.0, -1, -1, -1.0), (-1, 0.0, -1, -1, 2.0))
    trees = Trees(0.5, (stump, stump), 0.5)
    assert trees.chance([0.5]) == pytest.approx(1 / (1 + math.exp(1.5)))  # 0,5 - 1 - 1 = -1,5; the limit itself goes left
    assert trees.chance([0.51]) == pytest.approx(1 / (1 + math.exp(-4.5)))  # 0,5 + 2 + 2 = 4,5
    assert trees.chance([math.inf]) == trees.chance([9.0])


def test_written_trees_give_the_chances_of_the_fitted_model_and_keep_to_their_ways(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    inputs = random.normal(size=(400, len(INPUTS)))
    coverage, missing = inputs[:, INPUTS.index("coverage")], inputs[:, INPUTS.index("missing")]
    labels = (coverage - 0.5 * missing + 0.3 * random.normal(size=400) > 0).astype(int)
    model = boosted(inputs, labels, np.ones(400))
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps({"inputs": INPUTS, "threshold": 0.5, **plain(model)}), encoding="utf-8")
    trees = load_trees(path)
    said = model.predict_proba(inputs)[:, 1]
    assert [trees.chance([float(value) for value in row]) for row in inputs] == pytest.approx(list(said), abs=1e-4)
    for name, rises in (("coverage", True), ("missing", False)):
        chances = [trees.chance([step if one == name else 0.0 for one in INPUTS]) for step in (-2.0, -1.0, 0.0, 1.0, 2.0)]
        assert chances == sorted(chances, reverse=not rises) and chances[0] != chances[-1]
    assert not RISING & FALLING and set(INPUTS) >= RISING | FALLING


def test_the_threshold_keeps_right_answers_and_leaves_wrong_ones() -> None:
    rows = [Case((), right, 1.0, str(n)) for n, right in enumerate((True, True, False, False))]
    # above 0,4 and up to 0,7 both right rows are given and neither wrong one
    assert 0.4 < pick_threshold(np.array([0.9, 0.7, 0.4, 0.2]), rows) <= 0.7


def test_the_least_value_is_on_the_scale_of_the_values() -> None:
    rows = [Case((), right, 1.0, str(n)) for n, right in enumerate((True, True, False, False))]
    assert -3.0 < pick_least(np.array([5.0, 2.0, -3.0, -8.0]), rows) <= 2.0


def test_the_model_of_lists_learns_which_list_is_asked_for_and_when_none_is() -> None:
    random = np.random.default_rng(7)
    samples = []
    for n in range(60):
        values = random.normal(size=(4, len(groups.NAMES)))
        right = np.zeros(4, dtype=bool)
        if n % 3:
            right[n % 4] = True
            values[n % 4, 0] += 6.0
        samples.append(GroupSample(f"report-{n % 5}", values, right))
    weights = fitted(samples)
    chosen = [(scores.max() >= weights[-1], scores.argmax()) for scores in (sample.values @ weights[:-1] for sample in samples)]
    assert sum(given == sample.right.any() and (not given or sample.right[best]) for (given, best), sample in zip(chosen, samples, strict=True)) > 50


def test_words_that_gold_figures_mostly_do_without_are_kept_with_a_share(tmp_path: Path) -> None:
    data = [_sample(f"q{n}", f"report-{n % 2}", "cà phê hết bao nhiêu ha", {"hết": False, "cà phê": True}) for n in range(6)]
    data += [_sample("r", "report-0", "hiếm bao nhiêu ha", {"hiếm": False})]
    assert "1 từ" in fit_bearing(data, tmp_path / "bearing.tsv")
    lines = (tmp_path / "bearing.tsv").read_text(encoding="utf-8").splitlines()
    # 0 of 6 held, against a prior of 0,9 that counts for 4: (0 + 3,6) / 10 / 0,9 = 0,4, and squared 0,16, the least being 0,25
    assert lines[1:] == ["hết\t0.25"]


def _sample(name: str, report: str, text: str, held: dict[str, bool]) -> Sample:
    words = WORD.findall(text)
    terms = [Term(search_key(one), one, 0.5, (), at=words.index(one.split()[0])) for one in held]
    terms = [replace(term, folded=" ".join(search_words(term.marked))) for term in terms]
    told = Words(" ".join(one for one, there in held.items() if there))
    query = SimpleNamespace(question=SimpleNamespace(text=text), terms=terms, held=lambda term, words: match(replace(term, marked=""), words))
    candidate = SimpleNamespace(tiers=((1.0, told),))
    asked, of = SimpleNamespace(id=name), SimpleNamespace(id=report)
    return cast(Sample, SimpleNamespace(question=asked, report=of, query=query, right=(0,), ranked=(SimpleNamespace(candidate=candidate),)))
