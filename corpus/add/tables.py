"""Tables as statements: one row makes one sentence, each figure with the words of its header and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.add.column_heads import SPAN, UNIT_IN_BRACKETS, capital, change, comparison, is_change, small, time_and_label, written_out
from corpus.text import fold
from corpus.units import UNIT_SAID

_NUMBER = re.compile(r"[-+–]?\s?\d[\d.,]*(?:\s?[-–/]\s?\d[\d.,]*)?\s?[%‰]?|\(\d[\d.,]*\)%?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)\d\d)?")
_INDEX = re.compile(r"\(?\d{1,2}\)?|\(?[A-Za-z]\)?|\(?\d{1,2}\)?\s*=.*|")
_ORDINAL = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?|[IVXLivx]{1,5}\.?|[A-Za-zĐđ][.)]?|[-–+*•]+|")
_ORDER_HEAD = re.compile(r"(?:so )?(?:s?tt|thu tu)")
_UNIT_HEAD = re.compile(r"don vi(?: tinh)?|dvt|dv tinh|d\.v\.t|dvi tinh")
_REMARK_HEAD = re.compile(r"ghi chu|danh gia|ket qua danh gia")
_CAPTION_UNIT = re.compile(rf"(?i){UNIT_SAID}\s*:?\s*([^().;]{{1,30}}?)\s*(?:[).;]|$)")
_GENERAL_GROUP = re.compile(r"(?i)(?:các )?(?:chỉ tiêu|lĩnh vực|nhóm chỉ tiêu|kinh tế|xã hội|về )|.*\b(?:kinh tế|xã hội|môi trường)$")
_RESULT = re.compile(r"(?i)(?:ước|thực hiện|kết quả|đạt|đã )")
_PLAN = re.compile(r"(?i)(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nghị quyết|phấn đấu|dự kiến)")
_MEASURE = re.compile(r"(?i)(?:năng suất|sản lượng|diện tích|giá trị|số lượng|số hộ|số người|tỷ lệ|tỉ lệ|trong đó)\b")
_PLACE_HEAD = re.compile(r"\b(?:xa|phuong|thi tran|don vi|dia phuong)\b")
_MARK = re.compile(r"\[\^\d+\]")
_BULLET = re.compile(r"^\s*[-–+*•]\s*")
_OPENER = re.compile(r"(?i)^(?:trong đó|gồm|bao gồm|chia ra|tr\.?đó|tđ)\s*:?\s*")
_BLANK = frozenset({"", "-", "–", "—", "...", "…", "x", "X"})


@dataclass(frozen=True, slots=True)
class Header:
    """The words of each column's header, from the top row down."""

    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """The sentences of a table, its header (for a table that goes on over a page), names of its rows, and what is in doubt."""

    sentences: tuple[str, ...]
    header: Header
    row_names: tuple[str, ...]
    doubts: tuple[str, ...]


def caption_unit(text: str) -> str:
    """The unit that a line above a table gives (`Đơn vị tính: triệu đồng`); empty where it gives none."""
    match = _CAPTION_UNIT.search(text)
    return match.group(1).strip() if match and len(match.group(1).split()) <= 4 else ""


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table only places text side by side (letterhead, signature): it has no figures and few rows."""
    return not any(is_figure(cell) for row in rows for cell in row) and (len(rows) <= 2 or max(len(row) for row in rows) <= 2)


def to_statements(rows: Sequence[Sequence[str]], unit: str = "", carried: Header | None = None) -> Statements:
    """The statements of a table's rows. `unit` is the caption's; `carried` the header of the table that this one goes on with."""
    width = max(len(row) for row in rows)
    cells = [[" ".join(cell.split()) for cell in row] + [""] * (width - len(row)) for row in rows]
    first, end = _body(cells)
    doubts: list[str] = []
    if first == 0 and carried is not None and len(carried.columns) == width:
        header = carried
    else:
        header = _header(cells[:end], width)
        if first == 0:
            doubts.append("bảng không có dòng tiêu đề")
    return _Rows(header, cells[first:], unit, doubts).read()


def _body(cells: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Where the rows below the header begin, and where the header ends: a row of column numbers may stand between."""
    first = next((n for n, row in enumerate(cells) if _is_data(row)), len(cells))
    numbered = next((n for n in range(1, first) if _is_index(cells[n])), None)
    if numbered is not None:
        return numbered + 1, numbered
    while first > 1 and first < len(cells) and not any(cells[first - 1][2:]):
        first -= 1  # the name of a group of rows
    return first, first


def _is_data(row: Sequence[str]) -> bool:
    return not _is_index(row) and any(is_figure(cell) for cell in row[1:])


def is_blank(cell: str) -> bool:
    """Whether a cell says that there is nothing."""
    return cell.strip() in _BLANK


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure, with or without its unit, and no year."""
    cell = _MARK.sub("", cell).strip()
    return bool(_NUMBER.fullmatch(cell)) and not _YEARS.fullmatch(cell) or bool(re.fullmatch(r"[-+]?\d[\d.,]*\s+[^\W\d][^\d]{0,20}", cell))


def _is_index(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns (`A`, `B`, `1`, `2`, `3=2/1`)."""
    if not any(row) or not all(_INDEX.fullmatch(cell) for cell in row):
        return False
    numbers = [int(match.group()) for cell in row if (match := re.search(r"\d{1,2}", cell))]
    return len(numbers) < 2 or all(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False))


def _header(rows: Sequence[Sequence[str]], width: int) -> Header:
    titled = [row for row in rows if not _is_index(row) and len(set(row)) > 1]
    columns = []
    for at in range(width):
        words = list(dict.fromkeys(_MARK.sub("", row[at]).strip() for row in titled if row[at].strip()))
        columns.append(" ".join(words))
    return Header(tuple(columns))


class _Rows:
    """One pass over the rows below a header."""

    def __init__(self, header: Header, rows: Sequence[Sequence[str]], unit: str, doubts: list[str]) -> None:
        self.header, self.unit, self.doubts = header, unit, doubts
        self.rows = [row for row in rows if any(row) and not _is_index(row)]
        columns = range(len(header.columns))
        heads = [fold(column).strip(" .") for column in header.columns]
        self.order = {n for n in columns if _ORDER_HEAD.fullmatch(heads[n]) or (n == 0 and self._all(n, _ORDINAL) and len(heads) > 2)}
        self.name = next((n for n in columns if n not in self.order), 0)
        self.unit_at = next((n for n in columns if n > self.name and _UNIT_HEAD.match(heads[n]) and not any(is_figure(r[n]) for r in self.rows)), None)
        self.remark_at = {n for n in columns if n > self.name and _REMARK_HEAD.match(heads[n])}
        self.values = [n for n in columns if n not in self.order | self.remark_at | {self.name, self.unit_at}]
        self.places = bool(_PLACE_HEAD.search(heads[self.name]))
        self.group, self.parent = "", ""

    def _all(self, column: int, pattern: re.Pattern[str]) -> bool:
        return all(pattern.fullmatch(row[column]) for row in self.rows)

    def read(self) -> Statements:
        sentences, names = [], []
        for row in self.rows:
            sentence = self._sentence(row)
            if sentence:
                sentences.append(sentence)
                names.append(_BULLET.sub("", _MARK.sub("", row[self.name])).strip())
        if not self.places:
            names = []
        return Statements(tuple(sentences), self.header, tuple(names), tuple(dict.fromkeys(self.doubts)))

    def _sentence(self, row: Sequence[str]) -> str:
        marks = "".join(dict.fromkeys(mark for cell in row for mark in _MARK.findall(cell)))
        cells = [_MARK.sub("", cell).strip() for cell in row]
        name = cells[self.name]
        filled = [n for n in self.values if not is_blank(cells[n]) and cells[n] != name]
        remarks = [f"{small(self.header.columns[n])}: {cells[n]}" for n in sorted(self.remark_at) if not is_blank(cells[n])]
        if not filled:
            if name and not _OPENER.fullmatch(name + ":"):
                self.group = "" if _GENERAL_GROUP.match(_BULLET.sub("", name)) else _plain(name)
                self.parent = ""
            return f"{_plain(name)}: {', '.join(remarks)}{marks}." if name and remarks else ""
        title = self._title(row, name)
        if not any(self.header.columns[n] for n in filled):
            values = [self._value(n, cells, name) for n in filled]
            return f"{capital(title)}: {', '.join(values)}{marks}."
        clauses = [self._clause(n, cells, name, title) for n in filled]
        return capital("; ".join([*clauses, *remarks])) + f"{marks}."

    def _title(self, row: Sequence[str], name: str) -> str:
        """The row's name as it goes into a sentence, with that of the row or group that it is a part of."""
        order = row[min(self.order)].strip() if self.order else ""
        is_part = bool(_BULLET.match(name) or _OPENER.match(name)) or order in ("-", "+", "–")
        own = _inner(_plain(name) or "tổng cộng")
        above = self.parent if is_part and self.parent else self.group
        title = own
        if above and _inner(above) != own:
            title = f"{own} {_inner(above)}" if _MEASURE.match(own) else f"{_inner(above)} - {own}"
        if not is_part:
            self.parent = title
        return title

    def _clause(self, column: int, cells: Sequence[str], name: str, title: str) -> str:
        """What one cell says: a statement that stands without its neighbours."""
        head, value = self.header.columns[column], self._value(column, cells, name)
        words = written_out(head)
        if not words:
            self.doubts.append(f"cột {column + 1} không có tiêu đề")
            return f"{title} là {value}"
        if is_change(words):
            return f"{title} {change(words, value)}"
        compared = comparison(words)
        if compared:
            return " ".join(f"{title} {compared} bằng {value}".split())
        time, label = time_and_label(words)
        if _RESULT.match(label):
            parts = [title, time, label, value]
        elif label:
            parts = [label, f"của {title}" if self.places and not _PLAN.match(label) else title, time, "là", value]
        else:
            parts = [title, time, "là", value]
        return " ".join(part for part in parts if part)

    def _value(self, column: int, cells: Sequence[str], name: str) -> str:
        cell = cells[column]
        unit = self._unit(self.header.columns[column], cell, cells, name)
        return cell + ("%" if unit == "%" else f" {unit}") if unit else cell

    def _unit(self, head: str, cell: str, cells: Sequence[str], name: str) -> str:
        if not _NUMBER.fullmatch(cell) or cell.endswith(("%", "‰")):
            return ""
        if "%" in head:
            return "%"
        inner = UNIT_IN_BRACKETS.search(head)
        if inner and not SPAN.search(inner.group(1)):
            return inner.group(1).strip()
        if re.search(r"(?i)so sánh|so với|\bss\b|tăng|tỷ lệ|tỉ lệ", head) or comparison(written_out(head)):
            if self.unit_at is not None and cells[self.unit_at] == "%" and re.search(r"(?i)tỷ lệ|tỉ lệ", head):
                return "%"
            self.doubts.append(f"cột “{head}” không ghi đơn vị")
            return ""
        if self.unit_at is not None and cells[self.unit_at] not in _BLANK:
            return cells[self.unit_at]
        own = UNIT_IN_BRACKETS.search(name)
        if own:
            return own.group(1).strip()
        if not self.unit:
            self.doubts.append("bảng không ghi đơn vị tính")
        return self.unit


def _plain(name: str) -> str:
    """A row's name without list marks, `trong đó` and a unit in brackets at its end."""
    name = _OPENER.sub("", _BULLET.sub("", name)).strip(" :;.")
    name = _BULLET.sub("", re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|[A-H]\.|[a-zđ]\))\s+", "", name))
    return re.sub(UNIT_IN_BRACKETS.pattern + r"$", "", name).strip()


def _inner(name: str) -> str:
    """A name as it stands within a sentence."""
    return name if _is_name(name) else name[:1].lower() + name[1:]


def _is_name(words: str) -> bool:
    """Whether words are a proper name (each begins with a capital), or begin with an abbreviation."""
    parts = words.split()
    return (len(parts) > 1 and all(part[:1].isupper() for part in parts)) or parts[0].isupper()
