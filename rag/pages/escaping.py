"""Words of a report, a person or a model made safe for Streamlit's Markdown, and marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PUNCTUATION = re.compile(r"[\\`*_{}\[\]()#+\-.!|~$<>:&=^\"']")
# What is still read as markup after its punctuation was escaped: emoji and icon names, arrows and dashes, addresses.
_LATE = re.compile(r":(?=[\w+\-/]+:)|[-=<>~](?=[-=<>])|(?<=\w)@(?=\w)|\bwww(?=\.)|\bhttps?(?=:)", re.IGNORECASE)
_JOINER = "\u2060"  # word joiner: no width, no break

STRONG = "**{}**"
QUOTED = ":yellow-background[{}]"
FOUND = ":orange-background[{}]"
"""Ways to mark a span; `{}` stands for its escaped words."""


@dataclass(frozen=True, slots=True)
class Span:
    """`start:end` of a text, and the way it is marked."""

    start: int
    end: int
    style: str


def escape(text: str) -> str:
    """Markdown that shows exactly `text` on one line or, where it has line breaks, on several.

    Invisible word joiners are put into what would otherwise become an emoji, an icon, an arrow or a link.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "  \n".join(_PUNCTUATION.sub(r"\\\g<0>", _LATE.sub(r"\g<0>" + _JOINER, line)) for line in lines)


def mark(text: str, spans: Iterable[Span]) -> str:
    """Markdown of `text`, escaped, with `spans` marked. A span may lie inside another; partly overlapping ones are cut."""
    return _marked(text, 0, len(text), sorted(spans, key=lambda span: (span.start, -span.end)))


def plain(markdown: str) -> str:
    """What a reader sees of a text that `escape` made."""
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!|~$<>:&=^\"'])", r"\1", markdown).replace(_JOINER, "").replace("  \n", "\n")


def _marked(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    out, at = [], start
    for number, span in enumerate(spans):
        left, right = max(span.start, at), min(span.end, end)
        if left >= right:
            continue
        out.append(_piece(text[at:left]))
        inner = [one for one in spans[number + 1 :] if one.start < right]
        out.append(_styled(text, left, right, inner, span.style))
        at = right
    out.append(_piece(text[at:end]))
    return "".join(out)


def _styled(text: str, start: int, end: int, inner: Sequence[Span], style: str) -> str:
    """Marks line by line, since a mark must not run over a line break; blanks at either end stay outside."""
    out, at = [], start
    for line in text[start:end].split("\n"):
        words = line.strip()
        if words:
            left = at + line.index(words)
            out.append(_piece(line[: line.index(words)]) + style.format(_marked(text, left, left + len(words), inner)))
            out.append(_piece(line[line.index(words) + len(words) :]))
        at += len(line) + 1
        out.append("  \n")
    return "".join(out[:-1])


def _piece(text: str) -> str:
    """Escaped words with one blank kept at either end where there was white space."""
    if not text.strip():
        return "  \n" if "\n" in text else " " if text else ""
    before = ("  \n" if "\n" in text[: len(text) - len(text.lstrip())] else " ") if text[0].isspace() else ""
    after = ("  \n" if "\n" in text[len(text.rstrip()) :] else " ") if text[-1].isspace() else ""
    return before + escape(text.strip()) + after
