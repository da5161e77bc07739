"""New reports from files: text, Word, PDF and scans become drafts that a person reviews."""

from corpus.add.document import Remark
from corpus.add.draft import Draft, draft_from_file
from corpus.add.faults import AddError
from corpus.add.shelf import mark_reviewed, save_draft

__all__ = ["AddError", "Draft", "Remark", "draft_from_file", "mark_reviewed", "save_draft"]
