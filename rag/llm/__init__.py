"""A language model that may phrase an answer, where the user has one: off by default, never the authority for a figure."""

from rag.llm.asker import LlmAssistant, PhrasedAnswer
from rag.llm.settings import LlmSettings, SettingsError, read_settings
from rag.llm.summary import gather
from rag.llm.writer import EXTRACTIVE, LLM, Draft, Phrased, Phraser

__all__ = ["EXTRACTIVE", "LLM", "Draft", "LlmAssistant", "LlmSettings", "Phrased", "PhrasedAnswer", "Phraser", "SettingsError", "gather", "read_settings"]
