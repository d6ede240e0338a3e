"""The suites of the W3C: where they lie, what their manifests list, and what is known to fail.

They are not part of the project. `EGOVKG_W3C` names the folder that holds checkouts of w3c/rdf-tests and, for
SHACL, of w3c/data-shapes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
import pytest
import yaml
from egovkg.ontology.modules import RdfTerm

Node: TypeAlias = ox.NamedNode | ox.BlankNode
HOME = "https://w3c.github.io/rdf-tests/"  # where the files of the suites are published
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
VARIABLE = "EGOVKG_W3C"
EXPECTED = Path(__file__).with_name("expected.yaml")


def suite(name: str) -> Path:
    """Find the checkout of a repository; without it the test is skipped.

    :param name: `rdf-tests` or `data-shapes`
    """
    folder_name = os.environ.get(VARIABLE)
    if not folder_name:
        pytest.skip(f"{VARIABLE} names no folder with checkouts of w3c/rdf-tests and w3c/data-shapes")
    folder = Path(folder_name)
    for candidate in (folder / name, folder, folder.parent / name):
        if (candidate / {"rdf-tests": "rdf/rdf11", "data-shapes": "data-shapes-test-suite"}[name]).is_dir():
            return candidate
    if name == "rdf-tests":
        pytest.fail(f"{VARIABLE} is {folder_name}, where no checkout of w3c/rdf-tests lies")
    pytest.skip(f"no checkout of w3c/{name} beside {VARIABLE} ({folder_name})")


@dataclass(frozen=True)
class Case:
    """A test of a suite.

    :param name: folder and name
    :param kind: its class, without the namespace
    """

    name: str
    kind: str
    node: Node
    manifest: Manifest

    def value(self, predicate: str) -> RdfTerm | None:
        """Give what the test says under a predicate of the manifest's vocabulary."""
        return next(self.manifest.values(self.node, MF + predicate), None)


class Manifest:
    """A manifest, read as RDF.

    :param folder: of the suite, relative to the checkout
    """

    def __init__(self, root: Path, folder: str) -> None:
        self.root, self.folder = root, folder
        self.address = f"{HOME}{folder}/manifest.ttl"
        text = (root / folder / "manifest.ttl").read_bytes()
        self.graph = ox.Dataset(ox.parse(text, ox.RdfFormat.TURTLE, base_iri=self.address))

    def values(self, subject: Node, predicate: str) -> Iterator[RdfTerm]:
        """List objects."""
        for quad in self.graph.quads_for_subject(subject):
            if quad.predicate.value == predicate:
                yield quad.object

    def items(self, head: object) -> Iterator[RdfTerm]:
        """List the members of a collection."""
        while isinstance(head, ox.BlankNode):
            yield from self.values(head, RDF + "first")
            head = next(self.values(head, RDF + "rest"), None)

    def cases(self) -> list[Case]:
        """List the tests, each once, in their order."""
        (head,) = self.values(ox.NamedNode(self.address), MF + "entries")
        cases: dict[Node, Case] = {}
        for entry in self.items(head):
            assert isinstance(entry, ox.NamedNode | ox.BlankNode)
            kinds = [
                kind.value for kind in self.values(entry, RDF + "type") if isinstance(kind, ox.NamedNode)
            ]
            name = str(getattr(entry, "value", "")).rpartition("#")[2]
            short = f"{self.folder.rpartition('/')[2]}/{name}"
            cases[entry] = Case(short, kinds[0].rpartition("#")[2], entry, self)
        return list(cases.values())

    def file(self, address: object) -> Path:
        """Find the file of an address."""
        assert isinstance(address, ox.NamedNode)
        return self.root / address.value.removeprefix(HOME)


def expected(group: str) -> Mapping[str, str]:
    """Read which tests of a group are known to fail, and why."""
    content: dict[str, dict[str, list[str]]] = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    return {name: why for why, names in content[group].items() for name in names}


def judge(group: str, failed: Mapping[str, str], names: Iterable[str]) -> str:
    """Hold failures against what is expected: a new failure fails, and so does a new pass.

    :param failed: test -> what went wrong
    :param names: of all tests that were run
    :returns: the line to print
    """
    listed, ran = expected(group), [*names]
    news = [f"{name} fails: {why}" for name, why in failed.items() if name not in listed]
    news += [f"{name} passes now: take it off {EXPECTED.name}" for name in listed if name not in failed]
    line = f"W3C {group}: {len(ran) - len(failed)} of {len(ran)}"
    assert not news, "\n".join([line, *news])
    return line + (f" ({len(listed)} expected failures)" if listed else "")
