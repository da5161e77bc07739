"""What was meant by hurried typing: raw Telex and slips. Works on a search copy; quotes are never touched."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from corpus.abbreviations import abbreviations
from corpus.text import fold, has_diacritics

_ONSETS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x|"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|em|en|eng|eo|ep|et|eu|ech|enh|i|ia|ich|iec|iem|ien|ieng|iep|iet|ieu|im|in|inh|ip|it|iu|"
    "o|oa|oac|oach|oai|oam|oan|oang|oanh|oat|oay|oao|oc|oe|oen|oet|oeo|oi|om|on|ong|ooc|oong|op|ot|u|ua|uan|uang|uat|uay|uan|uc|ue|uech|uenh|ui|um|un|ung|"
    "uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya|uych|uyen|uyet|uynh|uyt|uyu|uya|uau|y|ych|yem|yen|yet|yeu|yn|ynh|yt|uoa"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})(?:{_RIMES})")
_VOWEL = re.compile(r"[aeiouy]")
_TELEX_TONE = re.compile(r"^(.*[aeiouy].*)[sfrxj]$|^(.*[aeiouy])[sfrxj](.*)$")


def is_syllable(word: str) -> bool:
    """Whether the folded `word` can be a Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(word))


@lru_cache(maxsize=4096)
def from_telex(word: str) -> str:
    """The folded word that raw Telex keys spell (`ddoongf` -> `dong`); `word` itself where they spell none."""
    if not word.isascii() or not word.isalpha():
        return word
    low = word.lower()
    plain = re.sub(r"dd", "d", low)
    plain = re.sub(r"([aeo])\1", r"\1", plain)
    plain = re.sub(r"([aou])w", r"\1", plain).replace("uwo", "uo").replace("uow", "uo")
    plain = re.sub(r"(?<![aou])w", "u", plain)
    match = _TELEX_TONE.match(plain)
    candidates = [plain]
    if match:
        candidates.append(match.group(1) or (match.group(2) + match.group(3)))
    trailing = re.sub(r"^(.*[aeiouy][a-z]*?)[sfrxjw]+$", r"\1", plain)
    candidates.append(re.sub(r"([aeo])([a-z]*)\1$", r"\1\2", trailing))
    candidates.append(trailing)
    for candidate in candidates[::-1]:
        if candidate != low and is_syllable(candidate):
            return candidate
    return word


_MISPLACED = tuple(
    (f"{marked}{second}", f"{first}{moved}")
    for first, second, marks, moves in (("ư", "ơ", "ứừửữự", "ớờởỡợ"), ("i", "ê", "íìỉĩị", "ếềểễệ"), ("u", "ô", "úùủũụ", "ốồổỗộ"), ("y", "ê", "ýỳỷỹỵ", "ếềểễệ"))
    for marked, moved in zip(marks, moves, strict=True)
)


def settle_tones(text: str) -> str:
    """`text` with a tone put on the first vowel of `ươ`, `iê`, `uô` or `yê` moved to where it belongs (`lựơt`: `lượt`)."""
    for wrong, right in _MISPLACED:
        text = text.replace(wrong, right)
    return text


def repair(text: str, vocabulary: Collection[str]) -> str:
    """`text` with words that are no Vietnamese replaced by what they spell in Telex, or by the nearest known word.

    `vocabulary` holds the folded words of the reports. A word that could be Vietnamese is left alone: what the report
    does not know must stay unknown, not become something near it.
    """

    def one(match: re.Match[str]) -> str:
        word = match.group()
        low = fold(word)
        short = len(low) < 3 or not _VOWEL.search(low) or (word.isupper() and len(word) < 6)
        if short or word.lower() in abbreviations() or low in vocabulary or is_syllable(low):
            return word
        if not has_diacritics(word):
            typed = from_telex(word)
            if typed != word:
                return typed
        return _nearest(low, vocabulary) or word

    return re.sub(r"[^\W\d_]+", one, text)


def _nearest(word: str, vocabulary: Collection[str]) -> str | None:
    best: tuple[int, int, str] | None = None
    for known in vocabulary:
        if abs(len(known) - len(word)) > 1 or not known.isalpha() or len(known) < 2:
            continue
        distance = DamerauLevenshtein.distance(word, known, score_cutoff=1)
        if distance <= 1:
            key = (distance, 0 if known[0] == word[0] else 1, known)
            best = min(best, key) if best else key
    return best[2] if best else None
