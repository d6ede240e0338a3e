"""The query language: each query over HTTP, on the graphs that its test names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
from egovkg.service.answers.query_check import BASE
from egovkg.tests.w3c.graphs import Rows, as_stored, canonical, rows_of_graph, solutions, table
from egovkg.tests.w3c.served import FORMS, NO_GRAPH, TABLE, Answer, Client
from egovkg.tests.w3c.suites import QT, Case, Manifest

ROOT = "sparql/sparql11"
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
_INCLUDED = re.compile(r"<(\S+)/manifest\.ttl>")


def cases(root: Path) -> list[Case]:
    """List the tests of the query language: 328 at the time of writing."""
    text = (root / ROOT / "manifest-sparql11-query.ttl").read_text(encoding="utf-8")
    return [case for name in _INCLUDED.findall(text) for case in Manifest(root, f"{ROOT}/{name}").cases()]


def graphs(cases: list[Case]) -> dict[str, Path]:
    """List what the tests ask about; one file lies where a syntax test takes a graph from."""
    files = {node.value: case.manifest.file(node) for case in cases for part in _data(case) for node in part}
    return {**files, f"{BASE}file": next(iter(files.values()))}


def fault(case: Case, client: Client) -> str:
    """Tell what is wrong with an answer; empty if nothing is."""
    action = case.value("action")
    default, named = _data(case)
    if isinstance(action, ox.BlankNode):
        action = next(case.manifest.values(action, QT + "query"))
    assert isinstance(action, ox.NamedNode)
    query = case.manifest.file(action).read_bytes().decode("utf-8")
    if "Syntax" in case.kind:
        return _syntax(case, client.ask(query, (), ()))
    query = f"BASE <{action.value}>\n{query}"
    if _FROM.search(query):  # it says itself what it asks
        got = client.ask(query, (), ())
    else:
        graphs = [node.value for node in default] or [NO_GRAPH]
        got = client.ask(query, graphs, [node.value for node in named])
    if got.status != 200:
        return f"{got.status}: {got.body[:200].decode('utf-8', 'replace')}"
    return _compared(case, got.kind, got.body)


def _syntax(case: Case, got: Answer) -> str:
    """Tell whether a query was understood; one with a function that nobody knows is, and has no answer."""
    refused = got.status == 400 and json.loads(got.body)["error"] == "syntax"
    if case.kind.startswith("NegativeSyntax"):
        return "" if refused else f"{got.status}: {got.body[:200].decode('utf-8', 'replace')}"
    understood = got.status == 200 or (got.status == 400 and b"custom function" in got.body)
    return "" if understood else f"{got.status}: {got.body[:200].decode('utf-8', 'replace')}"


def _data(case: Case) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
    action = case.value("action")
    if not isinstance(action, ox.BlankNode):
        return [], []
    parts = [
        [node for node in case.manifest.values(action, QT + name) if isinstance(node, ox.NamedNode)]
        for name in ("data", "graphData")
    ]
    return parts[0], parts[1]


def _compared(case: Case, kind: str, body: bytes) -> str:
    file = case.manifest.file(case.value("result"))
    expected = _expected_result(file)
    if kind != TABLE:
        got = as_stored(ox.parse(body, ox.RdfFormat.N_TRIPLES))
        right = as_stored(ox.parse(file.read_bytes(), FORMS[file.suffix], base_iri="urn:base:"))
        return "" if canonical(got) == canonical(right) else f"another graph: {body.decode()[:200]}"
    answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean) or isinstance(expected, bool):
        return "" if isinstance(answer, ox.QueryBoolean) and bool(answer) == expected else "another truth"
    rows = solutions(answer)
    return "" if table(rows) == table(expected) else f"another table: {str(rows)[:300]}"


def _expected_result(file: Path) -> Rows | bool:
    if file.suffix in {".srx", ".srj"}:
        form = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON}[file.suffix]
        results = ox.parse_query_results(file.read_bytes(), form)
        return bool(results) if isinstance(results, ox.QueryBoolean) else solutions(results)
    return rows_of_graph(ox.parse(file.read_bytes(), FORMS[file.suffix], base_iri="urn:base:"))
