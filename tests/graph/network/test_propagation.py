"""Propagation of failures: needs are AND, providers of one class in one relation are alternatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from egovkg.graph.network.kinship import wholes_by_part
from egovkg.graph.network.network import EdgeKey, Network
from egovkg.graph.network.propagation import propagate
from egovkg.graph.network.reachability import reach
from hypothesis import given, settings
from hypothesis import strategies as st

NODES = 7
RELATIONS = ("hostedOn", "usesNetwork")
NODE = st.integers(0, NODES - 1)
EDGES = st.sets(
    st.tuples(NODE, st.sampled_from(RELATIONS), NODE).filter(lambda edge: edge[0] != edge[2]), max_size=16
)
CLASSES = st.lists(st.sampled_from(["", "DataCentre", "Network"]), min_size=NODES, max_size=NODES)
PARTS = st.sets(st.tuples(NODE, NODE).filter(lambda pair: pair[0] != pair[1]), max_size=3)
FAILED = st.sets(NODE, max_size=2)
quick = settings(max_examples=150, deadline=None)

NumberedEdges = set[tuple[int, str, int]]
NumberedPairs = set[tuple[int, int]]


def network_from(
    edges: NumberedEdges, classes: Iterable[str] = (), parts: NumberedPairs | None = None
) -> Network:
    stated: list[EdgeKey] = [(f"urn:{a}", relation, f"urn:{b}", "stated") for a, relation, b in edges]
    network = Network.from_edges(stated, nodes=(f"urn:{node}" for node in range(NODES)))
    class_by_iri = {f"urn:{node}": name for node, name in enumerate(classes)}
    wholes = wholes_by_part(((f"urn:{part}", f"urn:{whole}") for part, whole in parts or ()), ())
    return network.described(class_by_iri, wholes)


def naive(edges: NumberedEdges, classes: list[str], parts: NumberedPairs, failed: set[int]) -> set[int]:
    """The rule word for word: repeat over all needs until nothing changes."""
    needs: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for dependent, relation, provider in edges:
        needs[dependent, relation, classes[provider] or f"only {provider}"].add(provider)
    fallen = set(failed)
    while True:
        lost = set(fallen)
        while more := {part for part, whole in parts if whole in lost} - lost:
            lost |= more
        stopped = {need[0] for need, providers in needs.items() if providers & fallen and providers <= lost}
        if stopped <= fallen:
            return fallen - failed
        fallen |= stopped


class TestPropagation:
    @settings(max_examples=300, deadline=None)
    @given(EDGES, CLASSES, PARTS, FAILED)
    def test_equals_the_naive_fixpoint(
        self, edges: NumberedEdges, classes: list[str], parts: NumberedPairs, failed: set[int]
    ) -> None:
        failure = propagate(network_from(edges, classes, parts), sorted(failed))
        assert set(failure.nodes.tolist()) == naive(edges, classes, parts, failed)
        assert len(failure.nodes) == len(set(failure.nodes.tolist()))

    @quick
    @given(EDGES, FAILED)
    def test_without_alternatives_it_is_reachability(self, edges: NumberedEdges, failed: set[int]) -> None:
        network = network_from(edges)
        failure, reached = propagate(network, sorted(failed)), reach(network, sorted(failed))
        assert failure.nodes.tolist() == reached.nodes.tolist()
        assert failure.hops.tolist() == reached.hops.tolist()
        assert failure.bridges == ()

    @quick
    @given(EDGES, CLASSES, PARTS, FAILED)
    def test_paths_lead_along_edges_of_what_fails(
        self, edges: NumberedEdges, classes: list[str], parts: NumberedPairs, failed: set[int]
    ) -> None:
        failure = propagate(network_from(edges, classes, parts), sorted(failed))
        fallen = {*failed, *failure.nodes.tolist()}
        pairs = {(provider, dependent) for dependent, _, provider in edges}
        assert failure.hops.tolist() == sorted(failure.hops.tolist())
        for node, hops in zip(failure.nodes.tolist(), failure.hops.tolist(), strict=True):
            path = failure.path(node)
            assert path[0] in failed
            assert len(path) - 1 == hops
            assert set(path) <= fallen
            assert set(pairwise(path)) <= pairs

    @quick
    @given(EDGES, CLASSES, PARTS, FAILED)
    def test_what_is_reached_fails_or_names_its_alternatives(
        self, edges: NumberedEdges, classes: list[str], parts: NumberedPairs, failed: set[int]
    ) -> None:
        failure = propagate(network_from(edges, classes, parts), sorted(failed))
        fallen = {*failed, *failure.nodes.tolist()}
        bridged = {bridge.dependent: bridge for bridge in failure.bridges}
        for dependent, _, provider in edges:
            if provider in fallen and dependent not in fallen:
                assert bridged[dependent].alternatives
        for bridge in failure.bridges:
            assert bridge.dependent not in fallen
            assert set(bridge.lost) <= fallen
            assert not set(bridge.alternatives) & fallen
            assert len({classes[node] for node in (*bridge.lost, *bridge.alternatives)}) == 1

    @quick
    @given(EDGES, CLASSES, PARTS, NODE, st.sampled_from(RELATIONS), NODE)
    def test_a_further_need_never_takes_a_point_away(
        self,
        edges: NumberedEdges,
        classes: list[str],
        parts: NumberedPairs,
        dependent: int,
        relation: str,
        provider: int,
    ) -> None:
        """A need of another relation or class is AND: what failed before fails still."""
        has_need = any(
            (a, kind, classes[b]) == (dependent, relation, classes[provider]) for a, kind, b in edges
        )
        if dependent == provider or has_need:
            return
        wider = edges | {(dependent, relation, provider)}
        for node in range(NODES):
            before = propagate(network_from(edges, classes, parts), [node]).nodes.tolist()
            after = propagate(network_from(wider, classes, parts), [node]).nodes.tolist()
            assert set(before) <= set(after)

    @quick
    @given(EDGES, CLASSES, PARTS)
    def test_more_failures_never_save_a_node(
        self, edges: NumberedEdges, classes: list[str], parts: NumberedPairs
    ) -> None:
        network = network_from(edges, classes, parts)
        for first, second in combinations(range(NODES), 2):
            together = {first, second, *propagate(network, [first, second]).nodes.tolist()}
            assert set(propagate(network, [first]).nodes.tolist()) <= together


class TestNeeds:
    """Single cases of the rule: 0 depends on some of 1, 2 and 3."""

    @pytest.mark.parametrize(
        ("edges", "classes", "failing"),
        [
            ({(0, "hostedOn", 1), (0, "usesNetwork", 2)}, ["", "DataCentre", "Network"], {1: True, 2: True}),
            ({(0, "hostedOn", 1), (0, "usesNetwork", 2)}, ["", "Network", "Network"], {1: True, 2: True}),
            ({(0, "hostedOn", 1), (0, "hostedOn", 2)}, ["", "DataCentre", "Network"], {1: True, 2: True}),
            (
                {(0, "hostedOn", 1), (0, "hostedOn", 2)},
                ["", "DataCentre", "DataCentre"],
                {1: False, 2: False},
            ),
            ({(0, "hostedOn", 1), (0, "hostedOn", 2)}, ["", "", ""], {1: True, 2: True}),
            (
                {(0, "hostedOn", 1), (0, "hostedOn", 2), (0, "usesNetwork", 1)},
                ["", "DataCentre", "DataCentre"],
                {1: True, 2: False},
            ),
        ],
        ids=["two relations", "one class, two relations", "two classes", "alternatives", "unknown", "both"],
    )
    def test_and_or(self, edges: NumberedEdges, classes: list[str], failing: dict[int, bool]) -> None:
        network = network_from(edges, [*classes, *[""] * (NODES - len(classes))])
        for node, fails in failing.items():
            assert (0 in propagate(network, [node]).nodes.tolist()) == fails

    def test_a_part_of_the_failed_is_no_alternative(self) -> None:
        edges: NumberedEdges = {(0, "hostedOn", 1), (0, "hostedOn", 2)}
        classes = ["", *["DataCentre"] * 3, *[""] * 3]
        parts = {(2, 3), (3, 1)}  # 2 is a part of 3, and that of 1
        network = network_from(edges, classes, parts)
        assert propagate(network, [1]).nodes.tolist() == [0]
        (bridge,) = propagate(network, [2]).bridges  # the whole stays when its part fails
        assert (bridge.lost, bridge.alternatives) == ((2,), (1,))

    def test_two_names_of_one_thing_are_no_alternatives(self) -> None:
        edges: list[EdgeKey] = [("urn:0", "hostedOn", f"urn:{node}", "stated") for node in (1, 2)]
        wholes = wholes_by_part((), [("urn:1", "urn:wikidata"), ("urn:2", "urn:wikidata")])
        network = Network.from_edges(edges).described(dict.fromkeys(["urn:1", "urn:2"], "DataCentre"), wholes)
        assert propagate(network, [1]).nodes.tolist() == propagate(network, [2]).nodes.tolist() == [0]

    def test_alternatives_that_fail_together_are_none(self) -> None:
        edges: NumberedEdges = {
            (0, "hostedOn", 1),
            (0, "hostedOn", 2),
            (1, "usesNetwork", 3),
            (2, "usesNetwork", 3),
        }
        network = network_from(edges, ["", "DataCentre", "DataCentre", *[""] * 4])
        assert sorted(propagate(network, [3]).nodes.tolist()) == [0, 1, 2]
        assert propagate(network, [1, 2]).nodes.tolist() == [0]

    def test_no_whole_stands_in_for_another(self) -> None:
        edges: NumberedEdges = {(0, "partOfSystem", 1), (0, "partOfSystem", 2)}
        network = network_from(edges, ["", "DataCentre", "DataCentre", *[""] * 4])
        assert propagate(network, [1]).nodes.tolist() == [0]
