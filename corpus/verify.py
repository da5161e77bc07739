"""Proves a transcription against its OCR original, page by page, without trusting whoever read it.

The letters of both are folded and aligned; every word of one must be accounted for in the other, every digit string must
be equal or stand in the corrections ledger.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from corpus.ledgers import Correction, corrections
from corpus.report import PAGE_MARK, Report, ReportError
from corpus.text import fold, nfc

RAW = Path(__file__).parent / "raw"
LEAST_WORD = 0.5
"""Share of a word's letters that the OCR must show (after folding and confusions) for the word to be accounted for."""
WINDOW, UNEXPLAINED = 24, 6
"""Of so many letters of the OCR in a row so many must not stay unexplained (specks and broken marks make three at most)."""
_DIGITS = re.compile(r"\d+(?:[.,/+]\d+)*")
_ALLOWED = re.compile(r"[\w\s.,;:!?()\[\]\"'“”‘’/%+\-–—…=<>²³&*^#|]")
# What the OCR engine makes of a letter, after folding: each maps to one stand-in.
_CONFUSED = str.maketrans({letter: group[0] for group in ("oec", "litjf", "qg", "hb", "uvy", "nm") for letter in group})

_DIGIT_AS_LETTER = str.maketrans("16058", "looos")


@dataclass(frozen=True, slots=True)
class PageProof:
    """The proof of one page: words compared, digit strings equal, corrected by the ledger, and what is wrong."""

    page: int
    words: int
    digits: int
    corrected: int
    letters_equal: float
    faults: tuple[str, ...]


def raw_text(report: Report, folder: Path = RAW) -> str | None:
    """The OCR text of a report; None where there is none. Raises `ReportError` if it is not UTF-8 text."""
    path = folder / f"{report.id}.txt"
    if not path.is_file():
        return None
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ReportError(f"Bản OCR {path} không phải văn bản UTF-8.") from None


def raw_pages(text: str) -> list[str]:
    """The pages of an OCR text: a page starts at a form feed, a line that begins with a space, or a line that is its number alone.

    The last applies only to the number that the page would have.
    """
    pages: list[list[str]] = []
    for line in text.split("\n"):
        starts = line.startswith((" ", "\f")) and line.strip() or (line.strip().isdigit() and int(line.strip()) == len(pages) + 1)
        if starts or not pages:
            pages.append([])
        pages[-1].append(line.strip("\f"))
    return ["\n".join(lines) for lines in pages]


def page_texts(report: Report) -> dict[int, str]:
    """The transcription's words page by page: headings and text in order, then the page's footnotes."""
    body: dict[int, list[str]] = {}
    for page, text in _file_pages(report):
        body.setdefault(page, []).append(text)
    for note in report.footnotes:
        for at, (start, page) in enumerate(note.content.pages):
            end = note.content.pages[at + 1][0] if at + 1 < len(note.content.pages) else len(note.content.text)
            body.setdefault(page, []).append((f"[^{note.footnote}] " if at == 0 else "") + note.content.text[start:end])
    return {page: "\n".join(parts) for page, parts in sorted(body.items())}


def _file_pages(report: Report) -> list[tuple[int, str]]:
    text = report.raw[report.raw.index("\n---\n", 3) + 5 :]
    text = re.sub(r"(?m)^\[\^\d+\]:.*(?:\n\n    .*)*$", "", text)
    pieces = PAGE_MARK.split(text)
    out = []
    for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        piece = re.sub(r"\[\^\d+\]", "", re.sub(r"(?m)^(?:#+|---)\s*$|^#+\s+|#+\s*$", "", piece))
        out.append((int(number), piece))
    return out


def verify(report: Report, raw: str) -> list[PageProof]:
    """One proof per page. A page missing on either side, a footnote out of order, or a stray character is a fault too."""
    original = raw_pages(raw.rstrip("\n"))
    mine = page_texts(report)
    ledger = corrections(report)
    proofs = []
    for page in sorted(set(mine) | set(range(1, len(original) + 1))):
        entries = [entry for entry in ledger if entry.page == page]
        if page not in mine or page > len(original):
            proofs.append(PageProof(page, 0, 0, 0, 0.0, (f"trang {page} chỉ có ở một bên",)))
            continue
        proofs.append(prove_page(page, mine[page], original[page - 1], entries))
    structure = tuple(_structure_faults(report))
    if structure:
        proofs.append(PageProof(0, 0, 0, 0, 1.0, structure))
    return proofs


def _structure_faults(report: Report) -> list[str]:
    faults = []
    numbers = [note.footnote for note in report.footnotes]
    if numbers != list(range(1, len(numbers) + 1)):
        faults.append(f"chú thích không liên tục: {numbers}")
    marks = [int(n) for n in re.findall(r"\[\^(\d+)\](?!:)", report.raw)]
    if marks != sorted(set(marks)) or marks != numbers:
        faults.append("dấu chú thích trong bài không khớp thứ tự các chú thích")
    pages = [int(n) for n in PAGE_MARK.findall(re.sub(r"(?m)^\[\^\d+\]:.*$", "", report.raw))]
    if pages != list(range(1, len(pages) + 1)):
        faults.append(f"dấu trang không liên tục: {pages}")
    if nfc(report.raw) != report.raw:
        faults.append("bản chép không ở dạng Unicode NFC")
    strays = sorted({c for c in report.raw if not _ALLOWED.match(c)})
    if strays:
        faults.append(f"ký tự lạ: {' '.join(strays)}")
    return faults


def prove_page(page: int, mine: str, ocr: str, ledger: Sequence[Correction]) -> PageProof:
    """The proof of one page: the transcription's words against the OCR's, with the ledger's entries for that page."""
    left, right = _Letters(mine), _Letters(ocr)
    alignment = _align(left.folded, right.folded)
    faults = _word_faults(left, right, alignment) + _gap_faults(right, alignment)
    digit_faults, equal, corrected = _digit_faults(left, right, alignment, ledger)
    same = sum(1 for a, b in alignment if left.folded[a] == right.folded[b]) / max(1, len(left.folded))
    return PageProof(page, len(mine.split()), equal, corrected, same, tuple(faults + digit_faults))


class _Letters:
    """The letters and digits of a text, folded and confused for comparison, each with its offset in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets: list[int] = []
        letters: list[str] = []
        for at, char in enumerate(text):
            if not char.isalnum():
                continue
            for one in fold(char):
                if one.isalnum():
                    letters.append(one if one.isdigit() else one.translate(_CONFUSED))
                    self.offsets.append(at)
        self.folded = "".join(letters)

    def letters_of(self, start: int, end: int) -> range:
        """Indices of the letters that come from `start:end` of the text."""
        return range(bisect_right(self.offsets, start - 1), bisect_right(self.offsets, end - 1))


def _align(a: str, b: str) -> list[tuple[int, int]]:
    """Pairs of aligned positions (equal or replaced) of the cheapest edit of `a` into `b`, in order."""
    pairs = []
    for block in Levenshtein.opcodes(a, b):
        if block.tag in ("equal", "replace"):
            pairs += list(zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True))
    return pairs


def _word_faults(left: _Letters, right: _Letters, alignment: list[tuple[int, int]]) -> list[str]:
    """Words of the transcription that the OCR does not show: two neighbouring words below the share, or one that is long."""
    equal = {a for a, b in alignment if left.folded[a] == right.folded[b].translate(_DIGIT_AS_LETTER)}
    faults, weak_before = [], 0
    for match in re.finditer(r"\w+", left.text):
        letters = left.letters_of(*match.span())
        if not letters or match.group()[0].isdigit():
            continue
        share = sum(1 for n in letters if n in equal) / len(letters)
        weak = len(letters) if share < LEAST_WORD else 0
        if weak and ((weak_before and weak + weak_before > 4) or (weak > 5 and share < 0.34) or (share == 0 and weak > 3)):
            faults.append(f"từ không có trong bản OCR: “{match.group()}”")
        weak_before = weak
    return faults


def _gap_faults(right: _Letters, alignment: list[tuple[int, int]]) -> list[str]:
    """Places of the OCR with too many letters that no letter of the transcription accounts for."""
    used = {b for _, b in alignment}
    unused = [n for n in range(len(right.folded)) if n not in used]
    runs: list[list[int]] = []
    for at in range(len(unused) - UNEXPLAINED + 1):
        crowd = unused[at : at + UNEXPLAINED]
        if crowd[-1] - crowd[0] >= WINDOW:
            continue
        if runs and crowd[0] <= runs[-1][-1]:
            runs[-1] += crowd
        else:
            runs.append(crowd)
    told = (right.text[right.offsets[run[0]] : right.offsets[run[-1]] + 1] for run in runs)
    return [f"bản chép thiếu: “{' '.join(words.split())}”" for words in told]


def _digit_faults(
    left: _Letters, right: _Letters, alignment: list[tuple[int, int]], ledger: Sequence[Correction]
) -> tuple[list[str], int, int]:
    """Digit strings of the transcription that the OCR prints otherwise and the ledger does not explain, and the reverse.

    A digit string that the ledger restores once on a page it explains once.
    """
    to_right, to_left = dict(alignment), {b: a for a, b in alignment}
    faults, equal, corrected = [], 0, 0
    restored_digits = Counter(digits for entry in ledger for digits in _DIGITS.findall(entry.restored))
    printed_digits = {digits for entry in ledger for digits in _DIGITS.findall(entry.ocr)}
    for match in _DIGITS.finditer(left.text):
        shown = _counterpart(match.span(), left, right, to_right)
        if match.group() in _DIGITS.findall(shown):
            equal += 1
        elif restored_digits[match.group()] > 0:
            corrected += 1
            restored_digits[match.group()] -= 1
        elif left.text[max(0, match.start() - 2) : match.start()] == "[^":
            continue  # a footnote's own number, which the OCR mostly mangles; the structure proves their order
        else:
            faults.append(f"số “{match.group()}” ở bản OCR là “{' '.join(shown.split())}”, không có trong sổ hiệu đính")
    for match in re.finditer(r"(?<![\w.,])\d+(?:[.,/]\d+)*(?![\w])", right.text):
        mine = _counterpart(match.span(), right, left, to_left)
        if match.group() not in mine and match.group() not in printed_digits and len(match.group()) > 1:
            faults.append(f"số “{match.group()}” của bản OCR thành “{' '.join(mine.split())}”, không có trong sổ hiệu đính")
    return faults, equal, corrected


def _counterpart(span: tuple[int, int], here: _Letters, there: _Letters, pairs: dict[int, int]) -> str:
    """The words on the other side that stand where `span` stands here, with two letters to spare on both ends."""
    letters = here.letters_of(*span)
    mapped = [pairs[n] for n in letters if n in pairs]
    if not mapped:
        near = [pairs[n] for n in range(letters.start - 6, letters.stop + 6) if n in pairs]
        mapped = near
    if not mapped:
        return ""
    first, last = max(0, min(mapped) - 2), min(len(there.offsets) - 1, max(mapped) + 2)
    return there.text[there.offsets[first] : there.offsets[last] + 1]
