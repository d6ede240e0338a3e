"""The documentation page of the ontology, generated from its Turtle files.

``python -m egovkg.ontology.page > docs/ontology.md`` writes it anew; a test compares the two.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .modules import CODE, EGOV, ONTOLOGY, OWL, RDFS, SKOS, Facts, alignment_files, module_files
from .vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .vocabulary import Term, Vocabulary

_INTRODUCTION = f"""\
# The ontology

<!-- Generated: python -m egovkg.ontology.page > docs/ontology.md -->

Every term has the namespace `{EGOV}`,
every code `{CODE}`. The profile is OWL 2 RL that is also OWL 2 DL, over a datatype map
extended by EDTF dates and `xsd:date`. A relation runs from its subject to its object: left of an arrow stands
the class of the subject, right of it that of the object, and a dot (·) stands for any thing.
"""

_RELATIONS = {
    RDFS + "subClassOf": "is a kind of",
    RDFS + "subPropertyOf": "is a case of",
    SKOS + "closeMatch": "is close to",
    SKOS + "relatedMatch": "is related to",
}


def ontology_page() -> str:
    """Write the page: modules, classes, properties, what excludes what, code lists, alignments.

    :returns: Markdown, the same text for the same Turtle files

    >>> ontology_page().startswith("# The ontology")
    True
    """
    vocabulary = load_vocabulary()
    sections = (
        _INTRODUCTION,
        _modules(),
        _classes(vocabulary),
        _properties(vocabulary),
        _disjointness(vocabulary),
        _codes(vocabulary),
        _alignments(),
    )
    return "\n".join(sections)


def characteristics(vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    """Say in words what the ontology states of a property beside its domain and range.

    :returns: one phrase a characteristic; empty when there is none

    >>> characteristics(load_vocabulary(), "dependsOn")
    ('passes on along a path (transitive)', 'inverse of `supports`')
    """
    parents = ", ".join(f"`{parent}`" for parent in vocabulary.properties[name].parents)
    chain = ", then ".join(f"`{step}`" for step in vocabulary.chains.get(name, ()))
    stated = (
        (bool(parents), f"a case of {parents}"),
        (name in vocabulary.transitive, "passes on along a path (transitive)"),
        (name in vocabulary.symmetric, "holds both ways (symmetric)"),
        (name in vocabulary.irreflexive, "never of a thing with itself (irreflexive)"),
        (name in vocabulary.inverses, f"inverse of `{vocabulary.inverses.get(name)}`"),
        (bool(chain), f"follows from {chain}"),
    )
    return tuple(phrase for holds, phrase in stated if holds)


def _modules() -> str:
    rows = [_module_row(name) for name in (*module_files(), *alignment_files())]
    note = "A module imports only modules above it. The alignments are not loaded unless asked for.\n"
    return "## Modules\n\n" + note + "\n" + _table(("file", "title", "holds", "imports"), rows)


def _module_row(name: str) -> tuple[str, ...]:
    facts = Facts.of([name])
    iri = next(facts.instances(OWL + "Ontology"))
    imports = ", ".join(f"`{_module_name(other)}`" for other in facts.values(iri, OWL + "imports"))
    title, holds = (_both(facts.texts(iri, RDFS + key)) for key in ("label", "comment"))
    return f"`{name}`", title, holds, imports or "—"


def _module_name(iri: str) -> str:
    return "egov" if iri == ONTOLOGY else iri.rsplit("/", 1)[-1]


def _classes(vocabulary: Vocabulary) -> str:
    roots = [name for name, term in vocabulary.classes.items() if not term.parents]
    rows = [
        (f"{'&emsp;' * depth}`{term.name}`", _both(term.labels), _both(term.definitions))
        for root in roots
        for depth, term in _tree(vocabulary, root)
    ]
    return "## Classes\n\n" + _table(("class", "label", "definition"), rows)


def _tree(vocabulary: Vocabulary, name: str, depth: int = 0) -> Iterator[tuple[int, Term]]:
    """Walk a class and what stands below it, each with its depth, in the order of the files."""
    yield depth, vocabulary.classes[name]
    for below, term in vocabulary.classes.items():
        if name in term.parents:
            yield from _tree(vocabulary, below, depth + 1)


def _properties(vocabulary: Vocabulary) -> str:
    parts = ["## Properties\n"]
    for file in module_files():
        iris = Facts.of([file]).index
        here = [term for term in vocabulary.properties.values() if term.iri in iris]
        if here:
            rows = [_property_row(vocabulary, term) for term in here]
            parts.append(f"### {file.removesuffix('.ttl')}\n")
            parts.append(_table(("property", "label", "from → to", "definition", "stated of it"), rows))
    return "\n".join(parts)


def _property_row(vocabulary: Vocabulary, term: Term) -> tuple[str, ...]:
    ends = " → ".join(f"`{end}`" if end else "·" for end in (term.domain, term.range))
    where = "annotation" if term.kind == "annotation" else ends
    stated = "; ".join(characteristics(vocabulary, term.name))
    return f"`{term.name}`", _both(term.labels), where, _both(term.definitions), stated or "—"


def _disjointness(vocabulary: Vocabulary) -> str:
    lines = [
        "- " + ", ".join(f"`{name}`" for name in vocabulary.classes if name in group)
        for group in vocabulary.disjoint
    ]
    head = "## What excludes what\n\nNothing belongs to two classes of the same line.\n\n"
    return head + "\n".join(lines) + "\n"


def _codes(vocabulary: Vocabulary) -> str:
    parts = ["## Code lists\n", "Claims become plain edges of the graph when their status says so.\n"]
    for kind, slugs in vocabulary.schemes.items():
        rows = [_code_row(vocabulary, vocabulary.codes[slug]) for slug in slugs]
        parts.append(f"### {kind}\n")
        parts.append(_table(("code", "label", "definition"), rows))
    return "\n".join(parts)


def _code_row(vocabulary: Vocabulary, code: Term) -> tuple[str, ...]:
    mark = " (edge)" if code.name in vocabulary.materialised else ""
    return f"`code:{code.name}`{mark}", _both(code.labels), _both(code.definitions)


def _alignments() -> str:
    rows = [
        (f"`{subject.removeprefix(EGOV)}`", words, f"<{other}>", f"`{file}`")
        for file in alignment_files()
        for subject, words, other in _matches(Facts.of([file]))
    ]
    return "## Alignments\n\n" + _table(("term", "relation", "outside term", "module"), rows)


def _matches(facts: Facts) -> Iterator[tuple[str, str, str]]:
    for subject in facts.index:
        for predicate, words in _RELATIONS.items():
            for other in facts.values(subject, predicate):
                yield subject, words, other


def _both(texts: Mapping[str, str]) -> str:
    """Set the Vietnamese text under the English one."""
    return f"{texts['en']}<br>{texts['vi']}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [tuple(head), ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def main() -> None:
    """Write the page to standard output, in UTF-8 on every system."""
    sys.stdout.buffer.write(ontology_page().encode())


if __name__ == "__main__":
    main()
