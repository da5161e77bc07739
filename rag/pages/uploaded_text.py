"""The words of a text file or Word document that somebody uploaded."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from corpus.text import nfc
from rag.pages.wording import whole

LONGEST = 100_000
"""Characters of a text that is taken: some forty pages."""
_LARGEST = 100_000_000
"""Bytes that the parts of a Word document may have unpacked."""
_ENCODINGS = ("utf-8-sig", "utf-16")


class UploadError(ValueError):
    """A file that cannot be read; the message is one Vietnamese sentence."""


def read_upload(name: str, content: bytes) -> str:
    """The words of `content`, NFC, one paragraph a line. Raises `UploadError`."""
    text = _docx_text(content) if name.lower().endswith(".docx") else _plain_text(content)
    if not text.strip():
        raise UploadError(f"Tệp {name} không có chữ nào để đối chiếu.")
    text = nfc(text)
    if len(text) > LONGEST:
        raise UploadError(f"Tệp {name} dài {whole(len(text))} ký tự, quá mức {whole(LONGEST)}; hãy tách ra từng phần.")
    return text


def _plain_text(content: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UploadError("Tệp không phải văn bản UTF-8; hãy lưu lại dạng TXT (UTF-8) hoặc DOCX.")


def _docx_text(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise UploadError("Tệp DOCX quá lớn; hãy chép phần chữ cần đối chiếu vào ô.")
        document = Document(BytesIO(content))
    except UploadError:
        raise
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        raise UploadError("Không mở được tệp DOCX: tệp hỏng, có mật khẩu, hoặc không phải DOCX.") from None
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
