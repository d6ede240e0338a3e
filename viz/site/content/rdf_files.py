"""The triples of an entity as files: Turtle and JSON-LD."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ....files import compact_json
from ....graph.names import CODE, EDTF, EGOV, GRAPH, ID, PREFIXES, RDF_TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ....graph.store import Store
    from ....queries.facts.values import Json

__all__ = ["TriplesBySubject", "as_jsonld", "as_turtle", "stated_triples", "subgraph"]

TriplesBySubject: TypeAlias = "dict[str, list[ox.Triple]]"  # IRI of the subject -> its triples, sorted

_INTEGER = XSD + "integer"
_PLAIN_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}")
_PREFIX = re.compile(rb"@prefix (\w+:)")
_DERIVED_GRAPHS = (f"{GRAPH}edges", f"{GRAPH}inferred", f"{GRAPH}ontology", f"{GRAPH}catalogue")


def stated_triples(store: Store) -> TriplesBySubject:
    """Read the stated triples by subject, without plain edges, inferred triples and the ontology.

    Cost: one pass over the graph.
    """
    by_subject: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in store.quads():
        is_derived = getattr(quad.graph_name, "value", "") in _DERIVED_GRAPHS
        if not is_derived and isinstance(quad.subject, ox.NamedNode):
            by_subject[quad.subject.value].add(quad.triple)
    return {subject: sorted(triples, key=str) for subject, triples in by_subject.items()}


def subgraph(triples: TriplesBySubject, subjects: Iterable[str]) -> list[ox.Triple]:
    """Collect the triples of subjects, each once, in the order of the subjects."""
    return [triple for subject in dict.fromkeys(subjects) for triple in triples.get(subject, ())]


def as_turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as Turtle with those prefixes of the project that it uses."""
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    lines = turtle.split(b"\n", len(PREFIXES))
    head, body = lines[: len(PREFIXES)], lines[len(PREFIXES) :]
    text = body[0] if body else b""
    return b"\n".join([line for line in head if not _is_idle(line, text)] + body)


def _is_idle(line: bytes, text: bytes) -> bool:
    """Tell whether a line declares a prefix that a text does not use."""
    declaration = _PREFIX.match(line)
    return declaration is not None and declaration[1] not in text


def as_jsonld(triples: Iterable[ox.Triple]) -> bytes:
    """Return triples as JSON-LD: one object per subject, each on a line, with a context that maps to RDF."""
    values_by_subject: dict[str, dict[str, list[Json]]] = {}
    for triple in triples:
        values = values_by_subject.setdefault(_iri(triple.subject), {})
        values.setdefault(triple.predicate.value, []).append(_json_value(triple.object))
    nodes = ",\n".join(compact_json(_node(iri, values)) for iri, values in values_by_subject.items())
    context = {name: iri for name, iri in PREFIXES.items() if f'"{name}:' in nodes}
    text = f'{{"@context":{compact_json(dict(context))},\n"@graph":[\n{nodes}\n]}}\n'
    return text.encode("utf-8", "replace")


def _node(iri: str, values_by_predicate: Mapping[str, list[Json]]) -> Json:
    node: dict[str, Json] = {"@id": _shortened_id(iri)}
    for predicate, values in values_by_predicate.items():
        if predicate == RDF_TYPE:
            node["@type"] = [value["@id"] for value in values if isinstance(value, dict)]
        else:
            node[_shortened(predicate)] = values[0] if len(values) == 1 else values
    return node


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


@lru_cache(maxsize=1024)
def _shortened(iri: str) -> str:
    """Shorten an IRI with a prefix if the local name is alphanumeric."""
    for prefix, namespace in (("egov", EGOV), *PREFIXES.items()):
        local_name = iri.removeprefix(namespace)
        if local_name != iri and local_name.isascii() and local_name.isalnum():
            return f"{prefix}:{local_name}"
    return iri


@lru_cache(maxsize=16384)  # the same things are named in many files
def _shortened_id(iri: str) -> str:
    """Shorten the IRI of a thing or a code with its prefix.

    >>> _shortened_id("https://w3id.org/egovkg/id/system/tq-lgsp"), _shortened_id("http://x.org/a")
    ('id:system/tq-lgsp', 'http://x.org/a')
    """
    for prefix, namespace in (("id", ID), ("code", CODE), ("egov", EGOV)):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _json_value(term: object) -> Json:
    if isinstance(term, ox.NamedNode):
        return {"@id": _shortened_id(term.value)}
    if not isinstance(term, ox.Literal):
        return {"@id": str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    if term.datatype.value == _INTEGER and _PLAIN_NUMBER.fullmatch(term.value):
        return int(term.value)
    datatype = "edtf:EDTF" if term.datatype.value == EDTF else _shortened(term.datatype.value)
    return {"@value": term.value, "@type": datatype}
