"""What a question asks for by number: for each `bao nhiêu` the kind of figure and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.figures import AMOUNT, CHANGE, PLAN, RANK, SHARE
from corpus.text import fold, has_diacritics, search_words, unify_tone
from corpus.units import NO_UNIT, Unit, unit_named
from rag.patterns import HOW_MANY, LISTING, PLAN_ASKED, UNIT_AFTER, WHICH_ONE, WHY, WHY_OR_HOW, YEAR, Pattern

OPEN = "open"
"""The kind of an ask that wants a level (`là bao nhiêu?`) and leaves its kind open."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked: the kind of figure (`""` if open), its dimension and unit if named, and the span of the asking words."""

    kind: str
    unit: Unit
    start: int
    end: int


_NUMBERED = Pattern(r"\b(?:(?<!dân )số|lần thứ|khóa|kỳ họp thứ|lớp|tháng|ngày) mấy\b")
_SEVERAL = Pattern(
    r"(?:^|\b(?:hết|làm|sửa|xây|ở|của|trong|tại|từ|trên|qua) )mấy(?= (?!trăm|chục|nghìn|ngàn|tỷ|triệu)(?:(?!và |với |còn |cùng |kèm |rồi )[^\s,;?]+ )+?(?:bao nhiêu|mấy) )|\bđể (?:làm|sửa|xây|mua) mấy\b|\bmấy (?=(?:[^\s,;?]+ ){1,5}?(?:đó|kia|ấy|này|nọ)\b,? [^\s?])|\btrong mấy (?=(?:[^\s,;?]+ ){1,5}?(?:mà|được|do|đã)\b)|\bbao nhiêu [^\s,?]+ (mấy)(?= [^\s,?]+ [^\s,?]+)|^mấy(?= (?!phần|giờ|năm|tháng|ngày)(?:[^\s,;?]+ ){2,}(?:có|đã|được) (?:[^\s,;?]+ )*(?:không|chưa)\s*(?:\?|$))"
)
"""`mấy` (its group, where it has one) that says the things are several, and asks for no number (`mấy khách sạn này có bao nhiêu phòng`)."""
_HOW_MUCH = Pattern(r"\b(?:cỡ|mức|khoảng|tầm|độ|chừng) nào\b|\b(?:cao|thấp|nhiều|ít|rộng|dài) (?:đến đâu|thế nào|ra sao|như thế nào)\b")
_HOW_FAR = Pattern(r"\b(?:đến|tới) đâu\b")
"""Asks how far a thing has come, beside another number (`rộng bao nhiêu và đã lấp đầy tới đâu`)."""
_WHETHER = Pattern(r"\b(?:không|chưa|à|hả)\s*[?.]*\s*$|\b(?:nào|gì|ai|đâu|sao)\b")
_RANK = Pattern(r"\b(?:(?<!mỗi )(?<!từng )(?<!một )(?<!các )thứ mấy|hạng mấy|(?<!mỗi )(?<!từng )(?<!một )(?<!các )thứ bao nhiêu|hạng bao nhiêu|xếp hạng(?! (?:cấp|quốc gia|di tích|di sản|tiêu chuẩn))|xếp thứ|thứ hạng|đứng thứ|vị trí thứ|vị trí nào|hạng nào)\b")
_MOVED = Pattern(r"\b(?:tụt|rớt|giảm|tăng|lên|xuống|cải thiện|thăng)(?: hạng| bậc)?\b[^?]*\b(?:không|chưa)\s*(?:\?|$)")
"""Asks whether a rank moved, and not which it is (`xếp hạng có bị tụt không?`)."""
_CHANGE_BEFORE = Pattern(
    r"\b(?:lên hay xuống|cải thiện|(?:nhiều|đông|cao|rộng|nới|phình|nở|dày) (?:lên|thêm|ra)|(?:ít|vơi|hao|teo|sút|rớt|hẹp|thưa) (?:đi|xuống|bớt)|vơi|hao|teo|sút|đỡ|phình|tăng|giảm|bớt|sụt|tụt|hụt|cao hơn|thấp hơn|rẻ hơn|đắt hơn|mắc hơn|rẻ đi|đắt lên|hơn kém|hơn(?= (?:hồi |so với )?(?:năm (?:ngoái|trước|20|học)|cùng kỳ|vụ trước|đầu năm))|thêm hay bớt|vượt|nhiều hơn|ít hơn|biến động|chênh|hơn hay (?:kém|thua)|tăng trưởng|thay đổi|hạ|nhích|lùi)(?: hay| hoặc|,|/)?(?: tăng| giảm)?"
    r"(?:,? (?:tăng|giảm))?(?: cụ thể| thêm| được| khoảng| lên| xuống| đi| hơn| mất| (?:so )?với [^,?]{2,40}?| (?:cùng kỳ|năm (?:trước|ngoái|20\d\d)|vụ (?:trước|năm ngoái))| là| bằng| chỉ tiêu| kế hoạch| dự toán| mức| trên giao| cấp trên giao| được giao| giao| đề ra| tới| đến)*$"
)
_LACKS_BEFORE = Pattern(r"\b(?:hụt|thiếu)(?: đi| mất| tới| khoảng)?$")
"""`hụt mấy giáo viên` asks how many are wanting, no change."""
_TIMES_BEFORE = Pattern(r"\b(?:gấp|bằng|hơn)$")
"""`gấp mấy lần` asks how a thing has changed, `tiếp mấy lần` counts."""
_CHANGE = Pattern(
    r"\b(?:tăng hay giảm|tăng hoặc giảm|tăng giảm|giảm hay tăng|lên hay xuống|nhiều lên hay ít đi|cải thiện (?:bao nhiêu|mấy)|tăng trưởng|tốc độ tăng|mức tăng|mức giảm|biến động|thay đổi|"
    r"tăng (?:thế nào|ra sao|như thế nào)|giảm (?:thế nào|ra sao|như thế nào)|"
    r"so (?:với )?(?:cùng kỳ|năm (?:trước|ngoái)|năm 20\d\d|20\d\d)|cùng kỳ)\b"
)
_PERCENT = Pattern(r"(?:%|phần trăm|\btỷ lệ\b|\btỉ lệ\b|\btỷ trọng\b|\bchiếm bao nhiêu\b(?! (?:ha|tấn|tỷ|hộ|người)))")
_PERCENT_AFTER = Pattern(r"^\s*(?:là )?(?:bao nhiêu |mấy )?(?:%|phần trăm|điểm phần trăm|điểm %)")
_POINTS_AFTER = Pattern(r"^\s*(?:điểm phần trăm|điểm %)")
_AIM_OF_YEAR = Pattern(r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|đích) (?:năm )?20\d\d\b[^?]*\b(?:ra sao|thế nào)\b")
"""Asks for the levels of years in words (`thực hiện 2023, kế hoạch 2024 ra sao?`)."""
_SPENT_BEFORE = Pattern(r"\b(?:tốn|phạt|lỗ|thu về)(?: hết| mất| kém| khoảng| chừng| tới| cỡ)*$")
"""`tốn hết bao nhiêu` asks for money, and so does what was lost, earned or paid as a fine."""
_MONEY_AFTER = Pattern(r"^\s*(?:tiền|kinh phí|vốn)\b")
_DIRECTIONS = (
    r"\b(?:hơn hay (?:kém|thua)|(?:nhích |đi |tăng )?lên hay (?:tụt|sụt|đi|giảm)(?: xuống)?|tăng hay giảm|giảm hay tăng|tăng hoặc giảm|tăng giảm|tăng/giảm|lên hay xuống|thêm hay bớt|(?:cao|nhiều) (?:lên|hơn) hay (?:thấp|ít) (?:đi|xuống|hơn)|"
    r"(?:thấp|ít) (?:đi|xuống|hơn) hay (?:cao|nhiều) (?:lên|hơn))\b"
)
_UP_OR_DOWN = Pattern(_DIRECTIONS)
_DIRECTION_BEFORE = Pattern(_DIRECTIONS + r"\s*[,:;]?\s*(?:là |chừng |khoảng )?$")
"""Asks which way a thing has changed, and next by how much."""
_BESIDE = 16
"""Characters from `tăng hay giảm` to a `bao nhiêu` that belongs to it."""
_COMPARED_BY = Pattern(r"\b(?:nhiều|ít|lắm|đông) ((?:[^\s,?]+ ){1,4}?)(?:[^\s,?]+ ){0,4}?nhất\b")
_MEASURE_FIRST = Pattern(
    r"^(?:(?:cho|nêu|biết|hỏi|tôi|mình|em|anh|chị|giúp|với|về)[,:]? )*(?:[^\s]+ ){0,3}?"
    r"(?:tổng|số (?!liệu)|tiền|chi phí|lượt|công suất|mật độ|dân số|tỷ suất|giá bán|mức (?!độ)|đàn|diện tích|sản lượng|năng suất|giá trị|kinh phí|thu nhập|doanh thu|dư nợ|nguồn vốn|chiều dài|khối lượng|số lượng|tuổi thọ|mức thu|thu ngân sách|chi ngân sách|bình quân)"
)
_MEASURES = (
    (Pattern(r"\b(?:điểm thành phần|điểm chỉ số|điểm số|số điểm|tổng điểm)\b"), "điểm"),
    (Pattern(r"\b(?:tổng mức đầu tư|kinh phí|số tiền|tiền|trị giá|giá trị|doanh thu|doanh số|dư nợ|thu nhập|chi phí|vốn|nguồn vốn|tổng mức bán lẻ|kim ngạch|tổng thu|tổng chi|ngân sách|giá (?:bán|vé|thuê|mua|thu mua|thành|trúng|khởi điểm|sàn|đất|phòng|nhà|điện|nước|vàng|cà phê|lúa|thóc|heo|lợn)|học phí|tiền lương|mức lương|trả lương|hưởng lương|lĩnh lương|tiền công)\b"), "đồng"),
    (Pattern(r"(?<!tham )(?<!đánh )(?<!quốc )(?<!chuyên )\bgiá(?: từ| là| khoảng| tầm| cỡ)?\s*$"), "đồng"),
    (Pattern(r"\b(?:diện tích|(?<!mở )rộng|quy mô đất)\b"), "ha"),
    (Pattern(r"\bnăng suất\b"), "tạ/ha"),
    (Pattern(r"\b(?:chiều dài|dài)\b"), "km"),
    (Pattern(r"\b(?:tỷ lệ|tỉ lệ|tỷ trọng|tốc độ tăng trưởng)\b"), "%"),
    (Pattern(r"\btuổi thọ\b"), "tuổi"),
    (Pattern(r"\b(?:dân số(?! (?:tăng )?tự nhiên)|nhân khẩu)\b"), "người"),
    (Pattern(r"\bsố (?:lượng |lượt |vụ |hộ |con |đơn |hồ sơ |người |ca |trường |lớp |giáo viên |học sinh |doanh nghiệp |hợp tác xã )"), ""),
)
"""Words for measures with a unit of the dimension that they are told in; counts are told by their noun."""
_PERSONS_NAMED = Pattern(r"\bsố (?:lượng )?(bác sĩ|bác sỹ|y sĩ|dược sĩ|giáo viên|cán bộ|công chức|viên chức|học sinh|sinh viên|đảng viên|đoàn viên|hội viên|công nhân|lao động)\b")
"""People of a kind whose number is asked for, whatever word asks for it (`số bác sĩ là bao nhiêu người?`)."""
_OTHERWISE = Pattern(r"\b(?:đạt|bằng|chiếm|tỷ lệ|tăng|giảm|hơn|kém|số|dài|rộng|mấy|hạng|đâu|nào|diện tích|sản lượng|người|hộ|dự án|công trình|thứ)\b|%")
"""Says that what is asked next is no money."""
_MEASURE = r"(?:diện tích|năng suất|sản lượng|doanh thu|lợi nhuận|kinh phí|tổng mức đầu tư|chiều dài|giá trị sản xuất)"
_SERIES = Pattern(rf"\b{_MEASURE}(?: [^\s,?]+)?(?:(?:\s*,\s*|\s+(?:và|lẫn|với|cùng)\s+){_MEASURE})+\b")
_SERIES_MEMBER = Pattern(rf"\b{_MEASURE}\b")
_MEASURE_HOW = Pattern(rf"\b{_MEASURE}(?: bình quân)? (?:ra sao|thế nào|như thế nào|cỡ nào)\b")
MEASURE_PAIRS = frozenset(
    tuple(search_words(name))
    for name in (
        "dư nợ", "huy động", "cho vay", "diện tích", "năng suất", "sản lượng", "giải ngân", "doanh thu", "giá trị", "kinh phí",
        "tổng mức", "thu nhập", "chiều dài", "lợi nhuận",
    )
)  # fmt: skip
"""Measures of two words, folded: figures of different ones are not added or compared."""
MEASURE_WORDS = frozenset(word for name in ("diện tích", "năng suất", "sản lượng", "doanh thu", "lợi nhuận", "kinh phí", "chiều dài") for word in search_words(name))
"""Words for a measure, which name no thing that it is of."""
_PER = Pattern(r"\b(?:mỗi|một|từng|bình quân|trên một|(?<!\d)1) ?(ha|mẫu tây|kg|ký|kí|cân|tấn|mét vuông|mét|m2|lít)\b")
"""What a price or a yield is for each of."""
_PER_DAY = Pattern(r"\b(?:mỗi|một|hằng|hàng|từng|trong|(?<!\d)1) ngày\b")
_PRICE_OF_ONE = Pattern(r"^\s*(?:một|mỗi|1) (?:mét|m2|ký|kí|kg|cân|lít|sào|công|ha)\b")
_SUMS = frozenset("nghin ngan trieu ty ti".split())
"""Scales that ask for money where no unit follows (`được mấy tỷ?`)."""
_SCALES, _MONEY_WORDS = frozenset("nghin ngan van trieu ty ti".split()), frozenset("dong tien ty ti usd do".split())
_THOUSANDS = frozenset(("nghìn", "ngàn"))
_PRICED = Pattern(r"\b(?:bán|mua|giá|tiền|đồng|cân|ký|kg|lời|lãi|thu nhập|kiếm|lương)\b")
"""Says that thousands are thousands of đồng (`bán một cân gà được mấy nghìn`)."""
_HUNDREDS = Pattern(r"^\s*(?:(?:mươi|chục|trăm)(?!\s+(?:y tế|bơm|biến áp|xá|điện|khuyến nông))\s+)+")
"""What may stand between `mấy` and a unit or a scale (`mấy trăm triệu`, `mấy chục hộ`)."""
_EVERYDAY_UNITS = {"cây số": "km", "thầy cô": "giáo viên", "cô giáo": "giáo viên", "thầy giáo": "giáo viên", "học trò": "học sinh", "dân": "người",
                   "bà con": "người", "ký": "kg", "kí": "kg", "cân": "kg", "công ty": "doanh nghiệp", "sào": "ha", "mẫu tây": "ha", "đô": "USD", "đô la": "USD", "đất": "ha", "ruộng": "ha", "bận": "lần", "mét đất": "m2", "m đất": "m2", "met dat": "m2", "m dat": "m2"}
"""Words of speech for a unit."""
_EVERYDAY_PER = {fold(word): _EVERYDAY_UNITS[word] for word in ("ký", "kí", "cân", "mẫu tây")} | {fold("mét"): "m2"}
"""Those that prices and yields are for each of, folded."""
_STUFF = {"đường": "km", "đất": "ha", "ruộng": "ha", "tiền": "đồng", "vốn": "đồng"} | dict.fromkeys(("bò", "trâu", "lợn", "heo", "gà", "vịt", "dê"), "con")
"""What there may be the most of that is measured or counted in a unit of its own (`nhiều đường nhất`, `ít bò sữa nhất`)."""
_CLASSIFIERS = frozenset("cay cai chiec con bo nguoi em chau ong ba vi".split())
_AT_START = 12
"""Characters before which `số …` opens a question."""
_COUNTS_NAMED = Pattern(r"\bsố (?:lượng )?(?=[^\s])")
_NO_UNIT_WORDS = frozenset(fold(w) for w in "là so với của trong nhỉ vậy ạ thế rồi đấy cho và ở tại theo khi được bị thì nữa".split())


def find_asks(text: str) -> tuple[Ask, ...]:
    """What `text` asks for by number, in order; empty where it asks for words."""
    found = []
    numbered = [match.span() for match in _NUMBERED.finditer(text)]
    several = [match.span(match.lastindex or 0) for match in _SEVERAL.finditer(text)]
    for match in HOW_MANY.finditer(text):
        if not any(start <= match.start() < end for start, end in numbered):
            found.append(_ask_at(text, match.start(), match.end()))
    plural = [ask for ask in found if not any(start <= ask.start < end for start, end in several)]
    found = plural or ([] if _WHETHER.search(text) else found)
    found += [Ask(OPEN, NO_UNIT, match.start(), match.end()) for match in _HOW_FAR.finditer(text)[:1]] if found else []
    found = _of_each_measure(text, found)
    if numbered and not found:
        return ()
    if not found:
        found += [Ask(OPEN, measured_unit(text[: match.end()]), match.start(), match.end()) for match in _HOW_MUCH.finditer(text)[:1]]
    for match in _RANK.finditer(text) if not _MOVED.search(text) else ():
        found.append(Ask(RANK, NO_UNIT, match.start(), match.end()))
    for match in _UP_OR_DOWN.finditer(text)[:1] if found else ():
        if not any(ask.kind == CHANGE or match.start() - _BESIDE <= ask.start <= match.end() + _BESIDE for ask in found):
            found.append(Ask(CHANGE, NO_UNIT, match.start(), match.end()))
    return tuple(_with_money(text, sorted(_merge(found or _implied(text)), key=lambda ask: ask.start)))


def _with_money(text: str, asks: Sequence[Ask]) -> list[Ask]:
    """`asks` with money asked for where one follows another that asks for money, and nothing between says otherwise (`vốn giao bao nhiêu, đã tiêu bao nhiêu`)."""
    out = list(asks[:1])
    for before, ask in zip(asks, asks[1:], strict=False):
        goes_on = not _HOW_FAR.search(text[ask.start : ask.end]) and ask.kind == OPEN and ask.unit.dimension == "none" and out[-1].unit.dimension == "money" and ask.start > before.end
        out.append(replace(ask, unit=unit_named("đồng")) if goes_on and not _OTHERWISE.search(text[before.end : ask.start]) else ask)
    return out


def _of_each_measure(text: str, found: list[Ask]) -> list[Ask]:
    """An ask for each of the measures that a question names side by side (`diện tích, năng suất và sản lượng`), or asks for in words beside a number (`năng suất ra sao`)."""
    counts = _counts_named(text[: found[0].start]) if len(found) == 1 and found[0].kind in (OPEN, "") else []
    if len(counts) > 2:
        return counts  # `số việc phải thi hành, số việc đã xong là bao nhiêu`
    series = next((match for match in _SERIES.finditer(text)), None)
    if series and len(found) < 2 and all(ask.kind in (OPEN, "") for ask in found):
        return [Ask(OPEN, measured_unit(match.group()), match.start(), match.end()) for match in _SERIES_MEMBER.finditer(text) if series.start() <= match.start() < series.end()]
    asked = {start for ask in found for start in range(ask.start - _BESIDE, ask.end + _BESIDE)}
    beside = [match for match in _MEASURE_HOW.finditer(text) if found and match.start() not in asked]
    return [*found, *(Ask(OPEN, measured_unit(match.group()), match.start(), match.end()) for match in beside)]


def _implied(text: str) -> list[Ask]:
    """What is asked without a word for how much: a change, a share of plan, a share, counts or a level that is named."""
    found: list[Ask] = []
    change, plan = _CHANGE.search(text), PLAN_ASKED.search(text)
    if WHY.search(text):
        return []
    if change:
        found.append(Ask(CHANGE, NO_UNIT, change.start(), change.end()))
    elif plan and re.search(r"(?i)\b(?:so|đạt|bằng|vượt|dat|bang|vuot|hoàn thành|hoan thanh)\b", text[: plan.end()]):
        found.append(Ask(PLAN, NO_UNIT, plan.start(), plan.end()))
    elif _PERCENT.search(text):
        found.append(Ask(SHARE, unit_named("%"), 0, 0))
    elif _counts_named(text):
        found += _counts_named(text)
    elif _two_years(text) or _MEASURE_FIRST.search(text) and not any(p.search(text) for p in (WHICH_ONE, WHY_OR_HOW, LISTING)):
        found.append(Ask(OPEN, measured_unit(text), 0, 0))
    return found


def _two_years(text: str) -> bool:
    """Whether two years are set side by side (`lượt khách: thực hiện năm 2024 và chỉ tiêu năm 2025`), whatever words ask for them."""
    years = {match.group() for match in YEAR.finditer(text)}
    return len(years) > 1 and not any(p.search(text) for p in (WHICH_ONE, WHY_OR_HOW, LISTING)) and (bool(_AIM_OF_YEAR.search(text)) or not _WHETHER.search(text))


def _counts_named(text: str) -> list[Ask]:
    """`Số vụ và số đối tượng …?` asks two counts."""
    named = [(match, _unit_after(" " + text[match.end() :], has_diacritics(text))) for match in _COUNTS_NAMED.finditer(text)]
    counts = [Ask(AMOUNT, unit, match.start(), match.end()) for match, unit in named if unit.dimension == "count"]
    return counts if len(counts) > 1 or (counts and counts[0].start < _AT_START) else []


def _merge(asks: Sequence[Ask]) -> list[Ask]:
    ranks = [ask for ask in asks if ask.kind == RANK]
    return [ask for ask in asks if ask.kind == RANK or not any(r.start - 2 <= ask.start <= r.end + 2 for r in ranks)]


def _ask_at(text: str, start: int, end: int) -> Ask:
    before, after = text[max(0, start - 60) : start].rstrip(), text[end : end + 40]
    clause_before = re.split(r"[,;?.]|\bvà\b|\bva\b", text[:start])[-1]
    clause_after = re.split(r"[,;?.]|\bvà\b|\bva\b", text[end:])[0]
    if len(HOW_MANY.finditer(text)) == 1:
        clause_before, clause_after = text[:start], text[end:]
    percent = bool(_PERCENT_AFTER.search(after))
    unit = unit_named("%") if percent else _of_a_kind(_unit_after(after, has_diacritics(text)), clause_before)
    kind = ""
    lacks = _LACKS_BEFORE.search(before) and unit.dimension == "count"
    if unit.dimension == "times" and _TIMES_BEFORE.search(before):
        kind = CHANGE
    elif _DIRECTION_BEFORE.search(before) or _CHANGE_BEFORE.search(before) and not lacks and not (unit.dimension == "count" and not has_diacritics(text)):
        kind = CHANGE  # unmarked `tang bao nhieu suat` may as well be `tặng`
    elif (percent or unit.dimension == "none") and (PLAN_ASKED.search(clause_after) or PLAN_ASKED.search(clause_before)):
        kind = PLAN
    elif percent:
        kind = CHANGE if _POINTS_AFTER.search(after) else SHARE
    elif unit.dimension != "none":
        kind = AMOUNT
    elif _CHANGE.search(clause_before) and not _MONEY_AFTER.search(after):
        kind = CHANGE
    elif _PERCENT.search(clause_before):
        kind, unit = SHARE, unit_named("%")
    else:
        kind = OPEN
    if unit.name in _THOUSANDS:
        unit = unit_named("đồng") if _PRICED.search(text) else NO_UNIT
    if unit.dimension == "none" and (_MONEY_AFTER.search(after) or _SPENT_BEFORE.search(before)):
        unit = unit_named("đồng")
    if unit.dimension == "none" and kind == OPEN:
        unit = unit_named("đồng") if _PRICE_OF_ONE.search(after) else measured_unit(clause_before)
    return Ask(kind, _per(text, unit), start, end)


def _of_a_kind(unit: Unit, before: str) -> Unit:
    """`unit`, or the kind of people that the words before name where it counts people of any sort."""
    named = _PERSONS_NAMED.search(before) if unit.name == "người" else None
    return _longest_unit(named.group(1).split(), has_diacritics(before)) if named else unit


def _per(text: str, unit: Unit) -> Unit:
    """`unit` for each of what the question says (`mỗi ha được mấy tạ`, `1 kg bao nhiêu tiền`); as it is where it says none or there is no such unit."""
    if unit.dimension == "mass" and _PER_DAY.search(text):
        daily = unit_named(f"{unit.name}/ngày")
        return unit if daily.dimension == "none" else daily
    said = _PER.search(text)
    if said is None or unit.dimension not in ("mass", "money", "usd"):
        return unit
    per = unit_named(_EVERYDAY_PER.get(fold(said.group(1)).lower(), said.group(1)))
    if per.dimension == "none" or (per.dimension == unit.dimension):
        return unit
    named = unit_named(f"{unit.name}/{per.name}")
    return named if named.dimension != "none" else Unit(f"{unit.name}/{per.name}", f"{unit.dimension}/{per.name}", unit.scale)


def everyday_unit(after: str) -> str:
    """The words of speech for a unit (`đô`) that `after`, what stands behind a `bao nhiêu`, begins with; empty where it begins with none."""
    words = after.lower().split()[:2]
    return next((said for said in (" ".join(words), *words[:1]) if said in _EVERYDAY_UNITS), "")


def words_per(text: str, asks: Sequence[Ask]) -> list[str]:
    """The words of `text` that say in other words than a report what is asked for each of what (`một mét`, `mỗi ngày`); none where none do."""
    if _PER_DAY.search(text) and any(ask.unit.name.endswith("/ngày") for ask in asks):
        return ["ngay", "moi", "hang"]
    said = _PER.search(text)
    return ["met"] if said and fold(said.group(1)) == "met" and any("/" in ask.unit.dimension for ask in asks) else []


def compared_by(text: str) -> tuple[Ask, ...]:
    """What a superlative compares by, where it says so: `nhiều ca nhất` by a count, `vốn lớn nhất` by money."""
    said = _COMPARED_BY.search(text)
    words = said.group(1).split() if said else []
    stuff = _STUFF.get(words[0].lower()) if words else None
    unit = unit_named(stuff) if stuff else _longest_unit(words, has_diacritics(text))
    unit = unit if unit.dimension != "none" else measured_unit(text)
    return (Ask("", unit, 0, 0),) if unit.dimension != "none" else ()


def measured_unit(text: str) -> Unit:
    """The unit that the first word for a measure in `text` calls for (`diện tích` hectares, `kinh phí` money); `NO_UNIT` where there is none."""
    named = [(match.start(), name) for pattern, name in _MEASURES if (match := pattern.search(text))]
    return unit_named(min(named)[1]) if named else NO_UNIT


def _unit_after(after: str, marked: bool) -> Unit:
    """The unit that stands after a `bao nhiêu`; `marked` says whether the question was typed with marks."""
    after = _HUNDREDS.sub("", after)
    match = UNIT_AFTER.match(after)
    if not match:
        return NO_UNIT
    if everyday := everyday_unit(match.group(1)):
        return unit_named(_EVERYDAY_UNITS[everyday])
    words = match.group(1).split()
    if YEAR.match(after[match.start(1) :].partition(" ")[2].lstrip()) and fold(words[0]) == "nam":
        return NO_UNIT
    if fold(words[0]) in _NO_UNIT_WORDS or words[0].lower() == "hả":
        return NO_UNIT
    if len(words) > 1 and fold(words[0]) in _SCALES and fold(words[1]) not in _MONEY_WORDS:
        counted = _longest_unit(words[1:], marked)
        return unit_named("đồng") if counted.dimension == "none" and fold(words[0]) in _SUMS else counted
    if len(words) > 1 and fold(words[0]) in _CLASSIFIERS:
        inner = _longest_unit(words[1:], marked)
        if inner.dimension == "count":
            return inner
    return _longest_unit(words, marked)


def _longest_unit(words: Sequence[str], marked: bool) -> Unit:
    """The unit that the most of the first words name; not one of other marks (`so` for `sổ`) where they were typed with `marked` words."""
    for length in range(len(words), 0, -1):
        typed = " ".join(words[:length])
        unit = unit_named(typed)
        other_marks = (marked or has_diacritics(typed)) and fold(typed) == fold(unit.name) and _spelled(typed) != _spelled(unit.name)
        if unit.dimension != "none" and unit.name != "đ" and not other_marks:
            return unit
    return NO_UNIT


def _spelled(words: str) -> list[str]:
    return [unify_tone(word) for word in words.split()]


def asks_amount(asks: Sequence[Ask]) -> bool:
    """Whether a number is asked for by `bao nhiêu` or `mấy` (and not only a comparison named)."""
    return any(ask.end > ask.start and ask.kind not in (PLAN, CHANGE) for ask in asks)


def first_word(unit: Unit) -> str:
    """The first word of a unit's name, folded (`ty` of `tỷ đồng`, `ta` of `tạ/ha`)."""
    return fold(unit.name).split(" ")[0].split("/")[0]
