"""The report's own arithmetic, checked by general rules: what does not add up, and how much does."""

from corpus.audit.auditor import audit_report, findings_at
from corpus.audit.finding import AuditResult, Finding, Place

__all__ = ["AuditResult", "Finding", "Place", "audit_report", "findings_at"]
