"""The front matter of a draft, guessed from the words of the report and told as guesses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import takewhile

from corpus.add.document import Block, Table
from corpus.add.tables import is_layout
from corpus.text import fold

CENTRAL_CITIES = ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "Huế")
"""The cities of a province's rank."""
HEAD_PARAGRAPHS = 25
"""So many first paragraphs may hold the letterhead, the title and the session."""

_CAPITAL = r"[A-ZĐÀÁẢÃẠĂÂÈÉẺẼẸÊÌÍỈĨỊÒÓỎÕỌÔƠÙÚỦŨỤƯỲÝỶỸỴẰẮẲẴẶẦẤẨẪẬỀẾỂỄỆỒỐỔỖỘỜỚỞỠỢỪỨỬỮỰ]"
_NAME = rf"{_CAPITAL}[^\W\d_]*(?:[ ]{_CAPITAL}[^\W\d_]*){{0,3}}|\d{{1,2}}"
_OWN_KINDS = "huyện|quận|thị xã|thành phố|xã|phường|thị trấn|tỉnh|đặc khu"
_BODY = re.compile(rf"(?:(?i:ủy|uỷ)\s+(?i:ban\s+nhân\s+dân)|UBND|(?i:hội\s+đồng\s+nhân\s+dân)|HĐND)\s+(?P<kind>(?i:{_OWN_KINDS}))\s+(?P<name>{_NAME})")
_PLACE = re.compile(rf"\b(?P<kind>(?i:{_OWN_KINDS}))[ ](?P<name>{_NAME})")
_PART_OF = re.compile(rf"\b((?i:xã|phường|thị trấn|đặc khu))[ ]({_NAME})")
_PARTS_OF = re.compile(rf"\b(?:(?i:các)|\d{{1,2}})\s+((?i:xã|phường))[ :(]+((?:{_NAME})(?:(?:,\s*|\s+và\s+)(?:{_NAME}))+)")
_HAMLET_KINDS = "thôn|ấp|bản|buôn|khu phố|khóm|làng|xóm|tổ dân phố"
_HAMLET = re.compile(rf"\b((?i:{_HAMLET_KINDS}))[ ]({_NAME})")
_HAMLETS = re.compile(rf"\b(?:(?i:các)|\d{{1,2}})\s+((?i:{_HAMLET_KINDS}))[ :(]+((?:{_NAME})(?:(?:,\s*|\s+và\s+)(?:{_NAME}))+)")
_TOTAL = re.compile(r"(?i)tổng|cộng|toàn|chung")
_PERIOD = re.compile(r"(?i)(?P<half>(?:6|06|sáu) tháng đầu|(?P<nine>9|09|chín) tháng(?: đầu)?)? ?năm\s+(?P<year>20\d\d)")
_PLAN = re.compile(r"(?i)(?:kế hoạch|mục tiêu|nhiệm vụ|phương hướng|giải pháp|dự toán)(?:[^.;]{0,160}?)(?<!đầu )năm\s+(20\d\d)")
_SESSION = re.compile(r"(?i)\(?\s*((?:tài liệu )?(?:trình|báo cáo) (?:tại )?(?:kỳ họp|hội nghị)[^()]{3,150})\)?")
_DATE = re.compile(r"(?i)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(20\d\d)")
_TITLE_HEAD = re.compile(r"(?i)(?:báo cáo)\s*[:.]?$")
_TITLE_START = re.compile(r"(?i)(?:báo cáo\s+)?(?:(?:về )?(?:kết quả|tình hình|đánh giá|tổng kết|sơ kết|việc thực hiện)\b|báo cáo\b)")
_AFTER_TITLE = re.compile(r"(?i)\(|phần\b|[IVX\dA-H]+[.)]\s|kính gửi|thực hiện\b.*(?:luật|quy chế)")
_RESULTS_END = re.compile(r"(?i)\b(?:kế hoạch|phương hướng|mục tiêu|(?<!thực hiện )nhiệm vụ(?: trọng tâm| 6 tháng cuối| năm))\b")
_TITLE_INLINE = re.compile(r"BÁO CÁO\s*[:.]?\s+(?!SỐ)([^\W\d_].{15,})")
_TITLE_GOES_ON = re.compile(r"(?i)(?:kế hoạch|phương hướng|nhiệm vụ|mục tiêu|giải pháp|và|năm|sáu tháng|6 tháng|dự toán|của)\b")
_MOTTO = re.compile(r"(?i)cộng h[oò][aà] xã hội chủ nghĩa việt nam|độc lập\s*[-–]\s*tự do|số\s*:")
_COMMON_WORDS = frozenset("Trung Hội Ban Đảng Văn Chương Nông Thị Công Bộ Đề Quyết Nghị Luật Phòng".split())


@dataclass(frozen=True, slots=True)
class Front:
    """The fields of the front matter; an empty string or None where nothing was found."""

    id: str
    title: str
    body: str
    place: str
    province: str
    year: int | None
    plan_year: int | None
    session: str
    date: str
    places: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields that nothing was found for (a plan year and a date may well be absent)."""
        optional = {"plan_year", "date", "session", "places"}
        return tuple(field.name for field in fields(self) if not getattr(self, field.name) and field.name not in optional)


def guess_front(blocks: Sequence[Block], row_names: Iterable[str], year: int | None = None, place: str | None = None) -> Front:
    """The front matter that the text shows; `year` and `place` are known already. `row_names` name the rows of its tables."""
    texts = [re.sub(r"\[\^\d+\]", "", text) for block in blocks for text in _texts(block)]
    head, whole = texts[:HEAD_PARAGRAPHS], "\n".join(texts)
    title = _title(head)
    body, found_place = _body_and_place(head, texts[-HEAD_PARAGRAPHS:], whole)
    place = place or found_place
    found_year, part = _year(title, whole)
    year = year or found_year
    plan_year = _plan_year(title, whole, year)
    session = next((" ".join(m.group(1).split()).rstrip(" .)") for text in head if (m := _SESSION.search(text))), "")
    date = next((f"{int(m[3])}-{int(m[2]):02d}-{int(m[1]):02d}" for text in (*head, *texts[-HEAD_PARAGRAPHS:]) if (m := _DATE.search(text))), "")
    return Front(
        id=make_id(place, year, part),
        title=title,
        body=body,
        place=place,
        province=_province(place, head, whole),
        year=year,
        plan_year=plan_year,
        session=session[:1].upper() + session[1:],
        date=date,
        places=_places(whole, place, row_names),
    )


def _texts(block: Block) -> list[str]:
    """The texts of a block; of tables only those that place a letterhead or a signature."""
    if isinstance(block, Table):
        return [" ".join(cell.split()) for row in block.rows for cell in row] if is_layout(block.rows) else []
    return [block.text]


def make_id(place: str, year: int | None, part: str = "") -> str:
    """The id of a report: its place's name and year, `thanh-xuan-2023`; `part` stands before a part of a year (`thanh-xuan-6t-2024`)."""
    name = re.sub(rf"^(?:{fold(_OWN_KINDS)}) (?=[a-z])", "", fold(place))
    return "-".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", name).strip("-"), part, str(year or ""))))


def _title(head: Sequence[str]) -> str:
    """The lines below (or after) `BÁO CÁO`, else the first line that begins like a title, with the lines that go on with it."""
    for at, text in enumerate(head):
        inline = _TITLE_INLINE.search(text)
        if inline and len(text) < 300:
            return _sentence_case(inline.group(1).strip(" ,.:"))
        if _TITLE_HEAD.fullmatch(text) and at + 1 < len(head):
            return _joined(head[at + 1 : at + 6])
    return next((_joined(head[at : at + 6]) for at, text in enumerate(head[:8]) if _TITLE_START.match(text)), "")


def _joined(lines: Sequence[str]) -> str:
    title = ""
    for line in lines:
        goes_on = not title or title.endswith((",", "-", "–", ";", ":")) or line[:1].islower() or _TITLE_GOES_ON.match(line)
        if not goes_on or len(line) > 300 or line.endswith((".", ";")) or _AFTER_TITLE.match(line):
            break
        title = (
            f"{title} {line}"
            if title.endswith((",", ";", "-", "–"))
            else (f"{title}, {line}" if title and not line[:1].islower() else f"{title} {line}".strip())
        )
    return _sentence_case(re.sub(r"(?i)^báo cáo[:\s]+", "", title).strip(" ,:-"))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + (text[1:].lower() if text.isupper() else text[1:])


def _body_and_place(head: Sequence[str], tail: Sequence[str], whole: str) -> tuple[str, str]:
    letterhead = " ".join(text for text in head[:8] if not _MOTTO.search(text) and not _TITLE_HEAD.fullmatch(text))
    for text in (*head[:8], letterhead, *tail, *head, whole):
        text = re.split(_MOTTO, text)[0]
        for match in _BODY.finditer(text):
            kind, name = match.group("kind").lower(), _proper(match.group("name"))
            if kind == "tỉnh" and text is not letterhead:
                continue
            organ = "Hội đồng nhân dân" if re.match(r"(?i)hội|hđnd", match.group()) else "Ủy ban nhân dân"
            return f"{organ} {kind} {name}", f"{kind} {name}"
    counts = Counter((m.group("kind").lower(), _proper(m.group("name"))) for m in _PLACE.finditer(whole) if not m.group("name").isdigit())
    named = sorted(((n, kind, name) for (kind, name), n in counts.items() if kind in ("huyện", "quận", "thị xã", "đặc khu")), reverse=True)
    if not named or (len(named) > 1 and named[0][0] == named[1][0]):
        return "", ""
    return "", f"{named[0][1]} {named[0][2]}"


def _proper(name: str) -> str:
    """A place's name as it is written in text (`Thanh Xuân`), also where it stands in capitals; words in other type after it left out."""
    parts = name.split()
    if len(parts[0]) > 1 and parts[0].isupper():
        parts = list(takewhile(str.isupper, parts))
        return " ".join(part[:1].upper() + part[1:].lower() for part in parts)
    return " ".join(takewhile(lambda part: not (len(part) > 1 and part.isupper()), parts))


def _year(title: str, whole: str) -> tuple[int | None, str]:
    """The year that the report tells of, and the part of it (`6t`, `9t` months; empty: the whole year)."""
    for text in (_RESULTS_END.split(title)[0], title):
        match = _PERIOD.search(text)
        if match:
            return int(match.group("year")), ("9t" if match.group("nine") else "6t") if match.group("half") else ""
    counts = Counter(int(year) for year in re.findall(r"(?i)năm\s+(20\d\d)", whole))
    return (counts.most_common(1)[0][0], "") if counts else (None, "")


def _plan_year(title: str, whole: str, year: int | None) -> int | None:
    for text in (title, whole):
        planned = [int(found) for found in _PLAN.findall(text)]
        if year and (year + 1 in planned):
            return year + 1
    return None


def _province(place: str, head: Sequence[str], whole: str) -> str:
    if place.startswith("tỉnh "):
        return place
    counts: Counter[str] = Counter()
    for match in _PLACE.finditer("\n".join(head) + "\n" + whole):
        kind, name = match.group("kind").lower(), _proper(match.group("name"))
        if kind == "tỉnh" and name.split()[0] not in _COMMON_WORDS and not name.isdigit():
            counts[f"tỉnh {name}"] += 1
        elif kind == "thành phố" and name in CENTRAL_CITIES:
            counts[f"thành phố {name}"] += 1
    return counts.most_common(1)[0][0] if counts else ""


def _places(whole: str, place: str, row_names: Iterable[str]) -> tuple[str, ...]:
    """The places below the report's own, as the text names them: communes, wards and towns, or the hamlets of a commune.

    They are those named with their kind (singly or in a list) and those that a table has a row for. Only a commune's kind
    is left out of its name.
    """
    small = re.match(r"(?:xã|phường|thị trấn)\b", place) is not None
    pattern, lists = (_HAMLET, _HAMLETS) if small else (_PART_OF, _PARTS_OF)
    named = [(kind.lower(), name) for kind, name in pattern.findall(whole)]
    named += [(kind.lower(), name) for kind, names in lists.findall(whole) for name in re.split(r",\s*|\s+và\s+", names)]
    if not small:
        rows = [re.sub(r"(?i)^(?:xã|phường)\s+", "", row) for row in row_names]
        named += [("", row) for row in rows if re.fullmatch(rf"(?:(?i:thị trấn|tt\.?)\s+)?(?:{_NAME})", row) and not _TOTAL.match(row)]
    found: dict[str, str] = {}
    for kind, name in named:
        name = _proper(name) if name else ""
        if not name or name.isdigit() or name.split()[0] in _COMMON_WORDS or fold(f"{kind} {name}") == fold(place):
            continue
        shown = f"{kind} {name}" if kind not in ("", "xã", "phường") else name
        found.setdefault(fold(re.sub(r"(?i)^(?:thị trấn|tt\.?) ", "", shown)), shown)
    return tuple(name for key, name in found.items() if not any(other != key and key.startswith(other + " ") for other in found))
