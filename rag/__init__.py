"""Questions answered and claims checked over reports, each figure with its place."""

from rag.assistant import Assistant
from rag.records import Answer, AnswerFigure, CheckResult, Citation, Suggestion, Verdict

__all__ = ["Answer", "AnswerFigure", "Assistant", "CheckResult", "Citation", "Suggestion", "Verdict"]
