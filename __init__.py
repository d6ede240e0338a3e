"""egovkg: a knowledge graph of Vietnamese e-government in which every fact opens the sentence that says it."""

__version__ = "0.1.0"
