"""A file of any accepted kind made into a draft report."""

from __future__ import annotations

import io
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageSequence, UnidentifiedImageError

from corpus.add.compose import Composed, compose
from corpus.add.document import Document, Remark
from corpus.add.faults import AddError
from corpus.add.front import Front, guess_front
from corpus.add.markdown import read_markdown
from corpus.add.notes import number_notes
from corpus.add.pdf import MOST_PAGES, Progress, read_images, read_pdf
from corpus.add.plain import read_plain
from corpus.add.word import read_word
from corpus.passages import build_passages
from corpus.report import Report, parse_report
from corpus.syllables import share_of_syllables
from corpus.text import fold, nfc

LARGEST = 60 * 1024 * 1024
"""Bytes of the largest file that is taken."""
LEAST_WORDS = 60
LEAST_MARKED = 0.1
"""The share of words with a mark in any Vietnamese text."""
LEAST_SYLLABLES, LEAST_MARKED_SYLLABLES = 0.55, 0.6
"""Shares of Vietnamese syllables among the words, and among those with a mark (text read badly has few), of any report."""
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ABOUT = ("bao cao", "ket qua", "kinh te", "xa hoi", "ke hoach", "nhiem vu", "uy ban nhan dan", "ubnd", "chi tieu", "thuc hien")
_ORDER = ("id", "title", "body", "place", "province", "year", "plan_year", "session", "date", "places", "reviewed")


def check_id(report_id: str) -> None:
    """Raises `AddError` where `report_id` can be no id of a report."""
    if not ID.fullmatch(report_id):
        raise AddError("Mã báo cáo chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, ví dụ “ten-huyen-2024”.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft report: the text of its file (front matter `reviewed: false`), where it came from, and what to look at.

    `pages` are the words of each page of the source as they were read, to show beside the draft. `missing` names the
    fields of the front matter that could not be guessed.
    """

    id: str
    markdown: str
    source: str
    front: dict[str, Any]
    missing: tuple[str, ...]
    remarks: tuple[Remark, ...]
    pages: tuple[str, ...]
    headings: int
    tables: int

    @property
    def report(self) -> Report:
        """The draft as a report."""
        return parse_report(self.markdown, Path(f"{self.id}.md"))


def draft_from_file(
    path: Path,
    report_id: str | None = None,
    data: bytes | None = None,
    year: int | None = None,
    place: str | None = None,
    progress: Progress | None = None,
) -> Draft:
    """The draft of a TXT, Markdown, DOCX, PDF or image file; `data` are its bytes where it is not on disk.

    `report_id`, `year` and `place` stand in for what is guessed. Raises `AddError`, one Vietnamese sentence, where the file
    is broken, empty, locked, too large, of another kind, or not a Vietnamese report.
    """
    if report_id is not None:
        check_id(report_id)
    raw = _bytes(path) if data is None else data
    if len(raw) > LARGEST:
        raise AddError(f"Tệp {path.name} quá lớn ({len(raw) / 1e6:.0f} MB); chỉ nhận tệp đến {LARGEST // 2**20} MB.")
    if not raw.strip():
        raise AddError(f"Tệp {path.name} trống, không có nội dung.")
    document, given, given_levels = _read(raw, path, progress)
    _check_is_report(document, path.name)
    blocks, note_remarks = number_notes(document.blocks)
    composed = compose(blocks, given_levels)
    guess = guess_front(blocks, composed.row_names, year, nfc(place) if place else None)
    front = _front(guess, given, report_id)
    remarks = sorted(dict.fromkeys([*document.remarks, *note_remarks, *composed.remarks, *_structure(composed)]), key=lambda one: one.page or 0)
    front |= {"reviewed": False, "source": path.name, "remarks": [str(remark) for remark in remarks]}
    missing = tuple(name for name in guess.missing if not front[name])
    markdown = f"---\n{_yaml(front)}---\n\n{composed.markdown}"
    draft = Draft(front["id"], markdown, path.name, front, missing, tuple(remarks), document.pages, composed.headings, composed.tables)
    if not build_passages(draft.report):
        raise AddError(f"Tệp {path.name} không có đoạn văn nào đọc được.")
    return draft


def _front(guess: Front, given: dict[str, Any], report_id: str | None) -> dict[str, Any]:
    """The fields of the front matter in their order: as given in the file, else as guessed."""
    front = {**asdict(guess), **{key: value for key, value in given.items() if value not in (None, "")}}
    front["places"] = [str(place) for place in front["places"] or ()]
    front["id"] = report_id or str(front["id"])
    if not front["year"]:
        raise AddError("Không đoán được năm của báo cáo; hãy cho biết bằng --year (ví dụ --year 2024).")
    if not front["place"]:
        raise AddError('Không đoán được địa phương của báo cáo; hãy cho biết bằng --place (ví dụ --place "huyện Tên Huyện").')
    if not ID.fullmatch(front["id"]):
        raise AddError("Không đặt được mã báo cáo từ tên địa phương và năm; hãy đặt mã bằng --id (ví dụ --id ten-huyen-2024).")
    return {key: front[key] for key in (*_ORDER, *front) if key in front}


def _yaml(front: dict[str, Any]) -> str:
    """The front matter, one field a line, places on one line, remarks below one another; empty fields left out."""
    lines = []
    for key, value in front.items():
        if value not in (None, "", []):
            flow = isinstance(value, list) and key != "remarks"
            dumped = yaml.safe_dump(value if flow else {key: value}, allow_unicode=True, sort_keys=False, width=1 << 20, default_flow_style=flow)
            lines.append(f"{key}: {dumped}" if flow else dumped)
    return "".join(lines)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise AddError(f"Tệp {path.name} quá lớn ({path.stat().st_size / 1e6:.0f} MB); chỉ nhận tệp đến {LARGEST // 2**20} MB.")
        return path.read_bytes()
    except FileNotFoundError:
        raise AddError(f"Không tìm thấy tệp {path}.") from None
    except IsADirectoryError:
        raise AddError(f"{path} là thư mục, không phải tệp.") from None
    except OSError as error:
        raise AddError(f"Không đọc được tệp {path.name}: {error.strerror}.") from None


def _read(raw: bytes, path: Path, progress: Progress | None) -> tuple[Document, dict[str, Any], bool]:
    """The document, the front matter that stands in the file, and whether the file marks its headings itself."""
    if raw.lstrip()[:5] == b"%PDF-":
        return read_pdf(raw, progress), {}, False
    if raw[:4] == b"PK\x03\x04":
        if path.suffix.lower() in (".xlsx", ".pptx", ".odt", ".ods", ".zip"):
            raise AddError(f"Không nhận tệp {path.suffix.lower()}; hãy xuất báo cáo ra DOCX hoặc PDF rồi thêm lại.")
        return read_word(raw), {}, False
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise AddError("Tệp Word được đặt mật khẩu; hãy gỡ mật khẩu rồi thêm lại.")
        raise AddError("Không nhận tệp Word đời cũ (.doc); hãy mở bằng Word và lưu thành .docx rồi thêm lại.")
    if raw[:8] == b"\x89PNG\r\n\x1a\n" or raw[:3] == b"\xff\xd8\xff" or raw[:4] in (b"II*\x00", b"MM\x00*"):
        return read_images(_images(raw), progress), {}, False
    suffix = path.suffix.lower()
    if suffix in (".pdf", ".docx", ".png", ".jpg", ".jpeg", ".tif", ".tiff"):
        raise AddError(f"Tệp {path.name} bị hỏng: nội dung không phải {suffix[1:].upper()}.")
    if suffix in (".md", ".markdown"):
        read = read_markdown(raw)
        return read.document, read.front, read.has_headings
    return read_plain(raw), {}, False


def _images(raw: bytes) -> list[Image.Image]:
    try:
        with Image.open(io.BytesIO(raw)) as image:
            frames = [frame.copy() for _, frame in zip(range(MOST_PAGES), ImageSequence.Iterator(image), strict=False)]
            for frame in frames:
                frame.info.setdefault("dpi", image.info.get("dpi", (300, 300)))
            return frames
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise AddError("Tệp ảnh bị hỏng hoặc quá lớn, không mở được.") from None


def _check_is_report(document: Document, name: str) -> None:
    text = "\n".join(document.pages)
    words = text.split()
    if not words:
        raise AddError(f"Không đọc được chữ nào trong tệp {name}.")
    if len(words) < LEAST_WORDS:
        raise AddError(f"Tệp {name} chỉ có {len(words)} từ, quá ngắn để là một báo cáo.")
    if share_of_syllables(text) >= LEAST_SYLLABLES and sum(not word.isascii() for word in words) < LEAST_MARKED * len(words):
        raise AddError(f"Văn bản trong tệp {name} gõ không dấu; hãy thêm bản có dấu tiếng Việt.")
    if share_of_syllables(text) < LEAST_SYLLABLES or share_of_syllables(text, marked_only=True) < LEAST_MARKED_SYLLABLES:
        raise AddError(f"Nội dung tệp {name} không phải văn bản tiếng Việt đọc được, nên không phải báo cáo.")
    folded = fold(text)
    if sum(phrase in folded for phrase in _ABOUT) < 3 or not re.search(r"(?i)\b20\d\d\b", text):
        raise AddError(f"Nội dung tệp {name} không giống báo cáo kinh tế - xã hội (không thấy kết quả, kế hoạch, chỉ tiêu của năm nào).")


def _structure(composed: Composed) -> list[Remark]:
    if composed.headings == 0:
        return [Remark(None, "không nhận ra đề mục nào; trích dẫn chỉ có số trang.")]
    return []
