"""Search over a small report: the right passage first, its best statement named, reports kept apart."""

from __future__ import annotations

import numpy as np
import pytest

from index import Index, IndexFault, PassageRetriever
from index.fusion import reciprocal_rank, weighted
from tests.fakes import WordCountEncoder, write_sample_report


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("search")
    write_sample_report(folder / "reports")
    write_sample_report(folder / "reports", "nam-2022")
    return Index.open(folder / "reports", home=folder / "store", encoder=WordCountEncoder())


@pytest.mark.parametrize(
    ("query", "section"),
    [
        ("Tổng đàn lợn là bao nhiêu con?", "P1.I.1.2"),
        ("gia tri san xuat nganh xay dung", "P1.I.2"),
        ("bao nhiêu trường đạt chuẩn quốc gia", "P1.II.1"),
        ("phấn đấu tăng giá trị sản xuất", "P2"),
    ],
)
def test_the_passage_that_answers_comes_first(index: Index, query: str, section: str) -> None:
    assert index.search(query)[0].passage.section == section


def test_a_footnote_is_found_by_its_own_words(index: Index) -> None:
    hit = index.search("diện tích rau màu", report="mau-2023")[0]
    assert hit.passage.id == "mau-2023:P1.I.1.1:fn1"
    assert hit.statement.text == "rau màu 1.100 ha."


def test_a_hit_names_its_best_statement_and_the_cosine_of_each(index: Index) -> None:
    hit = index.search("sản lượng lương thực", report="mau-2023")[0]
    assert hit.statement.text == "sản lượng lương thực ước đạt 31.000 tấn."
    assert set(hit.statement_scores) == {(s.start, s.end) for s in hit.passage.statements}
    assert hit.dense == max(hit.statement_scores.values())
    assert hit.statement_scores == index.statement_scores(["sản lượng lương thực"], hit.passage)


def test_scores_fall_and_stay_between_0_and_1(index: Index) -> None:
    hits = index.search("giá trị sản xuất", top_k=20)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len(hits) == 14
    assert len(index.search("giá trị sản xuất", top_k=3)) == 3


def test_a_search_in_one_report_finds_only_that_report(index: Index) -> None:
    for report in ("mau-2023", "nam-2022"):
        assert {hit.passage.report for hit in index.search("đàn lợn", top_k=20, report=report)} == {report}


def test_an_unknown_report_is_one_clear_sentence(index: Index) -> None:
    with pytest.raises(IndexFault, match="Không có báo cáo nào mang mã “xa-2020”; hiện có: mau-2023, nam-2022."):
        index.search("đàn lợn", report="xa-2020")


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_a_blank_question_finds_nothing(index: Index, query: str) -> None:
    assert index.search(query) == []


def test_an_endless_question_and_strange_signs_do_no_harm(index: Index) -> None:
    assert index.search("đàn lợn " * 50_000)[0].passage.section == "P1.I.1.2"
    assert len(index.search("🙂 ؟ \x00 ???", top_k=3)) == 3


def test_a_further_wording_finds_what_the_first_does_not(index: Index) -> None:
    assert index.search("heo", expanded=["đàn lợn"])[0].passage.section == "P1.I.1.2"


def test_top_k_below_1_is_refused(index: Index) -> None:
    with pytest.raises(ValueError, match="top_k of at least 1"):
        index.search("đàn lợn", 0)


def test_passages_are_found_by_id(index: Index) -> None:
    assert index.by_id["mau-2023:P1.I.1.1:fn1"].footnote == 1


def test_it_serves_as_a_langchain_retriever(index: Index) -> None:
    document = PassageRetriever(index=index, top_k=1, report="mau-2023").invoke("đàn lợn")[0]
    assert document.id == "mau-2023:P1.I.1.2:1"
    assert document.metadata["pages"] == [1]
    assert document.metadata["section"] == "P1.I.1.2"


def test_weighted_fusion_adds_both_legs_on_one_scale() -> None:
    lexical, dense = np.array([2, 1, 0], np.float32), np.array([0.8, 0.9, 0.8], np.float32)
    # 0.5 * [1, 1/2, 0] + 0.5 * [0, 1, 0]
    assert weighted(lexical, dense, 0.5) == pytest.approx([0.5, 0.75, 0.0])
    assert weighted(np.zeros(2, np.float32), np.zeros(2, np.float32)) == pytest.approx([0, 0])


def test_reciprocal_rank_fusion_adds_inverse_ranks() -> None:
    lexical, dense = np.array([3, 2], np.float32), np.array([0.1, 0.2], np.float32)
    assert reciprocal_rank(lexical, dense) == pytest.approx([1 / 61 + 1 / 62, 1 / 62 + 1 / 61])
