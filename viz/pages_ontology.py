"""The ontology page: classes, relations and codes, each at a place of its own that other pages link to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..ontology.modules import module_files, read_module
from ..ontology.page import characteristics
from .site_page import File, Page, Twin
from .site_words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..ontology.vocabulary import Term, Vocabulary
    from .site_page import Context, Site


def pages(site: Site) -> Iterator[Page | File]:
    """Make the page, and the modules as Turtle."""
    title = {lang: words(lang)["ontology.title"] for lang in ("vi", "en")}
    twins = tuple(Twin(f"data/ontology/{name}", name) for name in module_files())
    vocabulary = site.known.vocabulary
    yield Page(
        "ontology.html",
        "ontology.html.j2",
        title,
        lambda lang: _ontology(vocabulary, lang),
        "ontology",
        twins,
    )
    for name in module_files():
        yield File(f"data/ontology/{name}", read_module(name))


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
