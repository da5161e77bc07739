"""Figures as records: what each number of a report measures, of when, of where, against what, as a part of which whole.

One pass over a sentence. Its numbers divide it into groups (words before, number with unit, words after); brackets,
labels (`Agribank:`) and openers (`trong đó`) say which group hangs on which. What a group leaves unsaid it inherits from
the group it hangs on, then from the sentence, the footnote's anchor and the headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.numbers import Quantity, find_quantities
from corpus.passages import Passage
from corpus.periods import Period, period_of
from corpus.places import find_place
from corpus.report import Report
from corpus.text import folded_words, sentences

AMOUNT, SHARE, PLAN, CHANGE, RANK, RATIO = "amount", "share", "share_of_plan", "change", "rank", "ratio"

_UP = r"tăng|cao hơn|vượt|nhiều hơn|lớn hơn"
_DOWN = r"giảm|thấp hơn|hụt|ít hơn|chậm hơn"
_FILLER = (
    r"(?:(?:cùng kỳ|trung bình|bình quân)(?: chung| năm trước| cả nước| toàn tỉnh| của (?:tỉnh|huyện|cả nước))*|thêm|khoảng|gần|trên|hơn|từ|tương ứng|là|xấp xỉ|được|dần|mạnh|nhẹ|"
    r"(?:so )?với [^,;()]*|chỉ tiêu(?: (?:được|tỉnh|huyện|thành phố|cấp trên) giao)?|kế hoạch(?: năm)?|kh|nq|nghị quyết|dự toán|mức|định mức|"
    r"(?:quy )?chuẩn|năm (?:trước|ngoái|\d{4}))"
)
_CHANGE_LEFT = re.compile(rf"(?i)\b({_UP}|{_DOWN})(?:\s+{_FILLER})*\s*$")
_IS_UP = re.compile(rf"(?i)\b(?:{_UP})\b")
_PLAN_WORD = r"(?:(?:kế )?hoạch năm|kế hoạch|kh\b|dự toán|dt\b|chỉ tiêu|mục tiêu|nghị quyết|nq\b)"
_PLAN_RIGHT = re.compile(rf"(?i)^\s*(?:so với |của )?(?:tổng )?{_PLAN_WORD}")
_PLAN_LEFT = re.compile(rf"(?i)(?:so với |bằng |đạt )?{_PLAN_WORD}[^,;()]*\b(?:đạt|bằng)\s*$")
_VERSUS = re.compile(
    rf"(?i)\bso (?:với )?(?:cùng kỳ(?: năm(?: trước| ngoái)?)?(?: (?:năm )?\d{{4}})?|(?:(?!\s(?:{_UP}|{_DOWN})\b)[^,;:().]){{2,60}})|\bcùng kỳ(?: năm \d{{4}})?"
)
_DEPENDENT = re.compile(
    rf"(?i)^(?:(?:và|nhưng|hiện|đã|cũng|nay|tức|hay|chỉ|mới|so (?:với )?(?:cùng kỳ|năm (?:trước|ngoái|\d{{4}}))(?: năm (?:trước|ngoái|\d{{4}}))?)\s+)*(?:ước\s+)?(?:(?:đạt|bằng|chiếm|tương đương|tương ứng|gấp|xếp(?: thứ| hạng)?|đứng(?: thứ)?|{_UP}|{_DOWN})\b|=|≈)(?P<rest>.*)$",
    re.DOTALL,
)
_EMPTY_LEFT = re.compile(r"(?i)^(?:và|với|của|vào|hoặc|cùng|ước|trên|gần|khoảng|từ|có|là|đạt|hơn|,|\s)*$")
_REST = re.compile(rf"(?i){_FILLER}|\b(?:số \S+|tỷ lệ|mức|thêm|có|đạt)\b|\s+")
_OPENER = re.compile(r"(?i)\b(trong đó|gồm|bao gồm|riêng|cụ thể|như sau|chia ra|trong số đó)\b[\s,:]*")
_HEAD_NOUN = re.compile(
    r"(?i)\s*(?:ước |riêng |nâng |đưa )?(?:tổng|tỷ lệ|tỉ lệ|tỷ số|diện tích|sản lượng|năng suất|giá trị|số(?: \S+)? (?=.*(?:là|đạt|có)\b)|kinh phí|thu nhập|tuổi thọ|hệ số|"
    r"doanh thu|dư nợ|nguồn vốn|mức|bình quân|tốc độ|cơ cấu|thu ngân sách|chi ngân sách|lượng|đàn|toàn (?:huyện|tỉnh|xã|thị trấn))\b"
)
_NOT_SUBJECT = re.compile(rf"(?i)(?:so với|{_PLAN_WORD}|trở lên|dự toán|tổng|và|dân số|cả năm)")
_ORDINAL = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.\s+")
_NO_LABEL = re.compile(r"(?i)(?:theo|như|tính đến|từ ngày|đến ngày|so với|kết quả là|sau đó)\b")
_BARE = re.compile(
    r"(?i)(?:tổng )?(?:diện tích|kinh phí|số tiền|trị giá|năng suất|sản lượng(?: thu hoạch)?|dư nợ(?: tín dụng)?|nguồn vốn|giá trị(?: sản xuất)?|số lượng|"
    r"số|mức|tỷ lệ|chiều dài|khối lượng|doanh thu|vốn|phạt tiền|nộp trực tuyến số tiền)"
)
_OWN_SUBJECT = re.compile(r"(?i)(?:tổng )?(?:dư nợ|nguồn vốn|doanh thu|vốn)")
_TAIL_VERBS = re.compile(
    r"(?i)[\s,]*\b(?:ước|đạt|là|được|có|khoảng|trên|gần|từ|với|thực hiện|bằng|chiếm|gồm|còn|xấp xỉ|hơn|dưới|không quá|ít nhất|cho|đã|ước tính|"
    r"tăng|giảm|cao hơn|thấp hơn|vượt|đón|lên|xuống|trở lên|=|cả năm ước|phấn đấu|mới|(?<!chứng )(?<!địa )(?<!tín )chỉ)\s*$"
)
_ONLY_TIME = re.compile(
    r"(?i)(?:(?:và|mục tiêu|phấn đấu|dự kiến|nâng lên|trong đó)\s+)*(?:(?:đến|tới|trong|của)\s+)*(?:hết\s+|cuối\s+|đầu\s+)?năm\s+\d{4}[\s,:]*(?:(?:là|đạt|có|còn|lên|ước|khoảng|trên)\s*)*"
)
_LEAD_TIME = re.compile(r"(?i)^(?:[\s,]*(?:và|nhưng|đồng thời|riêng|trong đó|trong năm|(?:tính )?đến (?:hết )?(?:năm|ngày) [\d/]+|năm \d{4})\b[\s,:]*)+")


_NOUN_BEFORE = re.compile(r"\b(?:[A-ZĐ]{2,}|xã|thị trấn|phường)$")
_NOUN_AFTER = re.compile(r",\s+(?:[A-ZĐ]{2,}|xã|thị trấn|phường)\b(?!\s*[\d:(])")
_CLOSED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    `start:end` and `sentence` are spans in the passage's text, `source` the span in the report file. `own` holds the
    words of its group, `inherited` those of the group it hangs on and of its labels, `lead` the other words of the
    sentence up to it. `base` is the id of the figure that it qualifies (`tăng 4,6%` its amount), `whole` that of the
    figure it is a part of. `value` is in `unit`; in base units it is `value * scale`.
    """

    id: str
    passage: str
    report: str
    section: str
    footnote: int | None
    page: int
    start: int
    end: int
    source: tuple[int, int]
    sentence: tuple[int, int]
    quantity: Quantity
    kind: str
    direction: str
    versus: str
    period: Period
    place: str
    subject: str
    own: str
    inherited: str
    lead: str
    base: str | None
    whole: str | None

    @property
    def text(self) -> str:
        """The number as printed."""
        return self.quantity.number

    @property
    def unit(self) -> str:
        """The unit as printed (empty where the report prints none)."""
        return self.quantity.unit

    @property
    def value(self) -> Decimal:
        """The exact value in its unit."""
        return self.quantity.value

    @property
    def printed(self) -> str:
        """Number and unit, `1,95%` or `830,0 tỷ đồng`."""
        return self.text + ("" if self.unit.startswith("%") or not self.unit else " ") + self.unit


@dataclass(slots=True)
class _Group:
    """A quantity with the words around it while a sentence is read."""

    quantity: Quantity
    left: str
    right: str
    depth: int
    label: str
    base: _Group | None = None
    whole: _Group | None = None
    coordinate: bool = False
    own_span: tuple[int, int] = (0, 0)
    figure_id: str = ""
    chain: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """What is open at one depth of brackets."""

    opened_by: _Group | None = None
    main: _Group | None = None
    last: _Group | None = None
    label: str = ""
    part_of: _Group | None = None
    listing: bool = False


def read_figures(passages: Iterable[Passage], report: Report) -> list[Figure]:
    """Every figure of the passages of one report, in order."""
    figures: list[Figure] = []
    for passage in passages:
        figures += passage_figures(passage, report)
    return figures


def passage_figures(passage: Passage, report: Report) -> list[Figure]:
    """The figures of one passage, in order of the text."""
    figures: list[Figure] = []
    previous: _Group | None = None
    topic = ""
    for span in sentences(passage.text):
        groups = _SentenceReader(passage.text, span, previous).read()
        for group in groups:
            figures.append(_figure(group, span, passage, report, topic))
        mains = [group for group in groups if group.base is None and group.depth == 0]
        if mains:
            previous = mains[0]
        topic = passage.text[span[0] : span[1]]
    return _inherit_versus(figures)


class _SentenceReader:
    """Groups of one sentence. `previous` is the first main group of the sentence before (`Trong đó: …` hangs on it)."""

    def __init__(self, text: str, span: tuple[int, int], previous: _Group | None) -> None:
        self.text, self.span = text, span
        self.frames = [_Frame()]
        self.named = self.context = ""
        self.previous = previous
        if previous is not None and _OPENER.match(text[span[0] : span[1]]):
            self.frames[0].part_of = previous
        self.groups: list[_Group] = []

    def read(self) -> list[_Group]:
        start, end = self.span
        quantities = [_shift(q, start) for q in find_quantities(self.text[start:end])]
        at = start
        for n, quantity in enumerate(quantities):
            left_start = self._gap(at, quantity.start)
            stop = quantities[n + 1].start if n + 1 < len(quantities) else end
            right_end = self._right_end(quantity, stop, n + 1 == len(quantities))
            self._add(quantity, left_start, right_end)
            at = quantity.end
        self._share_right()
        return self.groups

    def _share_right(self) -> None:
        """`05 vụ, 28 đối tượng có hành vi đánh bạc`: the words after the second count say what both are."""
        for one, following in zip(self.groups, self.groups[1:], strict=False):
            counts = one.quantity.canonical.dimension == following.quantity.canonical.dimension == "count"
            if counts and following.coordinate and not one.right.strip(" ,.") and following.quantity.start - one.quantity.end <= 5:
                one.right = following.right

    def _gap(self, start: int, stop: int) -> int:
        """Opens and closes brackets and labels between two quantities; returns where the next one's words begin."""
        begin = clause = start
        fresh = start == self.span[0]
        opened: list[tuple[int, int, bool]] = []
        self.named = self.context = ""
        for at in range(start, stop):
            char = self.text[at]
            if char == "(":
                opened.append((begin, clause, fresh))
                self.named = self.text[begin:at].strip(" ,") if fresh else ""
                self.frames.append(_Frame(opened_by=self.frames[-1].last))
                begin = clause = at + 1
                fresh = True
            elif char == ")":
                if len(self.frames) > 1:
                    self.frames.pop()
                begin, clause, fresh = opened.pop() if opened else (at + 1, at + 1, True)
                self.named = ""
            elif char == ";":
                self._close_list()
                begin = clause = at + 1
                fresh = True
            elif char == "," and not _lists_on(self.text, at) and (not fresh or _HEAD_NOUN.match(self.text[at + 1 : stop])):
                self.context = self.text[begin:at].strip(" -") if fresh else ""
                begin = clause = at + 1
                fresh = True
            elif char == ":" and (self.text[at + 1 : at + 2].isspace() or self.text[at + 1 : at + 4] == "** "):
                self._label(self.text[clause:at], lists=not fresh)
                begin = clause = at + 1
                fresh = True
        opener = _OPENER.search(self.text[begin:stop])
        if opener and self.frames[-1].last is not None:
            self.frames[-1].part_of = self.frames[-1].main or self.frames[-1].last
            begin += opener.end()
        else:
            joined = _last_join(self.text, begin, stop)
            starts = _HEAD_NOUN.match(self.text[begin:stop])
            if joined and (not fresh or (_HEAD_NOUN.match(self.text[joined[1] : stop]) and not starts)):
                self.context = self.text[begin : joined[0]].strip(" -") if fresh else ""
                begin = joined[1]
        return begin

    def _close_list(self) -> None:
        """A list that a colon after a quantity opened (`40ha ở các HTX: …; …`) ends at `;`."""
        frame = self.frames[-1]
        if frame.listing:
            frame.listing, frame.part_of = False, None

    def _label(self, words: str, *, lists: bool) -> None:
        """`lists`: the colon continues the clause of a quantity, so that what follows are its parts."""
        frame = self.frames[-1]
        if lists and frame.last is not None and not _OPENER.search(words):
            frame.part_of, frame.listing = frame.last, True
            return
        if _OPENER.search(words) and frame.last is not None:
            frame.part_of = frame.main or frame.last
        words = _OPENER.sub("", words)
        words = _ORDINAL.sub("", words.strip(" ,-;.*"))
        if words and not _NO_LABEL.match(words):
            frame.label = words

    def _right_end(self, quantity: Quantity, stop: int, is_last: bool) -> int:
        at = quantity.end
        while at < stop:
            char = self.text[at]
            if char in ";:()" or (char == "," and not is_last and not _lists_on(self.text, at)):
                break
            if char == "," and _DEPENDENT.match(self.text[at + 1 : stop].strip()):
                break
            at += 1
        if at == stop and not is_last:
            joined = _last_join(self.text, quantity.end, stop)
            if joined:
                return joined[0]
            if quantity.canonical.dimension not in ("count", "percent", "none"):
                return quantity.end  # `đất ở 1.335 m² đất nông nghiệp 450 m²`: the words say what the second is
        return at

    def _add(self, quantity: Quantity, left_start: int, right_end: int) -> None:
        frame = self.frames[-1]
        left = self.text[left_start : quantity.start].lstrip(" ,;)")
        named = self.named if _EMPTY_LEFT.match(left) and not quantity.is_percent else ""
        left = f"{named} {left}" if named else left
        group = _Group(quantity, left, self.text[quantity.end : right_end], len(self.frames) - 1, self._labels())
        group.own_span = (left_start, right_end)
        target = frame.main or frame.opened_by
        if named and frame.opened_by is None and len(self.frames) > 1:
            target = self.frames[-2].main
        if target is not None and _hangs(left, group):
            group.base = self._same_unit(quantity, group.right) or target
        elif target is not None and (_EMPTY_LEFT.match(left) or (left.strip() == "cho" and quantity.canonical.dimension == "count")):
            group.coordinate, group.base = True, None
            group.whole = target.whole
            group.chain = list(target.chain) if target.coordinate else [self._verb_before(target)]
        if group.base is None:
            outer = self.frames[-2].part_of if named and len(self.frames) > 1 else None
            group.whole = group.whole or frame.part_of or (outer if named else frame.opened_by)
            frame.main = group
        if _BARE.fullmatch(_strip_subject(left)) and (self.groups or not _OWN_SUBJECT.match(_strip_subject(left))):
            before = self.groups[-1] if self.groups else self.previous
            group.chain = [self.context or (_subject(before.base or before) if before else "")]
        elif target is not None and group.base is None and not group.chain and _ONLY_TIME.fullmatch(left.strip()):
            group.chain = [_subject(target)]
        elif not group.chain and self._measures_count(group):
            group.chain = [_subject(self.groups[-1])]
        frame.last = group
        self.groups.append(group)

    def _measures_count(self, group: _Group) -> bool:
        """`5 mô hình mở rộng diện tích là 50 ha`: a measure in the clause of a count measures what is counted."""
        before = self.groups[-1] if self.groups else None
        if before is None or before.base or group.base or before.quantity.canonical.dimension != "count" or before.depth != group.depth:
            return False
        is_measure = group.quantity.canonical.dimension not in ("count", "percent", "none")
        return is_measure and not re.search(r"[,;:()]", self.text[before.quantity.end : group.quantity.start])

    def _verb_before(self, target: _Group) -> str:
        """The words that a list of counts shares: those before its first count (`Xây dựng 08 mô hình …; 07 mô hình …`)."""
        left = _strip_subject(target.left)
        at = self.groups.index(target) if target in self.groups else -1
        if _BARE.fullmatch(left) and at > 0:
            return _strip_subject(self.groups[at - 1].left)
        return left

    def _same_unit(self, quantity: Quantity, right: str) -> _Group | None:
        """The near count that a change of a count is a change of: `05 vụ, 28 đối tượng (giảm 05 vụ)`; with its words, if it has any."""
        if quantity.canonical.dimension != "count":
            return None
        alike = [g for g in reversed(self.groups[-4:]) if g.base is None and g.quantity.canonical.name == quantity.canonical.name]
        said = set(folded_words(right))
        return next((g for g in alike if said & set(folded_words(f"{g.left} {g.right}"))), alike[0] if alike else None)

    def _labels(self) -> str:
        return " ".join(frame.label for frame in self.frames if frame.label)


def _hangs(left: str, group: _Group) -> bool:
    """Whether the group only qualifies the one before it (`đạt 103,4% kế hoạch`, `giảm 1,5%`)."""
    match = _DEPENDENT.match(left.strip())
    if not match:
        return False
    return not _REST.sub("", match.group("rest")).strip(" ,.:-")


def _last_join(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The last `và` or `với` between two quantities that no punctuation separates: the words before it go to the first."""
    joins = list(re.finditer(r"\s(?:và|với)\s+", text[start:stop]))
    return (start + joins[-1].start(), start + joins[-1].end()) if joins else None


def _lists_on(text: str, comma: int) -> bool:
    """Whether the comma only joins nouns of one kind: `trường MN, TH, THCS`, `xã, thị trấn`."""
    return bool(_NOUN_BEFORE.search(text, max(0, comma - 8), comma) and _NOUN_AFTER.match(text, comma))


def _shift(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by)


def _strip_subject(left: str) -> str:
    words = _LEAD_TIME.sub("", _ORDINAL.sub("", left.lstrip())).strip(" ,;:.-–*\n")
    while True:
        shorter = _TAIL_VERBS.sub("", words).strip(" ,;:=")
        if shorter == words:
            return words
        words = shorter


def _subject(group: _Group) -> str:
    if group.base is not None:
        return _subject(group.base)
    left = _strip_subject(group.left)
    subject = _local_subject(group, left)
    return f"{group.label}: {subject}" if group.label and group.label not in subject else subject


def _local_subject(group: _Group, left: str) -> str:
    if group.quantity.canonical.dimension == "count" and not group.quantity.rank:
        right = group.right.strip(" ,.;")
        lead = left or " ".join(group.chain)
        counted = f"{group.quantity.unit}{',' if group.right.startswith(',') else ''} {right}"
        return f"{lead} {counted}".strip() if right or not lead else lead
    if not left and group.right.strip(" ,.;"):
        left = f"{' '.join(group.chain)} {group.right.strip(' ,.;')}".strip()
    right = group.right.strip(" ,.;")
    if group.quantity.of is not None and not group.quantity.rank and not group.quantity.unit and right:
        return f"{left} {right}".strip()
    if group.quantity.is_percent and len(right.split()) > 1 and not _NOT_SUBJECT.match(right) and len(left.split()) < 5:
        return f"{left} {right}".strip()
    if left and any(group.chain):
        return f"{left} ({group.chain[-1]})"
    if not left:
        left = " ".join(group.chain) or (_subject(group.whole) if group.whole else "")
    noun = group.quantity.unit.split("/")[0] if group.quantity.canonical.dimension not in ("percent", "money", "none") else ""
    return left or group.right.strip(" ,.;") or noun


def _kind(group: _Group) -> str:
    quantity = group.quantity
    if quantity.rank:
        return RANK
    if _CHANGE_LEFT.search(group.left):
        return CHANGE
    if quantity.is_percent:
        plan = _PLAN_RIGHT.match(group.right) or _PLAN_LEFT.search(group.left)
        return PLAN if plan else SHARE
    return RATIO if quantity.of is not None else AMOUNT


def _direction(group: _Group) -> str:
    match = _CHANGE_LEFT.search(group.left)
    if not match:
        return ""
    return "tăng" if _IS_UP.fullmatch(match.group(1)) else "giảm"


def _versus(group: _Group, kind: str) -> str:
    if kind == PLAN:
        match = re.search(_PLAN_WORD, group.right + " " + group.left, re.IGNORECASE)
        return match.group().lower() if match else "kế hoạch"
    if kind != CHANGE:
        return ""
    match = _VERSUS.search(group.right) or _VERSUS.search(group.left)
    if match:
        return re.sub(r"(?i)^so (?:với )?", "", match.group()).strip()
    plan = re.search(_PLAN_WORD, group.left, re.IGNORECASE)
    return plan.group().lower() if plan else ""


def _figure(group: _Group, span: tuple[int, int], passage: Passage, report: Report, topic: str) -> Figure:
    quantity, kind = group.quantity, _kind(group)
    group.figure_id = f"{passage.id}@{quantity.start}"
    text = passage.text
    own = f"{group.left}{text[quantity.start:quantity.end]}{group.right}".strip()
    inherited = _inherited(group)
    lead = text[span[0] : group.own_span[0]].strip()
    scope = (own, inherited, _open_words(lead), passage.anchor)
    return Figure(
        id=group.figure_id,
        passage=passage.id,
        report=passage.report,
        section=passage.section,
        footnote=passage.footnote,
        page=passage.content.page_at(quantity.start),
        start=quantity.start,
        end=quantity.end,
        source=(passage.content.file_offset(quantity.start), passage.content.file_offset(quantity.end - 1) + 1),
        sentence=span,
        quantity=quantity,
        kind=kind,
        direction=_direction(group),
        versus=_versus(group, kind),
        period=period_of(scope, report, passage.section),
        place=find_place((own, inherited, _open_clause(lead), topic if _OPENER.match(text[span[0] : span[1]]) else ""), report) or report.place,
        subject=_subject(group),
        own=own,
        inherited=inherited,
        lead=lead,
        base=group.base.figure_id if group.base else None,
        whole=group.whole.figure_id if group.whole and not group.base else None,
    )


def _open_words(lead: str) -> str:
    """The words of `lead` outside brackets that are closed again."""
    return _CLOSED.sub(" ", lead)


def _open_clause(lead: str) -> str:
    """What `lead` says of the clause that it ends in: its words after the last `;`, and those before the first colon."""
    words = _open_words(lead)
    head, colon, listed = words.partition(": ")
    return words.rpartition(";")[2] if not colon else f"{head} {listed.rpartition(';')[2]}"


def _inherited(group: _Group) -> str:
    parts = [group.label, *group.chain]
    seen = group.base or group.whole
    steps = 0
    while seen is not None and steps < 3:
        parts.append(f"{_strip_subject(seen.left)} {seen.quantity.unit} {seen.right}".strip())
        parts += [words for words in (seen.label, *seen.chain) if words not in parts]
        seen, steps = seen.base or seen.whole, steps + 1
    return " ".join(part for part in parts if part)


def _inherit_versus(figures: Sequence[Figure]) -> list[Figure]:
    """A change without its own comparison takes that of the next change of its sentence, else of the one before."""
    out = list(figures)
    for n, figure in enumerate(out):
        if figure.kind != CHANGE or figure.versus:
            continue
        mates = [m for m in out if m.sentence == figure.sentence and m.passage == figure.passage and m.kind == CHANGE and m.versus]
        later = [m for m in mates if m.start > figure.start]
        chosen = later[0] if later else (mates[-1] if mates else None)
        if chosen:
            out[n] = replace(figure, versus=chosen.versus)
            continue
        head = _VERSUS.search(figure.lead)
        if head:
            out[n] = replace(figure, versus=re.sub(r"(?i)^so (?:với )?", "", head.group()).strip())
    return out
