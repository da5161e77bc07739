"""What a question asks: the form of the answer, kinds and units of the figures, years, places, numbers it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.figures import AMOUNT, CHANGE, PLAN, RANK, SHARE
from corpus.numbers import Quantity, find_quantities
from corpus.text import fold, has_diacritics, nfc, search_key, search_words, unify_tone
from corpus.units import NO_UNIT, Unit, unit_named

OPEN = "open"
"""The kind of an ask that wants a level (`là bao nhiêu?`) and leaves its kind open."""
MAX_LENGTH = 1500
"""A question of more characters than this is answered with a request to shorten it."""

FIGURE, LIST, WHICH, HIGHEST, LOWEST, WHAT_IS, SUM, DIFFERENCE, SHARE_OF, TEXT, YES_NO, COMPARE = (
    "figure", "list", "which", "highest", "lowest", "what_is", "sum", "difference", "share_of", "text", "yes_no", "compare",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked: the kind of figure (`""` if open), its dimension and unit if named, and the span of the asking words."""

    kind: str
    unit: Unit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    `text` is NFC with abbreviations written out; `form` is one of the constants of this module; `years` are the years
    named; `numbers` the figures the question itself mentions; `direction` is `tăng` or `giảm` where the question
    presupposes one; `versus_years` the years that a change is asked against (`last_year`: against the year before);
    `of_last_year` that the level of the year before is asked for; `unmarked` says that it was typed without marks; `focus` holds the folded words that a follow-up itself adds to the question it leans on (empty: all weigh alike), `context` is that question; `mended` says that slips of typing were mended.
    """

    raw: str
    text: str
    form: str
    asks: tuple[Ask, ...]
    years: tuple[int, ...]
    numbers: tuple[Quantity, ...]
    direction: str
    plan_year: bool
    versus_years: tuple[int, ...]
    last_year: bool
    ignored: frozenset[str]
    unmarked: bool = False
    of_last_year: bool = False
    focus: frozenset[str] = frozenset()
    context: Question | None = None
    mended: bool = False

    @property
    def first_ask(self) -> Ask | None:
        """What is asked first; None where nothing is asked for by number."""
        return self.asks[0] if self.asks else None


class Pattern:
    """A pattern written with Vietnamese marks that also reads text typed without any."""

    def __init__(self, source: str) -> None:
        self._marked = re.compile(source, re.IGNORECASE)
        self._folded = re.compile(fold(source), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """First match in `text` (marked or not)."""
        return self._pick(text).search(text)

    def finditer(self, text: str) -> list[re.Match[str]]:
        """All matches in `text`, in order."""
        return list(self._pick(text).finditer(text))

    def sub(self, with_what: str, text: str) -> str:
        """`text` with every match replaced."""
        return self._pick(text).sub(with_what, text)

    def split(self, text: str) -> list[str]:
        """The parts of `text` between matches that hold anything."""
        return [part for part in self._pick(text).split(text) if part and part.strip()]

    def _pick(self, text: str) -> re.Pattern[str]:
        return self._marked if has_diacritics(text) else self._folded


_WHY = Pattern(r"\b(?:vì sao|tại sao|vì đâu|do đâu|nguyên nhân|lý do|lí do|sao lại)\b")
_HOW_MANY = Pattern(r"(?:bao nhiêu|bao lăm|nhiêu|(?<!thứ )(?<!hạng )\bmấy\b)")
_NUMBERED = Pattern(r"\b(?:số|lần thứ|khóa|kỳ họp thứ|lớp|tháng|ngày) mấy\b")
_HOW_MUCH = Pattern(r"\b(?:cỡ|mức|khoảng|tầm|độ|chừng) nào\b|\b(?:cao|thấp|nhiều|ít|rộng|dài) (?:đến đâu|thế nào|ra sao|như thế nào)\b")
_RANK = Pattern(r"\b(?:thứ mấy|hạng mấy|thứ bao nhiêu|hạng bao nhiêu|xếp hạng|xếp thứ|thứ hạng|đứng thứ|vị trí thứ|vị trí nào|hạng nào)\b")
_CHANGE_BEFORE = Pattern(
    r"\b(?:lên hay xuống|cải thiện|(?:nhiều|đông|cao|rộng|nới|phình|nở|dày) (?:lên|thêm|ra)|(?:ít|vơi|hao|teo|sút|rớt|hẹp|thưa) (?:đi|xuống|bớt)|vơi|hao|teo|sút|đỡ|phình|tăng|giảm|bớt|sụt|tụt|hụt|cao hơn|thấp hơn|vượt|nhiều hơn|ít hơn|biến động|chênh|tăng trưởng|thay đổi|hạ|nhích)(?: hay| hoặc|,|/)?(?: tăng| giảm)?"
    r"(?: thêm| được| khoảng| lên| xuống| đi| hơn| mất| so với [^,?]{2,40}?| (?:cùng kỳ|năm (?:trước|ngoái|20\d\d))| là| bằng| chỉ tiêu| kế hoạch| dự toán| được giao| đề ra| tới| đến)*$"
)
_LACKS_BEFORE = Pattern(r"\b(?:hụt|thiếu)(?: đi| mất| tới| khoảng)?$")
"""`hụt mấy giáo viên` asks how many are wanting, no change."""
_CHANGE = Pattern(
    r"\b(?:tăng hay giảm|tăng hoặc giảm|tăng giảm|giảm hay tăng|lên hay xuống|nhiều lên hay ít đi|cải thiện (?:bao nhiêu|mấy)|tăng trưởng|tốc độ tăng|mức tăng|mức giảm|biến động|thay đổi|"
    r"tăng (?:thế nào|ra sao|như thế nào)|giảm (?:thế nào|ra sao|như thế nào)|"
    r"so (?:với )?(?:cùng kỳ|năm (?:trước|ngoái)|năm 20\d\d|20\d\d)|cùng kỳ)\b"
)
_PLAN = Pattern(
    r"\b(?:(?:so (?:với )?|bằng |đạt |vượt |hoàn thành |theo )?(?:bao nhiêu (?:%|phần trăm) (?:so với )?)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu đề ra)|"
    r"hoàn thành (?:bao nhiêu|mấy)|tỷ lệ hoàn thành|mức hoàn thành)\b"
)
_PERCENT = Pattern(r"(?:%|phần trăm|\btỷ lệ\b|\btỉ lệ\b|\btỷ trọng\b|\bchiếm bao nhiêu\b(?! (?:ha|tấn|tỷ|hộ|người)))")
_PERCENT_AFTER = Pattern(r"^\s*(?:là )?(?:bao nhiêu |mấy )?(?:%|phần trăm|điểm phần trăm|điểm %)")
_MONEY = Pattern(r"\b(?:tiền|kinh phí|vốn|trị giá|giá trị|doanh thu|dư nợ|thu nhập|ngân sách|chi phí)\b")
_MONEY_AFTER = Pattern(r"^\s*(?:tiền|kinh phí|vốn)\b")
YEAR = re.compile(r"(?i)(?<![\d/.,-])(?<!so sánh )(?<!so sanh )(?<!cố định )(?<!co dinh )(?<!so sánh năm )(?<!so sanh nam )(?<!cố định năm )(?<!giá )(?:19|20)\d\d(?![\d.,]\d)(?!\s*(?:ha|tấn|tỷ|triệu|người|hộ)\b)")
_VERSUS_YEAR = Pattern(r"\b(?:gấp (?:mấy|bao nhiêu) lần (?:so với )?|s[oố] (?:với )?|hơn |kém |bằng |trên nền )(?:cùng kỳ )?(?:năm )?(?:ngoái |trước )?20\d\d|\bcùng kỳ (?:năm )?20\d\d")
_LAST_YEAR = Pattern(r"\b(?:năm ngoái|năm trước|cùng kỳ)\b")
_THIS_YEAR = Pattern(r"\bnăm nay\b")
_NEXT_YEAR = Pattern(r"\b(?:năm sau|năm tới|sang năm|năm kế tiếp)(?! (?:20\d\d|năm))\b")
_OF_LAST_YEAR = Pattern(r"(?<!với )(?<!so )(?<!hơn )(?<!kém )(?<!bằng )(?<!kỳ )\b(?:năm ngoái|năm trước)\b")
_PLAN_YEAR = Pattern(r"\b(?:sang năm|năm tới|năm sau|phấn đấu|đặt ra|đề ra|mục tiêu|chỉ tiêu năm|kế hoạch năm|dự kiến|định hướng|phương hướng)\b")
_WHAT_IS = Pattern(
    r"^(?:cho (?:tôi |em |mình )?(?:hỏi|biết)[,:]? |trong báo cáo(?: này)?[, ]*|báo cáo (?:nêu|ghi|có)[, ]*)*(?:con số|số liệu|chỉ số|số|tỷ lệ|mức)?\s*[^\s]*\d[^?,;]{0,24}?"
    r"(?: (?:ở |trong |của |mà )?(?:các )?(?:báo cáo|chỉ tiêu)(?: này)?(?: nêu| ghi)?(?: năm \d+)?| kia| ấy| đó| này)?\s+"
    r"(?:là\b[^?]{0,30}?\b(?:gì|nào|ai)|của (?:cái |chỉ tiêu )?(?:gì|nào|ai)|nói (?:về|lên|đến|tới)\b[^?]{0,20}?\b(?:gì|nào|ai)|nghĩa là gì|ứng với|thuộc chỉ tiêu)\b"
)
"""A figure comes first, and next what it is."""
_COUNT_FIRST = Pattern(
    r"^(?:[^\s]+ ){0,2}\d+ (?:[^\d\s]+ ){1,3}?(?:không|chưa|vừa|mới|dưới|trên|bị|được|đang|đã|chậm|ì ạch)\b|^\d+ (?:[^\d\s]+ ){1,5}(?:là|gồm) (?:những|các)\b(?! gì)|\btên (?:là )?gì\b"
)
"""A count of things comes first, and next which they are: names are asked for (`4 chỉ tiêu không đạt là gì?`)."""
_HIGHEST = Pattern(r"\b(?:hơn cả(?=\s*(?:[?.!]|$))|cao nhất|nhiều nhất|lớn nhất|dài nhất|dẫn đầu|đứng đầu|tốt nhất|rộng nhất|đông nhất|mạnh nhất|nhanh nhất|nhất toàn huyện|đứng nhất|(?:cao|nhiều|lớn|dài|rộng|đông|thiếu|vướng|nặng|giỏi|khá|sớm|muộn|mạnh|nhanh|tốt)(?: [^\s,?]+){0,6} nhất)\b(?! là \d)")
_LOWEST = Pattern(r"\b(?:thấp nhất|ít nhất|nhỏ nhất|ngắn nhất|kém nhất|chậm nhất|ì ạch nhất|ì nhất|bét bảng|đội sổ|chót bảng|bé nhất|yếu nhất|bét nhất|đứng cuối|cuối bảng|hẹp nhất|(?:thấp|ít|nhỏ|ngắn|kém|yếu|chậm|bé|hẹp)(?: [^\s,?]+){1,6} nhất)\b")
_SUM = Pattern(r"\b(?:cộng lại|tổng cộng|cộng với|cộng(?= hộ| các| số| tỷ| tiền)|cả hai|cả ba|cả 2|cả 3|gộp lại|gộp|tính chung|cộng dồn|tổng của)\b")
_DIFFERENCE = Pattern(
    r"\b(?:chênh lệch|chênh nhau|hơn kém|kém nhau|hơn nhau|cách nhau|(?:cao|nhiều|lớn|ít|thấp|nhỏ|dài|ngắn) hơn (?!so với năm)[^?]*?bao nhiêu|"
    r"còn thiếu|thiếu bao nhiêu|còn lại bao nhiêu|còn bao nhiêu nữa|hơn [^?]{2,50} (?:bao nhiêu|mấy)\b|kém [^?]{2,50} bao nhiêu|gấp mấy|gấp bao nhiêu)\b"
)
_WANTING = Pattern(r"\b(?:còn|thiếu|hụt|chưa|nợ)\b")
_SHARE_OF = Pattern(r"\b(?:chiếm|bằng|là) (?:(?:khoảng|bao nhiêu|mấy) )*(?:%|phần trăm|tỷ lệ|tỷ trọng|phần)(?:\s|$)")
_WHY_HOW = Pattern(
    r"\b(?:vì sao|tại sao|vì đâu|do đâu|nguyên nhân|lý do|lí do|vì lẽ gì|sao lại|làm gì|những gì|biện pháp|giải pháp|khó khăn|hạn chế|tồn tại|"
    r"nhiệm vụ|phương hướng|nội dung|làm thế nào|bằng cách nào|nói gì|nêu gì|ra sao về|đánh giá)\b"
)
_HOW = Pattern(r"\b(?:như thế nào|thế nào|ra sao|ntn)\b")
_LIST = Pattern(
    r"\b(?:những|các|nào|gồm|liệt kê|kể tên|danh sách|từng|mỗi|phân theo|chia theo)\b[^?]*\b(?:nào|gì|ai|đâu|xã|ngân hàng|dự án|công trình|loại|liệt kê|danh sách|từng|mỗi)\b|"
    r"\b(?:liệt kê|kể tên|danh sách|chi tiết từng|cụ thể từng|gồm những|gồm các|bao gồm)\b"
)
_LISTING = Pattern(r"\b(?:liệt kê|kể tên|danh sách|từng|chi tiết|phân theo|chia theo)\b")
_WHICH = Pattern(
    r"\b(?:xã|thị trấn|huyện|ngân hàng|trường|đơn vị|địa phương|dự án|công trình|cơ quan|ngành|lĩnh vực|vụ|loại|nơi|ai|người|sản phẩm|đường|tuyến|"
    r"tổ chức|cây|con|khoản|nguồn|nhóm|đâu|ngày|khi|tháng|năm)(?: \S+){0,3}? nào\b|\b(?:ở đâu|là ai|khi nào|bao giờ|ngày nào|nơi nào|đâu là)\b"
)
_YES_NO = Pattern(
    r"(?:\b(?:có|đã|được)\b[^?]*\b(?:không|chưa|hay chưa|hay không)\s*(?:\?|$|ạ|nhỉ|vậy|thế)|"
    r"\b(?:không|chưa)\s*(?:\?|ạ|nhỉ|vậy|thế|\.)*\s*$|\b(?:phải không|đúng không|đúng chứ|phải chăng|có đúng|có phải|à\?|hả\?|đúng là)\b|\b(?:hả|à|hử)\s*\??$)"
)
_EACH = Pattern(r"\b(?:từng|mỗi)\b (?!năm|ngày|tháng|người)")
_MET = Pattern(r"\b(?:đủ|đạt|hoàn thành|vượt|về đích)(?: được| hết| đủ)? (?:\S+ ){0,2}(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu)\b")
_WHETHER = Pattern(r"\b(?:phải không|đúng không|đúng chứ|phải chăng|có đúng|có phải|đúng là|hay chưa|hay không)\b")
_UP_OR_DOWN = Pattern(r"\b(?:tăng hay giảm|giảm hay tăng|tăng hoặc giảm|tăng giảm|tăng/giảm|lên hay xuống)\b")
_BESIDE = 16
"""Characters from `tăng hay giảm` to a `bao nhiêu` that belongs to it."""
_NAMES_ASKED = Pattern(r"\b(?:là|gồm|có)(?: những| các)? (?:[^\s?]+ ){0,3}(?:gì|nào)\b")
"""Names are asked for, whatever number is asked besides (`mấy sản phẩm, là những sản phẩm nào?`)."""
_NOUN_WHICH = Pattern(r"\b(?!thế|mức|cỡ|độ|tầm|khoảng|chừng|kiểu|hướng|chiều)[^\W\d]+ nào\b")
_CHAFF = Pattern(
    r"\b(?:(?:em|e|anh|chị|mình|tôi|tui|bác|cháu) )?(?:đang )?cần gấp\b|\bgấp (?:nha|nhé|lắm|ạ)\b|\b(?:cho|giúp) (?:em|e|tôi|tui|mình|anh|chị|cháu)(?: (?:hỏi|xin|biết|số))?\b|"
    r"\blàm ơn\b|\bdùm\b|\bgiùm\b|\b(?:em|anh|chị|bác|chú|cô|cán bộ) ơi\b|\b(?:hả|vậy|thế|rồi) (?:bác|em|anh|chị|chú|cô)\b"
)
"""What is said for politeness or haste and is on no topic."""
_IN_PERCENT = Pattern(r"\b(?:mấy|bao nhiêu) (?:phần trăm|điểm phần trăm|điểm|%)")
_IN_REPORT = Pattern(r"\bbáo cáo\b")
_SEVERAL = Pattern(r"\b(?:và|với|lẫn|cùng|cộng với|cả hai|cả ba|cả bốn|cả \d|hai|ba|bốn|\d{1,2}) |,")
"""What joins or counts the things that a total is of."""
_THAN_BEFORE = Pattern(r"\b(?:năm ngoái|năm trước|cùng kỳ|năm 20\d\d|kỳ trước)\b")
_WHO = Pattern(r"\btên (?:là )?(?:gì|chi)\b|\b(?:là|gồm) (?:những )?ai\b|\bcủa (?:những )?ai\b|\bkể (?:hết |ra |rõ )?tên\b")
_MANY_WHICH = Pattern(r"\bmấy (?!thế )(?:[^\s,?]+ ){1,4}?nào\b(?! đó)")
"""Names are asked for, whatever is counted: `mấy xã nào diễn tập`."""
_AT_LEAST = Pattern(r"ít nhất (?:là )?\d")
_COMPARE = Pattern(r"\b(?:so sánh|đối chiếu|so với mục tiêu|so với (?:kế hoạch|chỉ tiêu) (?:năm )?2\d\d\d|cả hai năm|giữa năm)\b")
_COMPARED_BY = Pattern(r"\b(?:nhiều|ít|lắm) ((?:[^\s,?]+ ){1,4}?)(?:[^\s,?]+ ){0,4}?nhất\b")
_MOST = Pattern(r"\b(?:xã|phường|thị trấn|thôn|nơi|chỗ|đâu|trường|ai|nào)\b[^?]*(?<!duy )(?<!thống )(?<!hợp )(?<!thứ )(?<!hạng )(?<!gần )(?<!mới )\bnhất\b(?! là \d| định| trí| quán)|\bhơn hết\b")
"""Anything that some place or body is the most of (`nghèo nhất`, `hút khách nhất`)."""
_BY_WORDS = ((TEXT, _WHY), (HIGHEST, _HIGHEST), (LOWEST, _LOWEST), (HIGHEST, _MOST), (SUM, _SUM), (DIFFERENCE, _DIFFERENCE), (COMPARE, _COMPARE))
"""Forms that words tell whatever else is asked, in this order."""
_IN_WORDS = ((TEXT, _WHY_HOW), (TEXT, _HOW), (WHICH, _WHICH), (LIST, _LIST), (WHICH, _NOUN_WHICH))
_PRESUMES_UP = Pattern(r"\b(?:tăng|cao hơn)\b(?!\s*(?:hay|hoặc|/|giảm|cường|trưởng))")
_PRESUMES_DOWN = Pattern(r"(?<!tăng )(?<!hay )(?<!hoặc )\b(?:giảm|sụt|bớt|tụt|thấp hơn)\b(?!\s*(?:hay|hoặc|/|nghèo))")
_MEASURE_FIRST = Pattern(
    r"^(?:[^\s]+ ){0,3}?(?:tổng|số (?!liệu)|diện tích|sản lượng|năng suất|giá trị|kinh phí|thu nhập|doanh thu|dư nợ|nguồn vốn|chiều dài|khối lượng|số lượng|tuổi thọ|mức thu|thu ngân sách|chi ngân sách|bình quân)"
)
_MEASURES = (
    (Pattern(r"\b(?:tổng mức đầu tư|kinh phí|số tiền|tiền|trị giá|giá trị|doanh thu|doanh số|dư nợ|thu nhập|chi phí|vốn|nguồn vốn|tổng mức bán lẻ|kim ngạch|tổng thu|tổng chi|thu ngân sách|chi ngân sách|giá bán|học phí)\b"), "đồng"),
    (Pattern(r"\b(?:diện tích|rộng|quy mô đất)\b"), "ha"),
    (Pattern(r"\bnăng suất\b"), "tạ/ha"),
    (Pattern(r"\b(?:chiều dài|dài)\b"), "km"),
    (Pattern(r"\b(?:tỷ lệ|tỉ lệ|tỷ trọng|tốc độ tăng trưởng)\b"), "%"),
    (Pattern(r"\btuổi thọ\b"), "tuổi"),
    (Pattern(r"\b(?:dân số|nhân khẩu)\b"), "người"),
    (Pattern(r"\bsố (?:lượng |lượt |vụ |hộ |con |đơn |hồ sơ |người |ca |trường |lớp |giáo viên |học sinh |doanh nghiệp |hợp tác xã )"), ""),
)
"""Words for measures with a unit of the dimension that they are told in; counts are told by their noun."""
_UNIT_AFTER = re.compile(r"^\s*([^\W\d_%²³/]+(?:[²³]|[23](?!\d))?(?:/[^\W\d_]+[²³]?)?(?:\s[^\W\d_]+){0,2})")
_SUMS = frozenset("nghin ngan trieu ty ti".split())
"""Scales that ask for money where no unit follows (`được mấy tỷ?`)."""
_SCALES, _MONEY_WORDS = frozenset("nghin ngan van trieu ty ti".split()), frozenset("dong tien ty ti usd".split())
_HUNDREDS = Pattern(r"^\s*(?:(?:mươi|chục|trăm)(?!\s+(?:y tế|bơm|biến áp|xá|điện|khuyến nông))\s+)+")
"""What may stand between `mấy` and a unit or a scale (`mấy trăm triệu`, `mấy chục hộ`)."""
_EVERYDAY_UNITS = {"cây số": "km", "thầy cô": "giáo viên", "cô giáo": "giáo viên", "thầy giáo": "giáo viên", "học trò": "học sinh", "dân": "người",
                   "bà con": "người", "công ty": "doanh nghiệp", "sào": "ha"}
"""Words of speech for a unit."""
_CLASSIFIERS = frozenset("cay cai chiec con bo nguoi em chau ong ba vi".split())
_AT_START = 12
"""Characters before which `số …` opens a question."""
_COUNTS_NAMED = Pattern(r"\bsố (?:lượng )?(?=[^\s])")
_NO_UNIT_WORDS = frozenset(fold(w) for w in "là so với của trong nhỉ vậy ạ thế rồi đấy cho và ở tại theo khi được bị thì nữa".split())


def read_question(raw: str, expanded: str) -> Question:
    """The question `raw`, its abbreviations written out in `expanded`, understood."""
    text = nfc(expanded).strip()
    asks = _without_plan(_asks(text), text)
    numbers = tuple(q for q in find_quantities(text))
    form = _form(text, asks, numbers)
    direction = _presumed_direction(text)
    if form in (HIGHEST, LOWEST) and not asks:
        asks = _compared_by(text)
    if form == YES_NO and direction and not numbers:
        asks = (Ask(CHANGE, NO_UNIT, 0, 0),)
    if form == YES_NO and not numbers and not asks and _MET.search(text):
        asks = (Ask(PLAN, NO_UNIT, 0, 0),)
    if form == YES_NO and numbers and not asks:
        kind = CHANGE if direction and numbers[0].is_percent else PLAN if _PLAN.search(text) and numbers[0].is_percent else ""
        asks = (Ask(kind, numbers[0].canonical, 0, 0),)
    versus = [span for match in _VERSUS_YEAR.finditer(text) for span in [match.span()]]
    versus_years = tuple(dict.fromkeys(int(y) for start, end in versus for y in YEAR.findall(text[start:end])))
    years = tuple(
        dict.fromkeys(int(m.group()) for m in YEAR.finditer(text) if not any(start <= m.start() < end for start, end in versus))
    )
    return Question(
        raw=raw,
        text=text,
        form=form,
        asks=asks,
        years=years,
        numbers=numbers,
        direction=direction,
        plan_year=bool(_PLAN_YEAR.search(text)),
        versus_years=versus_years,
        last_year=bool(_LAST_YEAR.search(text)),
        ignored=_ignored(text, asks) | frozenset(search_key(q.number.rstrip("%")) for q in numbers),
        unmarked=not has_diacritics(raw),
        of_last_year=bool(_OF_LAST_YEAR.search(text)) and not years and not any(ask.kind == CHANGE for ask in asks),
    )


def with_dates(text: str, year: int, plan_year: int) -> str:
    """`text` with `năm nay` and `sang năm` as the years that they are in a report of `year` with a plan for `plan_year`."""
    for pattern, meant in ((_THIS_YEAR, year), (_NEXT_YEAR, plan_year)):
        text = pattern.sub(f"năm {meant}" if has_diacritics(text) else f"nam {meant}", text)
    return text


def follow_up(joined: Question, own: Question, context: Question, topic: Sequence[str]) -> Question:
    """A follow-up written out (`joined`): what it asks is what the person just said, else what was asked before."""
    asked = bool(own.asks) or own.form not in (FIGURE,)
    return replace(
        joined,
        asks=own.asks or (() if asked else context.asks),
        form=own.form if asked else context.form,
        numbers=own.numbers if asked else context.numbers,
        direction=own.direction,
        focus=frozenset(search_key(word) for word in topic),
        context=context,
    )


def _asks(text: str) -> tuple[Ask, ...]:
    found = []
    numbered = [match.span() for match in _NUMBERED.finditer(text)]
    for match in _HOW_MANY.finditer(text):
        if not any(start <= match.start() < end for start, end in numbered):
            found.append(_ask_at(text, match.start(), match.end()))
    if numbered and not found:
        return ()
    if not found:
        found += [Ask(OPEN, _measured(text[: match.end()]), match.start(), match.end()) for match in _HOW_MUCH.finditer(text)[:1]]
    for match in _RANK.finditer(text):
        found.append(Ask(RANK, NO_UNIT, match.start(), match.end()))
    for match in _UP_OR_DOWN.finditer(text)[:1] if found else ():
        if not any(match.start() - _BESIDE <= ask.start <= match.end() + _BESIDE for ask in found):
            found.append(Ask(CHANGE, NO_UNIT, match.start(), match.end()))
    return tuple(sorted(_merge(found or _implied(text)), key=lambda ask: ask.start))


def _implied(text: str) -> list[Ask]:
    """What is asked without a word for how much: a change, a share of plan, a share, counts or a level that is named."""
    found: list[Ask] = []
    change, plan = _CHANGE.search(text), _PLAN.search(text)
    if _WHY.search(text):
        return []
    if change:
        found.append(Ask(CHANGE, NO_UNIT, change.start(), change.end()))
    elif plan and re.search(r"(?i)\b(?:so|đạt|bằng|vượt|dat|bang|vuot|hoàn thành|hoan thanh)\b", text[: plan.end()]):
        found.append(Ask(PLAN, NO_UNIT, plan.start(), plan.end()))
    elif _PERCENT.search(text):
        found.append(Ask(SHARE, unit_named("%"), 0, 0))
    elif _counts_named(text):
        found += _counts_named(text)
    elif _MEASURE_FIRST.search(text) and not any(p.search(text) for p in (_WHICH, _WHY_HOW, _LISTING)):
        found.append(Ask(OPEN, _measured(text), 0, 0))
    return found


def _without_plan(asks: tuple[Ask, ...], text: str) -> tuple[Ask, ...]:
    """Where years are set side by side (`kết quả 2023 và chỉ tiêu 2024`), the plan is a year's level, no share of it."""
    years = {match.group() for match in YEAR.finditer(text)}
    if len(years) < 2 and not (_COMPARE.search(text) and _PLAN_YEAR.search(text)):
        return asks
    return tuple(replace(ask, kind=OPEN) if ask.kind == PLAN and ask.unit.dimension == "none" else ask for ask in asks)


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
    if len(_HOW_MANY.finditer(text)) == 1:
        clause_before, clause_after = text[:start], text[end:]
    percent = bool(_PERCENT_AFTER.search(after))
    unit = unit_named("%") if percent else _unit_after(after, has_diacritics(text))
    kind = ""
    lacks = _LACKS_BEFORE.search(before) and unit.dimension == "count"
    if _CHANGE_BEFORE.search(before) and not lacks and not (unit.dimension == "count" and not has_diacritics(text)):
        kind = CHANGE  # unmarked `tang bao nhieu suat` may as well be `tặng`
    elif (percent or unit.dimension == "none") and (_PLAN.search(clause_after) or _PLAN.search(clause_before)):
        kind = PLAN
    elif percent:
        kind = SHARE
    elif unit.dimension != "none":
        kind = AMOUNT
    elif _CHANGE.search(clause_before) and not _MONEY_AFTER.search(after):
        kind = CHANGE
    elif _PERCENT.search(clause_before):
        kind, unit = SHARE, unit_named("%")
    else:
        kind = OPEN
    if unit.dimension == "none" and _MONEY_AFTER.search(after):
        unit = unit_named("đồng")
    if unit.dimension == "none" and kind == OPEN:
        unit = _measured(clause_before)
    return Ask(kind, unit, start, end)


def _compared_by(text: str) -> tuple[Ask, ...]:
    """What a superlative compares by, where it says so: `nhiều ca nhất` by a count, `vốn lớn nhất` by money."""
    said = _COMPARED_BY.search(text)
    unit = _longest_unit(said.group(1).split(), has_diacritics(text)) if said else NO_UNIT
    unit = unit if unit.dimension != "none" else _measured(text)
    return (Ask("", unit, 0, 0),) if unit.dimension != "none" else ()


def _measured(text: str) -> Unit:
    """The unit that the first word for a measure in `text` calls for (`diện tích` hectares, `kinh phí` money); `NO_UNIT` where there is none."""
    named = [(match.start(), name) for pattern, name in _MEASURES if (match := pattern.search(text))]
    return unit_named(min(named)[1]) if named else NO_UNIT


def _unit_after(after: str, marked: bool) -> Unit:
    """The unit that stands after a `bao nhiêu`; `marked` says whether the question was typed with marks."""
    after = _HUNDREDS.sub("", after)
    match = _UNIT_AFTER.match(after)
    if not match:
        return NO_UNIT
    everyday = _EVERYDAY_UNITS.get(" ".join(match.group(1).lower().split()[:2])) or _EVERYDAY_UNITS.get(match.group(1).lower().split()[0])
    if everyday:
        return unit_named(everyday)
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


def _form(text: str, asks: Sequence[Ask], numbers: Sequence[Quantity]) -> str:
    if numbers and _is_what_is(text):
        return WHAT_IS
    for form, pattern in _BY_WORDS:
        if pattern.search(text) and _is_meant(form, text, asks):
            return form
    if _YES_NO.search(text) and not _HOW_MANY.search(text) and not asks_amount(asks):
        return YES_NO
    if _WHO.search(text) or _MANY_WHICH.search(text) or (numbers and _COUNT_FIRST.search(text) and not _HOW_MANY.search(text)):
        return LIST
    if asks and _NAMES_ASKED.search(text) and not any(ask.kind in (CHANGE, PLAN, SHARE, RANK) for ask in asks):
        return WHICH
    if asks and _EACH.search(text) and not _HOW_MANY.search(text):
        return LIST
    if asks:
        return FIGURE
    return next((form for form, pattern in _IN_WORDS if pattern.search(text)), FIGURE)


def _is_what_is(text: str) -> bool:
    """Whether it is asked what a figure is, and not which the things are that it counts."""
    names = _COUNT_FIRST.search(text) and not _IN_REPORT.search(text)
    return bool(_WHAT_IS.search(text)) and not names and not _HOW_MANY.search(text)


def _is_meant(form: str, text: str, asks: Sequence[Ask]) -> bool:
    """Whether words for a form mean it here: a total and a difference are of several things, `ít nhất 3` is a bound."""
    if form == SUM:
        return bool(asks) and bool(_SEVERAL.search(text))
    if form == DIFFERENCE:
        return not (any(ask.kind == CHANGE for ask in asks) and _THAN_BEFORE.search(text))
    if form == LOWEST:
        return not _AT_LEAST.search(text)
    return True


def asks_amount(asks: Sequence[Ask]) -> bool:
    """Whether a number is asked for by `bao nhiêu` or `mấy` (and not only a comparison named)."""
    return any(ask.end > ask.start and ask.kind not in (PLAN, CHANGE) for ask in asks)


def asks_wanting(text: str) -> bool:
    """Whether words speak of what is wanting or left over (`còn thiếu`, `nợ`)."""
    return bool(_WANTING.search(text))


def asks_share(text: str) -> bool:
    """Whether it is asked what share one thing is of another (`chiếm bao nhiêu phần trăm tổng …`)."""
    return bool(_SHARE_OF.search(text))


def _presumed_direction(text: str) -> str:
    up, down = _PRESUMES_UP.search(text), _PRESUMES_DOWN.search(text)
    if bool(up) == bool(down):
        return ""
    return "tăng" if up else "giảm"


def _ignored(text: str, asks: Sequence[Ask]) -> frozenset[str]:
    """Folded words that ask rather than name the topic: they are understood as unit, year or comparison."""
    ignored = {match.group() for match in YEAR.finditer(text)}
    for pattern in (_LAST_YEAR, _VERSUS_YEAR, _WHETHER, _CHAFF, _IN_PERCENT):
        for match in pattern.finditer(text):
            ignored.update(search_words(match.group()))
    for ask in asks:
        after = _UNIT_AFTER.match(text[ask.end :]) if ask.end else None
        if after and fold(after.group(1)).startswith(_first_word(ask.unit)) and ask.unit.dimension not in ("none", "count"):
            words = search_words(after.group(1))
            ignored.update(words[: max(1, len(ask.unit.name.split()) + (fold(ask.unit.name) not in " ".join(words)))])
            ignored.update(("phan", "tram") if ask.unit.dimension == "percent" else ())
    return frozenset(ignored)


def _first_word(unit: Unit) -> str:
    return fold(unit.name).split(" ")[0].split("/")[0]


_ASKING = "tăng giảm so với kế hoạch dự toán phần trăm chỉ tiêu cùng kỳ thứ hạng xếp gấp chênh lệch hơn kém nhất cao thấp số tỷ lệ bình quân".split()
ASKING_WORDS = frozenset(unify_tone(word) for word in _ASKING) | frozenset(search_key(word) for word in _ASKING) - frozenset(("thu", "chi", "quan"))
"""Words that mostly tell the kind of figure asked for, with their marks and (where nothing else is meant) without; they weigh little as topic."""
PLAN_WORDS = frozenset(search_key(word) for word in "kế hoạch dự toán chỉ tiêu".split())
"""Those that name a level of its own where a level is asked for (`kế hoạch là bao nhiêu km?`)."""


def only_asks(words: Iterable[str]) -> bool:
    """Whether all words, with their marks where these are known, are asking words."""
    return all(word in ASKING_WORDS for word in words)
