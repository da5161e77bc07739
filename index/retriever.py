"""The index as a LangChain retriever."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search import Hit, Index


class PassageRetriever(BaseRetriever):
    """Passages as documents, best first; a document's metadata names its report, section, footnote, pages and score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    top_k: int = 10
    report: str | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.index.search(query, self.top_k, report=self.report)]


def _document(hit: Hit) -> Document:
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "report": passage.report,
            "section": passage.section,
            "footnote": passage.footnote,
            "heading": passage.heading,
            "pages": list(passage.pages),
            "score": hit.score,
        },
    )
