"""Word lists: synonyms, everyday usage, words without topic. Applied to search copies only, never to quotes."""

from rag.lexicon.tables import (
    BEARING,
    QUESTIONS,
    always_named,
    asking,
    bearing,
    compound_pairs,
    contrasts,
    everyday,
    lightwords,
    phrases,
    stopwords,
    synonyms,
    usage,
)

__all__ = [
    "BEARING",
    "QUESTIONS",
    "always_named",
    "asking",
    "bearing",
    "compound_pairs",
    "contrasts",
    "everyday",
    "lightwords",
    "phrases",
    "stopwords",
    "synonyms",
    "usage",
]
