"""Texts as vectors: an encoder behind LangChain's Embeddings interface, over sentence-transformers."""

from __future__ import annotations

import os
import threading
from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index.faults import ModelError
from index.model import SETTING, Model, Progress, chosen_model, silent

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

QUERY_CACHE = 512
_BATCH = 32
_PASSES = 8
"""Batches between two reports of progress."""


class Encoder(Embeddings):
    """Makes unit vectors (fp32, one row a text). `identity` changes whenever the vectors of a text would."""

    name: str
    identity: str

    @abstractmethod
    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a question, in order."""

    @abstractmethod
    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """One unit vector a text that is searched, in order."""

    def embed_query(self, text: str) -> list[float]:
        """LangChain's door to `encode_queries`."""
        return [float(value) for value in self.encode_queries([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's door to `encode_passages`."""
        return [[float(value) for value in row] for row in self.encode_passages(texts)]


class SentenceEncoder(Encoder):
    """A sentence-transformers model, loaded at first use and once only; safe to use from several threads.

    Keeps the vectors of the last `QUERY_CACHE` questions.
    """

    def __init__(self, model: Model | None = None, progress: Progress = silent) -> None:
        self.model = model or chosen_model()
        self.name, self.identity = self.model.name, self.model.identity
        self._progress = progress
        self._network: SentenceTransformer | None = None
        self._lock = threading.RLock()
        self._queries: OrderedDict[str, Vectors] = OrderedDict()

    def load(self) -> SentenceTransformer:
        """The loaded network. Raises `ModelError`."""
        with self._lock:
            if self._network is None:
                self._network = _load(self.model, self._progress)
            return self._network

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`; questions seen lately cost nothing."""
        with self._lock:
            fresh = [text for text in dict.fromkeys(texts) if text not in self._queries]
            if fresh:
                rows = self.load().encode_query(
                    fresh, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
                )
                self._queries.update(zip(fresh, np.asarray(rows, np.float32), strict=True))
            found = np.stack([self._queries[text] for text in texts])
            for text in texts:
                self._queries.move_to_end(text)
            while len(self._queries) > QUERY_CACHE:
                self._queries.popitem(last=False)
            return found

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """See `Encoder`. Texts of like length go together, so that little padding is computed."""
        network = self.load()
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        vectors = np.zeros((len(texts), network.get_embedding_dimension() or 0), np.float32)
        step = _BATCH * _PASSES
        for start in range(0, len(order), step):
            rows = order[start : start + step]
            progress("Tính vectơ các câu", start, len(order))
            with self._lock:
                vectors[rows] = network.encode_document(
                    [texts[i] for i in rows], batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
                )
        progress("Tính vectơ các câu", len(order), len(order))
        return vectors


def _load(model: Model, progress: Progress) -> SentenceTransformer:
    if not model.on_hub:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    with ThreadPoolExecutor(1) as pool:  # the import takes seconds; the model is proved by hash meanwhile
        imported = pool.submit(_import_quietly)
        location = model.prepare(progress)
        network_class = imported.result()
    try:
        network = network_class(location, device="cpu", local_files_only=not model.on_hub)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        where = f"đặt trong {SETTING}" if not model.is_bundled else "trong thư mục đệm"
        raise ModelError(f"Không nạp được mô hình “{model.name}” {where}: {_first_line(error)}") from error
    if "e5" in model.name.lower() and not any(network.prompts.values()):
        network.prompts.update({"query": "query: ", "passage": "passage: ", "document": "passage: "})
    return network


def _import_quietly() -> type[SentenceTransformer]:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    hide_bars: Callable[[], None] = logging.disable_progress_bar
    hide_bars()
    return SentenceTransformer


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
