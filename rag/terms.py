"""What words weigh: terms of a question and of a figure, rarity over the reports, coverage of one by the other."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus.text import WORD, fold, has_diacritics, search_key, search_words, unify_tone
from rag.lexicon import bearing, compound_pairs, everyday, lightwords, stopwords, synonyms

LIGHT = 0.3
SEEN = 0.2
"""A word found for less (see `match`) is not found."""
LEAST_TOGETHER = 3
"""Statements that two words must stand together in to count as a compound."""
COMPOUND = 0.3
"""Two words of at least this association are read as one compound (`công nghiệp`)."""
OTHER_MARKS, OTHER_MARKS_UNSURE = 0.55, 0.85
TIGHT = 0.5
"""The association from which a word without topic of its own is part of a compound (`con` in `con nuôi`)."""
APART, HALF = 0.5, 0.15
"""What it is worth that both words of a compound are found, but apart; that one of them is."""
SAME, SYNONYM = 0.9, 0.8
"""What it is worth that a phrase is found that is the very same in meaning; that one is that may stand for it."""
UNMARKED_STOP = 0.25
AMBIGUOUS = frozenset(
    "can con cho the hang ban co la de ve va tai bao so do moi trong mot ma dang bi tu dat day mat di ra len chua chu lai thi cong duong dong tang tham "
    "thu chi quy mua nuoc tin don dan doi xa ho lop nha vu mau ga lon bo cay qua goi an dau da o hoa ca ruong song dien giai khoa hoc sinh tre".split()
)
"""Unmarked words that stand for a word without topic, and as well for one with (`can`: cần, cân; `tai`: tại, tải)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question, or a compound of two: folded, with its marks (empty where unknown), weight, and phrases that may stand for it.

    `same` are those of the phrases that people use for the very same thing (`rag.lexicon.synonyms`).

    `unsure` says that the marks were restored; `at` is the number of its first word in the question; `name`: it is (a part of) a name.
    """

    folded: str
    marked: str
    weight: float
    synonyms: tuple[tuple[str, ...], ...]
    same: frozenset[tuple[str, ...]] = frozenset()
    unsure: bool = False
    at: int = -1
    name: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """Its folded words."""
        return tuple(self.folded.split(" "))

    @property
    def spelled(self) -> tuple[str, ...]:
        """Its words with their marks where these are known."""
        return tuple((self.marked or self.folded).split(" "))


_DATE = re.compile(r"(\d{1,2}/\d{1,2})/\d{4}")
"""A date, which people name without its year."""


class Words:
    """The words of a piece of text, for look-up: folded and marked single words, folded adjacent pairs.

    Two words with a number between are a pair in either order: `chết 12 người` speaks of `người chết`.
    """

    __slots__ = ("folded", "marked", "pairs", "order")

    def __init__(self, text: str) -> None:
        tokens = WORD.findall(text.lower())
        self.order = tuple(search_key(token) for token in tokens)
        self.folded = frozenset(self.order) | frozenset(day.group(1) for token in self.order if (day := _DATE.fullmatch(token)))
        self.marked = frozenset(unify_tone(token) for token in tokens)
        across = [(a, b) for a, number, b in zip(self.order, self.order[1:], self.order[2:], strict=False) if number[:1].isdigit()]
        self.pairs = frozenset((*zip(self.order, self.order[1:], strict=False), *across, *((b, a) for a, b in across)))

    def holds(self, phrase: Sequence[str]) -> bool:
        """Whether the folded words of `phrase` stand here next to one another."""
        if len(phrase) == 1:
            return phrase[0] in self.folded
        return all(pair in self.pairs for pair in zip(phrase, phrase[1:], strict=False))


class Rarity:
    """Inverse document frequency of folded words and pairs over the statements of the reports."""

    def __init__(self, statements: Iterable[Words]) -> None:
        words: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        marked: Counter[str] = Counter()
        count = 0
        for statement in statements:
            count += 1
            words.update(statement.folded)
            marked.update(statement.marked)
            pairs.update(statement.pairs)
        self.count = max(count, 1)
        self.words, self.pairs, self.marked = words, pairs, marked
        self._phrases: dict[tuple[str, ...], bool] = {}

    @property
    def vocabulary(self) -> Counter[str]:
        """Folded words with the number of statements that hold them."""
        return self.words

    def has(self, phrase: tuple[str, ...]) -> bool:
        """Whether the folded words of `phrase` stand side by side anywhere in the reports."""
        known = self._phrases.get(phrase)
        if known is None:
            pairs = zip(phrase, phrase[1:], strict=False)
            known = self._phrases[phrase] = all(pair in self.pairs for pair in pairs) if len(phrase) > 1 else phrase[0] in self.words
        return known

    def word(self, folded: str, marked: str = "") -> float:
        """Weight of a word, about 0.3 (everywhere) to 1 (nowhere); by its marks where they are known and the reports hold it so."""
        count = self.marked.get(marked, 0) if marked else 0
        return self._scaled(count or self.words.get(folded, 0))

    def pair(self, pair: tuple[str, str]) -> float:
        """Weight of two adjacent words."""
        return self._scaled(self.pairs.get(pair, 0))

    def association(self, pair: tuple[str, str]) -> float:
        """How much two adjacent words belong together, 0 to 1: of the statements with the rarer of them, those with the pair."""
        together = self.pairs.get(pair, 0)
        return together / min(self.words[pair[0]], self.words[pair[1]]) if together >= LEAST_TOGETHER else 0.0

    def _scaled(self, frequency: int) -> float:
        top = math.log(1 + self.count)
        return max(0.08, math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5)) / top) if top else 1.0


@lru_cache(maxsize=2)
def _synonym_phrases(strict: bool) -> dict[tuple[str, ...], tuple[tuple[tuple[str, ...], ...], str]]:
    """Folded phrase -> (folded alternatives, the phrase as written)."""
    table: dict[tuple[str, ...], tuple[tuple[tuple[str, ...], ...], str]] = {}
    for group in synonyms() if strict else (*synonyms(), *everyday()):
        folded = [tuple(search_words(phrase)) for phrase in group]
        for phrase, written in zip(folded, group, strict=True):
            others = tuple(other for other in folded if other != phrase)
            known, _ = table.get(phrase, ((), written))
            table[phrase] = (known + others, written)
    return table


@lru_cache(maxsize=1)
def _single_synonyms() -> dict[str, frozenset[str]]:
    """Folded word -> the words with their marks that stand alone in a group of synonyms (`lon`: lợn, and not lớn)."""
    table: dict[str, set[str]] = {}
    for group in (*synonyms(), *everyday()):
        for phrase in group:
            if " " not in phrase:
                table.setdefault(search_key(phrase), set()).add(unify_tone(phrase))
    return {folded: frozenset(marked) for folded, marked in table.items()}


def is_stopword(word: str) -> bool:
    """Whether a word as typed carries no topic; a word typed without marks counts if any such word folds to it."""
    written, folded = stopwords()
    low = word.lower()
    return low in written or (fold(low) == low and low in folded)


def _topic_share(token: str, typed_with_marks: bool) -> float:
    """How much of its rarity a word weighs: nothing for a stop word, little for a light word or what may be one unmarked."""
    low = token.lower()
    written, folded = stopwords()
    light, light_folded = lightwords()
    if typed_with_marks:
        return 0.0 if low in written else LIGHT if low in light else 1.0
    if low in folded:
        return UNMARKED_STOP if low in AMBIGUOUS else 0.0
    return LIGHT if low in light_folded and low not in AMBIGUOUS else 1.0


def compound_terms(text: str, rarity: Rarity, ignored: frozenset[str] = frozenset(), *, unsure: bool = False) -> tuple[Term, ...]:
    """The topic words of a question, in order, words that belong together as one term. `unsure`: its marks were restored."""
    single = {term.at: replace(term, unsure=unsure) for term in question_terms(text, rarity, ignored)}
    tokens = WORD.findall(text)
    folded = [search_key(token) for token in tokens]
    typed_with_marks = has_diacritics(text)
    standing_for = _standing_for(tokens, folded, rarity)
    out: list[Term] = []
    at = 0
    spelled = [unify_tone(token) for token in tokens] if typed_with_marks else folded
    named = name_words(text)
    for first, length in _segments(folded, spelled, single, ignored, rarity, named):
        while at < first:
            out += [single[at]] if at in single else []
            at += 1
        if length == 2:
            one = _compound(tokens, folded, first, single, standing_for, rarity)
            out.append(replace(one, unsure=unsure, marked=one.marked if typed_with_marks else "", name={first, first + 1} <= named))
        elif first in single:
            out.append(single[first])
        at = first + length
    shares = bearing() if typed_with_marks else {}
    return tuple(replace(term, weight=term.weight * shares.get(term.marked, 1.0)) for term in out)


def _segments(
    folded: Sequence[str], spelled: Sequence[str], single: dict[int, Term], ignored: frozenset[str], rarity: Rarity, named: frozenset[int]
) -> list[tuple[int, int]]:
    """`(first word, 1 or 2)`: the cut of the words into singles and compounds of the greatest association in all; `named` words belong to names."""
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
    for end in range(1, len(folded) + 1):
        options = [(best[end - 1][0], [*best[end - 1][1], (end - 1, 1)])]
        if end > 1:
            gain = 1.0 if {end - 2, end - 1} <= named else _gain(end - 2, folded, spelled, single, ignored, rarity)
            if gain > 0:
                options.append((best[end - 2][0] + gain, [*best[end - 2][1], (end - 2, 2)]))
        best.append(max(options, key=lambda option: option[0]))
    return best[-1][1]


def _gain(
    at: int, folded: Sequence[str], spelled: Sequence[str], single: dict[int, Term], ignored: frozenset[str], rarity: Rarity
) -> float:
    first, second = folded[at], folded[at + 1]
    if first in ignored or second in ignored or not (first.isalpha() and second.isalpha()):
        return 0.0
    bare = (at not in single) + (at + 1 not in single)
    if bare == 2:
        return 0.0
    known = (spelled[at], spelled[at + 1]) in compound_pairs()
    return (1.0 if known else rarity.association((first, second))) - (TIGHT if bare else COMPOUND)


def _compound(
    tokens: Sequence[str],
    folded: Sequence[str],
    at: int,
    single: dict[int, Term],
    standing_for: dict[int, list[Standing]],
    rarity: Rarity,
) -> Term:
    pair = (folded[at], folded[at + 1])
    members = [single[n] for n in (at, at + 1) if n in single]
    topic = max(term.weight / rarity.word(term.folded, term.marked) for term in members)
    weight = max(rarity.pair(pair) * topic, *(term.weight for term in members))
    standing = [one for one in standing_for.get(at, ()) if one.end >= at + 2]
    return Term(" ".join(pair), " ".join(unify_tone(tokens[n]) for n in (at, at + 1)), weight, *_phrases(standing), at=at)


def question_terms(text: str, rarity: Rarity, ignored: frozenset[str] = frozenset(), *, strict: bool = False) -> tuple[Term, ...]:
    """The topic words of a question, in order. `ignored` are folded words that were understood otherwise (years, units).

    `strict` leaves out the synonyms that are wider in meaning (`rag.lexicon.everyday`), and keeps those that no report says.
    """
    tokens = WORD.findall(text)
    folded = [search_key(token) for token in tokens]
    standing_for = _standing_for(tokens, folded, rarity, strict=strict)
    typed_with_marks = has_diacritics(text)
    named = name_words(text)
    terms = []
    for at, token in enumerate(tokens):
        if folded[at] in ignored or token.isdigit():
            continue
        share = 1.0 if at in named else _topic_share(token, typed_with_marks)
        if not share:
            continue
        marked = unify_tone(token) if typed_with_marks else ""
        terms.append(Term(folded[at], marked, rarity.word(folded[at], marked) * share, *_phrases(standing_for.get(at, ())), at=at))
    return tuple(terms)


def name_words(text: str) -> frozenset[int]:
    """The numbers of the words that make up a name: two and more with capitals side by side, none of which opens the text (`Bà Triệu`)."""
    tokens = list(WORD.finditer(text))
    capital = [token.group()[:1].isupper() and not token.group().isupper() and n > 0 for n, token in enumerate(tokens)]
    beside = [text[one.end() : other.start()] == " " for one, other in pairwise(tokens)]
    pairs = [at for at in range(len(beside)) if beside[at] and capital[at] and capital[at + 1]]
    return frozenset(number for at in pairs for number in (at, at + 1))


class Standing(NamedTuple):
    """A folded phrase of the reports that may stand for words of a question, the last but one of these, and whether it is the very same in meaning."""

    phrase: tuple[str, ...]
    end: int
    same: bool


def _phrases(standing: Iterable[Standing]) -> tuple[tuple[tuple[str, ...], ...], frozenset[tuple[str, ...]]]:
    """The phrases, each once, and those that are the very same in meaning."""
    return tuple(dict.fromkeys(one.phrase for one in standing)), frozenset(one.phrase for one in standing if one.same)


def _standing_for(tokens: Sequence[str], folded: Sequence[str], rarity: Rarity, *, strict: bool = False) -> dict[int, list[Standing]]:
    """By word: the phrases of the reports that may stand for it and those beside it."""
    table, close = _synonym_phrases(strict), _synonym_phrases(True)
    found: dict[int, list[Standing]] = {}
    for at in range(len(tokens)):
        for length in range(1, min(6, len(tokens) - at) + 1):
            words = tuple(folded[at : at + length])
            entry = table.get(words)
            if entry is None or not _same_marks(tokens[at : at + length], entry[1]):
                continue
            same = close[words][0] if words in close else ()
            for position in range(at, at + length):
                found.setdefault(position, []).extend(Standing(phrase, at + length, phrase in same) for phrase in entry[0] if strict or rarity.has(phrase))
    return found


def _same_marks(tokens: Sequence[str], written: str) -> bool:
    typed = " ".join(tokens).lower()
    return fold(typed) == typed or [unify_tone(w) for w in typed.split()] == [unify_tone(w) for w in written.split()]


def topic(words: Iterable[str]) -> frozenset[str]:
    """Those of folded words that name something: no figures, no words without topic."""
    return frozenset(word for word in words if not word[:1].isdigit() and not is_stopword(word))


def pairs_of(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """Adjacent pairs of folded topic words, the last word of one term and the first of the next."""
    return [(a.parts[-1], b.parts[0]) for a, b in zip(terms, terms[1:], strict=False)]


def match(term: Term, words: Words) -> float:
    """How well `words` hold one term: 1 as typed, 0.55 with other marks (0.85 where marks were restored), 0.9 and 0.8 by a synonym, 0 not."""
    parts = term.parts
    best = 0.0
    if words.holds(parts):
        if not term.marked or all(part in words.marked for part in term.marked.split(" ")):
            return 1.0
        best = OTHER_MARKS_UNSURE if term.unsure else OTHER_MARKS
    elif len(parts) > 1:
        marked = term.marked.split(" ") if term.marked and not term.unsure else parts
        where = words.marked if term.marked and not term.unsure else words.folded
        there = sum(part in where for part in marked)
        best = APART if there == len(parts) else HALF if there else 0.0
    for phrase in term.synonyms:
        if words.holds(phrase) and (len(phrase) > 1 or not words.marked.isdisjoint(_single_synonyms()[phrase[0]])):
            best = max(best, SAME if phrase in term.same else SYNONYM)
            if best >= SAME:
                return best
    return best
