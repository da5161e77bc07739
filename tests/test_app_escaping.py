"""Words of a report, a person or a model reach Markdown as words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.pages.escaping import FOUND, QUOTED, STRONG, Span, escape, mark, plain

NASTY = [
    "Giá 5$ đến 10$ một suất",
    "~7% và ~~gạch~~",
    "*in nghiêng* **đậm** _gạch_",
    "1. Tổ chức thực hiện",
    "- gạch đầu dòng",
    "+ cộng",
    "# không phải tiêu đề",
    "> không phải trích dẫn",
    "[liên kết](http://xau.vn)",
    "<b>thẻ</b><script>alert(1)</script>",
    ":red[đỏ] :material/home: :tulip: :blue-badge[x]",
    "a <- b -> c >= d <= e ~= f -- g",
    "`mã` ``` khối ```",
    "Km4+300 - Km7+800",
    "www.thanhmien.vn và http://a.vn, thu@a.vn",
    "&amp; &lt; &#65;",
    "| a | b |\n|---|---|",
    "tiêu đề\n===",
    "[^1] chú thích",
    "\\alpha \\(x\\) $$y$$",
    "    bốn dấu cách",
]


@pytest.mark.parametrize("text", NASTY)
def test_no_markup_character_is_left_bare(text: str) -> None:
    bare = re.sub(r"\\.", "", escape(text))
    assert not re.search(r"[`*_\[\]<>$~#|]", bare)
    assert not re.search(r":[a-z/_+\-]+:", bare)


@pytest.mark.parametrize("text", NASTY)
def test_a_reader_sees_the_words_themselves(text: str) -> None:
    assert plain(escape(text)).split() == text.split()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), max_size=80))
def test_escaping_loses_nothing(text: str) -> None:
    assert plain(escape(text)).split() == text.split()


def test_marks_stand_around_the_words() -> None:
    # "đạt 78.822 tấn": the figure is at 4..14
    assert mark("đạt 78.822 tấn", [Span(4, 14, STRONG)]) == "đạt **78\\.822 tấn**"


def test_a_figure_is_marked_inside_its_quote() -> None:
    text = "ước đạt 5 ha (giảm)"
    marked = mark(text, [Span(0, 12, QUOTED), Span(8, 12, STRONG)])
    assert marked == ":yellow-background[ước đạt **5 ha**] \\(giảm\\)"


def test_a_mark_does_not_run_over_a_line_break() -> None:
    assert mark("một\nhai", [Span(0, 7, FOUND)]) == ":orange-background[một]  \n:orange-background[hai]"


def test_brackets_inside_a_mark_are_escaped() -> None:
    assert mark("a ] b", [Span(0, 5, QUOTED)]) == ":yellow-background[a \\] b]"


def test_overlapping_marks_are_cut_rather_than_nested_wrongly() -> None:
    assert mark("abcdef", [Span(0, 4, STRONG), Span(2, 6, FOUND)]) == "**ab:orange-background[cd]**:orange-background[ef]"
