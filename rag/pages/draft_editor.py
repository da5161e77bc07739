"""A draft beside its source: what to look at, the fields of the report, its text page by page, and the two ways to save it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st

from corpus import Report, ReportError, build_passages
from corpus.add import Draft
from corpus.figures import read_figures
from corpus.report import parse_report
from rag.pages.draft_text import FIRST_YEAR, LAST_YEAR, REQUIRED, Edited, places_of
from rag.pages.escaping import escape
from rag.pages.page_pictures import page_picture
from rag.pages.wording import capital, report_name, whole

_HEIGHT = 620
_UNKNOWN = "chưa rõ, hãy điền nếu có"
_FIELDS = (("title", "Tên báo cáo"), ("body", "Cơ quan"), ("place", "Địa phương"), ("province", "Tỉnh, thành phố"), ("session", "Kỳ họp"), ("id", "Mã báo cáo"))
Keep = Callable[[Edited], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants: this draft saved, as reviewed or not, in the place of the report that bears its id or not."""

    draft: Draft
    reviewed: bool
    replace: bool


def show_editor(edited: Edited, content: bytes, reports: tuple[Report, ...], keep: Keep) -> Wish | None:
    """Draws it; `content` is the uploaded file (empty where it is not at hand), `keep` takes every change."""
    st.subheader("Bản nháp", anchor=False)
    st.caption(_size(edited.markdown))
    _show_remarks(edited)
    known = ", ".join(str(edited.front[name]) for name in ("place", "year") if edited.front.get(name))
    with st.expander(f"Thông tin chung: {escape(known)}", expanded=not all(map(edited.front.get, REQUIRED)), icon=":material/info:", key="draft-about"):
        edited = _show_fields(edited, keep)
    edited = _show_pages(edited, content, keep)
    return _show_saving(edited, reports)


def _show_remarks(edited: Edited) -> None:
    if not edited.remarks:
        st.caption(":material/check: Không có chỗ nào máy đọc thấy khó; vẫn xin đối chiếu từng con số với bản gốc.")
        return
    with st.expander(f"Cần chú ý khi soát ({len(edited.remarks)})", expanded=True, icon=":material/priority_high:"):
        st.markdown("\n".join(f"- {escape(capital(remark))}" for remark in edited.remarks))


def _show_fields(edited: Edited, keep: Keep) -> Edited:
    changed = edited
    columns = st.columns(2)
    for number, (name, label) in enumerate(_FIELDS):
        value, fixed = str(edited.front.get(name) or ""), name == "id" and edited.saved is not None
        typed = columns[number % 2].text_input(label, value, key=f"draft-{name}", max_chars=300, disabled=fixed, placeholder=_UNKNOWN)
        changed = _with(changed, name, (typed or "").strip())
    for number, (name, label) in enumerate((("year", "Năm"), ("plan_year", "Năm kế hoạch"))):
        given = edited.front.get(name)
        year = int(str(given)) if str(given).isdigit() and FIRST_YEAR <= int(str(given)) <= LAST_YEAR else None
        changed = _with(changed, name, columns[number].number_input(label, FIRST_YEAR, LAST_YEAR, value=year, step=1, key=f"draft-{name}"))
    places = ", ".join(map(str, edited.front.get("places") or ()))
    changed = _with(changed, "places", places_of(st.text_area("Các xã, phường, thị trấn (cách nhau bằng dấu phẩy)", places, key="draft-places", height=68)))
    if changed is not edited:
        keep(changed)
    return changed


def _with(edited: Edited, name: str, value: object) -> Edited:
    return edited if (edited.front.get(name) or None) == (value or None) else edited.with_field(name, value)


def _show_pages(edited: Edited, content: bytes, keep: Keep) -> Edited:
    numbers = [part.page for part in edited.pages]
    at = 0
    if len(numbers) > 1:
        remarked = [number for number, page in enumerate(numbers) if _remarks_on(edited, page)]
        at = st.selectbox(
            "Trang",
            range(len(numbers)),
            format_func=lambda one: f"Trang {numbers[one]}" + (" (có chỗ cần chú ý)" if one in remarked else ""),
            key="draft-page",
        )
    page = numbers[at]
    for remark in _remarks_on(edited, page):
        st.caption(f":material/priority_high: {escape(capital(remark))}")
    if not edited.sources and not content:
        return _show_words(edited, at, keep)
    left, right = st.columns(2)
    with left:
        _show_source(edited, content, page)
    with right:
        return _show_words(edited, at, keep)


def _remarks_on(edited: Edited, page: int) -> list[str]:
    return [remark for remark in edited.remarks if remark.startswith(f"Trang {page}:")]


def _show_source(edited: Edited, content: bytes, page: int) -> None:
    st.markdown(f"**Bản gốc, trang {page}**")
    picture = page_picture(content, page) if content else None
    words = edited.sources[page - 1] if page <= len(edited.sources) else ""
    with st.container(height=_HEIGHT, border=True):
        if picture is not None:
            st.image(picture, width="stretch", alt=f"Trang {page} của bản gốc")
        else:
            st.text(words or "Trang này không đọc được chữ nào.")
    if picture is not None:
        with st.popover("Chữ máy đọc được", icon=":material/document_scanner:", type="tertiary"):
            st.text(words or "Không đọc được chữ nào.")


def _show_words(edited: Edited, at: int, keep: Keep) -> Edited:
    key = f"draft-words-{at}"
    st.markdown(f"**Bản nháp, trang {edited.pages[at].page}**")

    def store() -> None:  # as a callback, since the next run may show another page
        keep(edited.with_words(at, st.session_state[key]))

    words = st.text_area("Chữ của trang", edited.pages[at].words, height=_HEIGHT, key=key, on_change=store, label_visibility="collapsed")
    st.caption("`#` đứng đầu dòng là đề mục, `[^1]` là chú thích; giữ nguyên các dấu này khi sửa chữ.")
    return edited if words is None or words.strip() == edited.pages[at].words else edited.with_words(at, words)


def _show_saving(edited: Edited, reports: tuple[Report, ...]) -> Wish | None:
    name = edited.front.get("id")
    holder = next((report for report in reports if report.id == name and name != edited.saved), None)
    replace = edited.saved is not None and edited.saved == name
    if holder is not None:
        st.warning(f"Đã có báo cáo mang mã **{escape(str(name))}**: {escape(report_name(holder))}. Hãy đổi mã, hoặc chọn thay báo cáo ấy.")
        replace = st.checkbox("Thay báo cáo đang mang mã này", key="draft-replace")
    read = st.checkbox("Tôi đã đối chiếu toàn bộ bản nháp với bản gốc", key="draft-read")
    with st.container(horizontal=True):
        blocked = holder is not None and not replace
        later = st.button("Lưu, soát sau", icon=":material/save:", disabled=blocked, key="add-save")
        done = st.button("Lưu và đánh dấu đã soát", icon=":material/verified:", type="primary", disabled=blocked or not read, key="add-accept")
    if not later and not done:
        return None
    try:
        return Wish(edited.checked(), bool(done), bool(replace))
    except ReportError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return None


@lru_cache(maxsize=16)
def _size(markdown: str) -> str:
    """How much the draft holds, so that a page that was read badly stands out."""
    try:
        report = parse_report(markdown, Path("nhap.md"))
    except ReportError as error:
        return escape(str(error))
    passages = build_passages(report)
    figures = len(read_figures(passages, report))
    headings = sum(bool(section.title) for section in report.sections.values())
    return f"{headings} đề mục, {whole(len(passages))} đoạn trích dẫn được, {len(report.footnotes)} chú thích, {whole(figures)} số liệu."
