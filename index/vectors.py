"""Dense search: inner products of unit vectors in FAISS, behind LangChain's VectorStore interface.

Exact up to `EXACT_UP_TO` vectors searched at once, then by an inverted file (IVF) that looks only into the lists nearest
to the question; how much that finds and gains is measured by `python -m evals growth`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore
from numpy.typing import NDArray

from index.embedding import Encoder, Vectors

EXACT_UP_TO = 150_000
"""Vectors searched one by one: so many take about 20 ms on two cores (measured in `evals/results/growth-test.json`)."""
_LISTS, _LOOKED_INTO, _LEAST_LOOKED_INTO = 4.0, 1 / 8, 8
"""Lists of the inverted file (times the square root of its vectors), the share of them that a search looks into, and the least number."""


class FlatVectors(VectorStore):
    """Documents, each with one unit vector (`document i` is `row i`); scores are cosines in [-1, 1].

    Built as a whole and then only read.
    """

    def __init__(self, index: faiss.IndexFlatIP, documents: Sequence[Document], encoder: Encoder) -> None:
        if index.ntotal != len(documents):
            raise ValueError(f"one document a vector expected: {index.ntotal} vectors, {len(documents)} documents")
        self._index, self._documents, self._encoder = index, documents, encoder
        self._lock = threading.Lock()
        self._inverted: faiss.IndexIVFFlat | None = None

    @classmethod
    def from_vectors(cls, vectors: Vectors, documents: Sequence[Document], encoder: Encoder) -> FlatVectors:
        """The store of ready unit vectors, one row a document."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index, documents, encoder)

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **kwargs: Any,
    ) -> FlatVectors:
        """LangChain's way to build a store. Raises `TypeError` if `embedding` is no `Encoder`."""
        if not isinstance(embedding, Encoder):
            raise TypeError(f"an Encoder expected, got {type(embedding).__name__}")
        names = ids or [str(number) for number in range(len(texts))]
        rows = zip(names, texts, metadatas or [{} for _ in texts], strict=True)
        documents = [Document(id=name, page_content=text, metadata=metadata) for name, text, metadata in rows]
        return cls.from_vectors(embedding.encode_passages(texts), documents, embedding)

    @classmethod
    def load(cls, path: Path, documents: Sequence[Document], encoder: Encoder) -> FlatVectors:
        """The store whose vectors `save` wrote. Raises `ValueError` if the file and the documents do not agree."""
        return cls(_read(path), documents, encoder)

    def save(self, path: Path) -> None:
        """Writes the vectors in FAISS's own format. Raises `OSError`."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(None, str(error)) from error

    @property
    def embeddings(self) -> Encoder:
        """The encoder of questions and documents."""
        return self._encoder

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    @property
    def matrix(self) -> Vectors:
        """All vectors, one row a document: a read-only view of FAISS's own memory, which it keeps alive."""
        return _rows(self._index)

    def nearest(self, queries: Vectors, k: int, rows: range | None = None) -> tuple[Vectors, NDArray[np.int64]]:
        """Cosines and row numbers of the `k` nearest vectors (among `rows` if given), best first, one line a query.

        Where more than `EXACT_UP_TO` are searched, most of the nearest; a line may then end in rows of -1.
        """
        nearest = self.nearly_nearest if _size(self._index, rows) > EXACT_UP_TO else self.nearest_of_all
        return nearest(queries, k, rows)

    def nearly_nearest(self, queries: Vectors, k: int, rows: range | None = None) -> tuple[Vectors, NDArray[np.int64]]:
        """`nearest` by the inverted file, which is made at the first call."""
        index, chosen = self._inverted_file(), faiss.SearchParametersIVF()
        chosen.nprobe = max(_LEAST_LOOKED_INTO, int(index.nlist * _LOOKED_INTO))
        return _search(index, chosen, queries, k, rows)

    def _inverted_file(self) -> faiss.IndexIVFFlat:
        with self._lock:
            if self._inverted is None:
                lists = max(1, int(_LISTS * float(self._index.ntotal) ** 0.5))
                made = faiss.IndexIVFFlat(faiss.IndexFlatIP(self.dimensions), self.dimensions, lists, faiss.METRIC_INNER_PRODUCT)
                made.train(self.matrix)
                made.add(self.matrix)
                self._inverted = made
            return self._inverted

    def nearest_of_all(self, queries: Vectors, k: int, rows: range | None = None) -> tuple[Vectors, NDArray[np.int64]]:
        """`nearest` with every vector looked at."""
        return _search(self._index, faiss.SearchParameters(), queries, k, rows)

    def similarity_search(self, query: str, k: int = 4, **kwargs: Any) -> list[Document]:
        """The `k` documents nearest to the question, best first."""
        return [document for document, _ in self.similarity_search_with_score(query, k)]

    def similarity_search_with_score(self, query: str, k: int = 4, **kwargs: Any) -> list[tuple[Document, float]]:
        """The `k` documents nearest to the question with their cosines, best first."""
        scores, rows = self.nearest(self._encoder.encode_queries([query]), k)
        return [(self._documents[int(row)], float(score)) for score, row in zip(scores[0], rows[0], strict=True)]

    def add_texts(self, texts: Iterable[str], metadatas: list[dict[str, Any]] | None = None, **kwargs: Any) -> list[str]:
        """Not supported: a store is built as a whole, so that what is stored always agrees with its manifest."""
        raise NotImplementedError("FlatVectors is built as a whole: use from_texts")

    def _select_relevance_score_fn(self) -> Callable[[float], float]:
        return lambda cosine: (cosine + 1) / 2


def _size(index: faiss.Index, rows: range | None) -> int:
    """How many vectors are searched."""
    return len(rows) if rows is not None else int(index.ntotal)


def _search(
    index: faiss.Index, chosen: faiss.SearchParameters, queries: Vectors, k: int, rows: range | None
) -> tuple[Vectors, NDArray[np.int64]]:
    """Cosines and row numbers of the `k` best vectors of an index (among `rows` if given), best first, one line a query."""
    k = min(k, _size(index, rows))
    if k == 0:
        return np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
    if rows is not None:
        selector = faiss.IDSelectorRange(rows.start, rows.stop)  # must live as long as `chosen`
        chosen.sel = selector
    scores, found = index.search(np.ascontiguousarray(queries, np.float32), k, params=chosen)
    return scores, found


def read_vectors(path: Path) -> Vectors:
    """The vectors in a file that `FlatVectors.save` wrote, read-only. Raises `ValueError` if it is no such file."""
    return _rows(_read(path))


def _read(path: Path) -> faiss.IndexFlatIP:
    try:
        index = faiss.read_index(str(path))
    except RuntimeError as error:
        raise ValueError(str(error)) from error
    if isinstance(index, faiss.IndexFlatIP):
        return index
    raise ValueError(f"{path.name}: IndexFlatIP expected, got {type(index).__name__}")


class _Rows:
    """The memory of `index` as NumPy's array interface offers it: an array made of it keeps `index` alive."""

    def __init__(self, index: faiss.IndexFlatIP) -> None:
        self._index = index
        self.__array_interface__ = {
            "version": 3,
            "typestr": np.dtype(np.float32).str,
            "shape": (int(index.ntotal), int(index.d)),
            "data": (int(index.get_xb()), True),
        }


def _rows(index: faiss.IndexFlatIP) -> Vectors:
    """A read-only view of the memory of `index`."""
    return np.asarray(_Rows(index)) if index.ntotal else np.zeros((0, index.d), np.float32)
