"""A knowledge graph of Vietnamese e-government: every fact opens the sentence that says it."""

__version__ = "0.1.0"
