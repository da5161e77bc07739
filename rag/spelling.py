"""What was meant by hurried typing: raw Telex, wrong or missing tones, slips of the keys. Works on a search copy; quotes are never touched.

A noisy channel: each word may be read as what it is, or, at a cost, as a word that a slip makes of it; of all sequences
the likeliest of the model of word pairs (`rag.marks`) is taken. A word that may be meant stays unless its neighbours
speak clearly for another: what the report does not know must stay unknown, not become something near it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cached_property

from rapidfuzz.distance import OSA

from corpus.abbreviations import abbreviations
from corpus.syllables import is_syllable
from corpus.text import WORD, fold, has_diacritics, unify_tone
from rag.marks import Marks, write_over
from rag.syllables import from_telex, is_folded_syllable, settle_tones, toneless, with_tone

TELEX = 1.0
"""Log of what it costs to read raw Telex keys as what they spell."""
TONE, SHAPE, UNKNOWN, UNKNOWN_SHAPE, BARE = 5.0, 6.0, 3.0, 4.0, 3.0
"""... a word with another tone, with other marks on its vowels, one nobody knows with other marks, one that mostly bears marks and was typed without any."""
SLIP, SLIP_OF_SYLLABLE, SLIP_OF_WORD = 5.0, 7.0, 8.5
"""... a word with one letter more, less, other or swapped: of what is no syllable, of one nobody knows, of a known word."""
CAREFUL = 1.4
"""How much more it costs to read a known word as another one, where no word shows that the typing was careless."""
NO_SYLLABLE = 8.0
"""... as it is, what is no syllable."""
NAME = 3.0
"""What a capital inside a sentence adds: names are of all sorts."""
LEAST_LETTERS = 3
"""Shorter words are never taken for slips of the keys."""
SAID, AHEAD = 20, 1.75
"""A contraction is read as a pair of words said so often, and so many times as often as any other pair."""
SHOUTED = 6
"""Capital words of fewer letters are abbreviations."""


_VOWEL = re.compile(r"[aeiouy]")


class Speller:
    """Mends slips of typing by the words and word pairs that `marks` knows."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """Known words, with their marks and without (see `_by_slips`)."""
        return _by_slips(spelled for word in self._marks.words for spelled in (word, fold(word)))

    @cached_property
    def _abbreviations(self) -> dict[str, set[str]]:
        """Abbreviations that may be mended to (see `_by_slips`)."""
        return _by_slips(short for short in abbreviations() if len(short) > LEAST_LETTERS)

    @cached_property
    def _contracted(self) -> dict[str, Counter[str]]:
        """Pairs of words as people shorten them to one, folded (`ktra`) -> what they stand for (`kiểm tra`), and how often that is said."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for (first, second), times in self._marks.pairs.items():
            found[fold(first)[0] + fold(second)][f"{first} {second}"] += times
        return found

    def _written_out(self, match: re.Match[str]) -> str:
        """A word that shortens a pair of words (`ktra`) as that pair, without marks where it bears none; else the word."""
        word = match.group().lower()
        if _is_abbreviation(match.group()) or self._marks.knows(word) or not _is_contraction(fold(word)):
            return match.group()
        meant = [(times, pair) for pair, times in self._contracted.get(fold(word), Counter()).items() if not has_diacritics(word) or pair.endswith(word[1:])]
        if not meant:
            return match.group()
        (most, pair), *others = sorted(meant, reverse=True)
        sure = most >= SAID and (not others or most >= AHEAD * others[0][0])
        return (pair if has_diacritics(word) else fold(pair)) if sure else match.group()

    def mend(self, text: str, kept: Container[str] = ()) -> str:
        """`text` with its slips mended, capitals kept. Text without any marks stays without, but for raw Telex; words `kept` (small letters) stay."""
        text = WORD.sub(lambda match: match.group() if match.group().lower() in kept else self._written_out(match), settle_tones(text))
        tokens = list(WORD.finditer(text))
        typed = [token.group().lower() for token in tokens]
        spelled = [self._spelled(token.group()) for token in tokens]
        read = write_over(text, tokens, [telex or word for telex, word in zip(spelled, typed, strict=True)])
        if not has_diacritics(text) and self._marks.is_foreign(read):
            return text
        bare = self._marks.is_unmarked(read)
        care = 1.0 if any(self._is_slip(token.group()) for token in tokens) else CAREFUL
        ways = [
            {word: 0.0} if word in kept else self._ways(token.group(), telex, care, bare=bare, named=token.start() > 0)
            for token, word, telex in zip(tokens, typed, spelled, strict=True)
        ]
        meant = zip(typed, self._marks.likeliest(ways), strict=True)
        return write_over(text, tokens, [word if _is_same(form, word) or (bare and fold(form) == word) else form for word, form in meant])

    def _spelled(self, token: str) -> str:
        """What the raw Telex keys `token` spell, in small letters; empty where they spell nothing, or may be a word as they are."""
        low = token.lower()
        if _is_abbreviation(token) or (is_folded_syllable(low) and self._marks.knows(low)):
            return ""
        found = from_telex(low)
        if found is None:
            return ""
        meant = with_tone(*found)
        return next((form for form in self._marks.forms(fold(meant)) if _is_same(form, meant)), meant)

    def _is_slip(self, token: str) -> bool:
        """Whether `token` shows that the typing was careless: a word of small letters that is none."""
        return token.islower() and token.isalpha() and not _is_abbreviation(token) and not self._marks.knows(token) and not self._marks.forms(token)

    def _ways(self, token: str, telex: str, care: float, *, bare: bool, named: bool) -> dict[str, float]:
        """The words that `token` may stand for, each with what it costs; what is known costs `care` times as much to read as another word."""
        low = token.lower()
        ways = {low: 0.0}
        if _is_abbreviation(token) or not low.isalpha():
            return ways
        extra = NAME if named and token[:1].isupper() else 0.0
        same = self._marks.forms(fold(low))
        possible = is_syllable(low)
        if telex:
            ways[telex] = TELEX
        elif not possible:
            ways[low] = NO_SYLLABLE
        if bare and same and not has_diacritics(low):
            return dict.fromkeys(same, 0.0)
        for form in same:
            if form != low:
                ways[form] = extra + self._cost_of_marks(low, form, care)
        if self._may_slip(low):
            cost = extra + (SLIP if not possible else SLIP_OF_WORD * care if self._marks.knows(low) else SLIP_OF_SYLLABLE)
            for form in self._slips_of(low, bare=bare):
                ways.setdefault(form, cost)
        return ways

    def _may_slip(self, word: str) -> bool:
        """Whether `word` is long enough to be mended, and no contraction."""
        said = self._contracted.get(fold(word), Counter()) if _is_contraction(fold(word)) else Counter()
        return len(word) >= LEAST_LETTERS and max(said.values(), default=0) < SAID

    def _cost_of_marks(self, low: str, form: str, care: float) -> float:
        if _is_same(form, low):
            return 0.0
        if not has_diacritics(low):
            return BARE if self._marks.bears_marks(low) else care * TONE
        if not self._marks.knows(low):
            return UNKNOWN if toneless(form) == toneless(low) else UNKNOWN_SHAPE
        return care * (TONE if toneless(form) == toneless(low) else SHAPE)

    def _slips_of(self, word: str, *, bare: bool) -> list[str]:
        """What is one slip of the keys away from `word`: known words as written, or in a text without marks (`bare`) without these; abbreviations."""
        short = _one_slip_from(word, self._abbreviations) if len(word) > LEAST_LETTERS else []
        if not _VOWEL.search(fold(word)) and (bare or len(word) == LEAST_LETTERS):
            return short
        near = _one_slip_from(word, self._words)
        return short + [form for known in near for form in (self._marks.forms(known) if bare else [known] if self._marks.knows(known) else ())]


def _is_same(form: str, word: str) -> bool:
    """Whether two words differ at most by where their tone stands (`hóa`, `hoá`)."""
    return form == word or (has_diacritics(word) and unify_tone(form) == unify_tone(word))


def _is_abbreviation(token: str) -> bool:
    return token.lower() in abbreviations() or (token.isupper() and len(token) < SHOUTED)


def _is_contraction(word: str) -> bool:
    """Whether the folded `word` is written like `ktra`, `tgian`: the first letter of one syllable before another."""
    return len(word) >= LEAST_LETTERS and word[0] != word[1] and not _VOWEL.match(word) and not is_folded_syllable(word) and is_folded_syllable(word[1:])


def _by_slips(words: Iterable[str]) -> dict[str, set[str]]:
    """`words` by themselves and by each of their copies with one letter left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for key in _shortened(word):
            found[key].add(word)
    return found


def _one_slip_from(word: str, among: Mapping[str, set[str]]) -> list[str]:
    """The words of an index made by `_by_slips` that are at most one slip of the keys away from `word`, in a fixed order."""
    candidates = set().union(*(among.get(key, ()) for key in _shortened(word)))
    return sorted(known for known in candidates if OSA.distance(word, known, score_cutoff=1) <= 1)


def _shortened(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]
