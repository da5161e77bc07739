"""A draft report as a person edits it: the fields of its front matter, and its text page by page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from corpus import Report, build_passages
from corpus.add import AddError, Draft
from corpus.add.draft import check_id
from corpus.report import FRONT_MATTER, PAGE_MARK, parse_report
from corpus.text import nfc

FIRST_YEAR, LAST_YEAR = 1990, 2100
REQUIRED = {"title": "tên báo cáo", "place": "địa phương", "year": "năm"}
"""Fields without which a draft is no report, and their names."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page of the draft: the marker of the page (with the blanks after it), the words, the blanks after them."""

    page: int
    marker: str
    words: str
    tail: str

    @classmethod
    def of(cls, part: str) -> PageText:
        """A part of a draft that begins with a marker, or the part before the first one."""
        match = PAGE_MARK.match(part)
        words = part[match.end() if match else 0 :]
        blanks = len(words) - len(words.lstrip())
        marker = (match.group() if match else "") + words[:blanks]
        kept = words.strip()
        return cls(int(match.group(1)) if match else 1, marker, kept, words[blanks + len(kept) :])

    @property
    def text(self) -> str:
        """The part as it stands in the draft."""
        return self.marker + self.words + self.tail


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft on its way to the folder of reports.

    `remarks` is what to look at; `sources` are the words of each page as they were read, none where the source is not at
    hand. `saved` is the id under which it stands in the folder, if it does.
    """

    front: Mapping[str, Any]
    pages: tuple[PageText, ...]
    remarks: tuple[str, ...]
    sources: tuple[str, ...] = ()
    saved: str | None = None

    @classmethod
    def of_draft(cls, draft: Draft) -> Edited:
        """A draft that was just made from a file."""
        front, text = split_front(draft.markdown)
        return cls(front, tuple(split_pages(text)), tuple(map(str, draft.remarks)), draft.pages)

    @classmethod
    def of_report(cls, report: Report) -> Edited:
        """A report that stands in the folder already."""
        front, text = split_front(report.raw)
        return cls(front, tuple(split_pages(text)), tuple(map(str, front.get("remarks") or ())), saved=report.id)

    @property
    def markdown(self) -> str:
        """The whole file."""
        dumped = yaml.safe_dump({**self.front, "reviewed": False}, allow_unicode=True, sort_keys=False, width=1 << 20, default_flow_style=None)
        return f"---\n{dumped}---\n\n{''.join(part.text for part in self.pages)}"

    def with_field(self, name: str, value: object) -> Edited:
        """With a field of the front matter changed; an empty one is left out."""
        kept = {key: one for key, one in self.front.items() if key != name or value not in (None, "", [])}
        return replace(self, front={**kept, name: value} if value not in (None, "", []) else kept)

    def with_words(self, number: int, words: str) -> Edited:
        """With the words of part `number` (from 0) changed."""
        parts = list(self.pages)
        parts[number] = replace(parts[number], words=nfc(words).strip())
        return replace(self, pages=tuple(parts))

    def checked(self) -> Draft:
        """The draft to save. Raises `ReportError` where the fields or the text make no report."""
        name = str(self.front.get("id") or "")
        check_id(name)
        for field, label in REQUIRED.items():
            if not self.front.get(field):
                raise AddError(f"Hãy điền {label}.")
        markdown = self.markdown
        report = parse_report(markdown, Path(f"{name}.md"))
        if not build_passages(report):
            raise AddError("Bản nháp không còn đoạn văn nào.")
        return Draft(name, markdown, str(self.front.get("source", "")), dict(self.front), (), (), self.sources, 0, 0)


def split_front(markdown: str) -> tuple[dict[str, Any], str]:
    """The front matter and what follows it. Raises `AddError` where there is none."""
    match = FRONT_MATTER.match(markdown)
    front = yaml.safe_load(match.group(1)) if match else None
    if match is None or not isinstance(front, dict):
        raise AddError("Bản nháp thiếu phần khai báo đầu tệp.")
    return front, markdown[match.end() :].lstrip("\n")


def split_pages(text: str) -> list[PageText]:
    """The text cut before each page marker; joined again, the parts are `text`."""
    starts = [match.start() for match in PAGE_MARK.finditer(text)]
    if not starts or text[: starts[0]].strip():
        starts = [0, *starts]
    return [PageText.of(text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def places_of(text: str) -> list[str]:
    """The places of a line `Tân Lập, Phú Cường, thị trấn Xuyên Sơn`."""
    return [name for name in (nfc(part).strip() for part in re.split(r"[,;\n]", text)) if name]


def named_for_the_page(message: str, labels: Sequence[tuple[str, str]]) -> str:
    """A message that names an option of the command line, with the field of the page in its place."""
    for option, label in labels:
        message = re.sub(rf"bằng --{option}(?: \(ví dụ [^)]*\))?", f"ở ô “{label}”", message)
    return message.replace("thêm --replace để thay bản cũ", "chọn thay báo cáo ấy")
