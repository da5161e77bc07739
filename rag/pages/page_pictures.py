"""A page of an uploaded PDF or scan as a picture, to stand beside the draft."""

from __future__ import annotations

import io
import threading
from functools import lru_cache

import pypdfium2  # type: ignore[import-untyped,unused-ignore]
from PIL import Image, ImageSequence

PDFIUM = threading.Lock()
"""Held while PDFium works, here and in readers of PDF files: it must not be used from two threads at once."""
_PATIENCE = 2.0
"""Seconds to wait for a reader, who may hold it for minutes."""
_SCALE = 1.6
"""Pixels a point; a page of A4 is then 950 pixels wide."""
_WIDEST = 1200


def page_picture(content: bytes, page: int) -> Image.Image | None:
    """The picture of `page` (from 1); None where the file has no pages to look at, or PDFium is busy for long."""
    try:
        return _of_pdf(content, page) if is_pdf(content) else _of_image(content, page)
    except (TimeoutError, OSError, ValueError, Image.DecompressionBombError):
        return None


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF, whatever its name."""
    return content.lstrip()[:5] == b"%PDF-"


@lru_cache(maxsize=16)
def _of_pdf(content: bytes, page: int) -> Image.Image | None:
    if not PDFIUM.acquire(timeout=_PATIENCE):
        raise TimeoutError
    try:
        document = pypdfium2.PdfDocument(content)
        try:
            if not 1 <= page <= len(document):
                return None
            picture: Image.Image = document[page - 1].render(scale=_SCALE).to_pil()
            return picture
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        return None
    finally:
        PDFIUM.release()


def _of_image(content: bytes, page: int) -> Image.Image | None:
    with Image.open(io.BytesIO(content)) as image:
        for number, frame in enumerate(ImageSequence.Iterator(image), 1):
            if number == page:
                picture = frame.convert("RGB")
                picture.thumbnail((_WIDEST, 2 * _WIDEST))
                return picture
    return None
