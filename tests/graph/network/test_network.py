"""The network and its analysis on arrays: equal to SPARQL and networkx, on random graphs and the corpus."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from egovkg.graph.names import EGOV, GRAPH_EDGES, GRAPH_INFERRED, with_prefixes
from egovkg.graph.network import cache as network_cache
from egovkg.graph.network.cache import network_of
from egovkg.graph.network.centrality import betweenness, page_rank
from egovkg.graph.network.cuts import articulation_points, pieces_without
from egovkg.graph.network.expectations import RULE, expected_network
from egovkg.graph.network.network import (
    DIRECTION,
    EdgeKey,
    Network,
    join,
    relations,
    stated_network,
    stated_network_of_record,
)
from egovkg.graph.network.reachability import loop, reach, simple_paths
from egovkg.graph.publish import Version
from egovkg.graph.rules import Closure
from egovkg.graph.store import OxigraphStore
from egovkg.ontology.vocabulary import load_vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

# The rule of expected dependencies for any SPARQL engine: quadratic in the systems of a component.
RULE_SPARQL = """
CONSTRUCT { ?system egov:dependsOn ?other } {
  ?expectation egov:dependent ?needing ; egov:provider ?needed ; egov:sourcing/egov:isSourced ?sourced .
  FILTER(?sourced)
  FILTER NOT EXISTS { ?expectation a egov:Duty }
  ?system a egov:TechnicalComponent ; (a/^egov:realisedBy)|egov:implementsComponent ?needing .
  ?other a egov:TechnicalComponent ; (a/^egov:realisedBy)|egov:implementsComponent ?needed .
  FILTER(?system != ?other)
  OPTIONAL { ?needed egov:inLayer/egov:layerRole ?layer }
  OPTIONAL { ?needing egov:inLayer/egov:layerRole ?own }
  OPTIONAL { ?system egov:ofTerritory|egov:serves ?at .
             ?at a ?kind . VALUES ?kind { egov:Province egov:District egov:Commune } }
  OPTIONAL { ?system egov:ofTerritory|egov:serves ?place . ?other egov:ofTerritory|egov:serves ?place .
             ?place a ?local . VALUES ?local { egov:Province egov:District egov:Commune } }
  OPTIONAL { ?other egov:ofTerritory|egov:serves ?home .
             ?home a ?near . VALUES ?near { egov:Province egov:District egov:Commune } }
  FILTER(BOUND(?place) || (?layer = "outside" && !BOUND(?home) && (BOUND(?at) || ?own = "outside")))
}"""

NODES = 9
PAIRS = st.sets(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda pair: pair[0] != pair[1]),
    max_size=22,
)
quick = settings(max_examples=120, deadline=None)


def name(number: int) -> str:
    return f"https://w3id.org/egovkg/id/system/s-{number}"


def network_from(pairs: set[tuple[int, int]]) -> Network:
    edges: list[EdgeKey] = [(name(one), "connectsTo", name(other), "stated") for one, other in pairs]
    return Network.from_edges(edges, nodes=map(name, range(NODES)))


def digraph(pairs: set[tuple[int, int]]) -> nx.DiGraph[int]:
    made: nx.DiGraph[int] = nx.DiGraph()
    made.add_nodes_from(range(NODES))
    made.add_edges_from(pairs)
    return made


def store_of(pairs: set[tuple[int, int]]) -> OxigraphStore:
    """Edges of several relations, with what the rules infer from them."""
    names = relations()
    triples = [
        (name(one), EGOV + names[(one * 3 + other) % len(names)], name(other)) for one, other in sorted(pairs)
    ]
    lines = [f"<{s}> <{p}> <{o}> <{GRAPH_EDGES}> ." for s, p, o in triples]
    inferred = Closure.of(load_vocabulary()).infer(triples)
    lines += [f"<{s}> <{p}> <{o}> <{GRAPH_INFERRED}> ." for s, p, o in inferred]
    store = OxigraphStore.in_memory()
    store.load("".join(f"{line}\n" for line in lines).encode())
    return store


def by_sparql(store: OxigraphStore, address: str, path: str) -> set[str]:
    rows = store.select(with_prefixes(f"SELECT DISTINCT ?x {{ {path.format(f'<{address}>')} }}")).rows
    return {getattr(row[0], "value", "") for row in rows}


def reached(network: Network, address: str, *, upstream: bool = False) -> set[str]:
    node = network.node(address)
    found = reach(network, [] if node is None else [node], upstream=upstream)
    return {network.name(each) for each in found.nodes.tolist()}


class TestReach:
    @quick
    @given(PAIRS)
    def test_equals_the_property_path_both_ways(self, pairs: set[tuple[int, int]]) -> None:
        store = store_of(pairs)
        network = stated_network(store)
        for number in range(NODES):
            own = {name(number)}
            down = by_sparql(store, name(number), "?x egov:directlyDependsOn+ {}")
            up = by_sparql(store, name(number), "{} egov:directlyDependsOn+ ?x")
            assert reached(network, name(number)) == down - own
            assert reached(network, name(number), upstream=True) == up - own

    @quick
    @given(PAIRS, st.sets(st.integers(0, NODES - 1), min_size=1, max_size=3), st.booleans())
    def test_hops_and_paths_are_shortest(
        self, pairs: set[tuple[int, int]], failed: set[int], upstream: bool
    ) -> None:
        network, graph = network_from(pairs), digraph(pairs)
        graph = graph if upstream else graph.reverse()
        far = nx.multi_source_dijkstra_path_length(graph, failed)
        found = reach(network, sorted(failed), upstream=upstream)
        hops = dict(zip(found.nodes.tolist(), found.hops.tolist(), strict=True))
        assert hops == {node: length for node, length in far.items() if node not in failed}
        assert list(hops.values()) == sorted(hops.values())
        for node, length in hops.items():
            path = found.path(node)
            assert path[0] in failed
            assert path[-1] == node
            assert len(path) == length + 1
            assert nx.is_path(graph, path)

    @quick
    @given(PAIRS, st.integers(0, NODES - 1), st.integers(1, NODES - 1), st.integers(0, NODES - 1))
    def test_an_edge_more_never_shortens_the_list(
        self, pairs: set[tuple[int, int]], one: int, step: int, start: int
    ) -> None:
        more = pairs | {(one, (one + step) % NODES)}
        for upstream in (False, True):
            before = reach(network_from(pairs), [start], upstream=upstream).nodes.tolist()
            after = reach(network_from(more), [start], upstream=upstream).nodes.tolist()
            assert set(before) <= set(after)

    @quick
    @given(PAIRS, st.integers(0, NODES - 1))
    def test_loop_is_a_shortest_one(self, pairs: set[tuple[int, int]], node: int) -> None:
        graph, found = digraph(pairs), loop(network_from(pairs), node)
        lengths = [
            nx.shortest_path_length(graph, each, node) + 1
            for each in graph.successors(node)
            if nx.has_path(graph, each, node)
        ]
        if lengths:
            assert found[0] == found[-1] == node
            assert len(found) - 1 == min(lengths)
            assert nx.is_path(graph, list(found))
        else:
            assert found == ()

    def test_nothing_fails(self) -> None:
        assert len(reach(network_from({(0, 1)}), []).nodes) == 0


class TestPaths:
    @quick
    @given(PAIRS, st.integers(0, NODES - 1), st.integers(0, NODES - 1))
    def test_are_all_simple_paths_shortest_first(
        self, pairs: set[tuple[int, int]], one: int, other: int
    ) -> None:
        found = simple_paths(network_from(pairs), one, other, max_paths=10_000, max_edges=NODES)
        want = set() if one == other else set(map(tuple, nx.all_simple_paths(digraph(pairs), one, other)))
        assert set(found.paths) == want
        assert len(found.paths) == len(want)
        assert [len(path) for path in found.paths] == sorted(len(path) for path in found.paths)
        assert found.bound == ""

    @quick
    @given(PAIRS, st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.integers(1, 4), st.integers(1, 5))
    def test_a_bound_that_was_hit_is_told(
        self, pairs: set[tuple[int, int]], one: int, other: int, most: int, longest: int
    ) -> None:
        network = network_from(pairs)
        every = simple_paths(network, one, other, max_paths=10_000, max_edges=NODES).paths
        found = simple_paths(network, one, other, max_paths=most, max_edges=longest)
        assert list(found.paths) == list(every[: len(found.paths)])
        if len(found.paths) < len(every):
            assert found.bound
        if not found.bound:
            assert found.paths == every

    def test_work_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("egovkg.graph.network.reachability.MAX_STEPS", 50)
        pairs = {(a, b) for a in range(NODES) for b in range(NODES) if a != b}
        assert simple_paths(network_from(pairs), 0, 1, max_paths=10_000, max_edges=NODES).bound == "work"


class TestCuts:
    @quick
    @given(PAIRS)
    def test_articulation_points_are_those_of_networkx(self, pairs: set[tuple[int, int]]) -> None:
        want = sorted(nx.articulation_points(digraph(pairs).to_undirected()))
        assert articulation_points(network_from(pairs)).tolist() == want

    @quick
    @given(PAIRS)
    def test_removal_disconnects_the_pieces(self, pairs: set[tuple[int, int]]) -> None:
        network = Network.from_edges([(f"urn:{a}", "connectsTo", f"urn:{b}", "stated") for a, b in pairs])
        flat = nx.Graph((edge[0], edge[2]) for edge in network.edges())
        whole = {node: nx.node_connected_component(flat, node) for node in flat}
        for node in range(len(network)):
            name = network.name(node)
            left = flat.subgraph(set(flat) - {name})
            pieces = [{network.name(each) for each in piece} for piece in pieces_without(network, node)]
            for piece in pieces:
                assert piece < whole[name] - {name}
                assert nx.node_connected_component(left, min(piece)) == piece
            rest = whole[name] - {name} - set().union(*pieces)
            assert not rest or nx.is_connected(left.subgraph(rest))
            assert bool(pieces) == (name in set(nx.articulation_points(flat)))

    def test_an_empty_network_has_none(self) -> None:
        assert articulation_points(Network.from_edges(())).tolist() == []


class TestCentrality:
    @quick
    @given(PAIRS, st.sets(st.integers(0, NODES - 1), min_size=1))
    def test_betweenness_is_that_of_networkx(self, pairs: set[tuple[int, int]], sources: set[int]) -> None:
        graph = digraph(pairs)
        want = nx.betweenness_centrality_subset(graph, sorted(sources), list(graph))
        found = betweenness(network_from(pairs), sorted(sources))
        assert found.tolist() == pytest.approx([want[node] for node in range(NODES)], abs=1e-9)

    def test_betweenness_is_the_same_in_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rng = np.random.default_rng(5)
        pairs = {(int(a), int(b)) for a, b in rng.integers(0, NODES, (30, 2)) if a != b}
        whole = betweenness(network_from(pairs))
        monkeypatch.setattr("egovkg.graph.network.centrality._CELLS", 1)
        assert betweenness(network_from(pairs)).tolist() == pytest.approx(whole.tolist(), abs=1e-12)

    @quick
    @given(PAIRS)
    def test_page_rank_is_that_of_networkx(self, pairs: set[tuple[int, int]]) -> None:
        want = nx.pagerank(digraph(pairs), tol=1e-12, max_iter=1000)
        found = page_rank(network_from(pairs))
        assert found.tolist() == pytest.approx([want[node] for node in range(NODES)], abs=1e-9)
        assert found.sum() == pytest.approx(1)


class TestNetwork:
    def test_relations_are_those_under_direct_dependency(self) -> None:
        assert {"hostedOn", "connectsTo", "integratesWith", "securedBy", "usesNetwork"} <= set(relations())
        assert not {"partOfSystem", "dependsOn", "serves"} & set(relations())

    def test_self_loops_and_repetitions_are_left_out(self) -> None:
        edge: EdgeKey = ("urn:a", "connectsTo", "urn:b", "stated")
        network = Network.from_edges([edge, edge, ("urn:a", "connectsTo", "urn:a", "stated")])
        assert network.edges() == [edge]

    @quick
    @given(PAIRS)
    def test_network_and_columns_agree(self, pairs: set[tuple[int, int]]) -> None:
        network = stated_network(store_of(pairs))
        assert {(edge[0], edge[2]) for edge in network.edges()} == {(name(a), name(b)) for a, b in pairs}
        assert network.edges() == Network.from_edges(network.edges()).edges()

    @quick
    @given(PAIRS, PAIRS)
    def test_join_keeps_bases_apart(self, ours: set[tuple[int, int]], theirs: set[tuple[int, int]]) -> None:
        one = Network.from_edges([(name(a), "connectsTo", name(b), "stated") for a, b in ours])
        other = Network.from_edges([(name(a), "expects", name(b), "reference") for a, b in theirs])
        both = join(one, other)
        assert sorted(both.edges()) == sorted(one.edges() + other.edges())
        assert both.with_basis("stated").edges() == one.edges()
        assert sorted(both.with_basis("reference").edges()) == sorted(other.edges())
        assert both.with_basis("both") is both

    def test_unknown_basis(self) -> None:
        with pytest.raises(ValueError, match="no basis"):
            network_from(set()).with_basis("guessed")

    def test_direction_is_told_in_both_languages(self) -> None:
        assert all("→" in DIRECTION.text(lang) for lang in ("vi", "en"))
        assert all(RULE.text(lang) for lang in ("vi", "en"))

    def test_goes_to_networkx(self) -> None:
        graph = network_from({(0, 1)}).graph()
        assert graph.number_of_nodes() == NODES
        assert [data["relation"] for _, _, data in graph.edges(data=True)] == ["connectsTo"]


class TestCorpus:
    def test_every_system_has_the_impact_that_sparql_gives(self, version: Version) -> None:
        store = version.open()
        whole = network_of(version, store)
        rows = store.select(with_prefixes("SELECT DISTINCT ?x { ?x a egov:TechnicalComponent }")).rows
        systems = [getattr(row[0], "value", "") for row in rows]
        assert len(systems) > 50
        for system in systems:
            down = by_sparql(store, system, "?x egov:directlyDependsOn+ {}")
            up = by_sparql(store, system, "{} egov:directlyDependsOn+ ?x")
            assert reached(whole, system) == down - {system}
            assert reached(whole, system, upstream=True) == up - {system}

    @pytest.mark.parametrize("unverified", [False, True])
    def test_expected_edges_are_those_of_the_shown_rule(self, version: Version, unverified: bool) -> None:
        store = version.open()
        rule = RULE_SPARQL.replace("FILTER(?sourced)", "") if unverified else RULE_SPARQL
        triples = store.construct(with_prefixes(rule))
        want = {(getattr(t.subject, "value", ""), getattr(t.object, "value", "")) for t in triples}
        found = expected_network(store, unverified=unverified).edges()
        assert {(edge[0], edge[2]) for edge in found} == want
        assert want

    def test_expected_impact_is_that_of_the_rule_by_sparql(self, version: Version) -> None:
        store = version.open()
        rule = with_prefixes(RULE_SPARQL.replace("FILTER(?sourced)", ""))
        oracle = OxigraphStore.in_memory()
        lines = (f"{triple} <urn:expected> .\n" for triple in store.construct(rule))
        oracle.load("".join(lines).encode())
        whole = network_of(version, store, "all")
        for system in {end for edge in whole.edges() for end in (edge[0], edge[2])}:
            down = by_sparql(oracle, system, "?x egov:dependsOn+ {}")
            assert reached(whole, system) == down - {system}

    def test_the_record_and_the_store_give_the_same(self, version: Version) -> None:
        record = (version.folder / network_cache.RECORD).read_bytes()
        found = stated_network_of_record(record)
        assert found
        assert found.edges() == stated_network(version.open()).edges()
        assert stated_network_of_record(record + b"<urn:\\u0041> <urn:p> <urn:b> <urn:g> .\n") is None

    def test_parts(self, version: Version) -> None:
        with pytest.raises(ValueError, match="no part"):
            network_of(version, None, "guessed")
        assert network_of(version, None, "all").edge_count >= network_of(version, None, "sourced").edge_count
