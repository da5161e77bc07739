"""What a person's abbreviations stand for: by the lexicon and by the words of a report, the likeliest beside the other words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from corpus.abbreviations import abbreviations, meanings_in, typed_words, with_roads, write_out
from corpus.report import Report
from corpus.text import WORD, fold
from rag.initials import Initials, may_shorten
from rag.marks import Marks
from rag.terms import Rarity, Words, is_stopword, question_terms
from rag.together import Together

CLEARLY, VERY_CLEARLY = 0.1, 0.12
"""By how much better a less likely reading of an abbreviation must be; one that the lexicon does not give it."""
COMPANY = 1
"""Words with a topic that must stand beside an abbreviation to tell that it means what the lexicon does not say."""
FLUENT = 0.1
"""What the mean log chance of the words of a reading counts against the share of it that stands in one statement."""

_COUNTED = re.compile(r"(?i)(?:(tháng|thang|ngày|ngay|quý|quy|năm|nam|số|so|thứ|thu) )?(?<![\w/.,-])(?!(?:19|20)\d\d )\d{1,4} ([^\W\d_]{2,3})(?!\w)")
"""What is counted: after a number a word like `da` is short for a noun."""


class _OfReport:
    """What one report says of abbreviations: which words stand together in it, and which phrases begin with which letters."""

    def __init__(self, report: Report, statements: Sequence[Words], marks: Marks) -> None:
        self._report, self._statements, self._marks = report, statements, marks

    @cached_property
    def together(self) -> Together:
        """Its words by the statements that they stand in."""
        return Together(self._statements)

    @cached_property
    def initials(self) -> Initials:
        """Its phrases by their first letters."""
        return Initials(self._report.raw, self._marks.bound)


class Shorthand:
    """Reads abbreviations against the reports; `statements` are the words of each statement by the report's id."""

    def __init__(self, reports: Sequence[Report], statements: Mapping[str, Sequence[Words]], marks: Marks, rarity: Rarity) -> None:
        self._reports = {report.id: _OfReport(report, statements[report.id], marks) for report in reports}
        self._marks, self._rarity = marks, rarity

    def written_out(self, text: str, report: Report | None = None) -> str:
        """`text` with each abbreviation as what it likeliest stands for beside the other words, and with its marks where it was typed without."""
        text, unmarked = with_roads(text), self._marks.is_unmarked(text)
        known = self._meanings(text, report)
        chosen = {short: meanings[0] for short, meanings in known.items()}

        def read(chosen: Mapping[str, str]) -> str:
            spelled = write_out(text, chosen, marked=True)
            return self._marks.fill(spelled) if unmarked else spelled

        best = read(chosen)
        several = {short: meanings for short, meanings in known.items() if len(meanings) > 1}
        if not several:
            return best
        stands, value = self._likelihood(best, report)
        for short, (first, *others) in several.items():
            for other in others:
                reading = read({**chosen, short: other})
                stands_so, now = self._likelihood(reading, report)
                if not _has_topic(other) and stands > stands_so:
                    continue  # `sl chè`: `sản lượng` stands with the rest, and `số lượng` is better by saying nothing
                if now > value + _margin(short, first, other, chosen[short]):
                    best, stands, value, chosen = reading, stands_so, now, {**chosen, short: other}
        return best

    def _meanings(self, text: str, report: Report | None) -> dict[str, tuple[str, ...]]:
        """What the abbreviations of `text` may stand for: by the lexicon, and by the words of the report that begin with their letters."""
        known = meanings_in(text, self._marks)
        counted = {match.group(2).lower() for match in _COUNTED.finditer(text) if not match.group(1)} & abbreviations().keys() - known.keys()
        known |= {short: (*abbreviations()[short], short) for short in counted}
        topical = {word for word in WORD.findall(text.lower()) if _has_topic(known.get(word, (word,))[0])}
        for word, short_for in self.shortened(text, report).items():
            if word in known and len(topical - {word}) < COMPANY:
                continue
            meanings = known.get(word, (word,))
            known[word] = (*meanings, *(phrase for phrase in short_for if phrase not in meanings))
        return known

    def shortened(self, text: str, report: Report | None) -> dict[str, tuple[str, ...]]:
        """The words of `text` (small letters) that may be short for words of the report side by side, with these, those said most often first."""
        if report is None:
            return {}
        initials = self._reports[report.id].initials
        short = [word for word in typed_words(text) if may_shorten(word) and (word in abbreviations() or word not in self._rarity.words)]
        return {word: phrases for word in short if (phrases := initials.phrases(fold(word)))}

    def _likelihood(self, text: str, report: Report | None) -> tuple[float, float]:
        """What the words and word pairs of a reading weigh that stand together in one statement; and how likely it is, by their share and their order."""
        terms = question_terms(text, self._rarity)
        pairs = [(a.folded, b.folded) for a, b in zip(terms, terms[1:], strict=False)]
        weights: list[tuple[str | tuple[str, str], float]] = [(term.folded, term.weight) for term in terms]
        weights += [(pair, self._rarity.pair(pair)) for pair in pairs]
        reports = [self._reports[report.id]] if report is not None else self._reports.values()
        standing = max((one.together.most(weights) for one in reports), default=0.0)
        whole = sum(term.weight for term in terms) + len(pairs)
        return standing, standing / (whole or 1.0) + FLUENT * self._marks.fluency(text)


def _margin(short: str, first: str, other: str, now: str) -> float:
    """By how much better `other` must be to be taken for an abbreviation read as `now`, where `first` is what it likeliest stands for by itself."""
    if now != first:
        return 0.0
    return CLEARLY if first == short or other in abbreviations()[short] else VERY_CLEARLY


def _has_topic(phrase: str) -> bool:
    """Whether words carry any topic (`sản lượng`, and not `số lượng`)."""
    return not all(map(is_stopword, phrase.split()))
