"""The Turtle family: each file through the function that reads RDF of others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
from egovkg.errors import UntrustedError
from egovkg.graph.untrusted import parse_untrusted
from egovkg.tests.w3c.graphs import canonical
from egovkg.tests.w3c.suites import Case, Manifest

FAMILY = {
    "rdf-turtle": ox.RdfFormat.TURTLE,
    "rdf-trig": ox.RdfFormat.TRIG,
    "rdf-n-triples": ox.RdfFormat.N_TRIPLES,
    "rdf-n-quads": ox.RdfFormat.N_QUADS,
}


def run(root: Path, folder: str) -> tuple[list[Case], dict[str, str]]:
    """Run a suite of the family, two files at a time.

    :returns: the tests, and what went wrong with those that failed
    """
    cases = Manifest(root, f"rdf/rdf11/{folder}").cases()
    with ThreadPoolExecutor(2) as threads:
        wrong = [*threads.map(lambda case: fault(case, FAMILY[folder]), cases)]
    return cases, {case.name: why for case, why in zip(cases, wrong, strict=True) if why}


def fault(case: Case, form: ox.RdfFormat) -> str:
    """Tell what is wrong with how a file is read; empty if nothing is."""
    action = case.value("action")
    assert isinstance(action, ox.NamedNode)
    line_based = form in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}
    negative = case.kind.endswith("NegativeSyntax") or case.kind.endswith("NegativeEval")
    try:
        read = parse_untrusted(
            case.manifest.file(action).read_bytes(), form, base=None if line_based else action.value
        )
    except UntrustedError as error:
        return "" if negative else f"refused: {error}"
    if negative:
        return "taken, and should be refused"
    if not case.kind.endswith("Eval"):
        return ""
    result_file = case.manifest.file(case.value("result"))
    right = canonical(ox.parse(result_file.read_bytes(), ox.RdfFormat.N_QUADS))
    return "" if canonical(ox.parse(read, ox.RdfFormat.N_QUADS)) == right else "another graph"
