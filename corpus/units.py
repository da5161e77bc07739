"""Units of Vietnamese administrative reports: measures with their scale, and nouns that are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.text import fold


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` in its usual spelling, `dimension` (units of one dimension can be converted), `scale` to the base unit."""

    name: str
    dimension: str
    scale: Decimal


NO_UNIT = Unit("", "none", Decimal(1))

# spelling | usual spelling | dimension | scale. Longer spellings win.
_MEASURES = """
%|%|percent|1
phần trăm|%|percent|1
điểm %|điểm %|percent|1
điểm phần trăm|điểm %|percent|1
đồng|đồng|money|1
đ|đồng|money|1
vnđ|đồng|money|1
nghìn đồng|nghìn đồng|money|1000
ngàn đồng|nghìn đồng|money|1000
triệu đồng|triệu đồng|money|1000000
triệu|triệu đồng|money|1000000
trđ|triệu đồng|money|1000000
tr.đ|triệu đồng|money|1000000
triệu đ|triệu đồng|money|1000000
tr đồng|triệu đồng|money|1000000
trăm triệu đồng|trăm triệu đồng|money|100000000
tỷ đồng|tỷ đồng|money|1000000000
tỉ đồng|tỷ đồng|money|1000000000
tỷ|tỷ đồng|money|1000000000
tỉ|tỷ đồng|money|1000000000
tỷđ|tỷ đồng|money|1000000000
tỷ đ|tỷ đồng|money|1000000000
nghìn tỷ đồng|nghìn tỷ đồng|money|1000000000000
nghìn tỷ|nghìn tỷ đồng|money|1000000000000
ngàn tỷ|nghìn tỷ đồng|money|1000000000000
nghìn tỉ|nghìn tỷ đồng|money|1000000000000
ngàn tỷ đồng|nghìn tỷ đồng|money|1000000000000
usd|USD|usd|1
triệu usd|triệu USD|usd|1000000
đô la|USD|usd|1
triệu đô la|triệu USD|usd|1000000
triệu đô|triệu USD|usd|1000000
tỷ đô|tỷ USD|usd|1000000000
tỷ usd|tỷ USD|usd|1000000000
đồng/người|đồng/người|money/person|1
triệu đồng/người|triệu đồng/người|money/person|1000000
triệu đồng/người/năm|triệu đồng/người/năm|money/person|1000000
triệu đồng/người/tháng|triệu đồng/người/tháng|money/person/month|1000000
triệu đồng/ha|triệu đồng/ha|money/area|1000000
triệu đồng/hộ|triệu đồng/hộ|money/household|1000000
ha|ha|area|10000
hecta|ha|area|10000
héc ta|ha|area|10000
m²|m²|area|1
m2|m²|area|1
mét vuông|m²|area|1
km²|km²|area|1000000
km2|km²|area|1000000
sào|sào|area|360
mẫu|mẫu|area|3600
m³|m³|volume|1
m3|m³|volume|1
mét khối|m³|volume|1
lít|lít|volume|0.001
triệu m³|triệu m³|volume|1000000
triệu m3|triệu m³|volume|1000000
m³/ngày đêm|m³/ngày đêm|flow|1
m³/ngày|m³/ngày đêm|flow|1
m3/ngày|m³/ngày đêm|flow|1
m3/ngày đêm|m³/ngày đêm|flow|1
km|km|length|1000
m|m|length|1
mét|m|length|1
cm|cm|length|0.01
mm|mm|length|0.001
tấn|tấn|mass|1000
nghìn tấn|nghìn tấn|mass|1000000
tạ|tạ|mass|100
kg|kg|mass|1
gam|gam|mass|0.001
g|gam|mass|0.001
mg|mg|mass|0.000001
g/l|g/l|mass/volume|1
g/lít|g/l|mass/volume|1
gam/lít|g/l|mass/volume|1
mg/l|mg/l|mass/volume|0.001
mg/lít|mg/l|mass/volume|0.001
gram|gam|mass|0.001
yến|yến|mass|10
tạ/ha|tạ/ha|mass/area|100
tấn/ha|tấn/ha|mass/area|1000
kg/người|kg/người|mass/person|1
tấn/ngày|tấn/ngày|mass/day|1000
kwh|kWh|energy|1
triệu kwh|triệu kWh|energy|1000000
mwh|MWh|energy|1000
kw|kW|power|1000
kwp|kWp|power|1000
mw|MW|power|1000000
mwp|MWp|power|1000000
kva|kVA|apparent power|1000
mva|MVA|apparent power|1000000
teu|TEU|containers|1
lít|lít|volume|0.001
dwt|DWT|tonnage|1
cv|CV|horsepower|1
‰|‰|per mille|1
lần|lần|times|1
điểm|điểm|points|1
tuổi|tuổi|age|1
độ|độ|degree|1
nghìn|nghìn|thousand|1000
ngàn|nghìn|thousand|1000
bé trai/100 bé gái|bé trai/100 bé gái|sex ratio|1
trai/100 gái|bé trai/100 bé gái|sex ratio|1
giường/vạn dân|giường/vạn dân|beds/10000|1
giường bệnh/vạn dân|giường/vạn dân|beds/10000|1
bác sĩ/vạn dân|bác sĩ/vạn dân|people/10000|1
bác sỹ/vạn dân|bác sĩ/vạn dân|people/10000|1
người/vạn dân|người/vạn dân|people/10000|1
người/km²|người/km²|density|1
người/km2|người/km²|density|1
sao|sao|stars|1
"""

# Nouns that reports count, longest match wins; a following noun is not swallowed.
_COUNTED = """
lượt người|lượt khách du lịch|lượt khách|lượt hộ|lượt like|lượt chia sẻ|lượt truy cập|lượt ý kiến|lượt cơ sở|lượt vay|lượt bệnh nhân|lượt|
trường hợp|hồ sơ|mô hình|sản phẩm|dự án|công trình|đối tượng|đồng chí|đ/c|đảng viên|cán bộ|công chức|viên chức|giáo viên|nhân viên|
học sinh|sinh viên|HS|trẻ em|trẻ|cháu|người|lao động|hộ gia đình|hộ nghèo|hộ dân|hộ|nhân khẩu|khẩu|công dân|thanh niên|quân nhân|bệnh nhân|
bị can|bị cáo|đoàn|lớp|trường học|trường|phòng học|phòng|nhà văn hóa|nhà văn hoá|Nhà văn hóa|nhà|trạm y tế|trạm biến áp|trạm|bệnh viện|
thôn|ấp|buôn|khóm|xóm|làng|xã|phường|thị trấn|huyện|tỉnh|đơn vị|cơ quan|doanh nghiệp|hợp tác xã|HTX|tổ hợp tác|hộ kinh doanh|trang trại|cơ sở|cửa hàng|chợ|đại lý|
đơn|vụ việc|vụ án|vụ|việc|cuộc|buổi|hội nghị|Hội nghị|hội thảo|lần|ý kiến|văn bản|quyết định|nghị quyết|kế hoạch|tin, bài|tin bài|tin báo|tin|bài viết|bài|
suất quà|suất học bổng|suất|giải thưởng|giải Nhất|giải nhất|giải Nhì|giải nhì|giải Ba|giải ba|giải KK|giải khuyến khích|giải|huy chương|HCV|HCB|HCĐ|danh hiệu|
thẻ|tài khoản|giao dịch|dữ liệu|bộ|chiếc|cái|con|đàn|cây|cột điện|cột|thùng rác|thùng|dụng cụ|máy|xe|ô tô|mô tô|phương tiện|tuyến đường|tuyến|đường|cầu|cống|
tiêu chí|chỉ tiêu|nhiệm vụ|nhóm|tổ|Tổ|ban|Ban|câu lạc bộ|CLB|chi bộ|chi hội|hội viên|đoàn viên|đại biểu|cử tri|phong trào|chương trình|đề án|lễ hội|di tích|
giường bệnh|giường|bác sĩ|bác sỹ|y sĩ|dược sĩ|ca mắc|ca|mũi tiêm|liều|ngày công|ngày|tháng|năm|giờ|phút|quý|khu dân cư|khu|cụm công nghiệp|cụm|lô|thửa|giấy chứng nhận|giấy phép|
ổ dịch|cơn bão|đợt|khóa|khoá|phiên|kỳ họp|tổ chức|cá nhân|tập thể|gia đình|liệt sĩ|thương binh|mẹ Việt Nam anh hùng|bến|tàu|thuyền|lồng|bè|ao|hồ|đập|kênh|mương|giếng|
thanh thiếu niên|thiếu niên|thiếu nhi|nghi lễ|nghệ nhân|cộng đồng|con tem|tem|quả|già làng|nhà đầu tư|nhà thầu|thí sinh|ki-ốt|căn hộ|căn nhà|căn|homestay|camera|vị trí|ngôi mộ|ngôi nhà|ngôi|viên|em|ngõ|chuyến bay|chuyến tàu|chuyến|lượt chuyến|lượt tàu|lượt hành khách|vườn|giấy|hành khách|suất ăn|chỗ ngồi|chỗ|mốc|ô thửa|gốc|nhánh|hũ|chai|hộp|bao|đôi|sổ|trạm bơm|quầy|gian hàng|ki ốt|nhà máy|xưởng|sáng kiến|đề tài|giống|loại|vùng|cánh đồng|điểm cầu|điểm trường|điểm|cặp|bản|bức|cuốn|quyển|đầu sách|tờ|nội dung|lĩnh vực|hạng mục|gói thầu|mỏ|
trung tâm thương mại|trung tâm|khách sạn|nhà nghỉ|nhà hàng|siêu thị|học viên|tiểu đội|trung đội|đại đội|cá thể|mã số vùng trồng|mã số|mã vùng trồng|
cành|bó hoa|bóng đèn|bộ đèn|mắt camera|tấm|cuộn|lượt xem|tin nhắn|trận đấu|trận|cúp|cờ|chứng chỉ|chùa|đền|đình|nhà thờ|tượng|hòm|gian|vé|ghế|bữa ăn|bữa|lá cờ|cây giống|con giống|quả trứng|chi đoàn|chi nhánh|phòng giao dịch|bồn|bể|
xe đạp điện|xe đạp|xe máy|xe điện|xe buýt|xe tải|DN|
quận|danh mục|quốc gia|thành viên|hòa giải viên|tuyên truyền viên|dân quân|chiến sĩ|vận động viên|khách|du khách|đám cưới|đám tang|tủ sách|thư viện|mục tiêu|bậc|hạng|chức danh|biên chế|giáo sư|kiến nghị|phản ánh|khiếu nại|tố cáo|trụ sở|công nhân|lò đốt|kho lạnh|sự cố|hài cốt|quỹ tín dụng|giáo dân|giáo xứ|giáo họ|phật tử|tín đồ|
chủ thể|phần quà|ngư dân|tân binh|diễn viên|nhạc công|công ty|đầu mối|khối phố|chủ nhà|chủ tàu|chủ rừng|chủ homestay|biển báo|tụ điểm|dây chuyền|đồ án|tòa nhà|hợp đồng|quán|bí thư|chốt|
tiểu thương|giỏ hoa|chữ ký|lốp xe|lốp|bẫy|biên bản|cảng|ô đất|hải lý|băng nhóm|công đoàn|kiốt|ghe|vựa|sạp|làn điệu|vở|vụ cháy|tai nạn|vụ tai nạn
"""

_FUNCTION_WORDS = frozenset(
    "và hoặc đạt tăng giảm là bằng ở tại của cho với so trong trên dưới đến từ đã được có chiếm do bởi theo khi nếu thì mà để về cùng "
    "gồm trước sau nên hay như vẫn còn chưa không cũng sẽ đang bị vào ra lên xuống gần hơn khoảng tới qua nhưng các những mỗi này đó đợt nay liên toàn tình nhất số rộng kéo gây làm đón trị khởi vận điều vượt quật thiệt".split()
)


@lru_cache(maxsize=1)
def _spellings() -> tuple[dict[str, Unit], int]:
    table: dict[str, Unit] = {}
    for line in _MEASURES.strip().splitlines():
        spelling, name, dimension, scale = line.split("|")
        table[spelling.lower()] = Unit(name, dimension, Decimal(scale))
    for noun in _COUNTED.replace("\n", "").split("|"):
        noun = noun.strip()
        table.setdefault(noun.lower(), Unit(noun, "count", Decimal(1)))
    return table, max(len(spelling) for spelling in table)


UNIT_SAID = r"(?:đơn vị(?: tính)?|đvt)"
"""What a table calls the unit of its numbers, in small letters."""
_AFTER_NUMBER = re.compile(r"[ \u00a0]?")
_PER = (
    "100|1000|1\\.000|vạn|người|hộ|ha|km|năm|tháng|ngày|nghìn|kg|tấn|tạ|lít|m2|m²|m3|m³|giờ|vụ|lao động|con|cây|học sinh|kWh|xã|thôn|"
    "lớp|căn|nhà|suất|lồng|công|sào|mẫu|lượt|chuyến|giường|trạm|trường|bộ|cái|chiếc|sản phẩm|dự án|cơ sở|quý|tuần|quả|kWh|viên|chỗ|buổi"
)
_SLASH = re.compile(rf"/[ \u00a0]?(?:{_PER})(?![^\W\d_])(?:[ ](?:dân|bé gái|gái|đêm|trẻ|người))?(?:/(?:năm|tháng|ha|vụ|ngày))?")
_PRICED_BY = re.compile(r"(?:/[^\W\d_]+(?: kỳ(?: thuê)?)?)+(?![^\W\d_])(?<=[^\W\d_A-ZĐ])")
"""Whatever a price is for each of (`58.000 đồng/vòng`, `1,2 triệu đồng/phòng/tháng`)."""
_WORD = re.compile(r"[^\W\d_]+")
_NO_MONEY = re.compile(r"(?i)[ ](?:lệ|số|suất|trọng|giá hối|phú)\b")
_NOT_OF_POINTS = frozenset("xếp đứng tăng giảm vượt cao thấp trở phần nằm thuộc thứ chuẩn bình đối liệt sàn môn học thi".split())
_SCALES = {word: Decimal(10**power) for word, power in (("nghìn", 3), ("ngàn", 3), ("vạn", 4), ("triệu", 6), ("tỷ", 9), ("tỉ", 9))}


def match_unit(text: str, at: int) -> tuple[int, Unit]:
    """The unit written at `at` (after an optional space): its end and the unit; `(at, NO_UNIT)` where there is none.

    A measure or a counted noun of the lexicon wins; else the next lower-case word that is no function word counts as
    a noun that is counted.
    """
    table, longest = _spellings()
    space = _AFTER_NUMBER.match(text, at)
    begin = space.end() if space else at
    window = text[begin : begin + longest + 1].lower()
    for length in range(min(longest, len(window)), 0, -1):
        unit = table.get(window[:length])
        if unit is None or _runs_on(text, begin + length, window[length - 1]):
            continue
        if window[:length] in ("tỷ", "tỉ") and _NO_MONEY.match(text, begin + length):
            return at, NO_UNIT  # `năm 2023 tỷ lệ hộ nghèo`
        if unit.name == "điểm" and _counts_spots(text, begin + length):
            unit = Unit("điểm", "count", Decimal(1))  # `15 điểm tập kết rác`
        if window[:length] in _SCALES:
            end, scaled = _scaled(text, begin + length, window[:length])
            if end > begin + length:
                return end, scaled
        return _with_slash(text, begin, begin + length, unit)
    word = _WORD.match(text, begin)
    if word and begin > at and word.group()[0].islower() and word.group() not in _FUNCTION_WORDS:
        return word.end(), Unit(word.group(), "count", Decimal(1))
    return at, NO_UNIT


def _counts_spots(text: str, at: int) -> bool:
    """Whether a noun follows that says what kind of spot is counted (a score has none)."""
    word = re.match(r" ([^\W\d_]+)", text[at : at + 12])
    return bool(word and word.group(1).islower() and word.group(1) not in _FUNCTION_WORDS | _NOT_OF_POINTS)


def is_listed(unit: Unit) -> bool:
    """Whether the lexicon has the unit (and it is no word that merely stands after the number)."""
    return unit.dimension != "count" or unit.name.lower() in _spellings()[0]


def is_counted(noun: str) -> bool:
    """Whether the lexicon has a word as a noun that is counted (`hộ`)."""
    unit = _spellings()[0].get(noun.lower())
    return unit is not None and unit.dimension == "count"


def _scaled(text: str, at: int, word: str) -> tuple[int, Unit]:
    """The unit after a word for thousands or millions (`nghìn TEU`, `triệu lượt khách`); `(at, NO_UNIT)` where money is meant."""
    end, unit = match_unit(text, at)
    if unit.dimension in ("none", "percent", "money", "thousand") or (unit.dimension == "count" and unit.name.lower() not in _spellings()[0]):
        return at, NO_UNIT
    return end, Unit(f"{word} {unit.name}", unit.dimension, unit.scale * _SCALES[word])


def _runs_on(text: str, end: int, last: str) -> bool:
    return end < len(text) and last.isalnum() and (text[end].isalnum() or text[end] in "²³")


def _with_slash(text: str, begin: int, end: int, unit: Unit) -> tuple[int, Unit]:
    slash, priced = _SLASH.match(text, end), unit.dimension in ("money", "usd")
    if priced:
        slash = _PRICED_BY.match(text, slash.end() if slash else end) or slash
    if not slash or unit.dimension == "percent":
        return end, unit
    table, _ = _spellings()
    written = text[begin : slash.end()]
    known = table.get(written.lower())
    return slash.end(), known or Unit(written, f"{unit.dimension}{text[end : slash.end()]}", unit.scale)


@lru_cache(maxsize=4096)
def unit_named(words: str) -> Unit:
    """The unit that `words` name, with or without diacritics (`ty dong`); `NO_UNIT` where they name none."""
    table, _ = _spellings()
    found = table.get(words.lower())
    if found:
        return found
    folded = {fold(spelling): unit for spelling, unit in table.items()}
    return folded.get(fold(words), NO_UNIT)
