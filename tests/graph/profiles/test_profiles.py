"""The graph in profiles of others: valid by the published shapes, and what no source states says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyshacl
import pytest
from egovkg.graph.names import ID
from egovkg.graph.profiles import PROFILES, profile_of
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from egovkg.graph.store import OxigraphStore
    from rdflib.term import Node

SHAPES = Path(__file__).parent / "shapes"
CPSV = Namespace("http://purl.org/vocab/cpsv#")
M8G = Namespace("http://data.europa.eu/m8g/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
UNSTATED = URIRef("https://w3id.org/egovkg/profile/authority-not-stated")


@pytest.fixture(scope="module")
def graphs(store: OxigraphStore) -> dict[str, Graph]:
    files = {name: profile_of(store, name, "v1").turtle() for name in PROFILES}
    return {name: Graph().parse(data=turtle, format="turtle") for name, turtle in files.items()}


def identifiers(graph: Graph, things: Iterable[Node]) -> set[str]:
    return {str(graph.value(thing, DCTERMS.identifier)) for thing in things}


@pytest.mark.parametrize(
    ("name", "shapes"),
    [("cpsv-ap", "cpsv-ap-3.2.0.ttl"), ("cpsv-ap", "cpov-2.1.2.ttl"), ("dcat-ap", "dcat-ap-3.0.1.ttl")],
)
def test_it_is_valid_by_the_published_shapes(graphs: dict[str, Graph], name: str, shapes: str) -> None:
    valid, _, report = pyshacl.validate(graphs[name], shacl_graph=Graph().parse(SHAPES / shapes))
    assert valid, report


def test_a_service_has_its_channels_and_its_digest(graphs: dict[str, Graph]) -> None:
    graph, service = graphs["cpsv-ap"], URIRef(ID + "service/bk-tthc")
    assert (service, RDF.type, CPSV.PublicService) in graph
    assert identifiers(graph, [service]) == {"bk:tthc"}
    channels = identifiers(graph, graph.objects(service, M8G.hasChannel))
    assert "bk:tt-pvhcc" in channels
    texts = list(graph.objects(service, DCTERMS.description))
    assert {text.language for text in texts if isinstance(text, Literal)} == {"vi", "en"}


def test_what_no_source_states_says_so(store: OxigraphStore, graphs: dict[str, Graph]) -> None:
    graph = graphs["cpsv-ap"]
    authorities = {
        service: set(graph.objects(service, M8G.hasCompetentAuthority))
        for service in graph.subjects(RDF.type, CPSV.PublicService)
    }
    unstated = [bodies for bodies in authorities.values() if UNSTATED in bodies]
    assert profile_of(store, "cpsv-ap", "v1").unstated == len(unstated) < len(authorities)
    assert all(bodies == {UNSTATED} for bodies in unstated)
    assert authorities[URIRef(ID + "service/bk-dvctt")] == {URIRef(ID + "agent/bk-don-vi-dia-phuong")}
    names = {str(name) for name in graph.objects(UNSTATED, SKOS.prefLabel)}
    assert "(competent authority: not stated by any source)" in names


def test_the_catalogue_lists_every_source(graphs: dict[str, Graph]) -> None:
    graph = graphs["dcat-ap"]
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    listed = identifiers(graph, graph.objects(catalogue, DCAT.dataset))
    articles = {"bac-kan-2019", "bac-lieu-2022", "binh-phuoc-2020", "tuyen-quang-2020", "yen-lap-2018"}
    assert listed == {"v1", *articles}
