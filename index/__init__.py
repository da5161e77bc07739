"""Passages made searchable: `Index.open()` and `Index.search()`.

The names are loaded when they are first used, since FAISS and LangChain take a while to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.faults import IndexFault, ModelError, StoreError

if TYPE_CHECKING:
    from index.retriever import PassageRetriever
    from index.search import Hit, Index

__all__ = ["Hit", "Index", "IndexFault", "ModelError", "PassageRetriever", "StoreError"]

_HOMES = {"Hit": "index.search", "Index": "index.search", "PassageRetriever": "index.retriever"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
