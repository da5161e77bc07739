"""Grading one answer against its gold line: correct, incorrect, refused or error. Rules in `evals/README.md`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evals.citing import CitationGrade, grade_citation
from evals.gold import GoldFigure, Question
from evals.notation import digit_strings, holds_figure, same_unit, same_value, unit_name, untraced
from evals.reply import Reply, ReplyFigure
from evals.wording import direction_beside, has_keyword, polarity, shows_with_unit, without_marks

OUTCOMES = ("correct", "incorrect", "refused", "error")


@dataclass(frozen=True, slots=True)
class Grade:
    """How an answer did.

    `outcome`: of an answerable question `correct`, `incorrect`, or `refused` (a false refusal); of one that must be
    refused `correct` (refused, or corrected as the line allows) or `incorrect`; `error` where nothing usable came.
    `faults` are `code: detail`; `wrong_figures` are figures shown as the answer that are not; `untraced` digit strings
    of the sentence stand in no cited quote (`derived` ones, computed and declared, and in a refusal those `echoed`
    from the question, are counted apart); `unquoted` are citations whose quote is not in the report at that place.
    """

    outcome: str
    faults: tuple[str, ...] = ()
    wrong_figure: bool = False
    wrong_figures: tuple[str, ...] = ()
    untraced: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    echoed: tuple[str, ...] = ()
    citation: CitationGrade | None = None
    unclear_polarity: bool = False


@dataclass
class _Faults:
    """Faults found so far; `wrong` are the figures among the answer's that no accepted list holds."""

    found: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def grade(question: Question, reply: Reply) -> Grade:
    """The grade of `reply` to `question`."""
    if question.answerable and not reply.refused:
        return _answered(question, reply)
    if question.answerable:
        return _traced(Grade("refused", ("refused: trả lời được nhưng lại từ chối",)), question, reply)
    return _traced(_must_refuse(question, reply), question, reply)


def _must_refuse(question: Question, reply: Reply) -> Grade:
    if reply.refused:
        if reply.figures:
            shown = tuple(str(figure) for figure in reply.figures)
            return Grade("incorrect", ("refusal_with_figures: từ chối nhưng vẫn nêu số",), True, shown)
        return Grade("correct")
    if question.corrects is not None:
        faults = _best_list(question, reply, [question.corrects])
        citation = grade_citation(question, reply)
        if not citation.first:
            faults.found.append("citation: đính chính mà không dẫn đúng chỗ")
        if not faults.found:
            return Grade("correct", citation=citation)
    shown = tuple(str(figure) for figure in reply.figures)
    return Grade("incorrect", ("should_refuse: phải từ chối",), True, shown)


def _answered(question: Question, reply: Reply) -> Grade:
    faults = _best_list(question, reply, [question.figures, *question.also])
    said = polarity(reply.answer) if question.says else ""
    if question.says and said and said != question.says:
        faults.found.append(f"polarity: phải trả lời “{question.says}”")
    result = Grade(
        outcome="incorrect" if faults.found else "correct",
        faults=tuple(faults.found),
        wrong_figure=bool(faults.wrong),
        wrong_figures=tuple(faults.wrong),
        citation=grade_citation(question, reply),
        unclear_polarity=bool(question.says) and not said,
    )
    return _traced(result, question, reply)


def _best_list(question: Question, reply: Reply, lists: Sequence[tuple[GoldFigure, ...]]) -> _Faults:
    """The faults against whichever accepted list of figures has fewest."""
    tried = [_against(question, reply, figures) for figures in lists]
    return min(tried, key=lambda faults: (len(faults.found), len(faults.wrong)))


def _against(question: Question, reply: Reply, gold: tuple[GoldFigure, ...]) -> _Faults:
    faults = _Faults()
    required = [wanted for wanted in gold if not wanted.optional]
    for wanted in required:
        _check_present(wanted, reply, faults)
    for given in reply.figures:
        _check_asked(question, given, reply, gold, faults)
    if required and reply.figures and not faults.found and not _starts_right(required, reply):
        faults.found.append("order: con số được hỏi không đứng đầu")
    for keyword in question.keywords:
        if not has_keyword(reply.answer, keyword):
            faults.found.append(f"keyword: thiếu “{keyword}”")
    for keyword in question.not_keywords:
        if has_keyword(reply.answer, keyword):
            faults.found.append(f"rival: không được nêu “{keyword}”")
    return faults


def _check_asked(
    question: Question, given: ReplyFigure, reply: Reply, gold: tuple[GoldFigure, ...], faults: _Faults
) -> None:
    near = [wanted for wanted in gold if same_value(wanted.reading, given.reading)]
    if any(_equal(wanted, given, reply) for wanted in near):
        return
    if question.kind == "what_is" and holds_figure(question.question, _number(given.text)):
        return
    faults.wrong.append(str(given))
    if not near:
        faults.found.append(f"extra_figure: thừa {given}")


def _check_present(wanted: GoldFigure, reply: Reply, faults: _Faults) -> None:
    same = [given for given in reply.figures if same_value(wanted.reading, given.reading)]
    if not same:
        faults.found.append(f"missing_figure: thiếu {wanted}")
        return
    if not any(_equal(wanted, given, reply) for given in same):
        faults.found.append(f"unit: {same[0]} thay vì {wanted}")
        return
    if wanted.direction:
        said = {direction for given in same for direction in direction_beside(reply.answer, given.text)}
        if said != {wanted.direction}:
            faults.found.append(f"direction: {wanted} phải là {wanted.direction}")
    shown = {_number(wanted.text), *(_number(given.text) for given in same)}
    if not any(holds_figure(without_marks(reply.answer), number) for number in shown):
        faults.found.append(f"not_in_answer: câu trả lời không nêu {wanted}")


def _equal(wanted: GoldFigure, given: ReplyFigure, reply: Reply) -> bool:
    gold, shown = wanted.reading, given.reading
    if not same_value(gold, shown):
        return False
    if same_unit(gold.unit, shown.unit):
        return True
    return (
        not shown.unit
        and bool(gold.unit)
        and any(
            shows_with_unit(reply.answer, given.text, unit) for unit in {wanted.unit, unit_name(wanted.unit), gold.unit}
        )
    )


def _number(text: str) -> str:
    return text.rstrip(" %")


def _starts_right(required: Sequence[GoldFigure], reply: Reply) -> bool:
    return any(_equal(wanted, reply.figures[0], reply) for wanted in required)


def _traced(result: Grade, question: Question, reply: Reply) -> Grade:
    text = without_marks(reply.answer)
    loose = untraced(text, [citation.quote for citation in reply.citations])
    computed = {digits for figure in reply.figures if figure.derived_from for digits in digit_strings(figure.text)}
    asked = [question.question, *question.history] if reply.refused else []
    echoed = [digits for digits in loose if digits not in computed and any(holds_figure(q, digits) for q in asked)]
    return Grade(
        result.outcome,
        result.faults,
        result.wrong_figure,
        result.wrong_figures,
        tuple(digits for digits in loose if digits not in computed and digits not in echoed),
        tuple(digits for digits in loose if digits in computed),
        tuple(echoed),
        result.citation,
        result.unclear_polarity,
    )
