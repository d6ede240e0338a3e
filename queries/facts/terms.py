"""The labels of the terms of the ontology: classes, relations and codes."""

from __future__ import annotations

from ...ontology.vocabulary import load_vocabulary
from ...words import DEFAULT_LANGUAGE, Labelled


def term_label(name: str, lang: str) -> str:
    """Return the label of a class, relation or code in a language; its name when it has none.

    >>> term_label("DataCentre", "en"), term_label("hostedOn", "en"), term_label("platform", "vi")
    ('data centre', 'hosted on', 'nền tảng')
    """
    return term_labels(name).text(lang)


def term_labels(name: str) -> Labelled:
    """Return the labels of a class, relation or code; its name when it has none."""
    vocabulary = load_vocabulary()
    for terms in (vocabulary.classes, vocabulary.properties, vocabulary.codes):
        if (term := terms.get(name)) and term.labels:
            return Labelled.of(term.labels)
    return Labelled.of({DEFAULT_LANGUAGE: name})
