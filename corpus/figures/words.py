"""The words by which sentences of reports tie figures to one another: change, plan, comparison, parts, openers of lists."""

from __future__ import annotations

import re

from corpus.text import UPPER

UP = r"tăng|cao hơn|vượt|nhiều hơn|lớn hơn"
DOWN = r"giảm|tụt|thấp hơn|hụt|ít hơn|chậm hơn"
FILLER = (
    r"(?:(?:cùng kỳ|trung bình|bình quân)(?: chung| năm trước| cả nước| toàn tỉnh| của (?:tỉnh|huyện|cả nước))*|"
    r"thêm|khoảng|gần|trên|dưới|không quá|hơn|từ|tương ứng|là|xấp xỉ|được|dần|mạnh|nhẹ|"
    r"(?:so )?với [^,;()]*|chỉ tiêu(?: (?:được|tỉnh|huyện|thành phố|cấp trên) giao)?|kế hoạch(?: năm)?|kh|nq|nghị quyết|dự toán|"
    r"mục tiêu(?: (?:đề|đặt) ra)?|mức|định mức|"
    r"(?:quy )?chuẩn|năm (?:trước|ngoái|\d{4})|(?<=hơn )(?:vụ|tuyến|khu vực|các|bình quân|trung bình) [^\d,;:()]{2,30}?)"
)
CHANGE_LEFT = re.compile(rf"(?i)\b({UP}|{DOWN})(?:\s+{FILLER})*\s*$")
IS_UP = re.compile(rf"(?i)\b(?:{UP})\b")
PLAN_WORD = r"(?:(?:kế )?hoạch năm|kế hoạch|kh\b|dự toán|dt\b|chỉ tiêu|mục tiêu|nghị quyết|nq\b)"
PLAN_RIGHT = re.compile(rf"(?i)^\s*(?:so với |của )?(?:tổng )?{PLAN_WORD}")
PLAN_LEFT = re.compile(rf"(?i)(?:so với |bằng |đạt )?{PLAN_WORD}[^,;()]*\b(?:đạt|bằng)\s*$")
VERSUS = re.compile(
    rf"(?i)\bso (?:với )?(?:cùng kỳ(?: năm(?: trước| ngoái)?)?(?: (?:năm )?\d{{4}})?|(?:(?!\s(?:{UP}|{DOWN})\b)[^,;:().]){{2,60}})|"
    rf"\bcùng kỳ(?: năm \d{{4}})?"
)
DEPENDENT = re.compile(
    rf"(?i)^(?:(?:và|nhưng|song|tuy|vẫn|lại|đều|hiện|đã|cũng|nay|tức|hay|chỉ|mới|"
    rf"so (?:với )?(?:cùng kỳ|năm (?:trước|ngoái|\d{{4}}))(?: năm (?:trước|ngoái|\d{{4}}))?)\s+)*"
    rf"(?:ước\s+)?(?:(?:đạt|bằng|chiếm|tương đương|tương ứng|gấp|xếp(?: thứ| hạng)?|đứng(?: thứ)?|{UP}|{DOWN})\b|=|≈)(?P<rest>.*)$",
    re.DOTALL,
)
EMPTY_LEFT = re.compile(r"(?i)^(?:và|với|của|vào|hoặc|cùng|ước|trên|gần|khoảng|từ|có|là|đạt|hơn|tại|ở|cho|được|thuộc|,|\s)*$")
REST = re.compile(rf"(?i){FILLER}|\b(?:số \S+|tỷ lệ|mức|thêm|có|đạt|gấp)\b|\s+")
OPENER = re.compile(
    r"(?i)\b(trong đó|gồm|bao gồm|(?<!sầu )(?<!nói )(?<!tách )(?<!chung )riêng(?! (?:lẻ|biệt|tư|rẽ)\b)|"
    r"cụ thể|như sau|chia ra|trong số đó)\b[\s,:]*"
)
HEAD_NOUN = re.compile(
    r"(?i)\s*(?:ước |riêng |nâng |đưa )?(?:tổng|tỷ lệ|tỉ lệ|tỷ số|diện tích|sản lượng|năng suất|giá trị|số(?: \S+)? (?=.*(?:là|đạt|có)\b)|"
    r"kinh phí|thu nhập|tuổi thọ|hệ số|sĩ số|"
    r"doanh thu|dư nợ|nguồn vốn|mức|bình quân|tốc độ|cơ cấu|thu ngân sách|chi ngân sách|lượng|đàn|toàn (?:huyện|tỉnh|xã|thị trấn))\b"
)
NOT_SUBJECT = re.compile(rf"(?i)(?:so với|{PLAN_WORD}|trở lên|dự toán|tổng|và|dân số|cả năm|(?:của |vào |trong )?năm \d{4})")
ORDINAL = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.\s+")
NO_LABEL = re.compile(r"(?i)(?:theo|như|tính đến|từ ngày|đến ngày|so với|kết quả là|sau đó|phấn đấu|dự kiến)\b")
BARE = re.compile(
    r"(?i)(?:tổng |nâng |bình quân )*(?:(?:kinh phí|vốn)(?: đăng ký| đầu tư| thực hiện)?|diện tích|số tiền|trị giá|năng suất|sản lượng(?: thu hoạch)?|"
    r"dư nợ(?: tín dụng)?|nợ xấu|nguồn vốn|giá trị(?: sản xuất)?|số lượng|số|mức(?: đầu tư| hỗ trợ)?|tỷ lệ(?: lấp đầy)?|chiều dài|dài|rộng|khối lượng|"
    r"trọng lượng|trung bình|bình quân|công suất(?: sử dụng(?: giường(?: bệnh)?)?)?|"
    r"quy mô|sức chứa|định mức|doanh thu|thu nhập bình quân|nộp trực tuyến số tiền|mỗi [^\W\d_]+|giá bán(?: bình quân| tại vườn)?)"
    r"(?: bình quân)?(?: (?:cả năm|6 tháng|9 tháng|trong năm|6 tháng đầu năm))?"
)
BARE_VERB = re.compile(
    r"(?i)(?:(?:đã|và|phải|buộc|cần|mới)\s+)*(?:phạt tiền|phạt|xử phạt|thành|(?:làm )?chết|(?:làm )?bị thương|(?:gây )?thiệt hại|khám phá|(?:điều tra )?làm rõ|"
    r"điều tra(?:,)? khám phá|"
    r"cho trái|hoàn thành|bàn giao|giải ngân|giải quyết xong|trồng mới(?: trong năm)?|tạo việc làm|thu hồi|tịch thu|tiêu hủy|khởi tố)"
)
OWN_SUBJECT = re.compile(r"(?i)(?:tổng )?(?:dư nợ|nợ xấu|nguồn vốn|doanh thu|vốn|giá trị sản xuất|thu nhập bình quân)")
TAIL_VERBS = re.compile(
    r"(?i)[\s,]*\b(?:(?:(?:mới|chỉ|đã|cả năm ước|ước|cùng|(?<!thực )hiện)\s+)*(?:đạt|được|(?<!mặt )(?<!công )bằng|có|còn)|"
    r"ước|là|khoảng|trên|gần|từ|đối với|với|đối|thực hiện|"
    r"(?<!mặt )(?<!công )bằng|chiếm|gồm|còn|xấp xỉ|hơn|dưới|không quá|"
    r"ít nhất|cho|đã|ước tính|tăng|giảm|cao hơn|thấp hơn|vượt|đón|lên|xuống|trở lên|=|cả năm ước|phấn đấu|xếp hạng|tại|(?<!đất )(?<!nhà )ở|"
    r"(?<!chứng )(?<!địa )(?<!tín )chỉ)\s*$"
)
ONLY_TIME = re.compile(
    r"(?i)(?:(?:và|mục tiêu|định hướng|phấn đấu|dự kiến|nâng lên|trong đó)\s+)*(?:(?:đến|tới|trong|của)\s+)*"
    r"(?:(?:hết\s+|cuối\s+|đầu\s+)?năm\s+\d{4}|(?:đầu|cuối|giữa) (?:năm|kỳ)|cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?|năm (?:trước|ngoái)|"
    r"cả năm|(?:6|9) tháng(?: (?:đầu|cuối) năm)?)[\s,:]*"
    r"(?:(?:là|đạt|có|còn|lên|ước|khoảng|trên|dưới)\s*)*"
)
_UP_TO = r"(?:tính )?(?:đến|tới) (?:hết |cuối )?(?:(?:năm|ngày|tháng) [\d/]+|\d{1,2}/\d{1,2}(?:/\d{4})?)"
LEAD_TIME = re.compile(rf"(?i)^(?:[\s,]*(?:và|nhưng|đồng thời|riêng|trong đó|trong năm|{_UP_TO}|năm \d{{4}})\b[\s,:]*)+")

VERBS = (
    r"xây dựng|xây|mở rộng|mở|sửa chữa|sửa|đặt|lắp đặt|lắp|làm|cấp|thu hút|tổ chức|tiến hành|thành lập|bổ sung|khởi công|hoàn thành|phát hiện|xử lý|"
    r"xử phạt|phạt|"
    r"bắt giữ|bắt|khám phá|điều tra|kiểm tra|thanh tra|giải quyết|tiếp nhận|tiếp(?! (?:đến|theo|tục)\b)|nhận|giao|đưa|tạo|tuyển dụng|tuyển|trao|tặng|"
    r"thăm|chi trả|chi|hỗ trợ|trồng|"
    r"chuyển đổi|chuyển|cải tạo|bê tông hóa|cứng hóa|kiên cố hóa|nạo vét|thu gom|thu hồi|thu nộp|thu|tịch thu|tháo dỡ|phá dỡ|hiến|đóng góp|góp|"
    r"vận động|giới thiệu|"
    r"đào tạo|dạy|huấn luyện|công nhận|phục dựng|tu bổ|tuyên truyền|bố trí|bàn giao|di dời|di chuyển|xóa|sắp xếp|triển khai|mua|lát|chỉnh trang|"
    r"chứng thực|đăng ký|"
    r"ghi nhận|xảy ra|đón|vận chuyển|gieo trồng|gieo|tiêm phòng|tiêm|phun|khám|điều trị|lập|phê duyệt|thẩm định|ban hành|đầu tư|duy trì|giữ vững|giữ|"
    r"chặt|cưỡng chế|xuống giống|cấy|"
    r"nâng cấp|nâng|khôi phục|cất|gắn|thả|buộc|tiêu hủy|kiến nghị|đề nghị|chấm dứt|rà soát|số hóa|khoanh|khai thác|sử dụng|thêm|trích|phân bổ|"
    r"giải ngân|thiếu|ngập|trợ cấp|điều tiết|điều chuyển|chủ trì|phối hợp|tham mưu|chỉ đạo|phá bỏ"
)
VERB_LEFT = re.compile(rf"(?i)(?:(?:đã|còn|cũng|đồng thời|có|trong năm|phấn đấu|tiếp tục|tập trung)\s+)*(?:{VERBS})\b")
CLAUSE_START = re.compile(
    rf"(?i)\s*(?:(?:{VERBS})\b(?!\s*,)|(?:đến nay|hiện nay|hiện|nay|đã|sẽ|đang|được|bị|phải|trong khi|riêng|song|nhưng|tuy nhiên|còn(?!\s+\d)|để|nhằm|"
    rf"do|vì|nên|"
    r"bảo đảm|đảm bảo|góp phần|ưu tiên|nhất là|nhiều nhất|chủ yếu|cao nhất|thấp nhất|gồm|bao gồm|trong đó|so với|theo|kế hoạch|qua đó|từ đó|dự kiến|"
    r"phấn đấu|tập trung)\b)"
)
MEASURE_NOUN = (
    r"(?:tổng )?(?:chiều dài|(?<!kéo )dài|(?<!mở )rộng|diện tích|quy mô|trọng lượng|khối lượng|công suất|trị giá|giá trị|số tiền|kinh phí|"
    r"vốn(?: đăng ký| đầu tư)?|mức đầu tư|sức chứa|"
    r"định mức|doanh thu|sản lượng|năng suất|thu nhập bình quân)"
)
MEASURE_TAIL = re.compile(rf"(?i)\s(?:(?:với|có)\s+)?({MEASURE_NOUN}(?:\s+(?:là|đạt|khoảng|trên|gần|được|ước|từ|hơn))*)\s*$")
MONEY_TAIL = re.compile(r"(?i)\s((?:tổng )?(?:số tiền|trị giá|kinh phí)(?:\s+(?:là|khoảng|trên|gần|hơn))*)\s*$")
AT_LEAST = re.compile(r"(?i)\s*trở (?:lên|xuống)\b[^,]*$")
PLAN_IS = re.compile(rf"(?i)\s*(?:trong khi |mà |so với )?{PLAN_WORD}(?:\s+(?:được giao|giao|đề ra|năm))*\s+(?:là|cần đạt|phải đạt)\s*|/\s*{PLAN_WORD}\s*")
GENERAL_PLACE = re.compile(
    r"(?i)\b(?:các|những|\d+) (?:xã|phường|thị trấn|địa phương)(?:, thị trấn|, phường)?(?: (?:khác|còn lại))?\b(?!\s*[:(])|\btoàn (?:huyện|quận|xã|tỉnh)\b"
)
PLAN_LEVEL = re.compile(rf"(?i)\s*{PLAN_WORD}(?:\s+(?:được giao|giao|đề ra|năm|cả năm|là|trên|dưới|từ|đạt|khoảng|tối thiểu))*\s*")
FROM_LEVEL = re.compile(rf"(?i)\b(?:{UP}|{DOWN}|nâng|hạ)(?:\s+[^,;:()]*?)?\s*\btừ\s*$|^từ\s*$")
AFTER_FROM = re.compile(r"(?i)^\s*(?:(?:của|vào|trong|ở)\s+)?(?:(?:đầu|cuối)\s+)?(?:năm|kỳ)\b|^[^,;.]{0,25}?(?:(?<!trở )lên|(?<!trở )xuống|còn)\b")
TO_LEVEL = re.compile(r"(?i)^(?:[^,;:()]{0,40}?\s)?(?:xuống|lên)(?:\s+(?:còn|đến|tới|mức|thành|khoảng|trên|dưới|gần))*\s*$")
TIMES_LEFT = re.compile(r"(?i)\b(?:gấp|bằng)(?:\s+(?:khoảng|gần|hơn|trên|tới))*\s*$")
RANGE_CHANGE = re.compile(r"(?i)(?:^|[\s,])(tăng|giảm)\s+(?!trưởng)(?P<what>[^,;:()]{3,45}?)\s+(?P<by>từ|thêm|ít nhất|tối thiểu)\s*$")
POINTS_CHANGE = re.compile(r"(?i)(?:^|[\s,])(tăng|giảm)\s+(?!trưởng)(?!.*\b(?:còn|lên|xuống|đạt|là)\s*$)[^,;:()]{3,45}$")
RESPECTIVELY = re.compile(r"(?i)\b(?:lần lượt|tương ứng)(?:\s+(?:là|đạt|ước đạt|ước|có|được|với|còn|tăng|giảm))*\s*$")
SIGN_LEFT = re.compile(r"(?:^|[\s(:|])([-–−+])\s?$")
DONE_PART = re.compile(r"(?i)\s+(?:khối lượng|tiến độ|mặt bằng)\b")
GREAT, SMALL = "cao|nhiều|lớn|đông|dài|rộng|nhanh|tốt|mạnh", "thấp|ít|nhỏ|ngắn|chậm|kém"
"""Words of size, of which there is a most."""
MOST = re.compile(
    rf"^(?i:(?:[^\W\d_]+[\s,:]+){{0,6}}?(?:(?:{GREAT}|{SMALL}) nhất|dẫn đầu|đứng đầu)"
    rf"(?: (?:về|trong)(?: [^\W\d_]+){{1,3}})?) (?:(?i:là|ở|tại|thuộc về|thuộc|xã|phường|thị trấn)\b|[{UPPER}])"
)
"""Says of which of a sort there is the most or the least: the number that follows is a part of theirs."""
TELLS_MOST = re.compile(r"(?i)(?:trong đó |riêng )?(?:\w+ nhất|dẫn đầu|đứng đầu)\b")
NAMED_LEFT = re.compile(rf"(?:(?:và|xã|phường|thị trấn) )*[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,4}}(?: (?:với|có|đạt))?")
"""Only a name before a number."""
NEXT_MOST = re.compile(r"(?i)^(?:kế đến|tiếp đến|tiếp theo|kế tiếp|sau đó|tiếp sau)(?: (?:là|đến))?\b")
ABOUT = re.compile(r"(?i)\s*về (?:(?P<number>số lượng|số)\b|(?P<what>[^\W\d_]+))")
AGAINST = re.compile(r"(?i)^\s*(?:(?:so )?(?:với )?|của )(cùng kỳ(?: năm)?(?: (?:trước|ngoái|\d{4}))?|năm (?:trước|ngoái|\d{4}))")
TAIL_JOIN = re.compile(r"(?i)(?:\s|(?=/))((?:cho|được|tại|ở|của|vào|có|thuộc)\s*|\s*/\s*(?:KH|NQ|DT|kế hoạch|dự toán)\s*)$")
TIME_POINT = re.compile(r"(?i)\b(?:đầu|cuối|giữa) (?:năm|kỳ)(?: \d{4})?")
SCOPE_ONLY = re.compile(
    r"(?i)(?:(?:(?:tính |từ )?(?:đến )?(?:hết )?(?:đầu|cuối|giữa) (?:năm|kỳ)(?: \d{4})?|năm học [\d\s–-]+|năm \d{4}|trong năm|toàn (?:huyện|quận|xã|"
    r"tỉnh|thị xã|thành phố|phường)|"
    r"huyện|xã|quận|phường|(?:trên )?địa bàn(?: (?:huyện|xã|quận|phường))?|đến nay|hiện(?: nay| tại| có)?|có|còn|đã|kết quả|theo [^,]*,|gồm|cả)[\s,]*)+"
)

WHEN_LEFT = re.compile(
    r"(?i)(?:(?:tính |trong )?(?:cả|hết) năm|(?:6|9) tháng(?: (?:đầu|cuối) năm)?|toàn (?:huyện|quận|xã|thị xã|thành phố|phường)|"
    r"vụ [^\W\d_]+(?: [^\W\d_]+)?)[\s,]+"
)
"""When or over what, before a verb: it takes nothing from what the verb is of (`Cả năm gieo cấy 24.280 ha lúa`)."""
ASIDE_CLAUSE = re.compile(r"(?i)(?:nhờ|do|vì|bởi|để|nhằm|tuy|mặc dù|dù|khi|trong khi|cùng với|bên cạnh|qua)\b")
"""A clause that says why, what for or beside what, and not of what."""
THRESHOLD = re.compile(r"(?i)[^,;:().]*?\b(?:đạt|có|hoàn thành)\s+(?:trên|dưới|từ|tối thiểu)\s*")
TAKES_PART = re.compile(r"(?i)(?:thu|chi)\b")
GENERIC = frozenset("con cái chiếc người lượt ca hộ suất liều đàn vụ".split()) | {"trường hợp", "lao động", "lượt người", "lượt khách", "suất quà"}
SCALE_WORD = re.compile(r"(?i)^(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+(?=\S)")
MEASURE_HEAD = re.compile(r"(?i)^(?:tổng )?(?:diện tích|sản lượng|năng suất|số lượng|giá trị sản xuất)\s+(?=[^\W\d_]+)")
MEASURE_LAST = re.compile(
    r"(?i)(?:(?<=[^\W_])|^)\s+(?:(?:nguồn vốn |vốn )?huy động(?: vốn)?|cho vay|dư nợ(?: tín dụng)?|diện tích|sản lượng|năng suất|tổng mức đầu tư|doanh thu)$"
)
SHARED_HEAD = re.compile(
    r"(?i)(?:tổng |ước )?(?:diện tích|sản lượng|năng suất|giá trị(?: sản xuất)?(?: ngành)?|tỷ lệ|tỉ lệ|giá|doanh thu|kim ngạch|"
    r"mật độ)\b"
)
NOT_NOUN = re.compile(
    rf"(?i)(?:so|với|trở|tăng|giảm|đạt|bằng|chiếm|tại|ở|trong|theo|cho|để|do|vì|từ|đến|là|và|hoặc|của|được|phục vụ|nhằm|trước|sau|dịp|năm|tháng|quý|"
    rf"lên|xuống|"
    rf"trên|dưới|vào|cả|thu hút|nằm|đã|đang|sẽ|còn|{PLAN_WORD})\b|\("
)
LEAD_CLAUSE = re.compile(
    r"(?i)^(?:(?:dù vậy|tuy nhiên|tuy vậy|bên cạnh đó|ngoài ra|đến nay|hiện nay|trong số|trong(?= \d| chỉ tiêu|$)|kết quả(?=[,\s]*(?:có|là|đã|$))|ước|"
    r"như vậy|do đó|song|nhưng|cũng|(?:tính )?(?:đến|vào)(?= (?:cuối|đầu|giữa) (?:năm|kỳ)))\b[,\s]*)+|^.*,\s+(?:song|nhưng|tuy nhiên)\s+"
)

_KIN = (
    "tổ chức|cá nhân|hộ gia đình|hộ", "thôn|bản|làng|ấp|khóm|xóm|tổ dân phố|khu dân cư|khu phố|buôn", "xã|thị trấn|phường|đặc khu", "huyện|quận|"
    "thị xã|thành phố|tỉnh",
    "nhóm|lớp", "khách sạn|nhà nghỉ|nhà hàng|homestay", "cán bộ|chiến sĩ|công chức|viên chức|đảng viên|giáo viên|người lao động|học sinh|sinh viên",
    "cơ quan|đơn vị|doanh nghiệp|hợp tác xã|trường học|tổ hợp tác", "trung tâm thương mại|siêu thị", "ban|ngành|đoàn thể", "tin|bài", "mầm non|"
    "tiểu học|trung học cơ sở|trung học phổ thông",
)  # fmt: skip
KIN_BEFORE = tuple(re.compile(rf"(?i)\b(?:{one})(?: [^\W\d_]+)?$") for one in _KIN)
KIN_AFTER = tuple(re.compile(rf"(?i),\s+(?:{one})\b(?!\s*[\d:(])") for one in _KIN)
NOUN_BEFORE = re.compile(r"\b(?:[A-ZĐ]{2,}|xã|thị trấn|phường)$")
NOUN_AFTER = re.compile(r",\s+(?:[A-ZĐ]{2,}|xã|thị trấn|phường)\b(?!\s*[\d:(])")
NAME_BEFORE = re.compile(rf"\b[{UPPER}][^\W\d_]*$")
NAME_AFTER = re.compile(rf",\s+[{UPPER}][^\W\d_]")
CLOSED = re.compile(r"\([^()]*\)")
