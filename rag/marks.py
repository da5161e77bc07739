"""Vietnamese marks restored to questions typed without them, from the words of the reports and of the lexicon.

Works on a search copy. A sequence of words is read as the likeliest one of a model of word pairs (Viterbi over word
pairs, smoothed after Kneser and Ney); a word that neither the reports nor the lexicon know stays as typed.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from wordfreq import get_frequency_dict

from corpus.text import WORD, fold
from rag.syllables import is_folded_syllable

DISCOUNT = 0.9
"""What each pair seen gives up to pairs that were not: shared out by how many different words a word follows (Kneser-Ney)."""
WEIGHT_OF_REPORTS, WEIGHT_OF_PHRASES = 3, 2
"""What a word of a report, and of the phrases that people ask with, counts against one of everyday usage."""
COMMON = 0.1
"""The part of everyday frequency in the chance of a word that no neighbour speaks for; the rest is how many words it follows here."""
UNSEEN, UNSEEN_SYLLABLE = 1e-9, 1e-6
"""Chance of what was never seen: of what is no Vietnamese, and of what may well be."""
UNMARKED_SHARE = 0.6
"""A text that bears some marks is still read as typed without, if so great a share of the words that bear marks in Vietnamese bears none."""
_TOKEN = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[.,;:!?()“”\"\n]+")
_MOST = re.compile(r"(?<!\w)(?:bao )?nhiêu(?=(?: (?!cao|thấp|lớn|nhiều|ít)[^\s,?]+){0,5} nhất(?!\w))")
"""What reads like `nhiêu` and can only be `nhiều`: `nhiều ca nhất`."""
_START, _END = "", "\n"
"""Stand before the first word of a clause and behind its last."""


class Marks:
    """Counts of marked words and of their neighbours; `restore` reads what was typed without marks.

    `reports` are texts of reports, `phrases` what people ask with, `usage` lines of everyday Vietnamese; `known` holds
    words in small letters that are no Vietnamese and yet no foreign language (abbreviations).
    """

    def __init__(self, reports: Iterable[str], phrases: Iterable[str], usage: Iterable[str] = (), known: Collection[str] = ()) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._known = known
        for texts, times in ((reports, WEIGHT_OF_REPORTS), (phrases, WEIGHT_OF_PHRASES), (usage, 1)):
            for text in texts:
                self._count(text.lower(), times)
        self._befores = Counter(word for _, word in self._pairs)
        self._afters = Counter(before for before, _ in self._pairs)
        self._forms: dict[str, list[str]] = defaultdict(list)
        self._frequency = get_frequency_dict("vi", wordlist="small")  # of everyday Vietnamese; remembered by wordfreq
        for word in dict.fromkeys((*self._words, *(word for word in self._frequency if is_folded_syllable(fold(word))))):
            if word not in (_START, _END):
                self._forms[fold(word)].append(word)

    def _count(self, text: str, times: int) -> None:
        for clause in _BREAK.split(text):
            before = _START
            for word in WORD.findall(clause):
                self._words[word] += times
                self._words[_START] += times * (before == _START)
                self._pairs[before, word] += times
                before = word
            if before != _START:
                self._words[_END] += times
                self._pairs[before, _END] += times

    def __contains__(self, token: object) -> bool:
        """Whether a word in small letters without marks stands in Vietnamese with marks (`te`: tế), and so is no abbreviation."""
        return is_folded_syllable(str(token)) and any(form != token for form in self._forms.get(str(token), ()))

    def is_unmarked(self, text: str) -> bool:
        """Whether `text` was typed without marks: (nearly) none of its words that bear marks in Vietnamese bears any here."""
        bare = marked = 0
        for token in _TOKEN.findall(text.lower()):
            if fold(token) != token:
                marked += 1
            elif token not in self._known and self.bears_marks(token):
                bare += 1
        return bare > 0 and bare >= UNMARKED_SHARE * (bare + marked) and not self.is_foreign(text)

    def bears_marks(self, token: str) -> bool:
        """Whether the unmarked `token` mostly stands with marks."""
        forms = self._forms.get(token, ())
        return 2 * self._words[token] < sum(self._words[form] for form in forms)

    def restore(self, text: str) -> str:
        """`text` with its likeliest marks, capitals kept; unchanged where it was typed with marks."""
        return self.fill(text) if self.is_unmarked(text) else text

    def fill(self, text: str) -> str:
        """`text` with the likeliest marks on each of its words that bears none, capitals kept."""
        tokens = list(WORD.finditer(text))
        ways = [dict.fromkeys(self._forms_of(token.group().lower()), 0.0) for token in tokens]
        return _MOST.sub("nhiều", write_over(text, tokens, self.likeliest(ways)))

    def likeliest(self, ways: Sequence[Mapping[str, float]]) -> list[str]:
        """The likeliest sequence of words, one out of each of `ways`: words in small letters, each with the log of what it costs to read it there."""
        paths: dict[str, tuple[float, list[str]]] = {_START: (0.0, [])}
        for forms in ways:
            following: dict[str, tuple[float, list[str]]] = {}
            for form, cost in forms.items():
                score, path = max(
                    ((score + self._log_chance(before, form), path) for before, (score, path) in paths.items()), key=lambda pair: pair[0]
                )
                following[form] = (score - cost, [*path, form])
            paths = following
        return max((score + self._log_chance(before, _END), path) for before, (score, path) in paths.items())[1]

    def fluency(self, text: str) -> float:
        """The mean log chance of the words of `text` where they stand, as they are written."""
        words = [match.group().lower() for match in WORD.finditer(text)]
        chances = [self._log_chance(before, word) for before, word in zip((_START, *words), (*words, _END), strict=True)]
        return sum(chances) / len(chances)

    def _log_chance(self, before: str, word: str) -> float:
        chance, times = (1 - COMMON) * self._befores[word] / len(self._pairs) + COMMON * self._frequency.get(word, 0.0), self._words[before]
        if times:
            chance = (max(self._pairs[before, word] - DISCOUNT, 0.0) + DISCOUNT * self._afters[before] * chance) / times
        return math.log(max(chance, UNSEEN if self.knows(word) or not is_folded_syllable(fold(word)) else UNSEEN_SYLLABLE))

    def _forms_of(self, token: str) -> Sequence[str]:
        return [token] if fold(token) != token else self.forms(token) or [token]

    def bound(self, first: str, second: str) -> float:
        """How closely two words (small letters, with their marks) belong together: the share of the rarer one's uses beside the other, 0 to 1."""
        return self._pairs[first, second] / max(1, min(self._words[first], self._words[second]))

    def forms(self, token: str) -> Sequence[str]:
        """The words, in small letters and with their marks, that fold to `token`."""
        return self._forms.get(token, ())

    def knows(self, word: str) -> bool:
        """Whether `word` (small letters, with its marks) was ever seen."""
        return word in self._words or word in self._frequency

    @property
    def pairs(self) -> Mapping[tuple[str, str], int]:
        """How often two Vietnamese words (small letters, with their marks) were seen side by side."""
        return {pair: times for pair, times in self._pairs.items() if all(is_folded_syllable(fold(word)) for word in pair)}

    @property
    def words(self) -> list[str]:
        """Every Vietnamese word seen, in small letters with its marks."""
        return [form for token, forms in self._forms.items() if is_folded_syllable(token) for form in forms]

    def is_foreign(self, text: str) -> bool:
        """Whether many of the words are neither known nor Vietnamese syllables."""
        tokens = [token for token in _TOKEN.findall(fold(text)) if len(token) > 1]
        strange = [token for token in tokens if token not in self._forms and token not in self._known and not is_folded_syllable(token)]
        return len(strange) > 0.4 * max(len(tokens), 1)


def write_over(text: str, tokens: Sequence[re.Match[str]], forms: Sequence[str]) -> str:
    """`text` with each of its `tokens` (in order) replaced by the word in small letters at its place in `forms`, capitals kept."""
    parts, at = [], 0
    for token, form in zip(tokens, forms, strict=True):
        parts += [text[at : token.start()], _with_capitals(token.group(), form)]
        at = token.end()
    return "".join((*parts, text[at:]))


def _with_capitals(typed: str, form: str) -> str:
    if form == typed.lower():
        return typed
    if typed.isupper() and len(typed) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if typed[:1].isupper() else form
