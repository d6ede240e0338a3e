"""Exchange with annotation tools: brat, WebAnno, UIMA CAS, Label Studio, doccano, Web Annotation, CoNLL."""

from .formats import FORMATS, is_annotated_file

__all__ = ["FORMATS", "is_annotated_file"]
