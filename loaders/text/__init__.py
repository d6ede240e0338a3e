"""Parsing of texts: decoding, YAML, and dates and numbers in Vietnamese notation."""

from .corpus_languages import ARTICLE_LANGUAGE, LABEL_LANGUAGES, TRANSLATION_LANGUAGE
from .dates import StatedTime, read_date
from .numbers import Amount, plain, read_amount, read_number
from .reading import DecodedText, read_bytes
from .yaml_text import compose, yaml_problem

__all__ = [
    "ARTICLE_LANGUAGE",
    "LABEL_LANGUAGES",
    "TRANSLATION_LANGUAGE",
    "Amount",
    "DecodedText",
    "StatedTime",
    "compose",
    "plain",
    "read_amount",
    "read_bytes",
    "read_date",
    "read_number",
    "yaml_problem",
]
