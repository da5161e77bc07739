"""What Word's styles say of a paragraph or a run that says nothing itself: level of heading, bold type, font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn


class Styles:
    """The styles of one document."""

    def __init__(self, document: Any) -> None:
        self.by_id = {style.style_id: style for style in document.styles}

    def style(self, properties: Any) -> Any:
        """The style that a paragraph's properties name; None where they name none."""
        reference = properties.find(qn("w:pStyle")) if properties is not None else None
        return self.by_id.get(reference.get(qn("w:val"))) if reference is not None else None

    def chain(self, style: Any) -> Iterator[Any]:
        """A style and those that it is based on, nearest first."""
        steps = 0
        while style is not None and steps < 10:
            yield style
            style, steps = style.base_style if hasattr(style, "base_style") else None, steps + 1

    def heading(self, style: Any) -> int | None:
        """The level of heading of a style; None where it is none."""
        for one in self.chain(style):
            match = re.fullmatch(r"[Hh]eading (\d)", one.name or "")
            if match:
                return int(match.group(1))
        return None

    def bold(self, properties: Any, style: Any) -> bool:
        """Whether a run is bold, by its properties or its paragraph's style."""
        own = properties.find(qn("w:b")) if properties is not None else None
        if own is not None:
            return own.get(qn("w:val")) not in ("0", "false", "none")
        for one in self.chain(style):
            bold = getattr(getattr(one, "font", None), "bold", None)
            if bold is not None:
                return bool(bold)
        return False

    def font(self, properties: Any, style: Any) -> str:
        """The font of a run, by its properties or its paragraph's style; empty where nothing says."""
        own = properties.find(qn("w:rFonts")) if properties is not None else None
        if own is not None and own.get(qn("w:ascii")):
            return str(own.get(qn("w:ascii")))
        for one in self.chain(style if style is not None else self.by_id.get("Normal")):
            name = getattr(getattr(one, "font", None), "name", None)
            if name:
                return str(name)
        return ""
