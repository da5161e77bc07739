"""The check on sentences of reports themselves: true ones match, and with a sibling's, another place's or year's figure none does."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus import Report
from index import Index
from rag.candidates import Candidate
from rag.check import check_text, pool_of
from rag.checking.pool import Pool
from rag.compare import compare
from rag.ground import Ground
from rag.records import MATCH
from tests.fakes import WordCountEncoder

REPORTS = Path(__file__).parent.parent / "evals" / "others" / "dev" / "reports"
CHECKED = ("quan-ba-2022", "thach-ha-2023", "hai-an-2024")
SAMPLE = 120
"""Sentences looked at of each report and kind."""


@dataclass(frozen=True)
class Made:
    """A text with a figure at `start:end`, and the report's figure that stood there."""

    text: str
    start: int
    end: int
    printed: str


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(Index.open(REPORTS, home=tmp_path_factory.mktemp("index"), encoder=WordCountEncoder()))


def report_of(ground: Ground, name: str) -> Report:
    return next(report for report in ground.index.reports if report.id == name)


def printed(candidate: Candidate) -> str:
    return candidate.passage.text[candidate.figure.start : candidate.figure.end]


def alike(one: Candidate, other: Candidate) -> bool:
    """Whether the one's number could stand for the other's: same measure and kind, another value."""
    a, b = one.figure, other.figure
    same = a.quantity.canonical.dimension == b.quantity.canonical.dimension and a.kind == b.kind and a.quantity.unit == b.quantity.unit
    return same and a.quantity.value != b.quantity.value and not compare(b, a).equal and not compare(a, b).equal


def may_be_true(candidate: Candidate, other: Candidate, pool: Pool) -> bool:
    """Whether the report itself says elsewhere, in like words and of the same place, what the swapped sentence says."""
    quantity = other.figure.quantity
    shared = candidate.subject.folded
    return any(
        one is not candidate and one.figure.place == candidate.figure.place and one.figure.quantity.value == quantity.value
        and one.figure.quantity.canonical == quantity.canonical and 2 * len(one.subject.folded & shared) >= len(shared)
        for one in pool.candidates
    )  # fmt: skip


def sentence(candidate: Candidate) -> tuple[str, str]:
    """The words of the report's sentence before the figure and after it."""
    first, last = candidate.figure.sentence
    text = candidate.passage.text
    return text[first : candidate.figure.start], text[candidate.figure.end : last]


def statement(candidate: Candidate) -> tuple[str, str] | None:
    """The same said shortly: place, subject and own words of the figure; None where these say too little."""
    figure = candidate.figure
    left, found, right = figure.own.partition(printed(candidate))
    words = " ".join(f"{figure.subject} {left}".split()) if figure.subject.lower() not in left.lower() else " ".join(left.split())
    if figure.place and candidate.local and figure.place.lower() not in words.lower():
        words = f"{figure.place} {words}"
    return (f"{words} ", f" {re.split(r'[,;:(.]', right)[0].strip()}.") if found and len(words.split()) > 2 else None


def put(around: tuple[str, str], number: str, candidate: Candidate) -> Made:
    return Made(around[0] + number + around[1], len(around[0]), len(around[0]) + len(number), printed(candidate))


def true_ones(pool: Pool) -> Iterator[Made]:
    for candidate in pool.candidates:
        for around in (sentence(candidate), statement(candidate)):
            if around:
                yield put(around, printed(candidate), candidate)


def swapped(pool: Pool, rng: random.Random) -> Iterator[Made]:
    """Each figure of the report replaced by a sibling's, by one of another passage and by one of another year."""
    for candidate in pool.candidates:
        others = [other for other in pool.candidates if other is not candidate and alike(candidate, other)]
        groups = (
            [other for other in others if other.figure.sentence == candidate.figure.sentence and other.figure.passage == candidate.figure.passage],
            [other for other in others if other.figure.place != candidate.figure.place],
            [other for other in others if other.figure.period.year != candidate.figure.period.year],
            [other for other in others if other.figure.passage != candidate.figure.passage],
        )
        for group in groups:
            usable = [other for other in rng.sample(group, min(len(group), 5)) if not may_be_true(candidate, other, pool)]
            for around in (sentence(candidate), statement(candidate)):
                if usable and around:
                    yield put(around, printed(usable[0]), candidate)


def called_match(ground: Ground, report: Report, made: Made) -> bool:
    figures = check_text(ground, made.text, report_id=report.id).figures
    return any(figure.verdict == MATCH for figure in figures if figure.start < made.end and made.start < figure.end)


@pytest.mark.parametrize("name", CHECKED)
def test_a_figure_of_another_quantity_place_or_year_in_the_reports_own_sentence_is_no_match(ground: Ground, name: str) -> None:
    report, rng = report_of(ground, name), random.Random(5)
    made = list(swapped(pool_of(ground, report), rng))
    assert len(made) > SAMPLE
    wrong = [one for one in rng.sample(made, SAMPLE) if called_match(ground, report, one)]
    assert len(wrong) <= SAMPLE // 100, wrong


@pytest.mark.parametrize("name", CHECKED)
def test_the_reports_own_sentences_and_statements_match(ground: Ground, name: str) -> None:
    report, rng = report_of(ground, name), random.Random(6)
    made = rng.sample(list(true_ones(pool_of(ground, report))), SAMPLE)
    failed = [one for one in made if not called_match(ground, report, one)]
    assert len(failed) <= SAMPLE // 20, failed


@pytest.mark.parametrize(
    ("name", "text", "verdicts"),
    [
        ("hai-an-2024", "KCN Nam Đình Vũ lấp đầy 96,5%.", ["mismatch"]),  # KCN Đình Vũ 96,5%, Nam Đình Vũ 71,3%
        ("hai-an-2024", "Thu ngân sách trên địa bàn quận 3.184,6 tỷ đồng, vượt dự toán 12,5%.", ["match", "match"]),  # bằng 112,5% DT
        ("hai-an-2024", "phuong dong hai 1 thu ngan sach 12,4 ty dong", ["mismatch"]),  # Đông Hải 2 is 12,4, Đông Hải 1 16,5
        ("van-giang-2022", "Nợ đọng xây dựng cơ bản cấp xã cuối năm là 64,2 tỷ đồng.", ["mismatch"]),  # that of the year's beginning
        ("thach-ha-2023", "Giáo viên còn thiếu 143 người: mầm non 58, tiểu học 36.", ["match", "match", "mismatch"]),  # tiểu học 49
        ("krong-pac-2024", "Có 26 sản phẩm 4 sao.", ["mismatch"]),  # 05 of 4 stars, 26 of 3
        ("krong-pac-2024", "Tái canh, ghép cải tạo cà phê 468 ha, đạt 78% so với năm 2023.", ["match", "mismatch"]),  # 78,0% of the plan
    ],
)
def test_words_that_tell_two_figures_apart_decide_which_is_meant(ground: Ground, name: str, text: str, verdicts: list[str]) -> None:
    assert [figure.verdict for figure in check_text(ground, text, report_id=name).figures] == verdicts
