"""What an index is over: the passages of all reports in order, and the rows (pieces with a vector) of each passage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from langchain_core.documents import Document
from numpy.typing import NDArray

from corpus import Passage, Report, Statement, build_passages
from index.faults import StoreError
from index.pieces import pieces_of, search_text


@dataclass(frozen=True, slots=True)
class Contents:
    """Reports, their passages (those of one report side by side), and rows.

    Passage `i` has the rows `starts[i] .. starts[i + 1]`; row `r` is of passage `passage_of[r]` and of that passage's
    statement `statement_of[r]`. `spans` holds the numbers of each report's passages, `fingerprints` a hash of everything
    that is searched in it.
    """

    reports: tuple[Report, ...]
    passages: tuple[Passage, ...]
    starts: NDArray[np.int64]
    passage_of: NDArray[np.int64]
    statement_of: NDArray[np.int64]
    spans: dict[str, range]
    fingerprints: dict[str, str]

    @classmethod
    def of(cls, reports: Sequence[Report]) -> Contents:
        """The contents of some reports, in their order. Raises `StoreError` if two have one id."""
        passages: list[Passage] = []
        starts, passage_of, statement_of = [0], [], []
        spans, fingerprints = {}, {}
        for report in reports:
            if report.id in spans:
                raise StoreError(f"Hai báo cáo cùng mang mã “{report.id}”; hãy sửa trường id ở đầu một trong hai tệp.")
            digest, first = hashlib.sha256(), len(passages)
            for passage in build_passages(report):
                pieces = pieces_of(passage)
                digest.update("\x00".join([passage.id, search_text(passage), *(p.text for p in pieces), ""]).encode())
                passage_of += [len(passages)] * len(pieces)
                statement_of += [piece.statement for piece in pieces]
                starts.append(len(passage_of))
                passages.append(passage)
            spans[report.id] = range(first, len(passages))
            fingerprints[report.id] = digest.hexdigest()
        return cls(
            tuple(reports),
            tuple(passages),
            np.array(starts, np.int64),
            np.array(passage_of, np.int64),
            np.array(statement_of, np.int64),
            spans,
            fingerprints,
        )

    def search_texts(self) -> list[str]:
        """The words by which each passage is found, in order."""
        return [search_text(passage) for passage in self.passages]

    def piece_texts(self) -> Iterator[str]:
        """The text of each row, in order."""
        return (piece.text for passage in self.passages for piece in pieces_of(passage))

    def statement(self, row: int) -> Statement:
        """The statement that a row comes from."""
        return self.passages[int(self.passage_of[row])].statements[int(self.statement_of[row])]


class StatementDocuments(Sequence[Document]):
    """The rows of some contents as LangChain documents, made when asked for."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents

    def __len__(self) -> int:
        return len(self._contents.passage_of)

    @overload
    def __getitem__(self, row: int) -> Document: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Document]: ...
    def __getitem__(self, row: int | slice) -> Document | Sequence[Document]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        statement = self._contents.statement(row)
        passage = self._contents.passages[int(self._contents.passage_of[row])]
        return Document(
            id=f"{passage.id}@{statement.start}-{statement.end}",
            page_content=statement.text,
            metadata={
                "passage": passage.id,
                "report": passage.report,
                "section": passage.section,
                "footnote": passage.footnote,
                "page": passage.content.page_at(statement.start),
                "heading": passage.heading,
            },
        )
