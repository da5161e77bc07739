"""Vietnamese text in old encodings: TCVN3 (ABC), VNI and Windows-1258, recognised and turned into Unicode (NFC)."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from corpus.add.faults import AddError
from corpus.syllables import share_of_syllables
from corpus.text import nfc

CLEAR = 0.25
"""So much higher must the share of Vietnamese syllables be before text is taken to be in an old encoding."""
READABLE = 0.5
"""Below this share of Vietnamese syllables among its marked words a text is not said to be read."""

LOST = "\ufffd"
"""Stands where a byte of a damaged file could not be read."""
MOST_LOST = 0.002
"""The share of characters that may be lost in a file that is still taken for Unicode."""

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "̀", "̉", "̃", "́", "̣"

# TCVN 5712:1993 VN3, the upper half: the codes of the fonts .VnTime and the like. A point stands for a code that has no letter.
_TCVN3_FROM = 0xA1
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
_TCVN3 = {_TCVN3_FROM + n: char for n, char in enumerate(_TCVN3_LETTERS) if char != "."}

# VNI Windows: a vowel, then a code for its mark and tone; some letters have a code of their own.
_VNI_TONES = {"ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ù": _ACUTE, "ï": _DOT}
_VNI_CIRCUMFLEX = {"â": "", "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "á": _ACUTE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "é": _ACUTE, "ë": _DOT}
_VNI_SINGLE = {"ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}
_VNI_PAIR = re.compile(r"([aeouyôöAEOUYÔÖ])([øûõùïâàåãáäêèúüéëØÛÕÙÏÂÀÅÃÁÄÊÈÚÜÉË])|(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in NFC and the name of the old encoding that it was in (empty: none)."""

    text: str
    encoding: str


def from_tcvn3(text: str) -> str:
    """Text whose characters are TCVN3 codes (`B¸o c¸o`) as Unicode (`Báo cáo`). A line in capitals stays in capitals."""
    return "\n".join(_capitals(line, line.translate(_TCVN3)) for line in text.split("\n"))


def _capitals(coded: str, line: str) -> str:
    """TCVN3 has no capitals with tones: a heading typed in capitals holds small ones among them."""
    letters = [char for char in coded if char.isascii() and char.isalpha()]
    if len(letters) > 3 and sum(char.isupper() for char in letters) >= 0.9 * len(letters):
        return line.upper()
    return re.sub(r"[^\W\d_]{3,}", lambda m: m.group().upper() if _is_capital(m.group()) else m.group(), line)


def _is_capital(word: str) -> bool:
    letters = [char for char in word if char.isascii()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


def from_vni(text: str) -> str:
    """Text whose characters are VNI codes (`Baùo caùo`) as Unicode (`Báo cáo`)."""
    return nfc(_VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    if match.group(3):
        return _cased(match.group(3), _VNI_SINGLE.get(match.group(3).lower(), match.group(3).lower()))
    vowel, mark = match.group(1), match.group(2).lower()
    base = vowel.lower()
    if mark in _VNI_TONES:
        whole = _VNI_SINGLE.get(base, base) + _VNI_TONES[mark]
    elif mark in _VNI_CIRCUMFLEX and base in "aeo":
        whole = base + "̂" + _VNI_CIRCUMFLEX[mark]
    elif mark in _VNI_BREVE and base == "a":
        whole = base + "̆" + _VNI_BREVE[mark]
    else:
        return _cased(vowel, _VNI_SINGLE.get(base, base)) + _cased(match.group(2), _VNI_SINGLE.get(mark, mark))
    return _cased(vowel, nfc(whole))


def _cased(like: str, letter: str) -> str:
    return letter.upper() if like.isupper() else letter


_OLD: dict[str, Callable[[str], str]] = {"TCVN3 (ABC)": from_tcvn3, "VNI": from_vni}


def is_of_old_font(font: str) -> bool:
    """Whether a font's name says that it holds an old encoding."""
    return bool(of_font("", font).encoding)


def of_font(text: str, font: str, usual: str = "") -> Decoded:
    """Text set in a font: the fonts `.Vn…` hold TCVN3 (`….VnTimeH` capitals), the fonts `VNI-…` VNI.

    `usual` is the old encoding (empty: none) of text in the document's other fonts.
    """
    name = font.rsplit("+", 1)[-1].casefold()
    if re.match(r"\.?vn(?!i)[a-z]", name):
        text = from_tcvn3(text)
        return Decoded(text.upper() if re.search(r"h(?:[-,\s]*(?:bold|italic|regular))*$", name) else text, "TCVN3 (ABC)")
    if name.startswith("vni"):
        return Decoded(from_vni(text), "VNI")
    return Decoded(_OLD[usual](text) if usual else text, usual)


def repair(text: str) -> Decoded:
    """Text that was read with the right codes but may be in an old encoding, by what makes Vietnamese syllables of it."""
    own = share_of_syllables(nfc(text), marked_only=True)
    best = Decoded(nfc(text), "")
    if own > 1 - CLEAR or text.isascii():
        return best
    for name, convert in _OLD.items():
        converted = nfc(convert(text))
        share = share_of_syllables(converted, marked_only=True)
        if share > own + CLEAR:
            own, best = share, Decoded(converted, name)
    return best


def decode(raw: bytes) -> Decoded:
    """The text of a plain file, NFC. Raises `AddError` where no Vietnamese encoding makes sense of it."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if raw.startswith(mark):
            try:
                return repair(raw.decode(encoding))
            except UnicodeDecodeError:
                raise AddError("Tệp văn bản bị hỏng: không giải mã được theo Unicode.") from None
    if b"\x00" in raw:
        raise AddError("Tệp này không phải văn bản; chỉ nhận TXT, Markdown, DOCX, PDF và ảnh PNG, JPEG, TIFF.")
    try:
        return repair(raw.decode("utf-8"))
    except UnicodeDecodeError:
        damaged = raw.decode("utf-8", errors="replace")
        if damaged.count(LOST) <= MOST_LOST * len(damaged) and share_of_syllables(damaged, marked_only=True) > 1 - CLEAR:
            return repair(damaged)
        return _decode_old(raw)


def _decode_old(raw: bytes) -> Decoded:
    codes = raw.decode("cp1252", errors="surrogateescape")
    codes = "".join(chr(ord(char) - 0xDC00) if 0xDC80 <= ord(char) <= 0xDCFF else char for char in codes)
    readings = [Decoded(nfc(raw.decode("cp1258", errors="replace")), "Windows-1258")]
    readings += [Decoded(nfc(convert(codes)), name) for name, convert in _OLD.items()]
    scored = [(share_of_syllables(reading.text, marked_only=True), reading) for reading in readings]
    share, best = max(scored, key=lambda pair: pair[0])
    if share < READABLE:
        raise AddError("Không nhận ra bảng mã tiếng Việt của tệp; hãy lưu lại tệp dạng Unicode (UTF-8) rồi thêm lại.")
    return best


def tidy(text: str) -> str:
    """NFC without soft hyphens and other characters that print nothing; every white space a plain space or line break."""
    text = re.sub(r"[\u00ad\u200b-\u200f\u2060\ufeff]", "", unicodedata.normalize("NFC", text))
    text = re.sub(r"[^\S\n]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Co", "Cs"))
