"""The form of answer that a question wants: a figure, a list, a place, the highest, a sum, words, yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures import CHANGE, PLAN, RANK, SHARE
from corpus.numbers import Quantity
from corpus.text import fold
from rag.asks import Ask, asks_amount
from rag.patterns import HOW_MANY, SIDE_BY_SIDE, WHICH_ONE, WHY, WHY_OR_HOW, YEAR, Pattern

FIGURE, LIST, WHICH, HIGHEST, LOWEST, WHAT_IS, SUM, DIFFERENCE, SHARE_OF, TEXT, YES_NO, COMPARE = (
    "figure", "list", "which", "highest", "lowest", "what_is", "sum", "difference", "share_of", "text", "yes_no", "compare",
)  # fmt: skip
_OPENING = r"^(?:cho (?:tôi |em |mình )?(?:hỏi|biết)[,:]? |trong báo cáo(?: này)?[, ]*|báo cáo (?:nêu|ghi|có)[, ]*)*"
"""What may stand before a figure at the beginning of a question."""
_WHAT_IS = Pattern(
    _OPENING + r"(?:con số|số liệu|chỉ số|số|tỷ lệ|mức)?\s*[^\s]*\d[^?,;]{0,24}?"
    r"(?: (?:ở |trong |của |mà )?(?:các )?(?:báo cáo|chỉ tiêu)(?: này)?(?: nêu| ghi)?(?: năm \d+)?| kia| ấy| đó| này)?\s+"
    r"(?:là\b[^?]{0,30}?\b(?:gì|nào|ai)|là (?:cái |tỷ lệ |tỉ lệ |số |khoản )?chi\s*(?:$|[?.])|của (?:cái |chỉ tiêu )?(?:gì|nào|ai)|nói (?:về|lên|đến|tới)\b[^?]{0,20}?\b(?:gì|nào|ai)|nghĩa là (?:gì|sao)|là sao\b|ứng với|thuộc chỉ tiêu)\b"
)
"""A figure comes first, and next what it is."""
_NAMED_NUMBER = Pattern(
    _OPENING + r"(?:con số|số liệu|chỉ số|khoản(?: tiền)?|số tiền|số|mức|tỷ lệ)\s+[^\s]*\d[^?]{0,70}?"
    r"\b(?:phản ánh|thể hiện|nói|chỉ|chi|dành|dùng|là|của|về|thuộc|ứng với|gắn với)\b[^?]{0,40}?\b(?:gì|nào|ai|đâu)\b"
)
"""A number is called one (`khoản 27 tỷ 860 triệu`), and next it is asked what it is of."""
_SAID_BEFORE = Pattern(r"\d[^?]*(?:\b(?:con số|số liệu|số|tỷ lệ|mức)(?: tiền)? (?:ấy|này|đó|kia|trên)\b|[,:;] (?:đó|đấy|đây|nó)\b)[^?]{0,20}\b(?:chỉ|nói|là|của|thể hiện|phản ánh|ứng với|thuộc)\b[^?]{0,30}\b(?:gì|nào)\b")
"""A figure is named, and next it is asked what that number is."""
_EXPLAINED = Pattern(
    r"(?:^|\b(?:giải thích|làm rõ|nói rõ|nêu rõ|nhắc giúp|nhắc lại)\b[^?]{0,12})\b(?:con số|số liệu)\s+[^\s]*\d[^?]{0,24}$|"
    r"\d[^?]{0,40}\blà (?:khoản|con số|số|tiền|chỉ tiêu) (?:nào|gì)\b"
)
"""Asks to explain a number (`đề nghị làm rõ con số 46.171 hồ sơ`)."""
_COUNT_FIRST = Pattern(
    r"^(?:[^\s]+ ){0,2}\d+ (?:[^\d\s]+ ){1,3}?(?:không|chưa|vừa|mới|dưới|trên|bị|được|đang|đã|chậm|ì ạch)\b|^\d+ (?:[^\d\s]+ ){1,5}(?:là|gồm) (?:những|các)\b(?! gì)|\btên (?:là )?gì\b"
)
"""A count of things comes first, and next which they are: names are asked for (`4 chỉ tiêu không đạt là gì?`)."""
_HIGHEST = Pattern(r"(?<!lúc )(?<!lúc lên )(?<!có lúc )(?<!điểm )\b(?:hơn cả(?=\s*(?:[?.!]|$))|cao nhất|nhiều nhất|lớn nhất|dài nhất|dẫn đầu|đứng đầu|tốt nhất|rộng nhất|đông nhất|mạnh nhất|nhanh nhất|tốn (?:kém )?nhất|đắt nhất|nhất toàn huyện|đứng nhất|(?:cao|nhiều|lớn|dài|rộng|đông|thiếu|vướng|nặng|giỏi|khá|sớm|muộn|mạnh|nhanh|tốt)(?: [^\s,?]+){0,6} (?<!ít )(?<!thấp )nhất)\b(?! là \d)")
_LOWEST = Pattern(r"\b(?:thấp nhất|ít nhất|nhỏ nhất|ngắn nhất|(?<!tốn )kém nhất|chậm nhất|ì ạch nhất|ì nhất|bét bảng|đội sổ|chót bảng|bé nhất|yếu nhất|bét nhất|đứng cuối|cuối bảng|hẹp nhất|(?:lẹt đẹt|tệ|dở|bết|èo uột|thưa|vắng|hẻo|nghèo nàn|đuối|ế|tụt hậu) nhất|(?:thấp|ít|nhỏ|ngắn|kém|yếu|chậm|bé|hẹp)(?: [^\s,?]+){1,6} nhất)\b")
_SUM = Pattern(r"\b(?:cộng lại|tổng cộng(?= [^?]*\b(?:và|lẫn|cộng|cùng|vừa)\b)|(?<=và )tổng cộng|cộng với|cộng(?= hộ| các| số| tỷ| tiền)|cả hai|cả ba|cả 2|cả 3|gộp lại|góp lại|gom lại|gộp|tính chung(?! (?:toàn|cả|cho|các|mọi|tất cả))|cộng dồn|tổng của)\b|\btính cả [^?]{2,60} (?:lẫn|và) |\b(?:và|lẫn|vừa) [^?]{2,60}\b(?:tổng cộng|tổng|cả thảy|tất cả)(?: là)? (?:bao nhiêu|mấy)\b")
_DIFFERENCE = Pattern(
    r"\b(?:chênh lệch|chênh nhau|hơn kém|kém nhau|hơn nhau|cách nhau|(?:cao|nhiều|lớn|ít|thấp|nhỏ|dài|ngắn) hơn (?!so với năm)[^?]*?bao nhiêu|"
    r"còn cách [^?]{2,40} (?:bao nhiêu|mấy)\b|thiếu (?:bao nhiêu|mấy)[^?]*\b(?:nữa|mới (?:đủ|đạt|xong|tới|bằng|được)|để (?:đủ|đạt|hoàn thành|xong)|kế hoạch|chỉ tiêu|mục tiêu|dự toán)\b|"
    r"(?:so với|theo) (?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)[^?]*thiếu|còn bao nhiêu nữa|(?<!giảm )(?<!khấu )(?<!loại )(?<!khai )\btrừ(?: đi)? (?!hết|chi phí|tiền công)[^?()]{1,40}\b(?:thì|còn|ra)\b[^?()]{0,25}\b(?:bao nhiêu|mấy)\b|hơn (?!hay (?:kém|thua))[^?]{2,50} (?:bao nhiêu|mấy)\b|(?<!hay )(?:kém|thua(?! lỗ)) [^?]{2,50} (?:bao nhiêu|mấy)\b|gấp mấy|gấp bao nhiêu)\b"
)
_WANTING = Pattern(r"\b(?:còn|thiếu|hụt|chưa|nợ)\b")
_COMPARED = Pattern(r"\b(?:cao|thấp|nhiều|ít|lớn|nhỏ|đắt|rẻ|dài|ngắn) hơn\b|\bchênh(?: lệch)?\b")
"""States a difference."""
_SHARE_OF = Pattern(r"\b(?:chiếm|bằng|là) (?:(?:khoảng|bao nhiêu|mấy) )*(?:%|phần trăm|tỷ lệ|tỷ trọng|phần)(?:\s|$)")
_HOW = Pattern(r"\b(?:như thế nào|thế nào|ra sao|ntn)\b")
_LIST = Pattern(
    r"\b(?:những|các|nào|gồm|liệt kê|kể tên|danh sách|từng|mỗi|phân theo|chia theo)\b[^?]*\b(?:nào|gì|ai|đâu|xã|ngân hàng|dự án|công trình|loại|liệt kê|danh sách|từng|mỗi)\b|"
    r"\b(?:liệt kê|kể tên|danh sách|chi tiết từng|cụ thể từng|gồm những|gồm các|bao gồm)\b"
)
_YES_NO = Pattern(
    r"(?:\b(?:có|đã|được)\b[^?]*\b(?:không|chưa|hay chưa|hay không)\s*(?:\?|$|ạ|nhỉ|vậy|thế)|"
    r"\b(?:không|chưa)\s*(?:\?|ạ|nhỉ|vậy|thế|\.)*\s*$|\b(?:phải không|đúng không|đúng chứ|phải chăng|có đúng|có phải|à\?|hả\?|đúng là)\b|\b(?:hả|à|hử)\s*\??$)"
)
_EACH = Pattern(r"\b(?:từng|mỗi)\b (?!năm|ngày|tháng|người)")
_EACH_PLACE = Pattern(r"\btừng (?:xã|phường|thị trấn|địa phương|đơn vị|trường|thôn|huyện|ngân hàng|dự án|công trình|nhà máy|doanh nghiệp|công ty|khu|cụm|chợ|tuyến|nơi|chỗ|quỹ|hợp tác xã|cơ sở|ngành|lĩnh vực|nguồn|khoản|cấp|loại cây|mặt hàng)\b")
"""A number is asked for each of many places or bodies, whatever is counted (`ở từng xã bao nhiêu ha`)."""
_EACH_OF_WHICH = Pattern(r"\b(?:nào|đâu|gì)\b[^?]*\b(?:mỗi|từng) [^\s,?]+ (?:[^\s,?]+ ){0,2}?(?:bao nhiêu|mấy)\b")
"""Asks which they are and how much each has (`những nước nào, mỗi nơi bao nhiêu?`)."""
_NAMES_ASKED = Pattern(r"\b(?:là|gồm|có)(?: những| các)? (?:[^\s?]+ ){0,3}(?:gì|nào)\b")
"""Names are asked for, whatever number is asked besides (`mấy sản phẩm, là những sản phẩm nào?`)."""
_NOUN_WHICH = Pattern(r"\b(?!thế|mức|cỡ|độ|tầm|khoảng|chừng|kiểu|hướng|chiều)[^\W\d]+ nào\b")
_IN_REPORT = Pattern(r"\bbáo cáo\b")
_SEVERAL = Pattern(r"\b(?:và|với|lẫn|cùng|vừa|cộng với|cả hai|cả ba|cả bốn|cả \d|hai|ba|bốn|\d{1,2}) |,")
"""What joins or counts the things that a total is of."""
_IN_TURN = Pattern(r"\b(?:lần lượt|mỗi (?:thứ|loại|khoản|bên|nơi|năm)|từng)\b")
"""Asks for the numbers one by one, and for no total."""
_THAN_BEFORE = Pattern(r"\b(?:năm ngoái|năm trước|cùng kỳ|năm 20\d\d|năm học trước|kỳ trước|vụ trước|đầu năm|trước đây|trước kia)\b")
_WHAT_LEVEL = Pattern(r"\bmức (?:nào|mấy)\b")
_TO_COME = Pattern(r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|dự kiến|định|đặt ra|đề ra)\b")
"""Speaks of what is to be reached."""
_WHO = Pattern(r"\btên (?:là )?(?:gì|chi)\b|\b(?:là|gồm) (?:những )?ai\b|\bcủa (?:những )?ai\b|\bkể(?: (?:hết|ra|rõ|giúp|giùm|hộ|cho|tôi|em|mình)){0,3} tên\b")
_MANY_WHICH = Pattern(r"\bmấy (?!thế )(?:[^\s,?]+ ){1,4}?nào\b(?! đó)")
"""Names are asked for, whatever is counted: `mấy xã nào diễn tập`."""
_LEAST_OF = Pattern(r"\bít(?: [^\s,?]+){1,2} nhất\b")
"""The least, also where marks make a word for the most of what is counted (`it lon nhat` is `ít lợn nhất`)."""
_AT_LEAST = Pattern(r"ít nhất (?:là |phải )?(?:\d|(?:mấy|bao nhiêu)(?! [^?]*\bnào\b))")
_MOST = Pattern(r"\b(?:xã|phường|thị trấn|thôn|nơi|chỗ|đâu|trường|ai|nào)\b[^?]*(?<!duy )(?<!thống )(?<!hợp )(?<!thứ )(?<!hạng )(?<!gần )(?<!mới )\bnhất\b(?! là \d| định| trí| quán)|\bhơn hết\b")
"""Anything that some place or body is the most of (`nghèo nhất`, `hút khách nhất`)."""
_NTH = Pattern(
    r"\b(cao|nhiều|lớn|dài|rộng|đông|mạnh|nhanh|tốt|ít|thấp|nhỏ|ngắn|kém|chậm|bé|hẹp|yếu|đứng|xếp|về)(?: [^\s,?]+){0,5} (?:hạng |vị trí )?thứ (hai|nhì|ba|tư|2|3|4)\b"
)
"""One that is not the first in the order of size: by what, and which."""
_ANY_ONE = Pattern(r"\b(?:nào|đâu|ai|gì)\b")
_FEW = frozenset(fold(word) for word in ("ít", "thấp", "nhỏ", "ngắn", "kém", "chậm", "bé", "hẹp", "yếu"))
"""Words of size that count from the least."""
_FIRST_FEW = Pattern(
    r"\b([2-5]|hai|ba|bốn|năm) (?:xã|thị trấn|phường|thôn|ấp|bản|huyện|đơn vị|địa phương|trường|nơi|chỗ|vùng|doanh nghiệp|công ty|hợp tác xã|hộ|dự án|"
    r"công trình|tuyến|con đường|ngân hàng|khoản|nguồn|mặt hàng|ngành|lĩnh vực|sản phẩm|cơ quan|cơ sở)\b(?: [^\s,?\d]+){0,6} nhất\b"
)
"""Asks for several at the head of the order."""
_HOW_MANY_FIRST = {"hai": 2, "2": 2, "ba": 3, "3": 3, "bon": 4, "4": 4, "nam": 5, "5": 5}
_PLACES_IN_ORDER = {"hai": 2, "nhi": 2, "2": 2, "ba": 3, "3": 3, "tu": 4, "4": 4}
_BY_WORDS = ((TEXT, WHY), (HIGHEST, _HIGHEST), (LOWEST, _LOWEST), (HIGHEST, _MOST), (SUM, _SUM), (DIFFERENCE, _DIFFERENCE), (COMPARE, SIDE_BY_SIDE))
"""Forms that words tell whatever else is asked, in this order."""
_IN_WORDS = ((TEXT, WHY_OR_HOW), (TEXT, _HOW), (WHICH, WHICH_ONE), (LIST, _LIST), (WHICH, _NOUN_WHICH))


def form_of(text: str, asks: Sequence[Ask], numbers: Sequence[Quantity]) -> str:
    """The form of answer that `text` wants: one of the constants of this module. `asks` and `numbers` are what it asks for and names."""
    if numbers and _is_what_is(text):
        return WHAT_IS
    if said := _nth(text):
        return LOWEST if fold(said.group(1)) in _FEW else HIGHEST
    for form, pattern in _BY_WORDS:
        if pattern.search(text) and _is_meant(form, text, asks):
            return form
    if _YES_NO.search(text) and not (asks and HOW_MANY.search(text)) and not asks_amount(asks):
        return YES_NO
    if _WHO.search(text) or _MANY_WHICH.search(text) or (numbers and _COUNT_FIRST.search(text) and not HOW_MANY.search(text)):
        return LIST
    if asks and _EACH_OF_WHICH.search(text):
        return LIST
    if asks and _NAMES_ASKED.search(text) and not any(ask.kind in (CHANGE, PLAN, SHARE, RANK) for ask in asks):
        return WHICH
    if asks and (_EACH_PLACE.search(text) or (_EACH.search(text) and not HOW_MANY.search(text))):
        return LIST
    if asks:
        return FIGURE
    return next((form for form, pattern in _IN_WORDS if pattern.search(text)), FIGURE)


def _is_what_is(text: str) -> bool:
    """Whether it is asked what a figure is, and not which the things are that it counts."""
    names = _COUNT_FIRST.search(text) and not _IN_REPORT.search(text)
    told = (_WHAT_IS, _NAMED_NUMBER, _SAID_BEFORE, _EXPLAINED)
    return any(pattern.search(text) for pattern in told) and not names and not HOW_MANY.search(text)


def _is_meant(form: str, text: str, asks: Sequence[Ask]) -> bool:
    """Whether words for a form mean it here: a total and a difference are of several things, `ít nhất 3` is a bound."""
    if form == SUM:
        return bool(asks) and not _IN_TURN.search(text) and bool(_SEVERAL.search(text))
    if form == DIFFERENCE:
        if len(_WHAT_LEVEL.finditer(text)) > 1:
            return False  # each level is asked for by itself
        against_before = any(ask.kind == CHANGE for ask in asks) and _THAN_BEFORE.search(text)
        return not against_before or len(set(YEAR.findall(text))) > 1 and bool(_TO_COME.search(text))
    if form == HIGHEST:
        return not _LEAST_OF.search(text)
    if form == LOWEST:
        return not _AT_LEAST.search(text)
    return True


def place_in_order(text: str) -> int:
    """Which one in the order of size is asked for: 2 of `xã nào nhiều thứ hai`, 1 where the question says none."""
    said = _nth(text)
    return _PLACES_IN_ORDER[fold(said.group(2))] if said else 1


def how_many_first(text: str) -> int:
    """How many of the first in the order of size are asked for (`3 xã nợ nhiều nhất`); 1 where the question does not say."""
    said = _FIRST_FEW.search(text)
    return _HOW_MANY_FIRST.get(fold(said.group(1)), 1) if said else 1


def _nth(text: str) -> re.Match[str] | None:
    """The words that ask for another than the first in the order of size; None where none do."""
    return _NTH.search(text) if _ANY_ONE.search(text) else None


def asks_in_turn(text: str) -> bool:
    """Whether the numbers of several things are asked one by one (`mỗi loại bao nhiêu`)."""
    return bool(_IN_TURN.search(text))


def asks_wanting(text: str) -> bool:
    """Whether words speak of what is wanting or left over (`còn thiếu`, `nợ`)."""
    return bool(_WANTING.search(text))


def says_compared(words: str) -> bool:
    """Whether words of the report state a difference (`bán cao hơn giá thị trường từ 800 đồng/kg`)."""
    return bool(_COMPARED.search(words))


def asks_share(text: str) -> bool:
    """Whether it is asked what share one thing is of another (`chiếm bao nhiêu phần trăm tổng …`)."""
    return bool(_SHARE_OF.search(text))
