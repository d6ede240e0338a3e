"""Private attributes of dependencies: the code touches no other than those that are pinned here."""

from __future__ import annotations

import ast
import inspect
import tomllib
import urllib.request
from pathlib import Path

import egovkg
from SPARQLWrapper import SPARQLWrapper

ROOT = Path(egovkg.__file__).parent
PINNED = {
    "graph/endpoint/sparql_request.py: wrapper._createRequest",
    "graph/query_worker.py: os._exit",  # a documented function, whatever its name
}


def private_accesses(path: Path) -> set[str]:
    """List each `name._attribute` but those of `self` and `cls`, and those that the module defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    stored = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_store(node)}
    return {
        f"{path.relative_to(ROOT).as_posix()}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and node.attr not in defined | stored
        and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    }


def is_store(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store)


def test_no_other_private_attribute_is_touched() -> None:
    paths = sorted((ROOT / "graph").rglob("*.py"))
    assert set().union(*map(private_accesses, paths)) == PINNED


def test_sparqlwrapper_makes_a_request_of_urllib() -> None:
    """`SPARQLWrapper._createRequest` is no public name: an upper bound and this test hold it still."""
    parameters = inspect.signature(SPARQLWrapper._createRequest).parameters
    assert list(parameters) == ["self"]
    wrapper = SPARQLWrapper("http://localhost/sparql")
    wrapper.setQuery("ASK {}")
    request = wrapper._createRequest()
    assert isinstance(request, urllib.request.Request)
    assert request.full_url.startswith("http://localhost/sparql?")
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "SPARQLWrapper>=2.0,<3" in config["project"]["dependencies"]


def test_the_query_form_and_the_accept_header_can_be_set_from_outside() -> None:
    wrapper = SPARQLWrapper("http://localhost/sparql")
    wrapper.addCustomHttpHeader("Accept", "application/n-triples")
    wrapper.setQuery("# what to insert\nASK {}")
    wrapper.queryType = "ASK"
    request = wrapper._createRequest()
    assert request.get_header("Accept") == "application/n-triples"
    assert "query=" in request.full_url
