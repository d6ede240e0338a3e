"""The ontology page: classes, relations and codes, each with an anchor for links from other pages."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ....ontology.document import CATALOGUE_FILE, DOCUMENT_NAME, ontology_document
from ....ontology.modules import alignment_files, module_files, read_module
from ....ontology.page import characteristics
from ....words import label, languages
from ..content.data_files import table_alternates, table_files
from ..content.model import Alternate, File, Page
from ..content.texts import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....ontology.vocabulary import Term, Vocabulary
    from ...tables import CellValue
    from ..content.model import Context
    from ..content.site import Site

__all__ = ["pages"]

_KEYS = (
    "iri",
    "kind",
    *(f"label_{lang}" for lang in languages()),
    *(f"meaning_{lang}" for lang in languages()),
    "below",
    "domain",
    "range",
)


_DOCUMENTS = {f"{DOCUMENT_NAME}.owl": ox.RdfFormat.RDF_XML, f"{DOCUMENT_NAME}.ttl": ox.RdfFormat.TURTLE}


def pages(site: Site) -> Iterator[Page | File]:
    """Make the ontology page, the ontology as one document, and its modules as Turtle files."""
    vocabulary = site.snapshot.vocabulary
    documents = tuple(Alternate(f"data/ontology/{name}", name) for name in (*_DOCUMENTS, *module_files()))
    yield Page(
        path="ontology.html",
        template="ontology.html.j2",
        title=titles("ontology.title"),
        context=partial(_context, vocabulary),
        section="ontology",
        alternates=(*table_alternates("ontology"), *documents),
    )
    yield from table_files("ontology", _KEYS, _rows(vocabulary))
    for name, form in _DOCUMENTS.items():
        yield File(f"data/ontology/{name}", ontology_document(form))
    for name in (CATALOGUE_FILE, *module_files(), *alignment_files()):
        yield File(f"data/ontology/{name}", read_module(name))


def _rows(vocabulary: Vocabulary) -> Iterator[tuple[CellValue, ...]]:
    for terms in (vocabulary.classes, vocabulary.properties, vocabulary.codes):
        for term in terms.values():
            yield (
                term.iri,
                term.kind,
                *(term.labels.get(lang, "") for lang in languages()),
                *(term.definitions.get(lang, "") for lang in languages()),
                list(term.parents),
                term.domain,
                term.range,
            )


def _context(vocabulary: Vocabulary, lang: str) -> Context:
    properties = sorted(vocabulary.properties.values(), key=lambda term: term.name.lower())
    schemes = []
    for name, slugs in vocabulary.schemes.items():
        codes = [vocabulary.codes[slug] for slug in slugs]
        schemes.append((name, label(vocabulary.classes[name].labels, lang), codes))
    return {
        "classes": list(_classes_by_depth(vocabulary)),
        "properties": [(term, characteristics(vocabulary, term.name, lang)) for term in properties],
        "schemes": schemes,
        "classes_by_name": vocabulary.classes,
    }


def _classes_by_depth(vocabulary: Vocabulary) -> Iterator[tuple[Term, int]]:
    """Iterate over all classes depth-first with their depth; a class appears below its first parent."""
    children: dict[str, list[str]] = defaultdict(list)
    for name, term in vocabulary.classes.items():
        parent = next((parent for parent in term.parents if parent in vocabulary.classes), "")
        children[parent].append(name)
    waiting = [(name, 0) for name in reversed(children[""])]
    while waiting:
        name, depth = waiting.pop()
        yield vocabulary.classes[name], depth
        waiting += [(child, depth + 1) for child in reversed(children[name])]
