"""Figures as records: what each number of a report measures, of when, of where, against what, as a part of which whole.

One pass over a sentence. Its numbers divide it into groups (words before, number with unit, words after); brackets,
labels (`Agribank:`) and openers (`trong đó`) say which group hangs on which. What a group leaves unsaid it inherits from
the group it hangs on, then from the sentence, the footnote's anchor and the headings.
"""

from corpus.figures.reader import passage_figures, read_figures
from corpus.figures.record import AMOUNT, CHANGE, PLAN, RANK, RATIO, SHARE, Figure

__all__ = ["AMOUNT", "CHANGE", "PLAN", "RANK", "RATIO", "SHARE", "Figure", "passage_figures", "read_figures"]
