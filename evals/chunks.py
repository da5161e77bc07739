"""Chunks that a text splitter makes of a report's file or of its OCR text, and which of them hold a gold quote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus import Report
from corpus.text import fold
from evals.gold import Evidence, GoldError, Question
from evals.gold_check import Places

Locate = Callable[[Evidence, str], tuple[int, int]]
"""Where a gold quote of a report stands in the text that was split."""

CHUNK_SIZE, CHUNK_OVERLAP = 1000, 200
"""The splitter's settings as tutorials have them, in characters."""
RAW = Path(__file__).parent.parent / "corpus" / "raw"


@dataclass(frozen=True, slots=True)
class Chunks:
    """Chunks in order: `ids`, `texts`, `spans` in the text that was split; `quote_span` finds a gold quote in it."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    quote_span: Locate

    def relevant(self, question: Question) -> list[str]:
        """Ids of the chunks that hold half or more of a gold quote, or else the most of it."""
        found: list[str] = []
        for place in question.evidence:
            start, end = self.quote_span(place, question.report)
            shares = [max(0, min(end, b) - max(start, a)) for a, b in self.spans]
            wanted = min(max(shares), (end - start) / 2)
            found += [name for name, held in zip(self.ids, shares, strict=True) if held >= wanted > 0]
        return list(dict.fromkeys(found))


def file_chunks(report: Report, places: Places) -> Chunks:
    """Chunks of the transcription's file as it is."""

    def quote_span(place: Evidence, report_id: str) -> tuple[int, int]:
        return places.file_span(report_id, place)

    return _chunks("file", report.raw, quote_span)


def ocr_chunks(report: Report) -> Chunks:
    """Chunks of the OCR text; a quote is where its folded words fit best. Raises `GoldError` where it is missing."""
    path = RAW / f"{report.id}.txt"
    if not path.is_file():
        raise GoldError(f"Không tìm thấy văn bản OCR {path}.")
    text = path.read_text(encoding="utf-8")
    folded = fold_by_character(text)

    @cache
    def best_fit(quote: str) -> tuple[int, int]:
        from rapidfuzz.fuzz import partial_ratio_alignment

        found = partial_ratio_alignment(fold_by_character(quote), folded)
        return (found.dest_start, found.dest_end) if found else (0, 0)

    return _chunks("ocr", text, lambda place, _: best_fit(place.quote))


def fold_by_character(text: str) -> str:
    """`text` folded, every character to one, so that offsets stay."""
    return "".join((fold(char) or " ")[0] for char in text)


def _chunks(prefix: str, text: str, quote_span: Locate) -> Chunks:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True)
    documents = splitter.create_documents([text])
    starts = [int(document.metadata["start_index"]) for document in documents]
    texts = [document.page_content for document in documents]
    spans = [(start, start + len(words)) for start, words in zip(starts, texts, strict=True)]
    ids = [f"{prefix}:{number}" for number in range(1, len(texts) + 1)]
    return Chunks(tuple(ids), tuple(texts), tuple(spans), quote_span)
