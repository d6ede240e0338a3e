"""The labels of the terms of the ontology: classes, relations and codes."""

from __future__ import annotations

from ...ontology.vocabulary import load_vocabulary
from ...words import label


def term_label(name: str, lang: str) -> str:
    """Return the label of a class, relation or code in a language; its name when it has none.

    >>> term_label("DataCentre", "en"), term_label("hostedOn", "en"), term_label("platform", "vi")
    ('data centre', 'hosted on', 'nền tảng')
    """
    vocabulary = load_vocabulary()
    for terms in (vocabulary.classes, vocabulary.properties, vocabulary.codes):
        if term := terms.get(name):
            return label(term.labels, lang) or name
    return name
