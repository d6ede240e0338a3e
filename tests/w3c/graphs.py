"""Comparing graphs and tables of answers up to the names of their blank nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import pyoxigraph as ox
from egovkg.ontology.modules import RdfTerm

Rows: TypeAlias = "Sequence[Mapping[str, RdfTerm]]"
_HAS, _ROW, _NUMBER = "urn:has:", ox.NamedNode("urn:row"), ox.NamedNode("urn:number")
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def canonical(quads: Iterable[ox.Quad]) -> frozenset[str]:
    """Name blank nodes by RDFC-1.0: two data sets are the same when these are equal."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, dataset))


def as_stored(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Write literals as the engine does, which keeps values and not their spelling."""
    store = ox.Store()
    store.extend(quads)
    return list(store)


def table(rows: Rows) -> frozenset[str]:
    """Name a table by its content: the order of rows is left out, how often each comes is not."""
    quads = [
        ox.Quad(node, ox.NamedNode(_HAS + name), value)
        for number, row in enumerate(rows)
        for node in [ox.BlankNode(f"row{number}")]
        for name, value in row.items()
    ]
    empty = sum(not row for row in rows)
    quads.append(ox.Quad(_ROW, _NUMBER, ox.Literal(f"{len(rows)} rows, {empty} empty")))
    return canonical(as_stored(quads))


def solutions(result: ox.QuerySolutions) -> Rows:
    """Give the rows of an answer, unbound variables left out."""
    names = [variable.value for variable in result.variables]
    return [{name: value for name in names if (value := row[name]) is not None} for row in result]


def rows_of_graph(graph: Iterable[ox.Quad]) -> Rows | bool:
    """Read an answer that a suite writes as RDF."""
    dataset = ox.Dataset(graph)
    for quad in dataset:
        if quad.predicate.value == RS + "boolean":
            return getattr(quad.object, "value", "") == "true"
    solutions: list[dict[str, RdfTerm]] = []
    for row in dataset:
        if row.predicate.value == RS + "solution":
            bindings = [
                {quad.predicate.value: quad.object for quad in dataset.quads_for_subject(binding.object)}  # type: ignore[arg-type]
                for binding in dataset.quads_for_subject(row.object)
                if binding.predicate.value == RS + "binding"
            ]
            solutions.append(
                {
                    getattr(binding[RS + "variable"], "value", ""): binding[RS + "value"]
                    for binding in bindings
                }
            )
    return solutions
