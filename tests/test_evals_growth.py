"""Search over many generated reports: copies keep their shape, the shipped report keeps its hits, the table tells all."""

from __future__ import annotations

from pathlib import Path
from random import Random

from corpus import build_passages
from corpus.report import load_report
from evals.growth import _copy, _grow, _row, _vectors_of
from evals.publish import growth_table
from tests.fakes import WordCountEncoder, write_sample_report
from tests.rag_fakes import RAG_REPORT


class _Asked:
    """What a row needs of a gold question."""

    question = "Tổng đàn lợn là bao nhiêu?"
    answerable = True
    history = ()

    class Place:
        """Where its quote stands."""

        passages: tuple[str, ...] = ()

    evidence = (Place,)


def test_a_copy_has_other_digits_and_the_same_shape(tmp_path: Path) -> None:
    base = load_report(write_sample_report(tmp_path, "mau-2023", RAG_REPORT))
    copy = _copy(base, 1, Random(1))
    before, after = build_passages(base), build_passages(copy)
    assert copy.id == "mau-2023-1" and len(before) == len(after)
    assert [(p.section, p.footnote, p.pages, len(p.text)) for p in before] == [(p.section, p.footnote, p.pages, len(p.text)) for p in after]
    assert "21.300" not in copy.raw and "21.300" in base.raw


def test_a_row_tells_time_memory_hits_and_what_approximate_search_finds(tmp_path: Path) -> None:
    own = load_report(write_sample_report(tmp_path, "mau-2023", RAG_REPORT))
    other = load_report(write_sample_report(tmp_path, "khac-2023", RAG_REPORT.replace("id: mau-2023", "id: khac-2023").replace("lợn", "dê")))
    encoder = WordCountEncoder()
    grown = _grow([own], [other], 60, _vectors_of([own, other], encoder), encoder)
    _Asked.Place.passages = tuple(passage.id for passage in grown.index.passages if passage.report == "mau-2023" and "đàn lợn" in passage.text)
    row = _row(grown, [_Asked()])  # type: ignore[list-item]
    assert row["passages"] >= 60 and row["vectors"] >= row["passages"]
    assert row["success_one"] == row["success_all"] == 1.0 and row["recall"] > 0.5
    table = growth_table({"rows": [row], "n": 1, "split": "dev"})
    assert f"| {row['passages']} |" in table and "IVF" in table
