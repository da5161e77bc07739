"""A document as a reader hands it on: paragraphs, tables and footnotes in order, each with its page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph that begins on `page`.

    A footnote's mark stands in the text as `[^7]`, with the number printed there. `heading` is the level that the file
    itself gives it (None: it gives none); `lead` is how many characters at the start are bold (all, if the paragraph is).
    `joins` says that the text may go on from the paragraph before, over a page's end. `page_breaks` are offsets at which
    a further page begins.
    """

    page: int
    text: str
    lead: int = 0
    heading: int | None = None
    joins: bool = False
    page_breaks: tuple[int, ...] = ()

    @property
    def bold(self) -> bool:
        """Whether the whole paragraph is bold."""
        return self.lead >= len(self.text) > 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table on `page`: rows of cells, the header's among them; a cell of a merged area repeats its text."""

    page: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote on `page` with the number printed at it; line breaks part its paragraphs."""

    page: int
    mark: int
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What the person who reviews the draft should know, and of which page (None: of the whole file)."""

    page: int | None
    text: str

    def __str__(self) -> str:
        return f"Trang {self.page}: {self.text}" if self.page else self.text


Block = Paragraph | Table | Note


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a file: its blocks in order, the words of each page as read, and what to tell the reviewer."""

    blocks: tuple[Block, ...]
    pages: tuple[str, ...]
    remarks: tuple[Remark, ...]
