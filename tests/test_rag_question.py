"""What a question asks: form, kinds and units, years, directions; typed with marks and without."""

from __future__ import annotations

import pytest

from corpus.figures import AMOUNT, CHANGE, PLAN, RANK, SHARE
from corpus.text import fold
from rag.asks import OPEN
from rag.forms import COMPARE, DIFFERENCE, FIGURE, HIGHEST, LIST, LOWEST, SUM, TEXT, WHAT_IS, WHICH, YES_NO
from rag.question import Question, read_question, with_dates


def read(text: str) -> Question:
    return read_question(text, text)


ASKED = [
    # what a hurried person types: scales without a unit, units of speech, names asked beside a number
    ("Vườn cây rộng mấy héc-ta?", FIGURE, [(AMOUNT, "ha")]),
    ("Đường thôn phải làm bao nhiêu ki lô mét?", FIGURE, [(AMOUNT, "km")]),
    ("Số việc làm xong vượt mức trên giao mấy phần trăm?", FIGURE, [(CHANGE, "%")]),
    ("Xếp hạng của huyện có bị tụt so với năm trước không?", YES_NO, [(CHANGE, "")]),
    ("Mấy vụ ngộ độc thức ăn có ai chết không?", YES_NO, []),
    ("Phường nào nộp hồ sơ lẹt đẹt nhất?", LOWEST, []),
    ("Cả năm cắt được tổng cộng mấy tấn lúa?", FIGURE, [(AMOUNT, "tấn")]),
    ("Cụm nào có vốn đăng ký lớn nhất?", HIGHEST, [("", "đồng")]),
    ("4 chỉ tiêu không đạt là gì?", LIST, []),
    ("Ba xã vừa đạt chuẩn tên gì?", LIST, []),
    ("Năm nay mấy xã nào diễn tập?", LIST, [(AMOUNT, "xã")]),
    ("1.147 thành viên là số gì?", WHAT_IS, []),
    ("1.327 người trong báo cáo là người nào?", WHAT_IS, []),
    ("Xã nào nghèo nhất?", HIGHEST, []),
    ("Sao diện tích cà phê tụt vậy?", TEXT, None),
    ("Mấy vụ cháy phần nhiều là tại cái gì?", TEXT, None),
    # a level, its unit told by the question's noun or by the measure it names
    ("Tổng diện tích gieo trồng là bao nhiêu?", FIGURE, [(OPEN, "ha")]),
    ("Năng suất lúa cả năm đạt bao nhiêu?", FIGURE, [(OPEN, "tạ/ha")]),
    ("Kinh phí sửa đường hết bao nhiêu?", FIGURE, [(OPEN, "đồng")]),
    ("Tổng đàn lợn có bao nhiêu con?", FIGURE, [(AMOUNT, "con")]),
    ("Thu hoạch được bao nhiêu tấn thóc?", FIGURE, [(AMOUNT, "tấn")]),
    ("Xây được mấy km đường?", FIGURE, [(AMOUNT, "km")]),
    ("Thu ngân sách được bao nhiêu tỷ đồng?", FIGURE, [(AMOUNT, "tỷ đồng")]),
    ("Có bao nhiêu nghìn người tham gia?", FIGURE, [(AMOUNT, "người")]),
    ("Xử phạt bao nhiêu tiền?", FIGURE, [(OPEN, "đồng")]),
    ("Bao nhiêu trường đạt chuẩn quốc gia?", FIGURE, [(AMOUNT, "trường")]),
    # a change
    ("Đàn lợn tăng bao nhiêu phần trăm?", FIGURE, [(CHANGE, "%")]),
    ("Đàn lợn tăng bao nhiêu % so với năm 2022?", FIGURE, [(CHANGE, "%")]),
    ("Sản lượng cá giảm bao nhiêu tấn?", FIGURE, [(CHANGE, "tấn")]),
    ("Giá trị sản xuất tăng hay giảm bao nhiêu?", FIGURE, [(CHANGE, "")]),
    ("Sản lượng thủy sản so với cùng kỳ năm trước?", FIGURE, [(CHANGE, "")]),
    # a share of plan, a share
    ("Thu ngân sách đạt bao nhiêu phần trăm dự toán?", FIGURE, [(PLAN, "%")]),
    ("Thu ngân sách bằng bao nhiêu % so với kế hoạch?", FIGURE, [(PLAN, "%")]),
    ("Bao nhiêu phần trăm trẻ em được tiêm chủng?", FIGURE, [(SHARE, "%")]),
    ("Tỷ lệ hộ nghèo còn bao nhiêu?", FIGURE, [(SHARE, "%")]),
    # a rank
    ("Huyện xếp thứ mấy toàn tỉnh?", FIGURE, [(RANK, "")]),
    ("Huyện đứng thứ bao nhiêu về cải cách hành chính?", FIGURE, [(RANK, "")]),
    # two things
    ("Bao nhiêu vụ tai nạn và bao nhiêu người chết?", FIGURE, [(AMOUNT, "vụ tai nạn"), (AMOUNT, "người")]),
    ("Số vụ và số người bị thương?", FIGURE, [(AMOUNT, "vụ"), (AMOUNT, "người")]),
    ("Giá trị xây dựng là bao nhiêu, tăng bao nhiêu phần trăm?", FIGURE, [(OPEN, "đồng"), (CHANGE, "%")]),
    # what is not asked for, and what is asked for without its words
    ("Mấy vụ cháy trong năm thiệt hại bao nhiêu tiền?", FIGURE, [(OPEN, "đồng")]),
    ("Mấy khách sạn này có tất cả bao nhiêu phòng?", FIGURE, [(AMOUNT, "phòng")]),
    ("Đề nghị cho biết tổng thu và tổng chi ngân sách xã năm 2023", FIGURE, [(OPEN, "đồng")]),
    ("Diện tích, năng suất và sản lượng cây lạc?", FIGURE, [(OPEN, "ha"), (OPEN, "tạ/ha"), (OPEN, "")]),
    ("Tỷ lệ hộ nghèo giảm được bao nhiêu điểm phần trăm?", FIGURE, [(CHANGE, "%")]),
    ("Mỗi ha lúa được bao nhiêu tạ?", FIGURE, [(AMOUNT, "tạ/ha")]),
    ("Có con số 286 ha rừng, con số ấy chỉ nội dung gì?", WHAT_IS, None),
    ("Xử lý vi phạm ít đi hay nhiều lên, mấy vụ?", FIGURE, [(CHANGE, "vụ")]),
    ("Bán một cân gà được mấy nghìn?", FIGURE, [(AMOUNT, "đồng/kg")]),
    ("Dời cột điện mở rộng đường tốn hết bao nhiêu?", FIGURE, [(OPEN, "đồng")]),
    ("Dân nhường bao nhiêu mét đất làm đường?", FIGURE, [(AMOUNT, "m²")]),
    ("Dân số tăng tự nhiên ở mức nào?", FIGURE, [(OPEN, "")]),
    ("Điểm thành phần chi phí thời gian là bao nhiêu?", FIGURE, [(OPEN, "điểm")]),
    ("Lao động có chứng chỉ phải đạt ít nhất mấy %?", FIGURE, [(SHARE, "%")]),
    ("Nước sông lúc lên cao nhất vượt báo động 3 bao nhiêu?", FIGURE, None),
    ("Xin Sở kế hoạch và đầu tư thêm bao nhiêu cho đường trục?", FIGURE, [(OPEN, "")]),
    ("Kết quả rà soát hộ nghèo dùng vào việc gì?", TEXT, None),
    # other forms
    ("Xã nào có diện tích ngô lớn nhất?", HIGHEST, None),
    ("Đơn vị nào dẫn đầu phong trào?", HIGHEST, None),
    ("Xã nào có số hộ nghèo thấp nhất?", LOWEST, None),
    ("Xã nào trồng ít ngô nhất?", LOWEST, None),
    ("Hai xã cộng lại có bao nhiêu ha ngô?", SUM, None),
    ("Vừa trâu vừa bò tổng cộng mấy con?", SUM, None),
    ("Ngân sách huyện và ngân sách xã góp tổng là mấy tỷ?", SUM, None),
    ("Kể giúp tôi tên mấy sản phẩm OCOP", LIST, None),
    ("Chênh lệch giữa thu và chi ngân sách là bao nhiêu?", DIFFERENCE, None),
    ("Diện tích lúa nhiều hơn rau màu bao nhiêu ha?", DIFFERENCE, None),
    ("So sánh đàn lợn và đàn gia cầm", COMPARE, None),
    ("Vì sao năng suất lúa giảm?", TEXT, []),
    ("Nguyên nhân thu ngân sách không đạt dự toán?", TEXT, []),
    ("Huyện có những giải pháp gì để giảm nghèo?", TEXT, []),
    ("Con số 21.300 con là gì?", WHAT_IS, None),
    ("2,15% là tỷ lệ gì?", WHAT_IS, None),
    ("Đề nghị làm rõ con số 46.171 hồ sơ", WHAT_IS, None),
    ("Đọc thấy 81,381 tỷ mà quên mất là khoản nào, nhắc giúp với", WHAT_IS, None),
    ("Liệt kê các xã đạt chuẩn nông thôn mới", LIST, []),
    ("Những xã nào trồng ngô?", WHICH, []),
    ("Lễ hội tổ chức ở đâu?", WHICH, []),
    ("Thu ngân sách có đạt dự toán không?", YES_NO, None),
    ("Đàn lợn đã tăng chưa?", YES_NO, None),
    ("Đàn lợn tăng phải không?", YES_NO, None),
]


@pytest.mark.parametrize(
    ("text", "form", "asks"),
    [
        # `so` is no `sổ`, and what is told by marks alone
        ("Nợ thuế đỡ được bao nhiêu tỷ so hồi đầu năm?", FIGURE, [(CHANGE, "đồng")]),
        ("Án ma túy ít hơn năm trước mấy vụ?", FIGURE, [(CHANGE, "vụ")]),
        ("Nơi nào nhiều ca mắc nhất?", HIGHEST, [("", "ca")]),
    ],
)
def test_marks_tell_words_apart(text: str, form: str, asks: list[tuple[str, str]]) -> None:
    question = read(text)
    assert (question.form, [(ask.kind, ask.unit.name) for ask in question.asks]) == (form, asks)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("Đàn bò có bao nhiêu con, theo số liệu mà UBND huyện báo cáo với kỳ họp?", "Đàn bò có bao nhiêu con"),
        ("Kính đề nghị UBND huyện cho biết đàn bò để đại biểu đối chiếu?", "đàn bò"),
        ("Phần nhân dân góp, không kể ngân sách các cấp, là bao nhiêu?", "Phần nhân dân góp, là bao nhiêu?"),
        ("Tính đến ngày 30/11/2024, số vốn là bao nhiêu?", "Tính đến ngày 30/11/2024 số vốn là bao nhiêu?"),
        ("Xin cho biết", "Xin cho biết"),
    ],
)
def test_what_a_formal_question_says_by_the_way_is_left_out(text: str, read_as: str) -> None:
    assert read(text).text.strip(" ?") == read_as.strip(" ?")


def test_months_are_counted_in_figures() -> None:
    assert with_dates("Chín tháng trồng mấy ha", 2024, 2025) == "9 tháng trồng mấy ha"


@pytest.mark.parametrize(("text", "form", "asks"), ASKED)
def test_a_question_tells_form_kinds_and_units(text: str, form: str, asks: list[tuple[str, str]] | None) -> None:
    question = read(text)
    assert question.form == form
    if asks is not None:
        assert [(ask.kind, ask.unit.name) for ask in question.asks] == asks


@pytest.mark.parametrize(("text", "form", "asks"), ASKED)
def test_it_tells_the_same_typed_without_marks(text: str, form: str, asks: list[tuple[str, str]] | None) -> None:
    question = read(fold(text))
    assert question.unmarked
    assert question.form == form
    if asks is not None:
        assert [(ask.kind, ask.unit.name) for ask in question.asks] == asks


@pytest.mark.parametrize(
    ("text", "years", "versus", "last_year", "plan_year"),
    [
        ("Đàn lợn năm 2023?", (2023,), (), False, False),
        ("Đàn lợn năm 2023 và mục tiêu năm 2024?", (2023, 2024), (), False, True),
        ("Đàn lợn tăng bao nhiêu so với năm 2022?", (), (2022,), False, False),
        ("Đàn lợn năm 2023 so với năm 2022 tăng bao nhiêu?", (2023,), (2022,), False, False),
        ("Đàn lợn năm ngoái có bao nhiêu con?", (), (), True, False),
        ("Đàn lợn phấn đấu đạt bao nhiêu con?", (), (), False, True),
        ("Quốc lộ 37 sửa 2.023 ha?", (), (), False, False),
        ("Nghị quyết ngày 05/12/2023 nói gì?", (), (), False, False),
    ],
)
def test_a_question_tells_the_years_it_is_about_and_those_it_compares_with(
    text: str, years: tuple[int, ...], versus: tuple[int, ...], last_year: bool, plan_year: bool
) -> None:
    for typed in (text, fold(text)):
        question = read(typed)
        assert (question.years, question.versus_years, question.last_year, question.plan_year) == (years, versus, last_year, plan_year), typed


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Đàn lợn tăng bao nhiêu?", "tăng"),
        ("Vì sao đàn lợn giảm?", "giảm"),
        ("Đàn lợn tăng hay giảm bao nhiêu?", ""),
        ("Công tác giảm nghèo ra sao?", ""),
        ("Tăng cường quản lý đất đai thế nào?", ""),
        ("Tốc độ tăng trưởng kinh tế là bao nhiêu?", ""),
        ("Đàn lợn là bao nhiêu?", ""),
    ],
)
def test_a_presupposed_direction_is_told_from_names_that_hold_the_word(text: str, direction: str) -> None:
    assert read(text).direction == direction


def test_figures_that_the_question_mentions_are_read() -> None:
    question = read("Con số 21.300 con là gì?")
    assert [(one.number, one.unit) for one in question.numbers] == [("21.300", "con")]


@pytest.mark.parametrize("text", ["", "?", "bao nhiêu", "bao nhiêu bao nhiêu bao nhiêu?", "năm 2023 2024 2025", "%%%", "tăng giảm tăng giảm"])
def test_scraps_of_questions_are_read_without_fault(text: str) -> None:
    assert read(text).text == text
