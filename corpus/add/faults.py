"""What can be wrong with a file that someone wants to add."""

from __future__ import annotations

from corpus.report import ReportError


class AddError(ReportError):
    """A file cannot become a draft report; the message is one Vietnamese sentence for the user."""
