"""Tables as statements: one row makes one sentence, each figure with the words of its header and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import fold

_NUMBER = re.compile(r"[-+–]?\s?\d[\d.,]*(?:\s?[-–/]\s?\d[\d.,]*)?\s?[%‰]?|\(\d[\d.,]*\)%?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)\d\d)?")
_INDEX = re.compile(r"\(?\d{1,2}\)?|\(?[A-Za-z]\)?|\(?\d{1,2}\)?\s*=.*|")
_ORDINAL = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?|[IVXLivx]{1,5}\.?|[A-Za-zĐđ][.)]?|[-–+*•]+|")
_ORDER_HEAD = re.compile(r"(?:so )?(?:s?tt|thu tu)")
_UNIT_HEAD = re.compile(r"don vi(?: tinh)?|dvt|dv tinh|d\.v\.t|dvi tinh")
_REMARK_HEAD = re.compile(r"ghi chu|danh gia|ket qua danh gia")
_UNIT_IN_BRACKETS = re.compile(r"\s*\((?:(?i:đơn vị(?: tính)?|đvt)\s*:?\s*)?([^()\d]{1,25}|%|[^()]*/[^()]*)\)")
_CAPTION_UNIT = re.compile(r"(?i)(?:đơn vị(?: tính)?|đvt)\s*:?\s*([^().;]{1,30}?)\s*(?:[).;]|$)")
_SPAN = re.compile(
    r"(?i)\b((?:(?:6|9|03|06|09|3|sáu|chín) tháng(?: đầu| cuối)?|quý [IVX\d]+(?: và quý [IVX\d]+)?|tháng \d{1,2}|vụ [^\W\d_]+(?: [^\W\d_]+)?)"
    r"\s*(?:năm|/|-)?\s*)?(?:năm\s*)?((?:19|20)\d\d)\b"
)
_SHORT = {"KH": "kế hoạch", "TH": "thực hiện", "ƯTH": "ước thực hiện", "UTH": "ước thực hiện", "CK": "cùng kỳ", "SS": "so sánh", "NQ": "nghị quyết"}
_GENERAL_GROUP = re.compile(r"(?i)(?:các )?(?:chỉ tiêu|lĩnh vực|nhóm chỉ tiêu|kinh tế|xã hội|về )|.*\b(?:kinh tế|xã hội|môi trường)$")
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
    numbered = next((n for n in range(1, first) if all(_INDEX.fullmatch(cell) for cell in cells[n])), None)
    if numbered is not None:
        return numbered + 1, numbered
    while first > 1 and first < len(cells) and not any(cells[first - 1][2:]):
        first -= 1  # the name of a group of rows
    return first, first


def _is_data(row: Sequence[str]) -> bool:
    if all(_INDEX.fullmatch(cell) for cell in row):
        return False
    return any(is_figure(cell) for cell in row[1:])


def is_blank(cell: str) -> bool:
    """Whether a cell says that there is nothing."""
    return cell.strip() in _BLANK


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure, with or without its unit, and no year."""
    cell = _MARK.sub("", cell).strip()
    return bool(_NUMBER.fullmatch(cell)) and not _YEARS.fullmatch(cell) or bool(re.fullmatch(r"[-+]?\d[\d.,]*\s+[^\W\d][^\d]{0,20}", cell))


def _header(rows: Sequence[Sequence[str]], width: int) -> Header:
    titled = [row for row in rows if not all(_INDEX.fullmatch(cell) for cell in row) and len(set(row)) > 1]
    columns = []
    for at in range(width):
        words = list(dict.fromkeys(_MARK.sub("", row[at]).strip() for row in titled if row[at].strip()))
        columns.append(" ".join(words))
    return Header(tuple(columns))


class _Rows:
    """One pass over the rows below a header."""

    def __init__(self, header: Header, rows: Sequence[Sequence[str]], unit: str, doubts: list[str]) -> None:
        self.header, self.unit, self.doubts = header, unit, doubts
        self.rows = [row for row in rows if not all(_INDEX.fullmatch(cell) for cell in row) or any(len(cell) > 2 for cell in row)]
        columns = range(len(header.columns))
        heads = [fold(column).strip(" .") for column in header.columns]
        self.order = {n for n in columns if _ORDER_HEAD.fullmatch(heads[n]) or (n == 0 and self._all(n, _ORDINAL) and len(heads) > 2)}
        self.name = next((n for n in columns if n not in self.order), 0)
        self.unit_at = next((n for n in columns if n > self.name and _UNIT_HEAD.match(heads[n]) and not any(is_figure(r[n]) for r in self.rows)), None)
        self.remark_at = {n for n in columns if n > self.name and _REMARK_HEAD.match(heads[n])}
        self.values = [n for n in columns if n not in self.order | self.remark_at | {self.name, self.unit_at}]
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
        if fold(self.header.columns[self.name]) and not re.search(r"\b(?:xa|phuong|thi tran|don vi|dia phuong)\b", fold(self.header.columns[self.name])):
            names = []
        return Statements(tuple(sentences), self.header, tuple(names), tuple(dict.fromkeys(self.doubts)))

    def _sentence(self, row: Sequence[str]) -> str:
        marks = "".join(dict.fromkeys(mark for cell in row for mark in _MARK.findall(cell)))
        cells = [_MARK.sub("", cell).strip() for cell in row]
        name = cells[self.name]
        filled = [n for n in self.values if cells[n] not in _BLANK and cells[n] != name]
        if not filled:
            if name and not _OPENER.fullmatch(name + ":"):
                self.group = "" if _GENERAL_GROUP.match(_BULLET.sub("", name)) else _plain(name)
                self.parent = ""
                return self._bare(row, name) + marks if len(set(cells)) > 2 and self.remark_at else ""
            return ""
        title = self._title(row, name)
        parts = [self._part(n, cells[n], cells, name) for n in filled]
        parts += [f"{_small(self.header.columns[n])}: {cells[n]}" for n in sorted(self.remark_at) if cells[n] not in _BLANK]
        return f"{title}: {', '.join(parts)}{marks}."

    def _bare(self, row: Sequence[str], name: str) -> str:
        remarks = [f"{_small(self.header.columns[n])}: {row[n]}" for n in sorted(self.remark_at) if row[n] not in _BLANK]
        return f"{_plain(name)}: {', '.join(remarks)}" if remarks else ""

    def _title(self, row: Sequence[str], name: str) -> str:
        """The row's name, after that of the row or group that it is a part of."""
        order = row[min(self.order)].strip() if self.order else ""
        is_part = bool(_BULLET.match(name) or _OPENER.match(name)) or order in ("-", "+", "–")
        plain = _plain(name) or "Cộng"
        above = self.parent if is_part and self.parent else self.group
        if not is_part:
            self.parent = f"{self.group} - {plain}" if self.group else plain
        title = f"{above} - {plain[:1].lower() + plain[1:] if not _is_name(plain) else plain}" if above and above != plain else plain
        return _capital(title)

    def _part(self, column: int, cell: str, cells: Sequence[str], name: str) -> str:
        head = self.header.columns[column]
        unit = self._unit(head, cell, cells, name)
        value = cell if not unit or cell.endswith("%") or not _NUMBER.fullmatch(cell) else cell + ("%" if unit == "%" else f" {unit}")
        words = _head_words(head)
        if not words:
            if not head:
                self.doubts.append(f"cột {column + 1} không có tiêu đề")
            return value if not head else f"là {value}"
        if _is_change(words):
            return _change(words, value)
        return f"{words} {'bằng' if words.startswith('so với') or ' so với ' in words else 'là'} {value}"

    def _unit(self, head: str, cell: str, cells: Sequence[str], name: str) -> str:
        if not _NUMBER.fullmatch(cell) or cell.endswith(("%", "‰")):
            return ""
        if "%" in head:
            return "%"
        inner = _UNIT_IN_BRACKETS.search(head)
        if inner and not _SPAN.search(inner.group(1)):
            return inner.group(1).strip()
        if re.search(r"(?i)so sánh|so với|\bss\b|tăng|tỷ lệ|tỉ lệ|\w/\w", head):
            if self.unit_at is not None and cells[self.unit_at] == "%" and re.search(r"(?i)tỷ lệ|tỉ lệ", head):
                return "%"
            self.doubts.append(f"cột “{head}” không ghi đơn vị")
            return ""
        if self.unit_at is not None and cells[self.unit_at] not in _BLANK:
            return cells[self.unit_at]
        own = _UNIT_IN_BRACKETS.search(name)
        if own:
            return own.group(1).strip()
        if not self.unit:
            self.doubts.append("bảng không ghi đơn vị tính")
        return self.unit


def _plain(name: str) -> str:
    """A row's name without list marks, `trong đó` and a unit in brackets at its end."""
    name = _OPENER.sub("", _BULLET.sub("", name)).strip(" :;.")
    name = _BULLET.sub("", re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|[A-H]\.|[a-zđ]\))\s+", "", name))
    return re.sub(_UNIT_IN_BRACKETS.pattern + r"$", "", name).strip()


def _is_name(words: str) -> bool:
    """Whether words are a proper name (each begins with a capital), or begin with an abbreviation."""
    parts = words.split()
    return (len(parts) > 1 and all(part[:1].isupper() for part in parts)) or parts[0].isupper()


def _head_words(head: str) -> str:
    """A header's words as they go into a sentence: abbreviations written out, the time before them, the unit left out."""
    words = re.sub(r"\(\s*%\s*\)|%", " ", head)
    words = re.sub(_UNIT_IN_BRACKETS.pattern, lambda m: m.group() if _SPAN.search(m.group(1)) else " ", words)
    words = re.sub(r"\b[A-ZƯ]{2,3}(?=[\d\s/]|$)", lambda m: _SHORT.get(m.group(), m.group()), words)
    words = re.sub(r"(?<=[^\W\d_])(?=(?:19|20)\d\d\b)", " ", words)
    words = " ".join(words.replace("(", " ").replace(")", " ").split())
    versus = re.search(r"(?i)\bso (?:với|sánh(?: với)?)\b\s*:?\s*(.*)", words)
    ratio = re.fullmatch(r"(?i)(?:so sánh\s*|tỷ lệ\s*)?(.+?)\s*/\s*(.+)", words)
    if ratio and not re.fullmatch(r"\d{1,2}|tháng.*|quý.*", ratio.group(1)) and not _is_change(words):
        return f"{_time_first(ratio.group(1))} so với {_with_year(ratio.group(2))}"
    if versus and not _is_change(words):
        before = _time_first(words[: versus.start()])
        return f"{before} so với {_with_year(versus.group(1))}".strip() if versus.group(1) else f"{before} so sánh".strip()
    if _is_change(words):
        return _small(_with_year(words, keep=True))
    return _time_first(words)


def _with_year(words: str, keep: bool = False) -> str:
    words = _SPAN.sub(lambda m: f"{m.group(1) or 'năm '}{m.group(2)}", words)
    return words if keep else _small(words)


def _time_first(words: str) -> str:
    """`Ước thực hiện năm 2023` as `năm 2023 ước thực hiện`: what follows is then of that year."""
    spans = list(_SPAN.finditer(words))
    if len(spans) != 1:
        return _small(_with_year(words))
    span = spans[0]
    time = f"{(span.group(1) or 'năm ').strip()} {span.group(2)}" if not (span.group(1) or "").rstrip().endswith("/") else span.group()
    rest = " ".join((words[: span.start()] + " " + words[span.end() :]).split()).strip(" ,;:-")
    return f"{_small(time)} {_small(rest)}".strip()


def _is_change(words: str) -> bool:
    return bool(re.search(r"(?i)\btăng\b.*\bgiảm\b|\btăng\s*\(?\s*[+]", words))


def _change(words: str, value: str) -> str:
    """A figure of a column `Tăng, giảm so với …`: its sign says which."""
    rest = re.sub(r"(?i)\s*\(?\s*[+]?\s*\btăng\b\s*[+)(]*\s*[,;/-]*\s*(?:hoặc |và )?\(?\s*[-–]?\s*\bgiảm\b\s*[()-]*", " ", words)
    rest = " ".join(rest.split()).strip(" ,;:-/")
    rest = re.sub(r"(?i)^so sánh (?=so với)", "", rest)
    falls = bool(re.match(r"[-–(]", value))
    amount = value.lstrip("-–+ ").replace("(", "").replace(")", "")
    return f"{rest if not rest.startswith('so ') else ''} {'giảm' if falls else 'tăng'} {amount} {rest if rest.startswith('so ') else ''}".strip()


def _small(words: str) -> str:
    words = words.strip()
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
