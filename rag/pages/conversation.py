"""A conversation: its turns, and the link under which it opens anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from rag.pages.next_questions import NextQuestion
from rag.pages.phrasing import Phrasing
from rag.pages.rewording import Rewording
from rag.records import Answer

QUESTION, EARLIER, REPORT = "hoi", "truoc", "bao-cao"
"""Query parameters: the question, the questions before it (oldest first), the only report asked (if one was chosen)."""
REMEMBERED = 6
"""Earlier questions that a question is understood by."""
LONGEST_SHARED = 1000
"""Characters of a question that a link carries."""


@dataclass(slots=True)
class Turn:
    """A question, its answer once it is there, and what may be asked next (None: not looked for yet).

    `phrasing` is the same answer in a language model's words, `rewording` another wording of a refused question, where there
    is a model. `failed` where the assistant raised; it is asked again only when the person wants it.
    """

    question: str
    report: str | None = None
    answer: Answer | None = None
    next_questions: tuple[NextQuestion, ...] | None = field(default=None)
    failed: bool = False
    phrasing: Phrasing | None = None
    rewording: Rewording | None = None


def history(turns: Sequence[Turn], number: int) -> list[str]:
    """The questions before turn `number` (from 0) by which it is understood, oldest first."""
    return [turn.question for turn in turns[max(0, number - REMEMBERED) : number]]


def shared_parameters(turns: Sequence[Turn], number: int) -> dict[str, list[str]]:
    """The query parameters of the link to turn `number`."""
    turn = turns[number]
    earlier = [question[:LONGEST_SHARED] for question in history(turns, number)]
    named = {EARLIER: earlier, QUESTION: [turn.question[:LONGEST_SHARED]], REPORT: [turn.report] if turn.report else []}
    return {name: values for name, values in named.items() if values}


def shared_link(base: str, turns: Sequence[Turn], number: int) -> str:
    """The address under which turn `number` opens anew; `base` is the address of the page, with or without parameters."""
    return f"{base.split('?')[0].split('#')[0]}?{urlencode(shared_parameters(turns, number), doseq=True)}"


def turns_of_link(parameters: Mapping[str, Sequence[str]]) -> list[Turn]:
    """The turns, not answered yet, that a link names; none where it names no question."""
    asked = [question for question in parameters.get(QUESTION, ())[:1] if question.strip()]
    if not asked:
        return []
    report = next(iter(parameters.get(REPORT, ())), None)
    earlier = [question for question in parameters.get(EARLIER, ()) if question.strip()][-REMEMBERED:]
    return [Turn(question[:LONGEST_SHARED], report) for question in [*earlier, *asked]]
