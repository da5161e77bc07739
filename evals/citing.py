"""Grading where an answer points: section, page and footnote of its citations, and whether its quotes are verbatim."""

from __future__ import annotations

from dataclasses import dataclass

from evals.gold import Evidence, Question
from evals.gold_check import Places
from evals.notation import digit_strings, untraced
from evals.reply import Reply, ReplyCitation


@dataclass(frozen=True, slots=True)
class CitationGrade:
    """`first`: the first citation is a gold place in section, page and footnote at once (each also by itself).

    `holds`: its quote holds the first figure (or its operands). `every`: each figure's own citation is a gold place.
    """

    first: bool
    section: bool
    page: bool
    footnote: bool
    holds: bool
    every: bool


def grade_citation(question: Question, reply: Reply) -> CitationGrade:
    """How the citations of an answer to an answerable (or corrected) question do; all false where there are none."""
    if not reply.citations:
        return CitationGrade(False, False, False, False, False, False)
    first = reply.citations[0]
    places = [place for place in question.evidence if question.report == first.report]
    return CitationGrade(
        first=any(is_at(first, place) for place in places),
        section=any(first.section == place.section for place in places),
        page=any(first.page in pages_of(place) for place in places),
        footnote=any((first.section, first.footnote) == (place.section, place.footnote) for place in places),
        holds=_holds_figure(reply),
        every=_every_figure(question, reply),
    )


def is_at(citation: ReplyCitation, place: Evidence) -> bool:
    """Whether a citation names the place of a gold quote: section and footnote, and a page that the quote stands on."""
    same_place = (citation.section, citation.footnote) == (place.section, place.footnote)
    return same_place and citation.page in pages_of(place)


def pages_of(place: Evidence) -> tuple[int, ...]:
    """The pages of a gold quote: as located in the report, or the one that the line names."""
    return place.pages or (place.page,)


def is_verbatim(citation: ReplyCitation, places: Places) -> bool:
    """Whether the citation's quote stands word for word in the report at the place and on the page it names."""
    found = places.find(citation.report, Evidence(citation.section, citation.page, citation.footnote, citation.quote))
    return bool(found.passages) and citation.page in found.pages


def _holds_figure(reply: Reply) -> bool:
    if not reply.figures:
        return True
    figure = reply.figures[0]
    cited = [citation.quote for citation in reply.citations if figure.derived_from or citation is reply.citations[0]]
    return not any(untraced(text, cited) for text in figure.derived_from or (figure.text,))


def _every_figure(question: Question, reply: Reply) -> bool:
    by_number = {citation.n: citation for citation in reply.citations}
    for figure in reply.figures:
        citation = by_number.get(figure.citation if figure.citation is not None else -1)
        if citation is None or not any(is_at(citation, place) for place in question.evidence):
            return False
        if not figure.derived_from and digit_strings(figure.text) and untraced(figure.text, [citation.quote]):
            return False
    return True
