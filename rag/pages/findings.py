"""What does not add up in a report: the audit's findings, for the reader and for answers at that place."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

import streamlit as st

from corpus.audit import AuditResult, Finding, audit
from rag.pages.figure_records import record_of
from rag.pages.resources import of_reports, report_of
from rag.pages.wording import NOT_REVIEWED, whose_report
from rag.records import ANSWERED, Answer, Citation


@of_reports
@st.cache_resource(show_spinner="Đang kiểm các phép cộng, tỷ lệ trong báo cáo…")
def audit_of(report_id: str) -> AuditResult | None:
    """The audit of a report; None where there is no such report."""
    report = report_of(report_id)
    return audit(report) if report else None


def findings_of(report_id: str) -> tuple[Finding, ...]:
    """The findings of the audit on a report."""
    result = audit_of(report_id)
    return result.findings if result else ()


def with_notes(answer: Answer) -> Answer:
    """The answer with a note on each report it cites that nobody has reviewed, and on each finding of the audit that touches it.

    A finding touches its figures, or its words where it has no figures.
    """
    if answer.status != ANSWERED:
        return answer
    cited = dict.fromkeys(citation.report for citation in answer.citations)
    unreviewed = [report for report in map(report_of, cited) if report and not report.reviewed]
    records = [record_of(figure, answer) for figure in answer.figures]
    shown = {record.id for record in records if record}
    found = [one for citation in answer.citations for one in findings_of(citation.report) if _touches(one, citation, shown)]
    notes = [*(f"{whose_report(report)}. {NOT_REVIEWED}" for report in unreviewed), *(said_of(one) for one in found)]
    return replace(answer, notes=tuple(dict.fromkeys([*answer.notes, *notes])))


def said_of(finding: Finding) -> str:
    """A finding in one paragraph: the question, and the reading that would make it add up."""
    return " ".join(part for part in (finding.question, finding.reading) if part)


def _touches(finding: Finding, citation: Citation, figures: Set[str]) -> bool:
    at = [place for place in finding.places if place.passage == citation.passage]
    if figures:
        return any(figure in figures for place in at for figure in place.figures)
    return any(place.start < citation.end and citation.start < place.end for place in at)
