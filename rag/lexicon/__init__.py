"""Word lists: synonyms, words without topic. Applied to search copies only, never to quotes."""

from rag.lexicon.tables import lightwords, phrases, stopwords, synonyms

__all__ = ["lightwords", "phrases", "stopwords", "synonyms"]
