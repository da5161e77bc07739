"""Word lists: synonyms, everyday usage, words without topic. Applied to search copies only, never to quotes."""

from rag.lexicon.tables import compound_pairs, lightwords, phrases, stopwords, synonyms, usage

__all__ = ["compound_pairs", "lightwords", "phrases", "stopwords", "synonyms", "usage"]
