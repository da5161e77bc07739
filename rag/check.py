"""Checks every figure of a text against the report: match, mismatch with a diagnosis, or not in the report.

Each figure of the text is read as the report's are (subject, kind, unit, period, place, direction). The report's figure
on the same quantity is sought by its words, never by its value; only then are the values compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.figures import AMOUNT, CHANGE, RATIO, SHARE, Figure, passage_figures
from corpus.passages import Passage
from corpus.report import Report, Text
from corpus.text import clauses, nfc
from rag.citations import cite_figures
from rag.compare import Comparison, compare, diagnose
from rag.features import Query
from rag.ground import Ground
from rag.question import Ask, read_question
from rag.ranker import Scored
from rag.records import MATCH, MISMATCH, NOT_IN_REPORT, CheckResult, Verdict
from rag.terms import Term, question_terms

MAX_CHECKED = 200_000
"""Characters of a text beyond this number are not looked at."""
SAME_QUANTITY = 0.6
"""From this agreement of the words on, a figure of the report counts as being on the same quantity."""
CLOSE = 0.12
"""Two figures of the report whose agreement differs by less are both thinkable for one claim."""


@dataclass(frozen=True)
class Claim:
    """A figure of the text with the words that say what it is."""

    figure: Figure
    text: str


def check_text(ground: Ground, text: str, id: str = "", report_id: str | None = None) -> CheckResult:
    """The verdicts on the figures of `text`, in order."""
    text = nfc(text)[:MAX_CHECKED]
    reports = [r for r in ground.index.reports if report_id in (None, r.id)] or list(ground.index.reports)
    report = reports[0]
    verdicts = [_judge(ground, claim, reports) for claim in read_claims(text, report)]
    return CheckResult(id, text, tuple(verdicts))


def read_claims(text: str, report: Report) -> list[Claim]:
    """The figures of a text, read as the report's are."""
    passage = Passage(":text", report.id, "", None, "", Text(text, ((0, 0),), ((0, 1),), ()), "")
    claims = []
    for figure in passage_figures(passage, report):
        spans = clauses(text, figure.sentence)
        start, end = next(((s, e) for s, e in spans if s <= figure.start < e), figure.sentence)
        claims.append(Claim(figure, text[start:end]))
    return claims


def _judge(ground: Ground, claim: Claim, reports: Sequence[Report]) -> Verdict:
    figure = claim.figure
    shown = _as_written(claim)
    best: tuple[float, Verdict] | None = None
    for report in reports:
        thinkable, cluster = _thinkable(ground, claim, report)
        if not thinkable:
            continue
        verdict = _compare_all(claim, thinkable, cluster, shown)
        if best is None or thinkable[0][1] > best[0]:
            best = (thinkable[0][1], verdict)
    return best[1] if best else Verdict(shown, figure.start, figure.end, NOT_IN_REPORT)


def _as_written(claim: Claim) -> str:
    quantity = claim.figure.quantity
    gap = "" if not quantity.unit or quantity.end - quantity.start == len(quantity.number) + len(quantity.unit) else " "
    return f"{quantity.number}{gap}{quantity.unit}"


def _thinkable(ground: Ground, claim: Claim, report: Report) -> tuple[list[tuple[Scored, float]], list[Scored]]:
    """The report's figures that may be on the claim's quantity, with the agreement of their words, best first; and all others."""
    query = _query(ground, claim, report)
    if not query.terms:
        return [], []
    text = claim.text if len(claim.text.split()) > 6 else f"{claim.figure.lead} {claim.text}"
    found = ground.find(query.question, report, text=text[:600])
    ranked = ground.rank(query, found)
    agreeing = []
    for one in ranked:
        if not _same_kind(claim.figure, one.candidate.figure) or not _same_place(query, one):
            continue
        agreement = _agreement(one)
        if agreement >= SAME_QUANTITY:
            agreeing.append((one, agreement))
    agreeing.sort(key=lambda pair: (-pair[1] - 0.03 * pair[0].score / 10, pair[0].candidate.figure.id))
    return agreeing, ranked


def _query(ground: Ground, claim: Claim, report: Report) -> Query:
    figure = claim.figure
    words = f"{figure.subject} {figure.inherited} {figure.own}"
    question = read_question(claim.text, words)
    ask = Ask(figure.kind, figure.quantity.canonical, 0, 0)
    query = ground.query(question, ask, report, text=_without_figures(words))
    lead = question_terms(_without_figures(figure.lead), ground.rarity)
    known = {term.folded for term in query.terms}
    weak = tuple(Term(t.folded, t.marked, t.weight * 0.25, t.synonyms) for t in lead if t.folded not in known)
    years = (figure.period.year,) if figure.period.stated else ()
    place = frozenset([figure.place]) if figure.place != report.place else frozenset()
    unique = tuple({term.folded: term for term in query.terms}.values())
    return Query(question, ask, unique + weak, query.pairs, place, years, ground.rarity)


def _without_figures(words: str) -> str:
    return " ".join(word for word in words.split() if not any(char.isdigit() for char in word))


def _same_kind(claim: Figure, printed: Figure) -> bool:
    level = (AMOUNT, RATIO)
    if claim.kind in level and printed.kind in level:
        return _comparable(claim, printed)
    if claim.quantity.is_percent != printed.quantity.is_percent:
        return False
    if claim.kind == printed.kind:
        return _comparable(claim, printed)
    return {claim.kind, printed.kind} == {SHARE, CHANGE} and not claim.direction


def _comparable(claim: Figure, printed: Figure) -> bool:
    a, b = claim.quantity.canonical.dimension, printed.quantity.canonical.dimension
    if a == b or "none" in (a, b):
        return True
    return a.split("/")[0] == b.split("/")[0] and a.split("/")[0] not in ("count", "sex ratio")


def _same_place(query: Query, one: Scored) -> bool:
    place = one.candidate.figure.place
    return place in query.places if query.places else not one.candidate.local


def _agreement(one: Scored) -> float:
    """How well claim and figure name one quantity: the words of each found in the other."""
    forth = 0.6 * one.value("near_coverage") + 0.4 * one.value("coverage")
    back = one.value("subject_asked")
    return 2 * forth * back / (forth + back) if forth + back else 0.0


def _compare_all(claim: Claim, thinkable: Sequence[tuple[Scored, float]], ranked: Sequence[Scored], shown: str) -> Verdict:
    figure = claim.figure
    top = thinkable[0][1]
    for one, agreement in thinkable:
        if agreement < top - CLOSE:
            break
        comparison = compare(figure, one.candidate.figure)
        if comparison.equal:
            return _verdict(claim, one, comparison, shown, MATCH)
    best = thinkable[0][0]
    why = diagnose(figure, best.candidate.figure, [one.candidate.figure for one in ranked])
    return _verdict(claim, best, Comparison(False, False), shown, MISMATCH, why)


def _verdict(claim: Claim, one: Scored, comparison: Comparison, shown: str, verdict: str, why: str | None = None) -> Verdict:
    figure, printed = claim.figure, one.candidate.figure
    citation = cite_figures(one.candidate.passage, [printed], 1)
    written = one.candidate.passage.text[printed.start : printed.end]
    return Verdict(shown, figure.start, figure.end, verdict, written, why, comparison.rounded, citation)
