"""The report's own arithmetic, checked by general rules: what does not add up, and how much does."""

from corpus.audit.auditor import audit, findings_at
from corpus.audit.finding import AuditResult, Finding, Place
from corpus.audit.listing import audit_lines

__all__ = ["AuditResult", "Finding", "Place", "audit", "audit_lines", "findings_at"]
