"""Reading of a user's framework or targets from Turtle or YAML, validated against the ontology."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import InputError, UntrustedError
from ...graph.names import EGOV, reference_graph, with_prefixes
from ...graph.shacl.validate import validate
from ...graph.store import OxigraphStore
from ...graph.untrusted import parse_untrusted
from ...ontology.vocabulary import load_vocabulary
from ...problems import Problem, Severity
from ...words import Message
from ..faults.messages import fault
from ..faults.suggest import with_suggestion
from ..register.circles import circle_fault, find_circle
from ..text.file_kinds import foreign_reference_fault
from ..text.input_files import input_bytes
from .conformance import shape_fault
from .corpus import displayed_path
from .reference_yaml import read_reference_yaml
from .shipped_quads import ontology_quads

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from ...problems import Fault

_GRAPH = reference_graph("own")
_UNDECLARED_PREFIX = re.compile(r"The prefix (\S*:) has not been declared")
_SHOWN = 40  # characters of what cannot be read


def read_reference_file(path: Path, measures: Collection[str] = ()) -> OxigraphStore:
    """Read a user's framework or targets into a new store.

    :param measures: names of the allowed measures of targets; empty to allow any
    :returns: an in-memory store with the triples of the file and of the ontology
    :raises InputError: with all problems of the file, each with its line
    """
    file = displayed_path(path)
    data = input_bytes(path, file)
    if foreign := foreign_reference_fault(data, file):
        raise InputError([Problem(file, 1, 1, foreign)])
    if path.suffix in {".yaml", ".yml"}:
        triples, problems = read_reference_yaml(data, file, measures)
        quads = "".join(sorted(f"{triple} <{_GRAPH}> .\n" for triple in triples)).encode()
    else:
        quads, problems = _read_turtle(data, file)
    if problems:
        raise InputError(sorted(problems))
    store = OxigraphStore.in_memory()
    store.load(ontology_quads())
    store.load(quads)
    if graph_problems := [*_unknown_classes(store, file), *_violations(store, file), *_circles(store, file)]:
        raise InputError(graph_problems)
    return store


def _read_turtle(data: bytes, file: str) -> tuple[bytes, list[Problem]]:
    try:
        triples = parse_untrusted(data, ox.RdfFormat.TURTLE)  # a file may come from anybody
    except UntrustedError as error:
        return b"", [Problem(file, error.line or 1, error.column or 1, _turtle_fault(error, data))]
    return triples.replace(b" .\n", f" <{_GRAPH}> .\n".encode()), []  # a line ends nowhere within a text


def _turtle_fault(error: UntrustedError, data: bytes) -> Fault:
    """Say what cannot be read; the words of the parser are in English alone."""
    if isinstance(error.message, Message):
        return fault("KG092.refused", reason=error.message)
    if undeclared := _UNDECLARED_PREFIX.search(error.message):
        return fault("KG092.undeclared-prefix", prefix=undeclared[1])
    rows = data.decode("utf-8", "replace").split("\n")
    place = slice((error.column or 1) - 1, (error.column or 1) - 1 + _SHOWN)
    rest = rows[min(error.line or 1, len(rows)) - 1][place].strip()
    return fault("KG092.no-turtle", text=rest) if rest else fault("KG092.cut-turtle")


def _unknown_classes(store: OxigraphStore, file: str) -> Iterator[Problem]:
    classes = load_vocabulary().classes
    for quad in store.quads(_GRAPH):
        iri = getattr(quad.object, "value", "")
        name = iri.removeprefix(EGOV)
        if quad.predicate.value == EGOV + "realisedBy" and name != iri and name not in classes:
            yield Problem(file, 1, 1, with_suggestion(fault("KG019.unknown-class", name=name), name, classes))


def _violations(store: OxigraphStore, file: str) -> Iterator[Problem]:
    own_nodes = {getattr(quad.subject, "value", "") for quad in store.quads(_GRAPH)}
    for violation in validate(store):
        if violation.focus in own_nodes:
            yield Problem(file, 1, 1, replace(shape_fault(violation), severity=Severity.ERROR))


_NEEDS = with_prefixes("""
SELECT DISTINCT ?dependent ?provider {
  ?expectation a egov:Expectation ; egov:dependent/egov:componentCode ?dependent ;
    egov:provider/egov:componentCode ?provider
}
""")


def _circles(store: OxigraphStore, file: str) -> Iterator[Problem]:
    needs: dict[str, set[str]] = {}
    for dependent, provider in store.texts(_NEEDS):
        needs.setdefault(dependent, set()).add(provider)
    if circle := find_circle(needs):
        yield Problem(file, 1, 1, circle_fault(circle))
