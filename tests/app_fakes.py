"""Stand-ins for tests of the app: a small report with its ledgers, an assistant whose answers are written down, pages run alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from corpus import Passage, build_passages
from corpus.report import load_report
from index.model import Progress
from rag.citations import cite_span
from rag.llm import settings
from rag.pages import resources
from rag.records import ANSWERED, MATCH, MISMATCH, NOT_FOUND, NOT_IN_REPORT, Answer, AnswerFigure, CheckResult, Citation, Suggestion, Verdict
from tests.fakes import SAMPLE_REPORT

ROOT = Path(__file__).parents[1]
REFUSAL = "Báo cáo không nêu nội dung này."
HOSTILE = "<script>alert(1)</script> $5$ ~~gạch~~ **đậm** [x](http://xau.vn) :red[đỏ] # to"

APP_REPORT = (
    SAMPLE_REPORT.replace("year: 2023\n", "year: 2023\nsession: Kỳ họp thứ 9\nplaces: [An Bình, Hòa Lạc, Tân Tiến]\n")
    # 4.100 + 1.200 = 5.300, but the text says 5.200: what the audit has to find
    .replace("Lúa 4.100 ha; rau màu 1.100 ha.", "Gồm: lúa 4.100 ha; rau màu 1.200 ha.")
    .replace("612.000 con.", "612.000 con. Số hộ chăn nuôi: An Bình 120 hộ; Hòa Lạc 95 hộ; Tân Tiến 140 hộ.")
    .replace("# PHẦN II\n", "# PHẦN II. KẾ HOẠCH PHÁT TRIỂN NĂM 2024\n")
    .replace("tăng 9% trở lên.", "ngành xây dựng tăng 9% trở lên. Tổng đàn lợn đạt 22.000 con.")
)
OCR = (
    "Tong dién tich gieo trong ca nam udc dat 5.200 ha, giam 1,2% so vdi nam 2022\nNang suat lua ca nam dat 62,S ta/ha\n"
    "Tong dan lon udc dat 21.300 con, tang 3,4%.",
    "Gia tri san xuat nganh xay dung udc dat 420,5 ty dong",
)
EXAMPLES = "role\tquestion\n" + "\n".join(f"Vai {n}\tCâu hỏi mẫu số {n}?" for n in range(1, 8)) + "\n"
CORRECTIONS = "page\tocr\trestored\treason\n1\t62,S\t62,5\tchữ S là số 5\n"
REMARKS = "page\tkind\twords\tremark\n1\tslip\tĐàn gia cầm\tcó lẽ là Tổng đàn gia cầm\n"


def write_library(folder: Path, text: str = APP_REPORT) -> Path:
    """The sample report with examples, corrections and remarks, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mau-2023.md").write_text(text, encoding="utf-8")
    (folder / "mau-2023.examples.tsv").write_text(EXAMPLES, encoding="utf-8")
    (folder / "mau-2023.corrections.tsv").write_text(CORRECTIONS, encoding="utf-8")
    (folder / "mau-2023.remarks.tsv").write_text(REMARKS, encoding="utf-8")
    return folder


class WrittenAssistant:
    """Answers what is written down for a question and refuses the rest; `asked` and `checked` are what came in.

    What is written down may be an exception, which is raised.
    """

    def __init__(self, answers: Mapping[str, Answer | Exception], verdicts: Mapping[str, CheckResult | Exception] | None = None) -> None:
        self.answers, self.verdicts = dict(answers), dict(verdicts or {})
        self.asked: list[tuple[str, list[str]]] = []
        self.checked: list[str] = []

    def ask(self, question: str, history: Sequence[str] = (), *, id: str = "", report: str | None = None) -> Answer:
        self.asked.append((question, list(history)))
        found = self.answers.get(question, Answer(id, NOT_FOUND, REFUSAL))
        if isinstance(found, Exception):
            raise found
        return replace(found, id=id)

    def check(self, text: str, *, id: str = "") -> CheckResult:
        self.checked.append(text)
        found = self.verdicts.get(text, CheckResult(id, text, ()))
        if isinstance(found, Exception):
            raise found
        return found


class Library:
    """The sample report in a folder of its own, and citations from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = write_library(folder)
        self.report = load_report(folder / "mau-2023.md")
        self.passages: dict[str, Passage] = {one.id: one for one in build_passages(self.report)}

    def cite(self, words: str, n: int = 1) -> Citation:
        """A citation of `words`, wherever in the report they stand."""
        passage = next(one for one in self.passages.values() if words in one.text)
        start = passage.text.index(words)
        return cite_span(passage, start, start + len(words), n)

    def answers(self) -> dict[str, Answer | Exception]:
        """What the assistant of most tests knows."""
        area = self.cite("Tổng diện tích gieo trồng cả năm ước đạt 5.200 ha, giảm 1,2% so với năm 2022")
        build = self.cite("Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng, đạt 102% kế hoạch.")
        homes = self.cite("Số hộ chăn nuôi: An Bình 120 hộ; Hòa Lạc 95 hộ; Tân Tiến 140 hộ.")
        pigs = self.cite("Tổng đàn lợn ước đạt 21.300 con, tăng 3,4%.")
        places = [("An Bình", "120"), ("Hòa Lạc", "95"), ("Tân Tiến", "140")]
        return {
            "Diện tích gieo trồng?": Answer(
                "", ANSWERED, "Tổng diện tích gieo trồng cả năm ước đạt 5.200 ha, giảm 1,2% so với năm 2022 [1].",
                (AnswerFigure("5.200", "ha", 1, "Tổng diện tích gieo trồng", "amount"),), (area,),
                companions=(AnswerFigure("1,2", "%", 1, "Tổng diện tích gieo trồng", "change", "giảm"),),
            ),
            "Xây dựng?": Answer(
                "", ANSWERED, "Giá trị sản xuất ngành xây dựng ước đạt 420,5 tỷ đồng, đạt 102% kế hoạch [1].",
                (AnswerFigure("420,5", "tỷ đồng", 1, "Giá trị sản xuất ngành xây dựng", "amount"),), (build,),
                companions=(AnswerFigure("102", "%", 1, "Giá trị sản xuất ngành xây dựng", "share_of_plan"),),
            ),
            "Thế đàn lợn?": Answer(
                "", ANSWERED, "Tổng đàn lợn ước đạt 21.300 con, tăng 3,4% [1].", (AnswerFigure("21.300", "con", 1, "Tổng đàn lợn", "amount"),),
                (pigs,), understood_as="Tổng đàn lợn là bao nhiêu?",
            ),
            "Số hộ chăn nuôi từng xã?": Answer(
                "", ANSWERED, "An Bình 120 hộ, Hòa Lạc 95 hộ, Tân Tiến 140 hộ [1].",
                tuple(AnswerFigure(text, "hộ", 1, place, "amount", place=place) for place, text in places), (homes,),
            ),
            "Đàn trâu?": Answer("", NOT_FOUND, REFUSAL, nearest=(Suggestion("Tổng đàn lợn: 21.300 con", pigs),)),
            "Câu làm hỏng máy?": RuntimeError("không ai lường trước"),
            HOSTILE: Answer("", ANSWERED, f"{HOSTILE} [1].", (), (pigs,), understood_as=HOSTILE),
        }  # fmt: skip

    def verdicts(self, text: str) -> CheckResult:
        """`text` with a match, a mismatch and a figure that the report does not give, as far as they stand in it."""
        pigs = self.cite("Tổng đàn lợn ước đạt 21.300 con, tăng 3,4%.")
        known = {
            "21.300 con": Verdict("21.300 con", 0, 0, MATCH, "21.300 con", citation=pigs),
            "4,3%": Verdict("4,3%", 0, 0, MISMATCH, "3,4%", "đảo chữ số", citation=pigs),
            "77 con trâu": Verdict("77 con trâu", 0, 0, NOT_IN_REPORT),
        }
        at = sorted((text.index(figure), figure) for figure in known if figure in text)
        found = [replace(known[figure], start=start, end=start + len(figure)) for start, figure in at]
        return CheckResult("", text, tuple(found))


class Loads:
    """Counts how often the assistant was loaded; `fault` is raised instead, if it is set."""

    def __init__(self, assistant: WrittenAssistant) -> None:
        self.assistant, self.count = assistant, 0
        self.fault: Exception | None = None

    def __call__(self, progress: Progress) -> WrittenAssistant:
        self.count += 1
        progress("Đang nạp", 1, 2)
        if self.fault:
            raise self.fault
        return self.assistant


@contextmanager
def installed(patch: pytest.MonkeyPatch, library: Library, assistant: WrittenAssistant) -> Iterator[Loads]:
    """The app over the sample report and `assistant`, with caches of its own and no language model."""
    loads = Loads(assistant)
    for name in (settings.URL, settings.MODEL, settings.KEY, settings.TIMEOUT):
        patch.delenv(name, raising=False)
    patch.setattr(resources, "load_assistant", loads)
    patch.setattr(resources, "FOLDER", library.folder)
    patch.setattr(resources, "ocr_pages", lambda report: OCR)
    st.cache_resource.clear()
    yield loads
    st.cache_resource.clear()


def open_app() -> AppTest:
    """The app as `streamlit run app.py` starts it."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def open_page(module: str, **parameters: str) -> AppTest:
    """One page of the app; `parameters` stand in its address."""
    script = f"""
import streamlit as st
from importlib import import_module
from rag.pages import navigation
st.navigation([navigation.page(place) for place in navigation.PLACES], position="hidden")
import_module("rag.pages.{module}").show()
"""
    at = AppTest.from_string(script, default_timeout=60)
    for name, value in parameters.items():
        at.query_params[name.replace("_", "-")] = value
    return at


def words_on(at: AppTest) -> str:
    """All words that a page shows in text, captions, headings, alerts and buttons, as Markdown."""
    shown = [*at.title, *at.header, *at.subheader, *at.markdown, *at.caption, *at.info, *at.warning, *at.error]
    return "\n".join([*(str(one.value) for one in shown), *(one.label for one in at.button)])
