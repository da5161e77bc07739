"""The model's reply as plain text: thinking, markup and stray blanks taken away, marks put before the end of their sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import nfc, sentences

_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_EMPHASIS = re.compile(r"\*{1,3}|`{1,3}|(?m:^)#{1,6}\s+|(?m:^)\s*[-•+]\s+")
_MARK_LIST = re.compile(r"\[\s*(\d+(?:\s*[,;]\s*\d+)+)\s*\]")
_MARK_AFTER = re.compile(r"([.!?…]+)\s*((?:\s*\[\d+\])+)")
_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft: as shown, without its marks, and the numbers it cites."""

    shown: str
    plain: str
    marks: tuple[int, ...]


def clean_reply(reply: str) -> str:
    """The text of a reply that may still be coming in; nothing of an unfinished thought."""
    text = nfc(_THINKING.sub("", reply))
    text = _EMPHASIS.sub("", text)
    text = _MARK_LIST.sub(lambda match: "".join(f"[{n}]" for n in re.findall(r"\d+", match.group(1))), text)
    text = _MARK_AFTER.sub(lambda match: " " + "".join(match.group(2).split()) + match.group(1), text)
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def read_sentences(text: str) -> list[Sentence]:
    """The sentences of a cleaned text, in order."""
    return [read_sentence(text[start:end]) for start, end in sentences(text)]


def read_sentence(shown: str) -> Sentence:
    """One sentence with its marks read."""
    plain = re.sub(r"\s+([.,;:!?])", r"\1", _MARK.sub("", shown))
    return Sentence(shown, re.sub(r"\s+", " ", plain).strip(), tuple(int(n) for n in _MARK.findall(shown)))


def joined(parts: list[Sentence]) -> str:
    """The sentences as one text, each ended by a point."""
    return " ".join(part.shown if part.shown.endswith((".", "!", "?")) else part.shown.rstrip(";:, ") + "." for part in parts)
