"""Edges that a framework expects between systems: the shown rule, its sources, one framework at a time."""

from __future__ import annotations

import pytest
from egovkg.graph.names import EGOV, GRAPH_INFERRED, GRAPH_REGISTER, RDF_TYPE
from egovkg.graph.network.cache import project
from egovkg.graph.network.expectations import expected_network
from egovkg.graph.network.network import (
    Network,
)
from egovkg.graph.store import OxigraphStore


class TestExpectations:
    @staticmethod
    def store(**sourcing: str) -> OxigraphStore:
        """Two provinces with a document system each; one exchange axis is national, one of a province."""
        base, unit = "https://w3id.org/egovkg/id/", "https://w3id.org/egovkg/id/unit/"
        lines = [
            *(f"<{unit}{p}> <{RDF_TYPE}> <{EGOV}Province> <{GRAPH_REGISTER}> ." for p in "ab"),
            *(
                f"<{base}system/{s}> <{RDF_TYPE}> <{EGOV}{kind}> <{GRAPH_REGISTER}> ."
                for s, kind in (("qa", "DocumentManagementSystem"), ("qb", "DocumentManagementSystem"))
            ),
            *(
                f"<{base}system/{s}> <{RDF_TYPE}> <{EGOV}DocumentExchangeAxis> <{GRAPH_REGISTER}> ."
                for s in ("axis", "own")
            ),
            *(
                f"<{base}system/{s}> <{EGOV}ofTerritory> <{unit}{p}> <{GRAPH_REGISTER}> ."
                for s, p in (("qa", "a"), ("qb", "b"), ("own", "b"))
            ),
        ]
        component = f"<{RDF_TYPE}> <{EGOV}TechnicalComponent> <{GRAPH_INFERRED}>"
        lines += [f"<{base}system/{s}> {component} ." for s in ("qa", "qb", "axis", "own")]
        reference = "https://w3id.org/egovkg/graph/reference/x"
        for key, (kind, layer) in {
            "q": ("DocumentManagementSystem", "applications"),
            "n": ("DocumentExchangeAxis", sourcing.get("layer", "external")),
        }.items():
            lines += [
                f"<urn:{key}> <{EGOV}realisedBy> <{EGOV}{kind}> <{reference}> .",
                f"<urn:{key}> <{EGOV}inLayer> <https://w3id.org/egovkg/code/{layer}> <{reference}> .",
            ]
        how = sourcing.get("how", "confirmed")
        lines += [
            f"<urn:e> <{EGOV}dependent> <urn:q> <{reference}> .",
            f"<urn:e> <{EGOV}provider> <urn:n> <{reference}> .",
            f"<urn:e> <{EGOV}sourcing> <https://w3id.org/egovkg/code/{how}> <{reference}> .",
        ]
        made = OxigraphStore.in_memory()
        made.load("".join(f"{line}\n" for line in lines).encode())
        return made

    @staticmethod
    def pairs(network: Network) -> set[tuple[str, str]]:
        return {(edge[0].rpartition("/")[2], edge[2].rpartition("/")[2]) for edge in network.edges()}

    def test_same_territory_or_national_where_it_lies_outside(self) -> None:
        found = self.pairs(expected_network(self.store()))
        assert found == {("qa", "axis"), ("qb", "axis"), ("qb", "own")}

    def test_what_lies_inside_is_of_the_same_territory(self) -> None:
        assert self.pairs(expected_network(self.store(layer="platform"))) == {("qb", "own")}

    @pytest.mark.parametrize(
        ("frameworks", "asked", "edges"),
        [
            (("framework-2-0", "mine"), None, {("qa", "axis"), ("qb", "axis"), ("qb", "own")}),
            (("framework-2-0", "mine"), "mine", {("own", "qb")}),
            (("framework-4-0", "mine"), None, {("qa", "axis"), ("qb", "axis"), ("qb", "own")}),
        ],
    )
    def test_a_second_framework_is_not_mixed_in(
        self, frameworks: tuple[str, str], asked: str | None, edges: set[tuple[str, str]]
    ) -> None:
        """Issue 14, case A17: the second framework expects the same the other way round."""
        base, graph = "https://w3id.org/egovkg/id/architecture/", "https://w3id.org/egovkg/graph/reference/y"
        lines = [
            f"<urn:e> <{EGOV}expectationOf> <{base}{frameworks[0]}> <{graph}> .",
            f"<urn:f> <{EGOV}expectationOf> <{base}{frameworks[1]}> <{graph}> .",
            f"<urn:f> <{EGOV}dependent> <urn:n> <{graph}> .",
            f"<urn:f> <{EGOV}provider> <urn:q> <{graph}> .",
            f"<urn:f> <{EGOV}sourcing> <https://w3id.org/egovkg/code/confirmed> <{graph}> .",
            f"<urn:q> <{EGOV}inLayer> <https://w3id.org/egovkg/code/external> <{graph}> .",
        ]
        store = self.store()
        store.load("".join(f"{line}\n" for line in lines).encode())
        network = expected_network(store, framework=f"{base}{asked}" if asked else None)
        assert edges <= self.pairs(network)
        reversed_edges = {(provider, dependent) for dependent, provider in self.pairs(network)}
        assert not reversed_edges & self.pairs(network)

    def test_what_has_no_source_counts_on_request(self) -> None:
        store = self.store(how="recalled")
        assert self.pairs(expected_network(store)) == set()
        assert self.pairs(expected_network(store, unverified=True)) == {
            ("qa", "axis"),
            ("qb", "axis"),
            ("qb", "own"),
        }

    def test_expected_edges_are_never_stated(self) -> None:
        store = self.store()
        assert project(store).edge_count == 0
        assert {edge[3] for edge in project(store, "sourced").edges()} == {"reference"}
