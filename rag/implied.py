"""What a figure says without words: a figure in `ha` is an area, one of next year's targets is a target, one that is part of nothing a total."""

from __future__ import annotations

from corpus.figures import CHANGE, PLAN, RANK, SHARE, Figure
from corpus.periods import RESULT

_BY_DIMENSION = {
    "area": "diện tích, rộng, đất",
    "mass/area": "năng suất, bình quân",
    "mass": "sản lượng, khối lượng, nặng",
    "money": "số tiền, kinh phí, trị giá, giá trị",
    "usd": "số tiền, trị giá, giá trị, kim ngạch",
    "length": "chiều dài, dài",
    "volume": "khối lượng, thể tích, dung tích",
    "power": "công suất",
    "energy": "điện năng, sản lượng điện",
    "age": "độ tuổi",
    "density": "mật độ, dân số",
}
_BY_NAME = {"khẩu": "dân số, số dân, người", "nhân khẩu": "dân số, số dân, người"}
_BY_BASE = {"money/person": "bình quân, đầu người, thu nhập", "money/mass": "giá bán, đơn giá, giá thành", "money/area": "giá trị, bình quân"}
_BY_KIND = {
    PLAN: "so với kế hoạch, chỉ tiêu, dự toán, được giao, vượt, đạt, hoàn thành, mức, đề ra, so với mục tiêu",
    SHARE: "tỷ lệ, tỷ trọng, phần trăm, chiếm, cơ cấu",
    RANK: "xếp hạng, đứng thứ",
    CHANGE: "so với cùng kỳ, năm trước, năm ngoái, biến động, thay đổi, chênh lệch, mức",
}
_BY_DIRECTION = {"tăng": "tăng thêm, cao hơn, nhiều hơn, tăng lên", "giảm": "giảm bớt, thấp hơn, ít hơn, giảm xuống"}
_PLANNED = "chỉ tiêu, kế hoạch, dự toán, mục tiêu, phấn đấu, dự kiến, đặt ra, đề ra, phương hướng"
_DONE = "kết quả, thực hiện, đạt được"
_WHOLE = "tổng số, tổng, tất cả, toàn bộ, tổng cộng, cả thảy"


def implied_words(figure: Figure, base: Figure | None = None, *, local: bool) -> str:
    """The words that a question may use for what unit, kind, period and place in its whole say of a figure.

    `base` is the figure that it qualifies (the area of `236,5 ha, bằng 107,5% kế hoạch`); `local`: it is of a place below the report's.
    """
    planned = figure.period.status != RESULT
    total = figure.whole is None and figure.base is None and not local
    parts = (
        _measure(figure),
        _measure(base) if base is not None else "",
        _BY_KIND.get(figure.kind, ""),
        _BY_DIRECTION.get(figure.direction, ""),
        _PLANNED if planned else _DONE,
        _WHOLE if total else "",
    )
    return ", ".join(part for part in parts if part)


def _measure(figure: Figure) -> str:
    """The words for what is measured in a figure's unit."""
    dimension = figure.quantity.canonical.dimension
    if dimension == "count":
        return _BY_NAME.get(figure.quantity.canonical.name, "")
    return _BY_DIMENSION.get(dimension) or next((words for base, words in _BY_BASE.items() if dimension.startswith(base)), "")
