"""The audit of a report: every check made, suspicions weighed, findings put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.audit.changes import change_checks
from corpus.audit.checks import LABELS, MAYBE, SUSPECT, TOTAL, UNIT, Check, Spot
from corpus.audit.dates import date_checks
from corpus.audit.finding import AuditResult, Finding, Place
from corpus.audit.material import Material
from corpus.audit.names import name_checks
from corpus.audit.outliers import outlier_checks
from corpus.audit.products import product_checks
from corpus.audit.readings import Reading, Readings, words_of
from corpus.audit.repeats import repeat_checks
from corpus.audit.shares import share_checks
from corpus.audit.structures import structure_checks
from corpus.audit.totals import total_checks
from corpus.audit.variants import DIGIT, SCALE, SWAP
from corpus.report import Report

_RULES = (
    total_checks,
    share_checks,
    change_checks,
    structure_checks,
    product_checks,
    repeat_checks,
    name_checks,
    outlier_checks,
    date_checks,
)


def audit(report: Report) -> AuditResult:
    """The audit of a report. Computed once for each text of a report."""
    return _audit(_Hashed(report))


def findings_at(result: AuditResult, passage_id: str) -> list[Finding]:
    """The findings that quote a passage, in order."""
    return [finding for finding in result.findings if any(place.passage == passage_id for place in finding.places)]


class _Hashed:
    """A report as a key: equal where id, text and front matter are."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.key = (report.id, report.sha256)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self.key == other.key


@lru_cache(maxsize=16)
def _audit(hashed: _Hashed) -> AuditResult:
    material = Material(hashed.report)
    found = list({check.key: check for rule in _RULES for check in rule(material)}.values())
    readings = Readings(found)
    kept = _merged(_without_mere_suspicions(found, readings), readings)
    failing = [check for check in kept if not check.holds]
    findings = [_finding(check, readings.best(check), material) for check in failing]
    order = {passage: n for n, passage in enumerate(material.passages)}
    findings.sort(key=lambda f: (order[f.places[0].passage], f.places[0].start))
    return AuditResult(hashed.report.id, tuple(findings), len(kept), len(kept) - len(failing))


def _without_mere_suspicions(found: Sequence[Check], readings: Readings) -> list[Check]:
    """Suspicions become likely where a slip explains them, or where the slip that explains another check mends them too.

    A figure that a sum confirms is not out of line.
    """
    definite = [check for check in found if not check.holds and check.certainty != SUSPECT]
    mended = {c.key for check in definite if (reading := readings.best(check)) for c in reading.mends}
    kept = []
    for check in found:
        if check.kind == UNIT and check.operands[0].id in readings.confirmed:
            continue
        if check.holds or check.certainty != SUSPECT:
            kept.append(check)
            continue
        slips = (SCALE, SWAP, DIGIT) if check.kind == TOTAL else (SCALE, SWAP)
        if check.key in mended or readings.explained(check, slips):
            kept.append(replace(check, certainty=MAYBE))
    return kept


def _merged(found: Sequence[Check], readings: Readings) -> list[Check]:
    """A figure out of line that also spoils a sum is one finding: the sum's, which says what it should be."""
    blamed = {r.figure.id: c for c in found if not c.holds and c.kind == TOTAL and (r := readings.best(c)) and r.slip == SCALE and r.instead}
    out_of_line = {c.operands[0].id: c for c in found if c.kind == UNIT and c.operands[0].id in blamed}
    sums = {blamed[figure].key: check for figure, check in out_of_line.items()}
    kept = []
    for check in found:
        if check.key in sums:
            unit = sums[check.key]
            words = f"{unit.computation_told}; {check.computation_told}"
            kept.append(replace(unit, certainty=check.certainty, computation=words, gap=check.gap_told, relation=check.relation))
        elif not (check.kind == UNIT and check.operands[0].id in out_of_line):
            kept.append(check)
    return kept


def _finding(check: Check, reading: Reading | None, material: Material) -> Finding:
    spots = check.spots or tuple(Spot(f.passage, f.start, f.end) for f in check.operands)
    places = _places(spots, check, material)
    first = spots[0]
    return Finding(
        id=f"{first.passage}@{first.start}:{check.kind}",
        kind=check.kind,
        label=LABELS[check.kind],
        certainty=check.certainty,
        question=check.question,
        computation=check.computation_told,
        gap=check.gap_told,
        reading=check.reading or (words_of(reading) if reading else ""),
        places=places,
    )


def _places(spots: Sequence[Spot], check: Check, material: Material) -> tuple[Place, ...]:
    """One quote for each passage: the statements from the first to the last of its spots."""
    by_passage: dict[str, list[Spot]] = {}
    for spot in spots:
        by_passage.setdefault(spot.passage, []).append(spot)
    return tuple(_place(passage, inside, check, material) for passage, inside in by_passage.items())


def _place(passage_id: str, spots: Sequence[Spot], check: Check, material: Material) -> Place:
    passage = material.passages[passage_id]
    low, high = min(spot.start for spot in spots), max(spot.end for spot in spots)
    whole = [statement for statement in passage.statements if statement.start < high and low < statement.end]
    start, end = min((s.start for s in whole), default=low), max((s.end for s in whole), default=high)
    return Place(
        passage=passage.id,
        section=passage.section,
        heading=passage.heading,
        page=passage.content.page_at(low),
        footnote=passage.footnote,
        quote=passage.text[start:end],
        start=start,
        end=end,
        figures=tuple(f.id for f in check.operands if f.passage == passage_id),
    )
