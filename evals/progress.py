"""A progress bar on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

_Item = TypeVar("_Item")


def progress(items: Iterable[_Item], label: str) -> Iterator[_Item]:
    """The items, with a bar on standard error while they are worked through (none where that is no terminal)."""
    from tqdm import tqdm  # type: ignore[import-untyped,unused-ignore]

    total = len(items) if isinstance(items, Sized) else None
    yield from tqdm(items, desc=label, total=total, unit="câu", disable=None)
