"""The page that tells authors what to write: relations between classes, classes, component codes.

`python -m egovkg.loaders.authoring.relations_page > docs/relations.md` writes it; a test checks that the file
is up to date.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ...ontology.modules import EGOV, RDFS, TripleIndex, reference_files
from ...ontology.references import component_labels, shipped_components
from ...ontology.vocabulary import load_vocabulary
from ...words import DEVELOPER_LANGUAGE, catalogue, label, languages
from ..statements.fitting_relations import stated_relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...ontology.vocabulary import Vocabulary
    from ...words import Catalogue

_COMMENT = "<!-- Generated: python -m egovkg.loaders.authoring.relations_page > docs/relations.md -->"
# Below these there is no class of register entries.
_OTHER = frozenset(
    {"StatedItem", "Code", "Statement", "Evidence", "Quantity", "Article", "Source", "Expectation"}
    | {"Assessment", "Mention", "SecondReading", "Measure", "Unit", "ReferenceComponent"}
)
_CHANGES = "SystemChange"  # the code list that claims relate systems to
_ANY = "·"


def relations_page(lang: str = DEVELOPER_LANGUAGE) -> str:
    """Return the page in Markdown; equal ontologies give equal text.

    :param lang: language of headings and notes; labels are given in every language

    >>> relations_page().startswith("# What to write")
    True
    """
    vocabulary, words = load_vocabulary(), catalogue(__package__ or "", lang)
    sections = (
        f"# {words['page.title']}\n\n{_COMMENT}\n\n{words['page.introduction']}\n",
        f"## {words['page.relations']}\n\n{words['page.relations_note']}\n\n{_relations(vocabulary, words)}",
        f"## {words['page.classes']}\n\n{_classes(vocabulary, words)}",
        f"## {words['page.components']}\n\n{words['page.components_note']}\n\n{_components(words)}",
    )
    return "\n".join(sections)


def entry_classes(vocabulary: Vocabulary) -> tuple[str, ...]:
    """List the classes that entries of registers can have, in the order of the ontology."""
    return tuple(
        name for name in _stated_classes(vocabulary) if vocabulary.ancestors(name) & vocabulary.folders.keys()
    )


def _stated_classes(vocabulary: Vocabulary) -> list[str]:
    """List the classes between which claims state relations; those above all entries included."""
    return [name for name in vocabulary.classes if not _OTHER & vocabulary.ancestors(name)]


def _relations(vocabulary: Vocabulary, words: Catalogue) -> str:
    """Lay out the relations by the classes of subject and object."""
    classes = [*_stated_classes(vocabulary), _CHANGES]
    places = {name: place for place, name in enumerate(classes, 1)}
    terms = [
        term
        for term in stated_relations(vocabulary)
        if all(end is None or end in places for end in (term.domain, term.range))
    ]
    terms.sort(
        key=lambda term: (places.get(term.domain or "", 0), places.get(term.range or "", 0), term.name)
    )
    rows = [
        (_class(term.domain), _class(term.range), f"`{term.name}`", _labels(term.labels)) for term in terms
    ]
    return _table(words, ("subject", "object", "relation", "label"), rows)


def _class(name: str | None) -> str:
    return f"`{name}`" if name else _ANY


def _classes(vocabulary: Vocabulary, words: Catalogue) -> str:
    rows = []
    for name in entry_classes(vocabulary):
        term = vocabulary.classes[name]
        above = ", ".join(f"`{parent}`" for parent in term.parents)
        rows.append((f"`{name}`", _labels(term.labels), above))
    return _table(words, ("class", "label", "above"), rows)


def _components(words: Catalogue) -> str:
    triples = TripleIndex.of(reference_files())
    rows = [
        (f"`{code}`", _labels(component_labels()[code]), _framework(triples, iri))
        for code, iri in sorted(shipped_components().items())
    ]
    return _table(words, ("code", "label", "framework"), rows)


def _framework(triples: TripleIndex, component: str) -> str:
    frameworks = triples.values(component, EGOV + "componentOf")
    return "<br>".join(_labels(triples.texts(framework, RDFS + "label")) for framework in frameworks)


def _labels(labels: Mapping[str, str]) -> str:
    """Join the labels in all languages."""
    return " · ".join(dict.fromkeys(label(labels, lang) for lang in languages()))


def _table(words: Catalogue, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = " | ".join(words[f"page.column.{column}"] for column in columns)
    lines = [f"| {head} |", "|---" * len(columns) + "|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream of the interpreter
    sys.stdout.write(relations_page())
