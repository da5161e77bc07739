"""What was chosen for a question, or why nothing was."""

from __future__ import annotations

from dataclasses import dataclass

from rag.ranker import Scored


@dataclass(frozen=True)
class Choice:
    """The figures chosen (none: refused), everything ranked, how sure, and what to say besides.

    `joined` is the number of names that the question joins with one `bao nhiêu` (0: none); `partial` says that more was
    asked than is chosen.
    """

    chosen: tuple[Scored, ...]
    ranked: tuple[Scored, ...]
    confidence: float
    refusal: str = ""
    correction: str = ""
    joined: int = 0
    partial: bool = False
