"""The audit of a report as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.audit.finding import AuditResult, Finding, Place


def audit_lines(result: AuditResult) -> Iterator[str]:
    """How many checks hold, then every finding: what is asked, the computation, the reading that fits, the places."""
    yield f"{result.report}: {result.summary}; {len(result.findings)} chỗ cần hỏi lại cơ quan soạn báo cáo."
    for number, finding in enumerate(result.findings, 1):
        yield ""
        yield from _finding_lines(number, finding)


def _finding_lines(number: int, finding: Finding) -> Iterator[str]:
    yield f"{number}. {finding.label} ({finding.certainty}): {finding.question}"
    gap = f" (chênh {finding.gap})" if finding.gap else ""
    yield f"   Phép tính: {finding.computation}{gap}"
    if finding.reading:
        yield f"   Cách đọc khớp: {finding.reading}"
    for place in finding.places:
        yield f"   {_where(place)}: “{' '.join(place.quote.split())}”"


def _where(place: Place) -> str:
    footnote = "" if place.footnote is None else f", chú thích {place.footnote}"
    return f"{place.section}, trang {place.page}{footnote}"
