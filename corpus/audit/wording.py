"""Words that the questions to the authors share."""

from __future__ import annotations

from corpus.figures import Figure


def where(figure: Figure, *, capital: bool = False) -> str:
    """`chú thích 13 (trang 7)` or `trang 7`."""
    words = f"trang {figure.page}" if figure.footnote is None else f"chú thích {figure.footnote} (trang {figure.page})"
    return words[:1].upper() + words[1:] if capital else words


def asks() -> str:
    """The closing request."""
    return "Đề nghị cho biết số nào đúng."
