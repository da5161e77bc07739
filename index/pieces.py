"""What is searched: the words of a passage with its headings, and the pieces of it that get a dense vector each."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Passage

PIECE_LIMIT = 360
"""A statement of more characters is cut at commas into pieces of about this length."""

_HEADING_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that gets a dense vector, and the number of the statement in its passage that it comes from."""

    statement: int
    text: str


def search_text(passage: Passage) -> str:
    """The words by which a passage is found: its headings, the sentence that bears a footnote's mark, its own text."""
    return "\n".join(part for part in (passage.heading, passage.anchor, passage.text) if part)


def pieces_of(passage: Passage) -> list[Piece]:
    """The pieces of a passage, in order, at least one for each statement, each led by the innermost heading."""
    leaf = passage.heading.rsplit(_HEADING_SEPARATOR, 1)[-1]
    found = []
    for number, statement in enumerate(passage.statements):
        found += [Piece(number, f"{leaf}: {part}" if leaf else part) for part in _cut(statement.text)]
    return found


def _cut(text: str) -> list[str]:
    parts = [""]
    for clause in text.split(", "):
        joined = f"{parts[-1]}, {clause}" if parts[-1] else clause
        if parts[-1] and len(joined) > PIECE_LIMIT:
            parts.append(clause)
        else:
            parts[-1] = joined
    return parts
