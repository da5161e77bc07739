"""How good retrieval, answers and the check of claims are, measured on gold lines written by people."""

from evals.gold import GoldError, Question
from evals.gold_set import GoldSet, load_gold
from evals.grade import Grade, grade
from evals.reply import Reply, read_reply

__all__ = ["GoldError", "GoldSet", "Grade", "Question", "Reply", "grade", "load_gold", "read_reply"]
