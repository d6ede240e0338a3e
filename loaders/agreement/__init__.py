"""Agreement of two annotations of the same sources: which statements, which status, which time."""

from .comparison import Agreement, Disagreement, Measure, agreement_of
from .reading import AnnotationPair, read_pair

__all__ = ["Agreement", "AnnotationPair", "Disagreement", "Measure", "agreement_of", "read_pair"]
