"""Word lists: synonyms, words without topic. Applied to search copies only, never to quotes."""

from rag.lexicon.tables import stopwords, synonyms

__all__ = ["stopwords", "synonyms"]
