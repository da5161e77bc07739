"""What a question presupposes, against what the report says: a direction, a plan met or missed, a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.figures import CHANGE, PLAN, RANK, Figure
from corpus.report import Report
from corpus.text import search_words
from corpus.units import NO_UNIT
from rag.asks import Ask
from rag.choice import Choice
from rag.choose import choose_figures
from rag.compare import compare_quantities
from rag.fitting import CLOSE
from rag.forms import FIGURE
from rag.ground import Found, Ground
from rag.patterns import WHY, Pattern
from rag.question import Question

_EXCEEDED = Pattern(
    r"\b(?:vượt(?: mức)?|hoàn thành(?: vượt mức)?) (?:\S+ ){0,3}(?:kế hoạch|dự toán|chỉ tiêu)|(?:kế hoạch|dự toán|chỉ tiêu) (?:\S+ ){0,8}vượt\b"
)
_MISSED = Pattern(r"\b(?:không (?:đạt|hoàn thành)|chưa đạt|hụt|thấp hơn) (?:\S+ ){0,3}(?:kế hoạch|dự toán|chỉ tiêu)\b")
_RANKED = Pattern(r"\b(?:xếp|đứng|hạng)\b[^?]{0,20}\d")
"""A place in an order is presupposed (`xếp chót 12/12`)."""
SAID_AMONG = 12
"""Figures of the ranking among which the change is looked for that a question gives."""
OPPOSITE = "Báo cáo nêu khác: không phải {said} mà là {held}."
OTHER_FIGURE = "Báo cáo không nêu con số như trong câu hỏi; báo cáo nêu:"


def contradicted(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Choice | None:
    """The figures that set right what a question presupposes, with the sentence that says so; None where nothing speaks against it."""
    return _direction(ground, question, report, found) or _plan(ground, question, report, found) or _figure(ground, question, report, found)


def _direction(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Choice | None:
    if not question.direction:
        return None
    choice = _choose(ground, question, report, found, Ask(CHANGE, NO_UNIT, 0, 0))
    said = [one for one in choice.ranked[:SAID_AMONG] if _is_said(question, one.candidate.figure) and one.score > choice.ranked[0].score - CLOSE]
    chosen = (*said, *choice.chosen)[:1]
    held = chosen[0].candidate.figure.direction if chosen else ""
    if not held or held == question.direction:
        return None
    return replace(choice, chosen=chosen, correction=OPPOSITE.format(said=question.direction, held=held))


def _is_said(question: Question, figure: Figure) -> bool:
    """Whether a figure is a change that the question itself gives (`lại giảm 2,73 tỷ`)."""
    return figure.kind == CHANGE and any(compare_quantities(number, figure.quantity).equal for number in question.numbers)


def _plan(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Choice | None:
    exceeded, missed = _EXCEEDED.search(question.text), _MISSED.search(question.text)
    if bool(exceeded) == bool(missed):
        return None
    choice = _choose(ground, question, report, found, Ask(PLAN, NO_UNIT, 0, 0))
    if not choice.chosen or choice.chosen[0].candidate.figure.kind != PLAN:
        return None
    met = choice.chosen[0].candidate.figure.value >= Decimal(100)
    if met == bool(exceeded):
        return None
    said, held = ("vượt", "chưa đạt") if exceeded else ("chưa đạt", "đạt")
    return replace(choice, chosen=choice.chosen[:1], correction=OPPOSITE.format(said=f"{said} kế hoạch", held=f"{held} kế hoạch"))


def _figure(ground: Ground, question: Question, report: Report, found: Sequence[Found]) -> Choice | None:
    if not question.numbers:
        return None
    said = question.numbers[0]
    kind = RANK if _RANKED.search(question.text) and not said.is_percent else CHANGE if question.direction and said.is_percent else ""
    choice = _choose(ground, question, report, found, Ask(kind, said.canonical, 0, 0))
    if not choice.chosen:
        return None
    of_sentence = {(one.candidate.figure.passage, one.candidate.figure.sentence) for one in choice.chosen}
    held = [one.candidate.figure for one in choice.ranked if (one.candidate.figure.passage, one.candidate.figure.sentence) in of_sentence]
    if any(compare_quantities(number, figure.quantity).equal for number in question.numbers for figure in held):
        return None
    return replace(choice, chosen=choice.chosen[:1], correction=OTHER_FIGURE)


def _choose(ground: Ground, question: Question, report: Report, found: Sequence[Found], ask: Ask) -> Choice:
    why = frozenset(word for match in WHY.finditer(question.text) for word in search_words(match.group()))
    return choose_figures(ground, replace(question, asks=(ask,), form=FIGURE, ignored=question.ignored | why), report, found)
