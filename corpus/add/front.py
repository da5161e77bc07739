"""The front matter of a draft, guessed from the words of the report and told as guesses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import takewhile

from corpus.add.document import Block, Note, Paragraph
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
_PERIOD = re.compile(r"(?i)(?P<half>(?:6|06|sáu) tháng đầu|(?P<nine>9|09|chín) tháng(?: đầu)?)? ?năm\s+(?P<year>20\d\d)")
_PLAN = re.compile(r"(?i)(?:kế hoạch|mục tiêu|nhiệm vụ|phương hướng|giải pháp|dự toán)(?:[^.;]{0,160}?)(?<!đầu )năm\s+(20\d\d)")
_SESSION = re.compile(r"(?i)\(?\s*((?:tài liệu )?(?:trình|báo cáo) (?:tại )?(?:kỳ họp|hội nghị)[^()]{3,150})\)?")
_DATE = re.compile(r"(?i)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(20\d\d)")
_TITLE_HEAD = re.compile(r"(?i)(?:báo cáo)\s*[:.]?$")
_TITLE_START = re.compile(r"(?i)(?:báo cáo\s+)?(?:(?:về )?(?:kết quả|tình hình|đánh giá|tổng kết|sơ kết|việc thực hiện)\b|báo cáo\b)")
_AFTER_TITLE = re.compile(r"(?i)\(|phần\b|[IVX\dA-H]+[.)]\s|kính gửi|thực hiện\b.*(?:luật|quy chế)")
_RESULTS_END = re.compile(r"(?i)\b(?:kế hoạch|phương hướng|mục tiêu|(?<!thực hiện )nhiệm vụ(?: trọng tâm| 6 tháng cuối| năm))\b")
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
    texts = [re.sub(r"\[\^\d+\]", "", block.text) for block in blocks if isinstance(block, Paragraph | Note)]
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


def make_id(place: str, year: int | None, part: str = "") -> str:
    """The id of a report: its place's name and year, `thanh-xuan-2023`; `part` is added for a part of a year (`6-thang`)."""
    name = re.sub(rf"^(?:{fold(_OWN_KINDS)}) (?=[a-z])", "", fold(place))
    return "-".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", name).strip("-"), str(year or ""), part)))


def _title(head: Sequence[str]) -> str:
    for at, text in enumerate(head):
        if _TITLE_HEAD.fullmatch(text) or _TITLE_START.match(text):
            lines = []
            for line in head[at : at + 6]:
                if _TITLE_HEAD.fullmatch(line):
                    continue
                if len(line) > 300 or line.endswith((".", ";")) or _AFTER_TITLE.match(line):
                    break
                lines.append(line.strip(" ,"))
            title = ", ".join(lines)
            title = re.sub(r"(?i)^báo cáo[:\s]+", "", title) if not _TITLE_HEAD.fullmatch(title) else ""
            if title:
                return _sentence_case(title)
    return ""


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
    counts = Counter((m.group("kind").lower(), _proper(m.group("name"))) for m in _PLACE.finditer(whole))
    wide = [(n, kind, name) for (kind, name), n in counts.items() if kind in ("huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")]
    if not wide:
        return "", ""
    _, kind, name = max(wide, key=lambda entry: (entry[1] in ("huyện", "quận", "thị xã"), entry[0]))
    return "", f"{kind} {name}"


def _proper(name: str) -> str:
    """A place's name as it is written in text (`Thanh Xuân`), also where it stands in capitals; words in other type after it left out."""
    parts = name.split()
    if len(parts[0]) > 1 and parts[0].isupper():
        parts = list(takewhile(str.isupper, parts))
        return " ".join(part[:1].upper() + part[1:].lower() for part in parts)
    return " ".join(takewhile(lambda part: not (len(part) > 1 and part.isupper()), parts))


def _year(title: str, whole: str) -> tuple[int | None, str]:
    """The year that the report tells of, and the part of it (`6-thang`, `9-thang`; empty: the whole year)."""
    for text in (_RESULTS_END.split(title)[0], title):
        match = _PERIOD.search(text)
        if match:
            return int(match.group("year")), ("9-thang" if match.group("nine") else "6-thang") if match.group("half") else ""
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
        if kind == "tỉnh" and name.split()[0] not in _COMMON_WORDS:
            counts[f"tỉnh {name}"] += 1
        elif kind == "thành phố" and name in CENTRAL_CITIES:
            counts[f"thành phố {name}"] += 1
    return counts.most_common(1)[0][0] if counts else ""


def _places(whole: str, place: str, row_names: Iterable[str]) -> tuple[str, ...]:
    """The communes, wards and towns below the report's own place: those named with their kind, and those with a row of a table."""
    found: dict[str, str] = {}
    own = fold(place)
    for kind, name in _PART_OF.findall(whole):
        full = f"{kind.lower()} {_proper(name)}"
        if fold(full) != own and not name.isdigit() and name.split()[0] not in _COMMON_WORDS and not name.isupper():
            shown = full if kind.lower() == "thị trấn" else _proper(name)
            found.setdefault(fold(re.sub(r"(?i)^thị trấn ", "", shown)), shown)
    for row in row_names:
        name = re.sub(r"(?i)^(?:xã|phường)\s+", "", row)
        if re.fullmatch(rf"(?:(?i:thị trấn|tt\.?)\s+)?(?:{_NAME})", name) and not re.match(r"(?i)tổng|cộng|toàn|chung", name):
            found.setdefault(fold(re.sub(r"(?i)^(?:thị trấn|tt\.?) ", "", name)), name)
    names = [name for key, name in found.items() if not any(other != key and key.startswith(other + " ") for other in found)]
    return tuple(names)
