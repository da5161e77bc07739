"""The numbers that Word prints before paragraphs but does not keep in their text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
BULLET = "-"


class Numbering:
    """Counts the numbered paragraphs of one document. `root` is the root of its numbering part (None: it has none)."""

    def __init__(self, root: Any) -> None:
        self.levels: dict[str, Mapping[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, list[int]] = {}
        self.abstract_of: dict[str, str] = {}
        if root is None:
            return
        abstract = {one.get(W + "abstractNumId"): _levels(one) for one in root.findall(W + "abstractNum")}
        for one in root.findall(W + "num"):
            reference = one.find(W + "abstractNumId")
            key = reference.get(W + "val") if reference is not None else ""
            self.abstract_of[one.get(W + "numId")] = key
            self.levels[one.get(W + "numId")] = abstract.get(key, {})

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph of list `number` at `level` (from 0), `1.1.` or `-`; empty for an unknown list."""
        levels = self.levels.get(number, {})
        if level not in levels:
            return ""
        kind, pattern, _ = levels[level]
        counts = self.counts.setdefault(self.abstract_of[number], [levels[n][2] - 1 if n in levels else 0 for n in range(9)])
        counts[level] += 1
        for below in range(level + 1, 9):
            counts[below] = levels[below][2] - 1 if below in levels else 0
        if kind == "bullet":
            return BULLET
        if kind == "none":
            return ""
        for n in range(9):
            if f"%{n + 1}" in pattern:
                shown = max(1, counts[n])
                pattern = pattern.replace(f"%{n + 1}", _shown(shown, levels[n][0] if n in levels else "decimal"))
        return pattern.strip()


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    found = {}
    for level in abstract.findall(W + "lvl"):
        start = int(_value(level, "start", "1"))
        found[int(level.get(W + "ilvl"))] = (_value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), start)
    return found


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(W + name)
    return str(child.get(W + "val", default)) if child is not None else default


def _shown(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        out = ""
        for value, letters in _ROMAN:
            while number >= value:
                out, number = out + letters, number - value
        return out.upper() if kind == "upperRoman" else out
    if kind in ("upperLetter", "lowerLetter"):
        letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
        return letter.upper() if kind == "upperLetter" else letter
    return f"{number:02d}" if kind == "decimalZero" else str(number)
