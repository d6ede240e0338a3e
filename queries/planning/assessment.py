"""Verdicts as triples: the weighed statements of each cell.

With the triples, others can check the verdicts: a SHACL processor tests by `ontology/verdict-shapes.ttl`
whether each verdict follows from the weighed statements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...graph.names import CODE, EGOV, ID, RDF_TYPE, XSD
from ...ontology.layers import find_layer
from ...ontology.verdicts import GapSign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .gap_report import GapReport
    from .gaps import Gap

RELATIONS = {
    GapSign.PRESENT: "supportedBy",
    GapSign.PARTIAL: "partlySupportedBy",
    GapSign.ABSENT: "deniedBy",
    GapSign.LIMITED: "limitedBy",
    GapSign.UNDER_WAY: "underWayBy",
    GapSign.PLANNED: "plannedBy",
    GapSign.ASIDE: "setAside",
}


def assessment_iri(cell: Gap) -> str:
    """Return the IRI of the assessment of a cell."""
    unit = cell.judged.province.curie.replace(":", "-")
    return f"{ID}assessment/{unit}-{cell.component.iri.rpartition('/')[2]}"


def assessment_triples(report: GapReport) -> Iterator[ox.Triple]:
    """Return the weighed statements and the verdict of each cell as triples."""
    for cell in report.cells:
        node = ox.NamedNode(assessment_iri(cell))
        component = ox.NamedNode(cell.component.iri)
        yield _triple(node, RDF_TYPE, ox.NamedNode(EGOV + "Assessment"))
        yield _triple(node, EGOV + "assesses", ox.NamedNode(cell.judged.province.iri))
        yield _triple(node, EGOV + "assessedAgainst", component)
        yield _triple(component, EGOV + "inLayer", ox.NamedNode(CODE + cell.component.layer))
        role = find_layer(cell.component.layer).role
        yield _triple(ox.NamedNode(CODE + cell.component.layer), EGOV + "layerRole", ox.Literal(role))
        yield _triple(node, EGOV + "assessedOn", _day(report.as_of.isoformat()))
        yield _triple(node, EGOV + "verdict", ox.NamedNode(CODE + cell.verdict.slug))
        yield _triple(node, EGOV + "byRule", ox.Literal(cell.rule))
        yield from _weighed(node, cell)


def _weighed(node: ox.NamedNode, cell: Gap) -> Iterator[ox.Triple]:
    for statement in cell.statements:
        yield _triple(node, EGOV + RELATIONS[statement.sign], ox.NamedNode(ID + statement.id))
    for sign, relation in ((GapSign.PRESENT, "presentSince"), (GapSign.ABSENT, "absentSince")):
        days = [weighed.since.isoformat() for weighed in cell.statements if weighed.sign is sign]
        if days:
            yield _triple(node, EGOV + relation, _day(max(days)))


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def _day(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "date"))


def assessments_turtle(reports: Iterable[GapReport]) -> str:
    """Return the assessments of reports on several frameworks as one sorted Turtle document.

    A component that several frameworks share has one assessment, since its verdict is the same.
    """
    prefixes = {"egov": EGOV, "code": CODE, "xsd": XSD}
    found = {triple for report in reports for triple in assessment_triples(report)}
    data = ox.serialize(sorted(found, key=str), format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
    return data.decode()
