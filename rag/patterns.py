"""Patterns over questions that read text with Vietnamese marks and without, and those that several readers of a question share."""

from __future__ import annotations

import re

from corpus.text import fold, has_diacritics


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


WHY = Pattern(r"\b(?:vì sao|tại sao|nhờ đâu|nhờ gì|vì đâu|do đâu|vì (?:cái )?gì|tại (?:cái )?gì|nguyên nhân|lý do|lí do|sao lại)\b|^(?:thế |vậy )?sao\b(?! (?:y|vàng|chép)\b)")
HOW_MANY = Pattern(r"(?:bao nhiêu|bao lăm|nhiêu(?! (?:lên|hơn|nhất))|\b(?:ngần|chừng) nào(?= (?:tiền|vốn))|(?<!thứ )(?<!hạng )\bmấy\b)")
PLAN_ASKED = Pattern(
    r"\b(?:(?:so (?:với )?|bằng |đạt |vượt |hoàn thành |theo )?(?:bao nhiêu (?:%|phần trăm) (?:so với )?)?(?:kế hoạch(?! ?(?:và|&) ?(?:đầu tư|đt)\b)|dự toán|chỉ tiêu|mục tiêu đề ra)|"
    r"hoàn thành (?:bao nhiêu|mấy)|tỷ lệ hoàn thành|mức hoàn thành)\b"
)
YEAR = re.compile(r"(?i)(?<![\d/.,-])(?<!so sánh )(?<!so sanh )(?<!cố định )(?<!co dinh )(?<!so sánh năm )(?<!so sanh nam )(?<!cố định năm )(?<!giá )(?:19|20)\d\d(?![\d.,]\d)(?:(?<=năm \d{4})|(?<=nam \d{4})|(?!\s*(?:ha|tấn|tỷ(?! lệ| trọng| suất| số)|triệu|người|hộ)\b))")
WHY_OR_HOW = Pattern(
    r"\b(?:vì sao|tại sao|nhờ đâu|vì đâu|do đâu|nguyên nhân|lý do|lí do|vì lẽ gì|sao lại|làm gì|những gì|biện pháp|giải pháp|khó khăn|hạn chế|tồn tại|"
    r"nhiệm vụ|phương hướng|nội dung|lợi gì|lợi ích gì|để làm gì|(?:dùng|sử dụng) (?:vào |cho |làm )?(?:việc )?gì|mục đích gì|làm thế nào|bằng cách nào|nói gì|nêu gì|ra sao về|đánh giá)\b"
)
LISTING = Pattern(r"\b(?:liệt kê|kể tên|danh sách|từng|chi tiết|phân theo|chia theo)\b")
WHICH_ONE = Pattern(
    r"\b(?:xã|thị trấn|huyện|ngân hàng|trường|đơn vị|địa phương|dự án|công trình|cơ quan|ngành|lĩnh vực|vụ|loại|nơi|ai|người|sản phẩm|đường|tuyến|"
    r"tổ chức|cây|con|khoản|nguồn|nhóm|đâu|ngày|khi|tháng|năm)(?: \S+){0,3}?(?<! thế)(?<! cỡ)(?<! mức)(?<! độ)(?<! chừng) nào\b|\b(?:ở đâu|là ai|khi nào|bao giờ|ngày nào|nơi nào|đâu là)\b"
)
SIDE_BY_SIDE = Pattern(r"\b(?:so sánh|đối chiếu|so với mục tiêu|so với (?:kế hoạch|chỉ tiêu) (?:năm )?2\d\d\d|cả hai năm|giữa năm)\b")
UNIT_AFTER = re.compile(r"^\s*([^\W\d_%²³/]+(?:[²³]|[23](?!\d))?(?:/[^\W\d_]+[²³]?)?(?:\s[^\W\d_]+){0,2})")
