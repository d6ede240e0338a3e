"""Data twins of a thing: what the graph holds of it, as Turtle and as JSON-LD."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ....graph.names import EDTF, EGOV, GRAPH, PREFIXES, RDF_TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ....graph.store import Store
    from ....queries.facts.values import Json

Triples: TypeAlias = "dict[str, list[ox.Triple]]"  # subject -> its triples, in order

_DERIVED = (f"{GRAPH}edges", f"{GRAPH}inferred", f"{GRAPH}ontology", f"{GRAPH}catalogue")


def stated_triples(store: Store) -> Triples:
    """Read what is stated, by subject: no plain edges, nothing that follows by a rule, no ontology.

    Cost: one pass over the graph.
    """
    found: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in store.quads():
        if getattr(quad.graph_name, "value", "") not in _DERIVED and isinstance(quad.subject, ox.NamedNode):
            found[quad.subject.value].add(quad.triple)
    return {subject: sorted(held, key=str) for subject, held in found.items()}


def subgraph(triples: Triples, subjects: Iterable[str]) -> list[ox.Triple]:
    """Gather the triples of some subjects, without repetition, in order of the subjects."""
    return [triple for subject in dict.fromkeys(subjects) for triple in triples.get(subject, ())]


def as_turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Write triples as Turtle with the project's prefixes."""
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def as_jsonld(triples: Iterable[ox.Triple]) -> bytes:
    """Write triples as JSON-LD: one object a thing, with a context that makes it RDF again."""
    nodes: dict[str, dict[str, list[Json]]] = {}
    for triple in triples:
        node = nodes.setdefault(_iri(triple.subject), {})
        node.setdefault(triple.predicate.value, []).append(_value(triple.object))
    graph: list[Json] = [_node(iri, held) for iri, held in nodes.items()]
    content: dict[str, Json] = {"@context": dict(PREFIXES), "@graph": graph}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _node(iri: str, held: Mapping[str, list[Json]]) -> Json:
    node: dict[str, Json] = {"@id": iri}
    for predicate, values in held.items():
        if predicate == RDF_TYPE:
            node["@type"] = [_short(str(value["@id"])) for value in values if isinstance(value, dict)]
        else:
            node[_short(predicate)] = values[0] if len(values) == 1 else values
    return node


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _short(iri: str) -> str:
    """Shorten an address by a prefix where the rest is a plain word."""
    for prefix, start in (("egov", EGOV), *PREFIXES.items()):
        rest = iri.removeprefix(start)
        if rest != iri and rest.isascii() and rest.isalnum():
            return f"{prefix}:{rest}"
    return iri


def _value(term: object) -> Json:
    if isinstance(term, ox.NamedNode):
        return {"@id": term.value}
    if not isinstance(term, ox.Literal):
        return {"@id": str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return {"@value": term.value}
    kind = "edtf:EDTF" if term.datatype.value == EDTF else _short(term.datatype.value)
    return {"@value": term.value, "@type": kind}
