"""The documentation page of the ontology in Markdown, generated from the Turtle files.

`python -m egovkg.ontology.page > docs/ontology.md` writes it; a test checks that the file is up to date.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..words import DEVELOPER_LANGUAGE, catalogue, languages
from .codes import code_list
from .modules import CODE, EGOV, ONTOLOGY, OWL, RDFS, SKOS, TripleIndex, alignment_files, module_files
from .vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..words import Catalogue
    from .codes import Code
    from .vocabulary import Term, Vocabulary

_COMMENT = "<!-- Generated: python -m egovkg.ontology.page > docs/ontology.md -->"
_NONE = "—"
_ALIGNING = (RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "closeMatch", SKOS + "relatedMatch")


def ontology_page(lang: str = DEVELOPER_LANGUAGE) -> str:
    """Return the page: modules, classes, properties, disjoint classes, code lists, alignments.

    Labels and definitions are given in every language, that of the page first.

    :param lang: language of headings and notes
    :returns: Markdown; equal Turtle files give equal text

    >>> ontology_page().startswith("# The ontology")
    True
    """
    page = _Page(load_vocabulary(), catalogue(__package__, lang), lang)
    return "\n".join(page.sections())


def characteristics(vocabulary: Vocabulary, name: str, lang: str = DEVELOPER_LANGUAGE) -> tuple[str, ...]:
    """Describe the axioms of a property other than its domain and range.

    :returns: one phrase per axiom; empty without any

    >>> characteristics(load_vocabulary(), "dependsOn")
    ('carries over along a path (transitive)', 'inverse of `supports`')
    """
    words = catalogue(__package__, lang)
    parents = ", ".join(f"`{parent}`" for parent in vocabulary.properties[name].parents)
    steps = words["page.characteristic.then"].join(f"`{step}`" for step in vocabulary.chains.get(name, ()))
    axioms = {
        "parent": bool(parents),
        "transitive": name in vocabulary.transitive,
        "symmetric": name in vocabulary.symmetric,
        "irreflexive": name in vocabulary.irreflexive,
        "inverse": name in vocabulary.inverses,
        "chain": bool(steps),
    }
    values = {"parents": parents, "inverse": vocabulary.inverses.get(name), "steps": steps}
    return tuple(words(f"page.characteristic.{axiom}", **values) for axiom, holds in axioms.items() if holds)


class _Page:
    """The sections of the page in one language."""

    def __init__(self, vocabulary: Vocabulary, words: Catalogue, lang: str) -> None:
        self.vocabulary, self.words, self.lang = vocabulary, words, lang

    def sections(self) -> Iterator[str]:
        """Yield the sections in page order."""
        introduction = self.words("page.introduction", terms=EGOV, codes=CODE)
        yield f"# {self.words['page.title']}\n\n{_COMMENT}\n\n{introduction}\n"
        yield self._modules()
        yield self._classes()
        yield self._properties()
        yield self._disjointness()
        yield self._codes()
        yield self._alignments()

    def _modules(self) -> str:
        rows = [self._module_row(name) for name in (*module_files(), *alignment_files())]
        note = self.words["page.modules_note"]
        table = self._table(("file", "title", "holds", "imports"), rows)
        return f"## {self.words['page.modules']}\n\n{note}\n\n{table}"

    def _module_row(self, name: str) -> tuple[str, ...]:
        triples = TripleIndex.of([name])
        iri = next(triples.instances(OWL + "Ontology"))
        imported = triples.values(iri, OWL + "imports")
        imports = ", ".join(f"`{_module_name(module)}`" for module in imported)
        title, holds = (self._texts(triples.texts(iri, RDFS + key)) for key in ("label", "comment"))
        return f"`{name}`", title, holds, imports or _NONE

    def _classes(self) -> str:
        roots = [name for name, term in self.vocabulary.classes.items() if not term.parents]
        rows = [row for root in roots for row in self._class_rows(root)]
        return f"## {self.words['page.classes']}\n\n{self._table(('class', 'label', 'definition'), rows)}"

    def _class_rows(self, root: str) -> Iterator[tuple[str, ...]]:
        for depth, term in _tree(self.vocabulary, root):
            indent = "&emsp;" * depth
            yield f"{indent}`{term.name}`", self._texts(term.labels), self._texts(term.definitions)

    def _properties(self) -> str:
        parts = [f"## {self.words['page.properties']}\n"]
        columns = ("property", "label", "ends", "definition", "stated")
        for file in module_files():
            iris = TripleIndex.of([file]).index
            properties = [term for term in self.vocabulary.properties.values() if term.iri in iris]
            if properties:
                rows = [self._property_row(term) for term in properties]
                parts += [f"### {file.removesuffix('.ttl')}\n", self._table(columns, rows)]
        return "\n".join(parts)

    def _property_row(self, term: Term) -> tuple[str, ...]:
        ends = " → ".join(f"`{end}`" if end else "·" for end in (term.domain, term.range))
        ends = self.words["page.annotation"] if term.kind == "annotation" else ends
        axioms = "; ".join(characteristics(self.vocabulary, term.name, self.lang))
        labels, definitions = self._texts(term.labels), self._texts(term.definitions)
        return f"`{term.name}`", labels, ends, definitions, axioms or _NONE

    def _disjointness(self) -> str:
        classes = self.vocabulary.classes
        groups = (
            ", ".join(f"`{name}`" for name in classes if name in group) for group in self.vocabulary.disjoint
        )
        lines = "\n".join(f"- {group}" for group in groups)
        heading, note = self.words["page.disjointness"], self.words["page.disjointness_note"]
        return f"## {heading}\n\n{note}\n\n{lines}\n"

    def _codes(self) -> str:
        parts = [f"## {self.words['page.codes']}\n", f"{self.words['page.codes_note']}\n"]
        for kind in self.vocabulary.schemes:
            rows = [self._code_row(code) for code in code_list(kind)]
            parts += [f"### {kind}\n", self._table(("code", "label", "definition", "stated"), rows)]
        return "\n".join(parts)

    def _code_row(self, code: Code) -> tuple[str, ...]:
        annotations = (f"`{name} {value}`" for name, value in code.annotations.items() if name != "rank")
        labels, definitions = self._texts(code.labels), self._texts(code.definitions)
        return f"`code:{code.slug}`", labels, definitions, ", ".join(annotations) or _NONE

    def _alignments(self) -> str:
        rows = [row for file in alignment_files() for row in self._alignment_rows(file)]
        table = self._table(("term", "relation", "outside", "module"), rows)
        return f"## {self.words['page.alignments']}\n\n{table}"

    def _alignment_rows(self, file: str) -> Iterator[tuple[str, ...]]:
        for subject, relation, outside in _alignments(TripleIndex.of([file])):
            phrase = self.words[f"page.alignment.{relation}"]
            yield f"`{subject.removeprefix(EGOV)}`", phrase, f"<{outside}>", f"`{file}`"

    def _texts(self, texts: Mapping[str, str]) -> str:
        """Join a text in all languages, that of the page first."""
        order = sorted(languages(), key=lambda lang: lang != self.lang)
        return "<br>".join(texts[lang] for lang in order if lang in texts)

    def _table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        """Return a Markdown table.

        :param columns: keys of the headings in the catalogue
        """
        headings = [self.words[f"page.column.{column}"] for column in columns]
        lines = [headings, ["---"] * len(headings), *rows]
        return "".join(_table_line(cells) for cells in lines)


def _table_line(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |\n"


def _module_name(iri: str) -> str:
    return "egov" if iri == ONTOLOGY else iri.rsplit("/", 1)[-1]


def _tree(vocabulary: Vocabulary, name: str, depth: int = 0) -> Iterator[tuple[int, Term]]:
    """Iterate over a class and its subclasses with their depth, in file order."""
    yield depth, vocabulary.classes[name]
    for subclass, term in vocabulary.classes.items():
        if name in term.parents:
            yield from _tree(vocabulary, subclass, depth + 1)


def _alignments(triples: TripleIndex) -> Iterator[tuple[str, str, str]]:
    """Read the alignments of a module: own term, local name of the relation, external term."""
    for subject in triples.index:
        for predicate in _ALIGNING:
            for outside in triples.values(subject, predicate):
                yield subject, predicate.rpartition("#")[2], outside


def main() -> None:
    """Write the page to standard output, in UTF-8 on every system."""
    sys.stdout.buffer.write(ontology_page().encode())


if __name__ == "__main__":
    main()
