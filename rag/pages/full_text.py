"""Full-text search: the words themselves, typed with diacritics or without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus import Passage
from corpus.text import WORD, fold, has_diacritics, nfc, sentences, unify_tone

_SHORTEST_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A place where the words were found: the sentence around it, and the spans of the words, all in the passage's text."""

    passage: Passage
    sentence: tuple[int, int]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SearchText:
    """A passage cut into words: their spans, and their keys with and without diacritics."""

    passage: Passage
    spans: tuple[tuple[int, int], ...]
    marked: tuple[str, ...]
    folded: tuple[str, ...]

    @classmethod
    def of(cls, passage: Passage) -> SearchText:
        """The words of a passage."""
        found = list(WORD.finditer(passage.text))
        words = [match.group() for match in found]
        spans = tuple((match.start(), match.end()) for match in found)
        return cls(passage, spans, tuple(map(unify_tone, words)), tuple(map(fold, words)))


def find_words(query: str, texts: Iterable[SearchText]) -> list[Match]:
    """Where the words of `query` stand one after the other (the last may be a beginning); else where a sentence has them all.

    A query with any diacritic must match in its diacritics, whatever the placement of the tone mark.
    """
    query = nfc(query)
    key: Callable[[str], str] = unify_tone if has_diacritics(query) else fold
    keys = [key(word) for word in WORD.findall(query)]
    if not keys:
        return []
    listed = list(texts)
    exact = has_diacritics(query)
    rows = [(text, text.marked if exact else text.folded) for text in listed]
    phrases = [match for text, words in rows for match in _phrases(text, words, keys)]
    return phrases or [match for text, words in rows for match in _sentences_with_all(text, words, keys)]


def _phrases(text: SearchText, words: Sequence[str], keys: Sequence[str]) -> list[Match]:
    by_sentence: dict[tuple[int, int], list[tuple[int, int]]] = {}
    cut = sentences(text.passage.text)
    last = len(keys) - 1
    for at in range(len(words) - last):
        if list(words[at : at + last]) == list(keys[:last]) and _begins(words[at + last], keys[last]):
            start, end = text.spans[at][0], text.spans[at + last][1]
            sentence = next((one for one in cut if one[0] <= start < one[1]), (start, end))
            by_sentence.setdefault(sentence, []).append((start, end))
    return [Match(text.passage, sentence, tuple(spans)) for sentence, spans in by_sentence.items()]


def _sentences_with_all(text: SearchText, words: Sequence[str], keys: Sequence[str]) -> list[Match]:
    found = []
    for start, end in sentences(text.passage.text):
        inside = [n for n, span in enumerate(text.spans) if start <= span[0] < end]
        if {words[n] for n in inside} >= set(keys):
            spans = tuple(text.spans[n] for n in inside if words[n] in keys)
            found.append(Match(text.passage, (start, end), spans))
    return found


def _begins(word: str, key: str) -> bool:
    return word == key or (len(key) >= _SHORTEST_BEGINNING and key.isalpha() and word.startswith(key))
