"""SHACL core: the report of each of two engines against the one that the suite wants, result by result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
from egovkg.ontology.modules import RdfTerm
from egovkg.tests.w3c.suites import MF, RDF

HOME = "http://localhost/"  # what the addresses of the suite's files are made of
SH, SHT = "http://www.w3.org/ns/shacl#", "http://www.w3.org/ns/shacl-test#"
Report: TypeAlias = "tuple[bool, Counter[tuple[str, ...]]]"  # whether it conforms, and its results
Engine: TypeAlias = "Callable[[bytes, bytes], bytes]"  # data, shapes -> report; all N-Triples


@dataclass(frozen=True)
class Case:
    """A test.

    :param data: N-Triples
    :param shapes: N-Triples
    :param wanted: the report
    """

    name: str
    data: bytes
    shapes: bytes
    expected: Report


def cases(root: Path) -> list[Case]:
    """List the tests of the core: 98 at the time of writing."""
    core = root / "data-shapes-test-suite/tests/core"
    files = sorted(file for file in core.glob("*/*.ttl") if file.name != "manifest.ttl")
    return [case for file in files for case in _in_file(core, file)]


def _in_file(core: Path, file: Path) -> Iterator[Case]:
    graph = _graph(core, file)
    for quad in graph.quads_for_object(ox.NamedNode(SHT + "Validate")):
        (action,) = _values(graph, quad.subject, MF + "action")
        (result,) = _values(graph, quad.subject, MF + "result")
        parts = [next(_values(graph, action, SHT + name)) for name in ("dataGraph", "shapesGraph")]
        texts = [_triples(_graph(core, core / node.value.removeprefix(HOME))) for node in parts]  # type: ignore[union-attr]
        yield Case(f"{file.parent.name}/{file.stem}", texts[0], texts[1], _report_at(graph, result))


def _graph(core: Path, file: Path) -> ox.Dataset:
    address = HOME + file.relative_to(core).as_posix()
    return ox.Dataset(ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE, base_iri=address))


def _triples(graph: ox.Dataset) -> bytes:
    return ox.serialize((quad.triple for quad in graph), format=ox.RdfFormat.N_TRIPLES) or b""


def _values(graph: ox.Dataset, subject: RdfTerm, predicate: str) -> Iterator[RdfTerm]:
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)
    for quad in graph.quads_for_subject(subject):
        if quad.predicate.value == predicate:
            yield quad.object


def _report_at(graph: ox.Dataset, node: RdfTerm) -> Report:
    (conforms,) = _values(graph, node, SH + "conforms")
    results = Counter(_result(graph, result) for result in _values(graph, node, SH + "result"))
    return getattr(conforms, "value", "") == "true", results


def _result(graph: ox.Dataset, node: RdfTerm) -> tuple[str, ...]:
    names = ("focusNode", "resultPath", "sourceConstraintComponent", "resultSeverity", "value")
    return tuple(
        " ".join(
            sorted(
                "_" if isinstance(term, ox.BlankNode) else str(term)
                for term in _values(graph, node, SH + name)
            )
        )
        for name in names
    )


def report_of(text: bytes) -> Report:
    """Read a report of an engine."""
    graph = ox.Dataset(ox.parse(text, ox.RdfFormat.N_TRIPLES))
    kind = ox.NamedNode(SH + "ValidationReport")
    (node,) = [quad.subject for quad in graph.quads_for_object(kind) if quad.predicate.value == RDF + "type"]
    return _report_at(graph, node)


def by_pyshacl(data: bytes, shapes: bytes) -> bytes:
    """Validate with pySHACL; literals are kept as they are written."""
    import pyshacl
    import rdflib

    rdflib.NORMALIZE_LITERALS = False  # each run of pySHACL turns it on again at its end
    try:
        graphs = [rdflib.Graph().parse(data=text, format="nt") for text in (data, shapes)]
        _, report, _ = pyshacl.validate(graphs[0], shacl_graph=graphs[1], inference="none")
    finally:
        rdflib.NORMALIZE_LITERALS = True
    assert isinstance(report, rdflib.Graph)
    return report.serialize(format="nt", encoding="utf-8")


def by_pyrudof(data: bytes, shapes: bytes) -> bytes:
    """Validate with rudof."""
    import pyrudof

    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(data.decode(), pyrudof.RDFFormat.NTriples)
    rudof.read_shacl(shapes.decode(), pyrudof.ShaclFormat.NTriples)
    rudof.validate_shacl()
    reported = rudof.serialize_shacl_validation_results(pyrudof.ResultShaclValidationFormat.NTriples)
    return str(reported).encode()


ENGINES: dict[str, Engine] = {"pyshacl": by_pyshacl, "pyrudof": by_pyrudof}


def fault(case: Case, engine: Engine) -> str:
    """Tell how the report of an engine differs from the wanted one; empty if it does not."""
    reported = _report_of(case, engine)
    if isinstance(reported, str):
        return reported
    if reported[0] != case.expected[0]:
        return f"conforms: {reported[0]}"
    additional, absent = reported[1] - case.expected[1], case.expected[1] - reported[1]
    return "" if not additional and not absent else f"too many {[*additional]}, missing {[*absent]}"


def quarrel(case: Case) -> str:
    """Tell where the engines differ; empty if they agree."""
    first, second = (_report_of(case, engine) for engine in ENGINES.values())
    return "" if first == second else f"{first} against {second}"


def _report_of(case: Case, engine: Engine) -> Report | str:
    try:
        return report_of(engine(case.data, case.shapes))
    except Exception as error:  # whatever an engine raises is its answer
        return f"{type(error).__name__}: {error}"
