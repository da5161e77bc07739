"""Checks every figure of a text against the report: match, mismatch with a diagnosis, or not in the report.

Each figure of the text is read as the report's are (subject, kind, unit, period, place, direction). The report's figures
on the same quantity are sought by their words (`rag.checking`); only then are the values compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from corpus.report import Report
from corpus.text import nfc
from rag.checking.matching import Matched, match_claims
from rag.checking.pool import Pool
from rag.checking.reading import Claim, read_claims
from rag.checking.scope import chosen_reports
from rag.checking.verdict import NOT_FOUND, Finding, judge
from rag.citations import cite_figures
from rag.ground import Ground
from rag.records import CheckResult, Verdict

MAX_CHECKED = 200_000
"""Characters of a text beyond this number are not looked at."""

_POOLS: WeakKeyDictionary[Ground, dict[str, Pool]] = WeakKeyDictionary()


def check_text(ground: Ground, text: str, id: str = "", report_id: str | None = None) -> CheckResult:
    """The verdicts on the figures of `text`, in order.

    The report is `report_id`, else the one whose place or year the text names, else the one that holds most of it.
    Raises `ValueError` for an unknown `report_id`.
    """
    text = nfc(text)[:MAX_CHECKED]
    readings = [_against(ground, text, report) for report in chosen_reports(ground.index.reports, text, report_id)]
    best = max(readings, key=lambda reading: sum(finding.sureness for finding in reading[2]))
    pool, claims, findings = best
    return CheckResult(id, text, tuple(_verdict(c, f, pool) for c, f in zip(claims, findings, strict=True)))


def _against(ground: Ground, text: str, report: Report) -> tuple[Pool, list[Claim], list[Finding]]:
    pool = pool_of(ground, report)
    claims = read_claims(text, report, ground.marks)
    matched: Sequence[Matched] = match_claims(claims, pool)
    return pool, claims, [judge(one, pool) for one in matched]


def pool_of(ground: Ground, report: Report) -> Pool:
    """The figures of a report laid out for matching, made when first needed."""
    pools = _POOLS.setdefault(ground, {})
    if report.id not in pools:
        readings = [ground.readings.of(passage) for passage in ground.index.passages if passage.report == report.id]
        pools[report.id] = Pool(report, readings, ground.rarity)
    return pools[report.id]


def _verdict(claim: Claim, finding: Finding, pool: Pool) -> Verdict:
    if finding is NOT_FOUND or finding.number < 0:
        return Verdict(claim.shown, claim.start, claim.end, finding.verdict)
    candidate = pool.candidates[finding.number]
    printed = candidate.figure
    written = candidate.passage.text[printed.start : printed.end]
    citation = cite_figures(candidate.passage, [printed], 1)
    return Verdict(claim.shown, claim.start, claim.end, finding.verdict, written, finding.why or None, finding.rounded, citation)
