"""The words by which sentences of reports tie figures to one another: change, plan, comparison, parts, openers of lists."""

from __future__ import annotations

import re

UP = r"tăng|cao hơn|vượt|nhiều hơn|lớn hơn"
DOWN = r"giảm|thấp hơn|hụt|ít hơn|chậm hơn"
FILLER = (
    r"(?:(?:cùng kỳ|trung bình|bình quân)(?: chung| năm trước| cả nước| toàn tỉnh| của (?:tỉnh|huyện|cả nước))*|"
    r"thêm|khoảng|gần|trên|hơn|từ|tương ứng|là|xấp xỉ|được|dần|mạnh|nhẹ|"
    r"(?:so )?với [^,;()]*|chỉ tiêu(?: (?:được|tỉnh|huyện|thành phố|cấp trên) giao)?|kế hoạch(?: năm)?|kh|nq|nghị quyết|dự toán|mức|định mức|"
    r"(?:quy )?chuẩn|năm (?:trước|ngoái|\d{4}))"
)
CHANGE_LEFT = re.compile(rf"(?i)\b({UP}|{DOWN})(?:\s+{FILLER})*\s*$")
IS_UP = re.compile(rf"(?i)\b(?:{UP})\b")
PLAN_WORD = r"(?:(?:kế )?hoạch năm|kế hoạch|kh\b|dự toán|dt\b|chỉ tiêu|mục tiêu|nghị quyết|nq\b)"
PLAN_RIGHT = re.compile(rf"(?i)^\s*(?:so với |của )?(?:tổng )?{PLAN_WORD}")
PLAN_LEFT = re.compile(rf"(?i)(?:so với |bằng |đạt )?{PLAN_WORD}[^,;()]*\b(?:đạt|bằng)\s*$")
VERSUS = re.compile(
    rf"(?i)\bso (?:với )?(?:cùng kỳ(?: năm(?: trước| ngoái)?)?(?: (?:năm )?\d{{4}})?|(?:(?!\s(?:{UP}|{DOWN})\b)[^,;:().]){{2,60}})|\bcùng kỳ(?: năm \d{{4}})?"
)
DEPENDENT = re.compile(
    rf"(?i)^(?:(?:và|nhưng|hiện|đã|cũng|nay|tức|hay|chỉ|mới|so (?:với )?(?:cùng kỳ|năm (?:trước|ngoái|\d{{4}}))(?: năm (?:trước|ngoái|\d{{4}}))?)\s+)*"
    rf"(?:ước\s+)?(?:(?:đạt|bằng|chiếm|tương đương|tương ứng|gấp|xếp(?: thứ| hạng)?|đứng(?: thứ)?|{UP}|{DOWN})\b|=|≈)(?P<rest>.*)$",
    re.DOTALL,
)
EMPTY_LEFT = re.compile(r"(?i)^(?:và|với|của|vào|hoặc|cùng|ước|trên|gần|khoảng|từ|có|là|đạt|hơn|,|\s)*$")
REST = re.compile(rf"(?i){FILLER}|\b(?:số \S+|tỷ lệ|mức|thêm|có|đạt)\b|\s+")
OPENER = re.compile(r"(?i)\b(trong đó|gồm|bao gồm|riêng|cụ thể|như sau|chia ra|trong số đó)\b[\s,:]*")
HEAD_NOUN = re.compile(
    r"(?i)\s*(?:ước |riêng |nâng |đưa )?(?:tổng|tỷ lệ|tỉ lệ|tỷ số|diện tích|sản lượng|năng suất|giá trị|số(?: \S+)? (?=.*(?:là|đạt|có)\b)|"
    r"kinh phí|thu nhập|tuổi thọ|hệ số|"
    r"doanh thu|dư nợ|nguồn vốn|mức|bình quân|tốc độ|cơ cấu|thu ngân sách|chi ngân sách|lượng|đàn|toàn (?:huyện|tỉnh|xã|thị trấn))\b"
)
NOT_SUBJECT = re.compile(rf"(?i)(?:so với|{PLAN_WORD}|trở lên|dự toán|tổng|và|dân số|cả năm)")
ORDINAL = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.\s+")
NO_LABEL = re.compile(r"(?i)(?:theo|như|tính đến|từ ngày|đến ngày|so với|kết quả là|sau đó)\b")
BARE = re.compile(
    r"(?i)(?:tổng )?(?:diện tích|kinh phí|số tiền|trị giá|năng suất|sản lượng(?: thu hoạch)?|dư nợ(?: tín dụng)?|nguồn vốn|giá trị(?: sản xuất)?|số lượng|"
    r"số|mức|tỷ lệ|chiều dài|khối lượng|doanh thu|vốn|phạt tiền|nộp trực tuyến số tiền)"
)
OWN_SUBJECT = re.compile(r"(?i)(?:tổng )?(?:dư nợ|nguồn vốn|doanh thu|vốn)")
TAIL_VERBS = re.compile(
    r"(?i)[\s,]*\b(?:ước|đạt|là|được|có|khoảng|trên|gần|từ|với|thực hiện|bằng|chiếm|gồm|còn|xấp xỉ|hơn|dưới|không quá|ít nhất|cho|đã|ước tính|"
    r"tăng|giảm|cao hơn|thấp hơn|vượt|đón|lên|xuống|trở lên|=|cả năm ước|phấn đấu|mới|(?<!chứng )(?<!địa )(?<!tín )chỉ)\s*$"
)
ONLY_TIME = re.compile(
    r"(?i)(?:(?:và|mục tiêu|phấn đấu|dự kiến|nâng lên|trong đó)\s+)*(?:(?:đến|tới|trong|của)\s+)*(?:hết\s+|cuối\s+|đầu\s+)?năm\s+\d{4}[\s,:]*"
    r"(?:(?:là|đạt|có|còn|lên|ước|khoảng|trên)\s*)*"
)
LEAD_TIME = re.compile(r"(?i)^(?:[\s,]*(?:và|nhưng|đồng thời|riêng|trong đó|trong năm|(?:tính )?đến (?:hết )?(?:năm|ngày) [\d/]+|năm \d{4})\b[\s,:]*)+")


NOUN_BEFORE = re.compile(r"\b(?:[A-ZĐ]{2,}|xã|thị trấn|phường)$")
NOUN_AFTER = re.compile(r",\s+(?:[A-ZĐ]{2,}|xã|thị trấn|phường)\b(?!\s*[\d:(])")
CLOSED = re.compile(r"\([^()]*\)")
