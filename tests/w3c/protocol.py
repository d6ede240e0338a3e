"""The protocol: each request of the suite as it is written there, sent to the service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from egovkg.ontology.modules import RdfTerm
from egovkg.tests.w3c.served import Answer, Client
from egovkg.tests.w3c.suites import MF, Case, Manifest, Node

FOLDER = "sparql/sparql11/protocol"
HT, CNT = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#"
UT, LABEL = "http://www.w3.org/2009/sparql/tests/test-update#", "http://www.w3.org/2000/01/rdf-schema#label"
TABLES = frozenset(f"application/sparql-results+{form}" for form in ("xml", "json")) | {
    "text/csv",
    "text/tab-separated-values",
}
GRAPHS = frozenset(("application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"))


@dataclass(frozen=True)
class Request:
    """One request of a test, and what is expected of it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    truth: bool | None
    form: str

    @property
    def updates(self) -> bool:
        """Tell whether it asks for a change."""
        kinds = " ".join(self.headers.values())
        sent = (self.body or b"") + self.path.encode()
        return "sparql-update" in kinds or b"update=" in sent or b"INSERT" in sent or b"CLEAR" in sent


def cases(root: Path) -> list[Case]:
    """List the tests: 34 at the time of writing."""
    return Manifest(root, FOLDER).cases()


def is_update(case: Case) -> bool:
    """Tell whether a test is about changing a graph."""
    return case.name.partition("/")[2].startswith(("update_", "bad_update", "bad_multiple_updates"))


def graphs(cases: list[Case]) -> dict[str, Path]:
    """List the graphs that the tests ask about."""
    files = {}
    for case in cases:
        for data in case.manifest.values(case.node, UT + "graphData"):
            assert isinstance(data, ox.BlankNode)
            (name,), (file,) = ([*case.manifest.values(data, entry)] for entry in (LABEL, UT + "graph"))
            files[str(getattr(name, "value", ""))] = case.manifest.file(file)
    return files


def requests(case: Case) -> list[Request]:
    """Read the requests of a test."""
    action = case.value("action")
    assert isinstance(action, ox.BlankNode)
    (head,) = case.manifest.values(action, HT + "requests")
    return [
        _request(case.manifest, entry)
        for entry in case.manifest.items(head)
        if isinstance(entry, ox.BlankNode)
    ]


def _request(manifest: Manifest, node: Node) -> Request:
    (answer,) = manifest.values(node, HT + "resp")
    assert isinstance(answer, ox.BlankNode)
    headers = {
        _text(manifest, entry, HT + "fieldName"): _text(manifest, entry, HT + "fieldValue")
        for head in manifest.values(node, HT + "headers")
        for entry in manifest.items(head)
    }
    truth = _text(manifest, answer, MF + "expectedBoolean")
    return Request(
        _text(manifest, node, HT + "methodName"),
        _text(manifest, node, HT + "absolutePath"),
        headers,
        next(_bodies(manifest, node), None),
        frozenset(
            str(getattr(entry, "value", ""))[-3] for entry in manifest.values(answer, MF + "expectedStatus")
        ),
        None if not truth else truth == "true",
        _text(manifest, answer, MF + "expectedFormat"),
    )


def _bodies(manifest: Manifest, node: Node) -> Iterator[bytes]:
    for body in manifest.values(node, HT + "body"):
        coding = _text(manifest, body, CNT + "characterEncoding") or "utf-8"
        yield _text(manifest, body, CNT + "chars").encode(coding)


def _text(manifest: Manifest, node: RdfTerm, predicate: str) -> str:
    assert isinstance(node, ox.BlankNode)
    return str(getattr(next(manifest.values(node, predicate), None), "value", ""))


def fault(case: Case, client: Client) -> str:
    """Tell which request of a test for queries is answered wrongly; empty if none is."""
    for number, request in enumerate(requests(case)):
        got = client.send(request.method, request.path, request.body, {**request.headers})
        if wrong := _wrong(request, got):
            return f"request {number}: {wrong}"
    return ""


def _wrong(request: Request, got: Answer) -> str:
    if str(got.status)[0] not in request.statuses:
        return f"{got.status}, not {' or '.join(sorted(request.statuses))}xx"
    kinds = {"boolean": TABLES, "tabular": TABLES, "RDF": GRAPHS}.get(request.form)
    if kinds and got.kind not in kinds:
        return f"{got.kind} is no {request.form}"
    if request.truth is not None and json.loads(got.body)["boolean"] is not request.truth:
        return "another truth"
    return ""


def taken(case: Case, client: Client) -> str:
    """Tell which request of a test for changes is not refused with a typed error; empty if each is."""
    changes = [entry for entry in requests(case) if entry.updates] or requests(case)[:1]
    for request in changes:
        got = client.send(request.method, request.path, request.body, {**request.headers})
        if not (400 <= got.status < 500 and json.loads(got.body)["status"] == got.status):
            return f"{request.method} {request.path[:60]}: {got.status}"
    return ""
