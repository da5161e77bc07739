"""What may be asked next: questions on figures near the answer, each tried out before it is offered."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from corpus.figures import Figure
from corpus.text import fold
from rag.pages.examples import is_askable, question_for, short_name
from rag.records import ANSWERED, Answer

MOST = 3
SECONDS = 0.6
"""Time given to trying questions out; what was found by then is offered."""
PATIENCE = 1.2
"""Seconds to wait for others who are trying questions out; then none is offered."""


class Asker(Protocol):
    """What answers questions."""

    def ask(self, question: str, history: Sequence[str] = (), *, id: str = "", report: str | None = None) -> Answer:
        """The answer to `question`."""


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question, and what it is about in few words."""

    name: str
    question: str


class Trials:
    """By a figure's id whether the question made from it is answered with it, for all sessions.

    Only one session at a time tries questions out, so that the answers of the others do not have to wait.
    """

    def __init__(self) -> None:
        self.known: dict[str, bool] = {}
        self.lock = threading.Lock()


def next_questions(
    answer: Answer, asked: Sequence[str], figures: Sequence[Figure], asker: Asker, trials: Trials
) -> tuple[NextQuestion, ...]:
    """Up to three questions that are answered with the figure they were made from; none after a refusal."""
    if answer.status != ANSWERED or not answer.citations or not trials.lock.acquire(timeout=PATIENCE):
        return ()
    try:
        return tuple(islice(_answered(answer, asked, figures, asker, trials.known), MOST))
    finally:
        trials.lock.release()


def _answered(
    answer: Answer, asked: Sequence[str], figures: Sequence[Figure], asker: Asker, tried: MutableMapping[str, bool]
) -> Iterator[NextQuestion]:
    """Those that are answered, the nearest first, until `SECONDS` are over."""
    until = time.monotonic() + SECONDS
    known = {fold(question) for question in asked}
    for figure in _near(answer, figures):
        question = question_for(figure)
        if fold(question) in known:
            continue
        known.add(fold(question))
        if figure.id not in tried:
            if time.monotonic() > until:
                return
            tried[figure.id] = _answers(asker.ask(question, report=figure.report), figure)
        if tried[figure.id]:
            yield NextQuestion(short_name(figure), question)


def _near(answer: Answer, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Askable figures that the answer does not show: of its passage, then of its section."""
    first = answer.citations[0]
    shown = {figure.text for figure in (*answer.figures, *answer.companions)}
    askable = [figure for figure in figures if is_askable(figure) and figure.text not in shown]
    yield from (figure for figure in askable if figure.passage == first.passage)
    yield from (figure for figure in askable if figure.section == first.section and figure.passage != first.passage)


def _answers(answer: Answer, figure: Figure) -> bool:
    same_place = any(citation.passage == figure.passage for citation in answer.citations)
    return answer.status == ANSWERED and same_place and bool(answer.figures) and answer.figures[0].text == figure.text
