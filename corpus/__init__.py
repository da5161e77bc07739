"""The report as citable passages and statements."""

from corpus.passages import Passage, Statement, build_passages
from corpus.report import Report, ReportError, load_report, load_reports

__all__ = ["Passage", "Report", "ReportError", "Statement", "build_passages", "load_report", "load_reports"]
