"""One thing asked of several years: a figure for each, all of one subject, or a sentence for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.report import Report
from rag.against import mismatch
from rag.choice import Choice
from rag.features import Query, fits
from rag.fitting import best_fitting
from rag.ground import Found, Ground
from rag.ranker import Scored
from rag.sentence_ranker import ScoredSentence, rank_sentences
from rag.subjects import same_subject
from rag.things import Thing, by_years

ALIKE_AMONG = 15
"""Figures of one thing in two years are looked for among so many of the first."""
TOGETHER = 4.0
"""What two figures of one subject may fall short of the best ones of their years together."""
AGREED = 0.12
"""Share of the threshold that is enough where the first figures of all years are of one thing."""


def choose_across_years(ground: Ground, things: Sequence[Thing], report: Report, found: Sequence[Found]) -> Choice | None:
    """One figure for each year asked of one thing: the sure ones, and for the other years those of the same subject; None where not all are found."""
    years = [thing.query.years for thing in things]
    if len(things) < 2 or len(set(years)) < len(things) or any(len(of) != 1 for of in years):
        return None
    ranked = [tuple(ground.rank(thing.query, found)) for thing in things]
    if not all(ranked):
        return None
    best = [best_fitting(thing.query, of) for thing, of in zip(things, ranked, strict=True)]
    sure = [ground.confidence(thing.query, one, of, found) for thing, one, of in zip(things, best, ranked, strict=True)]
    stands = [
        now >= ground.trees.threshold and not mismatch(thing.query, one, of, report)
        for thing, one, of, now in zip(things, best, ranked, sure, strict=True)
    ]
    if not any(stands) and max(sure) >= ground.trees.threshold * AGREED and all(same_subject(best[0], one) for one in best[1:]):
        stands = [not mismatch(thing.query, one, of, report) for thing, one, of in zip(things, best, ranked, strict=True)]
    if len(things) == 2 and not same_subject(best[0], best[1]):
        best = _of_one_subject(things, ranked) or best
        stands = [firm and not mismatch(thing.query, one, of, report) for thing, one, of, firm in zip(things, best, ranked, stands, strict=True)]
    anchors = [one for one, firm in zip(best, stands, strict=True) if firm]
    chosen = []
    for thing, of, one, firm in zip(things, ranked, best, stands, strict=True):
        alike = (other for other in of[:ALIKE_AMONG] if fits(thing.query, other) and any(same_subject(other, anchor) for anchor in anchors))
        alike = (other for other in alike if not mismatch(thing.query, other, of, report))
        chosen.append(one if firm else next(alike, None))
    if any(one is None for one in chosen) or len({one.candidate.figure.id for one in chosen if one}) < len(things):
        return None
    return Choice(tuple(one for one in chosen if one), ranked[0], max(sure))


def _of_one_subject(things: Sequence[Thing], ranked: Sequence[Sequence[Scored]]) -> list[Scored] | None:
    """The best figures of two years that are of one subject, where they are about as good as the best of each year."""
    pairs = [
        (one, other)
        for one in ranked[0][:ALIKE_AMONG]
        for other in ranked[1][:ALIKE_AMONG]
        if one.candidate.figure.id != other.candidate.figure.id and fits(things[0].query, one) and fits(things[1].query, other) and same_subject(one, other)
    ]
    least = ranked[0][0].score + ranked[1][0].score - TOGETHER
    best = max(pairs, key=lambda pair: pair[0].score + pair[1].score, default=None)
    return list(best) if best and best[0].score + best[1].score >= least else None


def rank_by_years(query: Query, found: Sequence[Found], report: Report) -> list[list[ScoredSentence]]:
    """The sentences on each year where the report's own and the coming one are asked (`2023 tới bước nào, 2024 làm gì tiếp`); none where they are not."""
    if set(query.years) != {report.year, report.plan_year}:
        return []
    ranked = []
    for of_year in (thing.query for thing in by_years(query)):
        planned = of_year.years == (report.plan_year,)
        asked = replace(of_year, question=replace(query.question, plan_year=planned))
        ranked.append([one for one in rank_sentences(asked, found, report) if one.span.aim is planned])
    return ranked
