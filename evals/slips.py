"""How people really type Vietnamese: without marks, with a wrong tone, in raw Telex, with slips, with abbreviations.

Digits are never touched. Every function is deterministic for a given `random.Random`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from corpus.text import has_diacritics, nfc

_WORD = re.compile(r"[^\W\d_]+")
_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_SHAPES = {("a", "\u0306"): "aw", ("o", "\u031b"): "ow", ("u", "\u031b"): "uw"}
_Fits = Callable[[str], bool]
_Change = Callable[[str, Random], str]
_HAT = "\u0302"
_NEIGHBOURS = {
    row[i]: row[max(0, i - 1) : i] + row[i + 1 : i + 2]
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for i in range(len(row))
}
_ABBREVIATIONS = (
    ("ủy ban nhân dân", "UBND"),
    ("uỷ ban nhân dân", "UBND"),
    ("hội đồng nhân dân", "HĐND"),
    ("nông thôn mới", "NTM"),
    ("học sinh giỏi", "HSG"),
    ("học sinh", "HS"),
    ("giáo viên", "GV"),
    ("trung học cơ sở", "THCS"),
    ("trung học phổ thông", "THPT"),
    ("tiểu học", "TH"),
    ("mầm non", "MN"),
    ("bảo hiểm y tế", "BHYT"),
    ("bảo hiểm xã hội", "BHXH"),
    ("công nghiệp", "CN"),
    ("nông nghiệp", "NN"),
    ("xây dựng cơ bản", "XDCB"),
    ("ngân sách nhà nước", "NSNN"),
    ("ngân sách", "NS"),
    ("tài nguyên và môi trường", "TNMT"),
    ("hợp tác xã", "HTX"),
    ("giải phóng mặt bằng", "GPMB"),
    ("cải cách hành chính", "CCHC"),
    ("thủ tục hành chính", "TTHC"),
    ("chuyển đổi số", "CĐS"),
    ("an toàn giao thông", "ATGT"),
    ("tai nạn giao thông", "TNGT"),
    ("khoa học công nghệ", "KHCN"),
    ("quyền sử dụng đất", "QSDĐ"),
    ("giá trị sản xuất", "GTSX"),
    ("thị trấn", "TT"),
    ("kế hoạch", "KH"),
    ("bao nhiêu", "bn"),
    ("không", "ko"),
    ("được", "đc"),
    ("người", "ng"),
)


def unaccented(text: str, rng: Random) -> str:
    """The text without any diacritic, case kept."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return nfc("".join(char for char in plain if not unicodedata.combining(char)))


def wrong_tones(text: str, rng: Random) -> str:
    """One word in four with its tone mark dropped or exchanged, one at least."""
    return _some_words(text, rng, 0.25, lambda word: any(c in _TONES for c in _nfd(word)), _mistoned)


def raw_telex(text: str, rng: Random) -> str:
    """One word in three as its Telex keys, as when the input method was off: `tổng` is `toongr`."""
    return _some_words(text, rng, 0.34, has_diacritics, lambda word, _: telex_keys(word))


def key_slips(text: str, rng: Random) -> str:
    """One or two words of four letters and more with a neighbour key, a doubled, a missing or a swapped letter."""
    words = [m for m in _WORD.finditer(text) if len(m.group()) >= 4 and not m.group().isupper()]
    for match in sorted(rng.sample(words, min(len(words), rng.choice((1, 2)))), key=lambda m: -m.start()):
        text = text[: match.start()] + _slipped(match.group(), rng) + text[match.end() :]
    return text


def abbreviated(text: str, rng: Random) -> str:
    """Up to three phrases that people shorten, shortened."""
    left = 3
    for phrase, short in _ABBREVIATIONS:
        pattern = re.compile(rf"(?i)\b{phrase}\b")
        if left and pattern.search(text):
            text, left = pattern.sub(short, text, count=1), left - 1
    return text


VARIANTS = {
    "unaccented": unaccented,
    "tones": wrong_tones,
    "telex": raw_telex,
    "slips": key_slips,
    "abbrev": abbreviated,
}
"""The generator's variants by name."""


def telex_keys(word: str) -> str:
    """The keys that Telex takes for `word`, the tone's key last, case kept."""
    keys, tone, previous = [], "", ""
    for char in _nfd(word.replace("đ", "dd").replace("Đ", "Dd")):
        if char in _TONES:
            tone = _TONES[char]
        elif char == _HAT:
            keys.append(previous.lower())
        elif (previous.lower(), char) in _SHAPES:
            keys.append("w")
        else:
            keys.append(char)
            previous = char
    return "".join(keys) + tone


def _mistoned(word: str, rng: Random) -> str:
    marks = [char for char in _TONES if char in _nfd(word)]
    other = rng.choice(["", *[tone for tone in sorted(_TONES) if tone not in marks]])
    return nfc("".join(other if char in _TONES else char for char in _nfd(word)))


def _slipped(word: str, rng: Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.choice(("neighbour", "double", "missing", "swap"))
    near = _NEIGHBOURS.get(unaccented(word[at], rng).lower(), "")
    if kind == "neighbour" and near:
        return word[:at] + rng.choice(near) + word[at + 1 :]
    if kind == "missing":
        return word[:at] + word[at + 1 :]
    if kind == "swap" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] * 2 + word[at + 1 :]


def _some_words(text: str, rng: Random, part: float, fits: _Fits, change: _Change) -> str:
    words = [match for match in _WORD.finditer(text) if fits(match.group())]
    chosen = rng.sample(words, min(len(words), max(1, round(len(words) * part))))
    for match in sorted(chosen, key=lambda m: -m.start()):
        text = text[: match.start()] + change(match.group(), rng) + text[match.end() :]
    return text


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)
