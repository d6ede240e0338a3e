"""The network and its analysis on arrays: equal to SPARQL and networkx, on random graphs and the corpus."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from egovkg.graph.names import EGOV, GRAPH_EDGES, GRAPH_INFERRED, GRAPH_REGISTER, RDF_TYPE, with_prefixes
from egovkg.graph.network import cache as network_cache
from egovkg.graph.network.cache import network_of, project
from egovkg.graph.network.centrality import betweenness, page_rank
from egovkg.graph.network.cuts import articulation_points, pieces_without
from egovkg.graph.network.expectations import RULE, RULE_SPARQL, expected_network
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
from egovkg.graph.publish import Version, published
from egovkg.graph.rules import Closure
from egovkg.graph.store import OxigraphStore
from egovkg.loaders.pipeline.build import build
from egovkg.loaders.pipeline.corpus import shipped_folder
from egovkg.ontology.vocabulary import load_vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("network") / "home"
    build([shipped_folder()], folder)
    return folder


@pytest.fixture(scope="module")
def version(home: Path) -> Version:
    found = published(home)
    assert found
    return found


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


class TestCache:
    @pytest.fixture
    def copy(self, version: Version, tmp_path: Path) -> Version:
        """The version in another place, with nothing kept in this process."""
        shutil.copytree(version.folder, tmp_path / version.name)
        shutil.rmtree(tmp_path / version.name / network_cache.FOLDER, ignore_errors=True)
        return Version(tmp_path / version.name)

    @staticmethod
    def fresh(version: Version) -> list[EdgeKey]:
        network_cache._memory_slot.cache_clear()
        return network_of(version).edges()

    def test_reading_gives_what_was_made(self, copy: Version) -> None:
        made = self.fresh(copy)
        kept = copy.folder / network_cache.FOLDER / "stated.npz"
        assert kept.is_file()
        stamp = kept.stat().st_mtime_ns
        assert self.fresh(copy) == made
        assert kept.stat().st_mtime_ns == stamp

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: b"",
            lambda data: data[: len(data) // 2],
            lambda data: b"no arrays at all",
            lambda data: data[:60] + bytes(200) + data[260:],
        ],
        ids=["empty", "half", "text", "holes"],
    )
    def test_a_damaged_file_is_made_anew(self, copy: Version, spoil: Callable[[bytes], bytes]) -> None:
        made = self.fresh(copy)
        kept = copy.folder / network_cache.FOLDER / "stated.npz"
        kept.write_bytes(spoil(kept.read_bytes()))
        assert self.fresh(copy) == made

    def test_the_arrays_of_another_version_are_not_used(self, copy: Version, tmp_path: Path) -> None:
        made = self.fresh(copy)
        kept = copy.folder / network_cache.FOLDER / "stated.npz"
        other = Network.from_edges([("urn:a", "hostedOn", "urn:b", "stated")])
        network_cache._write(tmp_path / "other", other, "stated")
        assert not (tmp_path / "other").exists()
        (tmp_path / "other").mkdir()
        network_cache._write(tmp_path / "other", other, "stated")
        shutil.copy(tmp_path / "other" / network_cache.FOLDER / "stated.npz", kept)
        assert self.fresh(copy) == made

    def test_another_format_is_not_used(self, copy: Version, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fresh(copy)
        kept = copy.folder / network_cache.FOLDER / "stated.npz"
        before = kept.read_bytes()
        monkeypatch.setattr(network_cache, "FORMAT", network_cache.FORMAT + 1)
        self.fresh(copy)
        assert kept.read_bytes() != before

    def test_a_build_with_other_content_has_other_arrays(self, tmp_path: Path) -> None:
        folder, home = tmp_path / "corpus", tmp_path / "home"
        shutil.copytree(shipped_folder() / "articles", folder / "articles")
        build([folder], home)
        first = published(home)
        assert first
        before = self.fresh(first)
        path = folder / "articles" / "binh-phuoc-2020.kg.md"
        line = "bp:qlvb  connectsTo      nat:truc-van-ban"
        text = path.read_text("utf-8")
        assert line in text
        path.write_text(text.replace(line, "bp:qlvb  usesDataOf      nat:truc-van-ban"), "utf-8")
        build([folder], home)
        second = published(home)
        assert second
        assert second.name != first.name
        after = network_of(second).edges()
        assert {edge[1] for edge in set(after) - set(before)} == {"usesDataOf"}
