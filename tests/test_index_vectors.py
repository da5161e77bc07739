"""The FAISS store behind LangChain's interface: exact cosines, no pickle, no silent mismatch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding

from index.vectors import FlatVectors, read_vectors
from tests.fakes import WordCountEncoder

TEXTS = ["đàn lợn tăng", "giá trị xây dựng", "rau màu vụ đông"]


@pytest.fixture
def store() -> FlatVectors:
    return FlatVectors.from_texts(TEXTS, WordCountEncoder(), [{"page": n} for n in range(3)])


def test_the_nearest_document_comes_first_with_its_cosine(store: FlatVectors) -> None:
    (first, score), (_, second_score) = store.similarity_search_with_score("đàn lợn tăng", k=2)
    assert (first.page_content, first.metadata) == ("đàn lợn tăng", {"page": 0})
    assert score == pytest.approx(1.0)
    assert second_score < score
    assert store.similarity_search("xây dựng", k=1)[0].page_content == "giá trị xây dựng"


def test_scores_are_exact_inner_products(store: FlatVectors) -> None:
    queries = WordCountEncoder().encode_queries(["vụ đông", "lợn"])
    scores, rows = store.nearest(queries, 3)
    expected = queries @ store.matrix.T
    assert scores == pytest.approx(np.take_along_axis(expected, rows, axis=1), rel=1e-5)  # float32: the order of additions may differ


def test_a_range_of_rows_restricts_the_search(store: FlatVectors) -> None:
    queries = WordCountEncoder().encode_queries(["đàn lợn tăng"])
    assert set(store.nearest(queries, 10, range(1, 3))[1][0]) == {1, 2}
    assert store.nearest(queries, 10, range(0))[1].shape == (1, 0)


def test_what_is_saved_is_loaded_unchanged(store: FlatVectors, tmp_path: Path) -> None:
    store.save(tmp_path / "vectors.faiss")
    loaded = FlatVectors.load(tmp_path / "vectors.faiss", [document for document, _ in store.similarity_search_with_score("lợn", 3)], WordCountEncoder())
    assert (loaded.matrix == store.matrix).all()
    assert (read_vectors(tmp_path / "vectors.faiss") == store.matrix).all()


def test_the_matrix_outlives_its_store_and_cannot_be_written(tmp_path: Path) -> None:
    vectors = WordCountEncoder().encode_passages(["lợn", "gà", "vịt"] * 2000)
    document = Document(page_content="một đoạn")
    kept = FlatVectors.from_vectors(vectors, [document] * len(vectors), WordCountEncoder()).matrix
    for _ in range(20):  # what is freed would be written over
        FlatVectors.from_vectors(np.full_like(vectors, 7), [document] * len(vectors), WordCountEncoder())
    assert (kept == vectors).all()
    with pytest.raises(ValueError, match="read-only"):
        kept[0] = 0


def test_an_empty_store_has_an_empty_matrix() -> None:
    assert FlatVectors.from_vectors(np.zeros((0, 5), np.float32), [], WordCountEncoder()).matrix.shape == (0, 5)


def test_a_wrong_file_and_a_wrong_number_of_documents_are_refused(store: FlatVectors, tmp_path: Path) -> None:
    store.save(tmp_path / "vectors.faiss")
    with pytest.raises(ValueError, match="3 vectors, 0 documents"):
        FlatVectors.load(tmp_path / "vectors.faiss", [], WordCountEncoder())
    (tmp_path / "broken").write_bytes(b"no index")
    with pytest.raises(ValueError):
        read_vectors(tmp_path / "broken")


def test_it_works_as_a_langchain_retriever(store: FlatVectors) -> None:
    assert store.as_retriever(search_kwargs={"k": 1}).invoke("rau màu")[0].page_content == "rau màu vụ đông"


def test_it_is_built_as_a_whole_from_an_encoder(store: FlatVectors) -> None:
    with pytest.raises(NotImplementedError):
        store.add_texts(["thêm"])
    with pytest.raises(TypeError, match="Encoder expected"):
        FlatVectors.from_texts(["a"], DeterministicFakeEmbedding(size=4))


def _unit_vectors(count: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Vectors in clusters, as those of texts are."""
    rng = np.random.default_rng(1)
    vectors = np.repeat(rng.standard_normal((count // 20, 32)), 20, axis=0) + 0.4 * rng.standard_normal((count, 32))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_many_vectors_are_searched_by_lists_and_nearly_all_of_the_nearest_found(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = _unit_vectors(4000)
    documents = [Document(page_content=str(n)) for n in range(len(vectors))]
    store = FlatVectors.from_vectors(vectors, documents, WordCountEncoder())
    queries = vectors[::40]
    scores, exact = store.nearest(queries, 10)
    assert np.array_equal(exact, store.nearest_of_all(queries, 10)[1])  # so few are all looked at
    monkeypatch.setattr("index.vectors.EXACT_UP_TO", 1000)
    nearly, found = store.nearest(queries, 10)
    shared = [len(set(a) & set(b)) / 10 for a, b in zip(exact, found, strict=True)]
    assert np.mean(shared) > 0.9 and np.allclose(nearly[:, 0], scores[:, 0], atol=1e-5)
    few = range(500, 900)
    assert np.array_equal(store.nearest(queries, 5, few)[1], store.nearest_of_all(queries, 5, few)[1])  # few rows: all looked at
    many = range(500, 3900)
    assert set(store.nearest(queries, 5, many)[1].ravel()) <= {-1, *many}
