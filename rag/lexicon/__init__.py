"""Word lists: synonyms, words without topic. Applied to search copies only, never to quotes."""

from rag.lexicon.tables import lightwords, stopwords, synonyms

__all__ = ["lightwords", "stopwords", "synonyms"]
