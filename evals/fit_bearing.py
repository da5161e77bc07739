"""The part of `python -m evals fit` that learns which words of questions answers do without: `rag/lexicon/bearing.tsv`.

For each word or compound that people ask with, the share of dev questions with it whose gold figure holds it, itself or
by a synonym. A word that is mostly not held there (`giờ`, `hết`, `khoản`) says little where it is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from corpus.text import WORD, has_diacritics
from evals.fit import Sample
from rag.lexicon import BEARING, bearing
from rag.terms import SEEN

PRIOR, STRENGTH = 0.9, 4
"""The share of words held of which nothing is known, and the number of questions that this counts for."""
FEWEST, REPORTS = 3, 2
"""Questions, and reports asked, that a word must stand in."""
MOST, LEAST = 0.8, 0.25
"""A word held more often weighs all; none weighs less."""
_HEAD = "# words that answers often do without, and the share of their rarity that they weigh, written by `python -m evals fit`"


def fit_bearing(data: Iterable[Sample], path: Path = BEARING) -> str:
    """Writes the file from samples of questions with a right figure and returns a report."""
    held: dict[str, list[bool]] = defaultdict(list)
    asked: dict[str, set[str]] = defaultdict(set)
    for sample in data:
        text = sample.query.question.text.lower()
        if not sample.right or not has_diacritics(text):
            continue
        words, tiers = WORD.findall(text), sample.ranked[sample.right[0]].candidate.tiers
        for term in sample.query.terms:
            name = " ".join(words[term.at : term.at + len(term.parts)])
            held[name].append(max(value * sample.query.held(term, one) for value, one in tiers) > SEEN)
            asked[name].add(sample.report.id)
    shares = {name: (sum(found) + STRENGTH * PRIOR) / (len(found) + STRENGTH) / PRIOR for name, found in held.items()}
    kept = {name: max(LEAST, share**2) for name, share in shares.items() if share < MOST and len(held[name]) >= FEWEST and len(asked[name]) >= REPORTS}
    path.write_text("\n".join((_HEAD, *(f"{name}\t{kept[name]:.2f}" for name in sorted(kept)))) + "\n", encoding="utf-8")
    bearing.cache_clear()
    return f"Đã ghi {len(kept)} từ ít mang nghĩa vào {path}."
