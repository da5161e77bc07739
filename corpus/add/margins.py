"""What stands in the margins of printed pages and is no part of the text: page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.add.lines import Line
from corpus.text import fold

_NUMBER = re.compile(r"(?i)\W*(?:trang|page)?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\W*")
LEAST_REPEATS = 3
"""A first or last line that stands on so many pages (and on half of them) is a running head."""


def without_margins(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The lines of each page without page numbers and running heads, and the running heads that were left out."""
    bare = [_without_number(list(lines)) for lines in pages]
    removed: list[str] = []
    for at in (0, -1):
        counts = Counter(_key(lines[at]) for lines in bare if len(lines) > 2)
        heads = {key for key, n in counts.items() if key and n >= LEAST_REPEATS and 2 * n >= len(pages)}
        for lines in bare:
            if len(lines) > 2 and _key(lines[at]) in heads:
                removed.append(lines.pop(at).text)
    return [_without_number(lines) for lines in bare], list(dict.fromkeys(removed))


def _without_number(lines: list[Line]) -> list[Line]:
    for at in (0, -1):
        if lines and _NUMBER.fullmatch(lines[at].text) and len(lines[at].text) < 16:
            lines.pop(at)
    return lines


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", fold(line.text)).strip()
