"""The records behind the figures that an answer shows: period, comparison, qualifier."""

from __future__ import annotations

from corpus.figures import Figure
from rag.pages.resources import figures_of
from rag.records import Answer, AnswerFigure, Citation


def citation_of(figure: AnswerFigure, answer: Answer) -> Citation | None:
    """The citation that a figure of an answer names."""
    return next((citation for citation in answer.citations if citation.n == figure.citation), None)


def record_of(figure: AnswerFigure, answer: Answer) -> Figure | None:
    """The record of a figure as printed in its citation's quote; None for a computed one."""
    citation = citation_of(figure, answer)
    if citation is None or figure.derived_from:
        return None
    same = [
        record
        for record in figures_of(citation.report)
        if record.passage == citation.passage and (record.text, record.unit) == (figure.text, figure.unit)
    ]
    inside = [record for record in same if citation.start <= record.start < citation.end]
    fitting = [record for record in inside if record.kind == figure.kind and record.place == figure.place]
    return next(iter([*fitting, *inside, *same]), None)


def printed_with_words(figure: AnswerFigure, record: Figure | None) -> str:
    """Number and unit as printed, with `trên`, `gần` … before and the direction of a change."""
    words = [figure.direction, record.quantity.qualifier if record else "", figure.printed]
    return " ".join(word for word in words if word)
