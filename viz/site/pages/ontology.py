"""The ontology page: classes, relations and codes, each at a place of its own that other pages link to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....ontology.modules import module_files, read_module
from ....ontology.page import characteristics
from ..content.data_files import table_files, table_twins
from ..content.model import File, Page, Twin
from ..content.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....ontology.vocabulary import Term, Vocabulary
    from ..content.model import Context, Site

_KEYS = ("iri", "kind", "label_vi", "label_en", "meaning_vi", "meaning_en", "below", "domain", "range")


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page, and the modules as Turtle."""
    title = {lang: words(lang)["ontology.title"] for lang in ("vi", "en")}
    modules = (Twin(f"data/ontology/{name}", name) for name in module_files())
    twins = (*table_twins("ontology"), *modules)
    vocabulary = site.known.vocabulary
    yield Page(
        "ontology.html",
        "ontology.html.j2",
        title,
        lambda lang: _ontology(vocabulary, lang),
        "ontology",
        twins,
    )
    yield from table_files("ontology", _KEYS, _rows(vocabulary))
    for name in module_files():
        yield File(f"data/ontology/{name}", read_module(name))


def _rows(vocabulary: Vocabulary) -> Iterator[tuple[object, ...]]:
    for held in (vocabulary.classes, vocabulary.properties, vocabulary.codes):
        for term in held.values():
            labels, meanings = term.labels, term.definitions
            yield (
                term.iri,
                term.kind,
                labels.get("vi", ""),
                labels.get("en", ""),
                meanings.get("vi", ""),
                meanings.get("en", ""),
                list(term.parents),
                term.domain,
                term.range,
            )


def _ontology(vocabulary: Vocabulary, lang: str) -> Context:
    properties = sorted(vocabulary.properties.values(), key=lambda term: term.name.lower())
    return {
        "classes": [(term, depth) for depth, term in _tree(vocabulary)],
        "properties": [(term, characteristics(vocabulary, term.name)) for term in properties],
        "schemes": [
            (
                name,
                vocabulary.classes[name].labels.get(lang, name),
                [vocabulary.codes[slug] for slug in slugs],
            )
            for name, slugs in vocabulary.schemes.items()
        ],
        "known_classes": vocabulary.classes,
    }


def _tree(vocabulary: Vocabulary) -> Iterator[tuple[int, Term]]:
    """Walk all classes from the top, each below the first of its parents."""
    below: dict[str, list[str]] = {}
    for name, term in vocabulary.classes.items():
        parent = next((each for each in term.parents if each in vocabulary.classes), "")
        below.setdefault(parent, []).append(name)
    waiting = [(0, name) for name in reversed(below.get("", []))]
    while waiting:
        depth, name = waiting.pop()
        yield depth, vocabulary.classes[name]
        waiting += [(depth + 1, each) for each in reversed(below.get(name, []))]
