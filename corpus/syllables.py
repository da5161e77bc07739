"""Whether words are spelled as Vietnamese syllables: tells text that was read right from text that was not."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_NUCLEUS = (
    r"(?:uyê|oai|oay|oao|oeo|uây|uôi|ươi|ươu|iêu|yêu|uyu|uya|ia|iê|ya|yê|ua|uô|ưa|ươ|oa|oă|oe|uâ|uê|uy|uơ|ai|ay|ây|ao|au|âu|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|oo"
    r"|[aăâeêioôơuưy])"
)
_CODA = r"(?P<coda>ng|nh|ch|[cmnpt])?"
_SYLLABLE = re.compile(_ONSET + _NUCLEUS + _CODA)
_WORD = re.compile(r"[^\W\d_]+")
_TONES = frozenset("̣̀́̃̉")
_CLOSED_TONES = frozenset("̣́")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether `word` (any case, any normal form) can be a Vietnamese syllable."""
    tones, letters = set(), []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tones.add(char)
        else:
            letters.append(char)
    match = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", "".join(letters)))
    if match is None or len(tones) > 1:
        return False
    return match.group("coda") not in ("c", "ch", "p", "t") or not tones or tones <= _CLOSED_TONES


def share_of_syllables(text: str, marked_only: bool = False) -> float:
    """The share (0..1) of the words of `text` that are Vietnamese syllables; 0 where there are none.

    `marked_only` counts the words alone that hold a letter outside ASCII: plain ones tell nothing of an encoding.
    """
    words = [word for word in re.findall(r"[^\s\d.,;:!?()“”\"/%-]+", text) if _WORD.search(word) or not word.isascii()]
    if marked_only:
        words = [word for word in words if not word.isascii()]
    return sum(is_syllable(word.strip("'’‘[]*_…–")) for word in words) / len(words) if words else 0.0
