"""The written form of Vietnamese syllables: which are possible, where the tone stands, what raw Telex keys spell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from corpus.text import fold, has_diacritics, nfc

_ONSETS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x|"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|em|en|eng|eo|ep|et|eu|ech|enh|i|ia|ich|iec|iem|ien|ieng|iep|iet|ieu|im|in|inh|ip|it|iu|"
    "o|oa|oac|oach|oai|oam|oan|oang|oanh|oat|oay|oao|oc|oe|oen|oet|oeo|oi|om|on|ong|ooc|oong|op|ot|u|ua|uan|uang|uat|uay|uan|uc|ue|uech|uenh|ui|um|un|ung|"
    "uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya|uych|uyen|uyet|uynh|uyt|uyu|uya|uau|y|ych|yem|yen|yet|yeu|yn|ynh|yt|uoa"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})(?:{_RIMES})")
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TONE_FIRST = re.compile(f"([{''.join(_TONES.values())}])([{_HAT}{_BREVE}{_HORN}])")
_DOUBLED = {"a": "â", "e": "ê", "o": "ô"}
_HOOKED = {"a": "ă", "o": "ơ", "u": "ư"}
_TONED = {"ơ": "ớờởỡợ", "ê": "ếềểễệ", "ô": "ốồổỗộ", "ư": "ứừửữự", "i": "íìỉĩị", "u": "úùủũụ", "y": "ýỳỷỹỵ", "o": "óòỏõọ"}
_MISPLACED = (
    *(
        (f"{marked}{second}", f"{first}{moved}")
        for first, second in ("ươ", "iê", "uô", "yê")
        for marked, moved in zip(_TONED[first], _TONED[second], strict=True)
    ),
    *((f"ư{marked}", f"ư{moved}") for marked, moved in zip(_TONED["o"], _TONED["ơ"], strict=True)),
)
"""Two vowels with the tone on the first, or without the hook of the second, and how they are written."""


def is_folded_syllable(word: str) -> bool:
    """Whether the folded `word` can be a Vietnamese syllable that lost its marks."""
    return bool(_SYLLABLE.fullmatch(word))


def settle_tones(text: str) -> str:
    """`text` in NFC, its tones where they belong: `lựơt` as `lượt`, `đưọc` as `được`, also where a tone was typed before the other mark of its vowel."""
    text = _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", text))
    text = nfc(text)
    for wrong, right in _MISPLACED:
        text = text.replace(wrong, right)
    return text


@lru_cache(maxsize=65536)
def toneless(word: str) -> str:
    """`word` in small letters without its tone; the other marks of its vowels, and `đ`, stay (`Đường`: `đương`)."""
    return nfc("".join(char for char in unicodedata.normalize("NFD", word.lower()) if char not in _TONES.values()))


def with_tone(spelled: str, mark: str) -> str:
    """`spelled` (a syllable without its tone) with the combining `mark` of a tone where it is written."""
    vowels = [at for at, letter in enumerate(spelled) if fold(letter) in "aeiouy"]
    if spelled[:2] in ("qu", "gi") and len(vowels) > 1:
        vowels = vowels[1:]
    if not mark or not vowels:
        return spelled
    shaped = [at for at in vowels if has_diacritics(spelled[at])]
    closed = vowels[-1] < len(spelled) - 1
    at = shaped[-1] if shaped else vowels[-1] if closed or len(vowels) == 1 else vowels[-2]
    return nfc(spelled[: at + 1] + mark + spelled[at + 1 :])


@lru_cache(maxsize=4096)
def from_telex(keys: str) -> tuple[str, str] | None:
    """What an input method makes of the raw Telex `keys`: the syllable without its tone, and the combining mark of the tone.

    `ddoongf` is `đông` with a grave accent. None where the keys hold no mark, or spell no syllable.
    """
    if not keys.isascii() or not keys.isalpha():
        return None
    letters: list[str] = []
    mark = ""
    for key in keys.lower():
        if key in _TONES and any(fold(letter) in "aeiouy" for letter in letters):
            mark = _TONES[key]
        elif key == "w":
            _hook(letters)
        elif key == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key in _DOUBLED and key in letters:
            letters[len(letters) - 1 - letters[::-1].index(key)] = _DOUBLED[key]
        else:
            letters.append(key)
    spelled = "".join(letters)
    return (spelled, mark) if is_folded_syllable(fold(spelled)) and (mark or spelled != keys.lower()) else None


def _hook(letters: list[str]) -> None:
    """What `w` does to the letters before it: `uo` becomes `ươ`, `a`, `o` and `u` get their hook, and alone it is `ư`."""
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in _HOOKED:
            letters[at] = _HOOKED[letters[at]]
            if letters[at] == "ơ" and at and letters[at - 1] == "u" and letters[:1] != ["q"]:
                letters[at - 1] = "ư"
            elif letters[at] == "ư" and letters[at + 1 : at + 2] == ["o"]:
                letters[at + 1] = "ơ"
            return
    letters.append("ư")
