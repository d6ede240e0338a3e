"""Dependency analysis compared with other libraries in the same run.

    python benchmarks/analysis.py       also part of `make bench`; about a minute

Networks are synthetic: a scale-free network with a few backward edges, and a country of some 54 000 systems
in about a million triples, generated from a fixed seed. Times are process times, the lowest of several runs.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import numpy as np
import rustworkx as rx
from egovkg.graph.names import (
    EGOV,
    GRAPH_EDGES,
    GRAPH_INFERRED,
    GRAPH_REGISTER,
    ID,
    RDF_TYPE,
    RDFS,
    with_prefixes,
)
from egovkg.graph.network.cache import FOLDER, RECORD, _memory_slot, network_of
from egovkg.graph.network.centrality import betweenness
from egovkg.graph.network.cuts import articulation_points
from egovkg.graph.network.failure_points import failure_points, ranked_by_bound
from egovkg.graph.network.needs import needs_of
from egovkg.graph.network.network import Network
from egovkg.graph.network.propagation import propagate
from egovkg.graph.network.reachability import reach
from egovkg.graph.publish import Version
from egovkg.graph.store import OxigraphStore
from egovkg.queries.dependencies.single_points import MAX_RANKED

SEED = 7
SOURCES = 100
COUNTRY = 1_000_000  # triples


class Row(NamedTuple):
    """One row of the table."""

    label: str
    ours: str
    peer: str
    ratio: str
    goal: str


def cpu(work: Callable[[], object], times: int = 3) -> float:
    """Return the lowest process time of several calls, in seconds."""
    centralities = []
    for _ in range(times):
        start = time.process_time()
        work()
        centralities.append(time.process_time() - start)
    return min(centralities)


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def row(label: str, ours: float, peer: float, name: str, goal: str) -> Row:
    return Row(label, ms(ours), f"{name} {ms(peer)}", f"{peer / ours:.1f}x", goal)


def scale_free(edges: int, nodes: int) -> Network:
    """Generate a network whose nodes depend on older ones; half a percent of the edges point back."""
    rng = np.random.default_rng(SEED)
    tail = rng.integers(1, nodes, edges)
    head = (tail * rng.random(edges) ** 3).astype(np.int64)
    back = rng.random(edges) < 0.005
    tail_node, head_node = np.where(back, head, tail), np.where(back, tail, head)
    is_edge = tail_node != head_node
    names = np.array([b"urn:%08d" % number for number in range(nodes)])
    none = np.zeros(int(is_edge.sum()), dtype=np.uint8)
    ends = (tail_node[is_edge].astype(np.int32), head_node[is_edge].astype(np.int32))
    return Network(names, *ends, none, none, ("connectsTo",))


def pairs(network: Network) -> list[tuple[int, int]]:
    return list(zip(network.dependents.tolist(), network.providers.tolist(), strict=True))


def as_networkx(network: Network) -> nx.DiGraph[int]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(network)))
    graph.add_edges_from(pairs(network))
    return graph


def as_rustworkx(edges: list[tuple[int, int]], nodes: int) -> rx.PyDiGraph[int | None, int | None]:
    graph: rx.PyDiGraph[int | None, int | None] = rx.PyDiGraph()
    graph.add_nodes_from(range(nodes))
    graph.extend_from_edge_list(edges)
    return graph


def large_graph() -> list[Row]:
    """Measure impact, articulation points and single points of failure on a million edges."""
    network = scale_free(1_000_000, 400_000)
    edges = set(
        reach(network, [0]).nodes.tolist()
    )  # makes the matrix, as the first question of a session does
    ours = cpu(lambda: reach(network, [0]), 5)
    peer = as_rustworkx([(provider, dependent) for dependent, provider in pairs(network)], len(network))
    assert edges == rx.descendants(peer, 0)
    beside = cpu(lambda: rx.descendants(peer, 0), 1)
    slow = by_networkx(network)
    return [
        row("impact of one node, 1 M edges", ours, beside, "rustworkx", "≤ 30 ms"),
        row("… and beside networkx", ours, slow, "networkx", "≤ 30 ms"),
        *cuts(network, peer),
    ]


def by_networkx(network: Network) -> float:
    graph = as_networkx(network)
    return cpu(lambda: nx.ancestors(graph, 0), 1)


def cuts(network: Network, peer: rx.PyDiGraph[int | None, int | None]) -> list[Row]:
    """Measure articulation points, which must equal those of rustworkx, and single points of failure."""
    flat = peer.to_undirected()
    assert set(articulation_points(network).tolist()) == rx.articulation_points(flat)
    points = cpu(lambda: articulation_points(network), 2)
    beside = cpu(lambda: rx.articulation_points(flat), 1)
    return [
        row("articulation points, 1 M edges", points, beside, "rustworkx", ""),
        *failures(with_classes(network), peer),
    ]


def with_classes(network: Network) -> Network:
    """Give each node one of thirty classes, so that about one need in ten has alternatives."""
    numbers = np.random.default_rng(SEED).integers(0, 30, len(network))
    return replace(network, classes=np.array([b"Class%d" % number for number in range(30)])[numbers])


def failures(network: Network, peer: rx.PyDiGraph[int | None, int | None]) -> list[Row]:
    """Measure the impact of one node, and single points of failure with alternatives."""

    def points() -> list[int]:
        needs_of.cache_clear()
        ranked = ranked_by_bound(network, failure_points(network))[:MAX_RANKED]
        return [len(propagate(network, [node]).nodes) for node in ranked.tolist()]

    first = cpu(points, 2)
    peers = cpu(lambda: rx.descendants(peer, 0), 1)
    busiest = int(ranked_by_bound(network, failure_points(network))[0])
    assert len(propagate(network, [busiest]).nodes)
    once = cpu(lambda: propagate(network, [busiest]), 5)
    return [
        row(
            "impact of one node by needs and alternatives, 1 M edges",
            once,
            peers,
            "rustworkx reach",
            "≤ 30 ms",
        ),
        row(
            f"single points, 1 M edges: all found, {MAX_RANKED} with what fails",
            first,
            peers * MAX_RANKED,
            "rustworkx reach",
            "≤ 1.5 s",
        ),
    ]


def centrality() -> list[Row]:
    """Measure betweenness from sampled sources, which must equal that of networkx."""
    network = scale_free(100_000, 40_000)
    rng = np.random.default_rng(SEED)
    sources = rng.choice(len(network), SOURCES, replace=False).tolist()
    betweenness(network, sources)
    ours = cpu(lambda: betweenness(network, sources), 5)
    graph = as_networkx(network)
    start = time.process_time()
    want = nx.betweenness_centrality_subset(graph, sources, list(graph))
    peer = time.process_time() - start
    centralities = betweenness(network, sources)
    gap = max(abs(want[node] - centralities[node]) / max(1.0, want[node]) for node in graph)
    assert gap < 1e-9
    label = f"betweenness, {SOURCES} sources, 100 k edges (differs by {gap:.0e})"
    return [row(label, ours, peer, "networkx", "≤ 50 ms")]


def country() -> Iterator[str]:
    """Generate quads: provinces with platform and centre, districts and communes, each with its systems."""
    rng = random.Random(SEED)
    count = 0
    hub = f"{ID}system/ngsp"
    yield f"<{hub}> <{RDF_TYPE}> <{EGOV}IntegrationPlatform> <{GRAPH_REGISTER}> .\n"
    province = 0
    while count < COUNTRY:
        platform, centre = (f"{ID}system/p{province}-{key}" for key in ("lgsp", "dc"))
        lines = [*edge(platform, "connectsTo", hub)]
        size = rng.randint(6, 13) + sum(
            rng.randint(5, 8) + sum(rng.randint(2, 5) for _ in range(rng.randint(8, 16)))
            for _ in range(rng.randint(7, 12))
        )
        systems = [f"{ID}system/p{province}-s{number}" for number in range(size)]
        for number, system in enumerate(systems):
            lines += described(system, f"Hệ thống {number} của tỉnh mẫu {province}", rng)
            if rng.random() < 0.85:
                lines += edge(system, "hostedOn", centre)
            if rng.random() < 0.8:
                lines += edge(system, "connectsTo", platform)
            for provider in rng.sample(systems, rng.randint(0, 2)):
                lines += edge(system, rng.choice(("connectsTo", "integratesWith", "usesDataOf")), provider)
        count += len(lines)
        province += 1
        yield from lines


def described(system: str, label: str, rng: random.Random) -> list[str]:
    node = f"<{system}>"
    end = f"<{GRAPH_REGISTER}> .\n"
    facts = [f'{node} <{EGOV}note> "ghi chú {rng.randrange(10**6)}" {end}' for _ in range(8)]
    return [
        f"{node} <{RDF_TYPE}> <{EGOV}InformationSystem> {end}",
        f'{node} <{RDFS}label> "{label}"@vi {end}',
        f'{node} <{EGOV}curie> "{system.rpartition("/")[2]}" {end}',
        *facts,
    ]


def edge(dependent: str, relation: str, provider: str) -> tuple[str, ...]:
    if dependent == provider:
        return ()
    return (
        f"<{dependent}> <{EGOV}{relation}> <{provider}> <{GRAPH_EDGES}> .\n",
        f"<{dependent}> <{EGOV}directlyDependsOn> <{provider}> <{GRAPH_INFERRED}> .\n",
    )


def national() -> list[Row]:
    """Measure the impact of the national platform in a million triples: cold, from cache, by SPARQL."""
    hub = f"{ID}system/ngsp"
    with tempfile.TemporaryDirectory() as folder:
        version = Version(Path(folder) / "version")
        version.folder.mkdir()
        quads = list(country())
        store = OxigraphStore.create(version.folder / "store")
        store.load("".join(quads).encode())
        del store
        record = "".join(line for line in quads if line.endswith(f"<{GRAPH_EDGES}> .\n"))
        (version.folder / RECORD).write_text(record, encoding="utf-8")  # as a build publishes it
        del quads, record

        def cold() -> int:
            _memory_slot.cache_clear()
            shutil.rmtree(version.folder / FOLDER, ignore_errors=True)
            network = network_of(version)
            node = network.node(hub)
            assert node is not None
            return len(reach(network, [node]).nodes)

        def read_again() -> int:
            _memory_slot.cache_clear()
            network = network_of(version)
            return len(reach(network, [network.node(hub) or 0]).nodes)

        network = network_of(version)
        node = network.node(hub)
        assert node is not None
        warm = cpu(lambda: reach(network, [node or 0]), 5)
        first = cpu(cold, 2)
        read = cpu(read_again, 2)
        query = with_prefixes(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x egov:directlyDependsOn+ <{hub}> }}")
        in_memory = copied(version)
        by_path = cpu(lambda: in_memory.select(query), 2)
        answer = getattr(in_memory.select(query).rows[0][0], "value", "")
        assert int(answer) == cold()
        triples = len(in_memory)
    label = f"national impact, {triples:,} triples, {network.edge_count:,} edges, {int(answer):,} affected"
    return [
        row(f"{label}: warm", warm, by_path, "SPARQL path", "≤ 5 ms"),
        row("… in a new process, arrays read from the file", read, by_path, "SPARQL path", ""),
        row("… cold: projected, arrays written", first, by_path, "SPARQL path", "≤ 400 ms"),
    ]


def copied(version: Version) -> OxigraphStore:
    """Load a store into memory, where path queries are several times faster than on disk."""
    memory = OxigraphStore.in_memory()
    memory.engine.bulk_extend(version.open().engine)
    return memory


def rows() -> list[Row]:
    """Run all measurements."""
    return [*national(), *large_graph(), *centrality()]


if __name__ == "__main__":
    print("| what | egovkg | peer | ratio | goal |\n|---|---|---|---|---|")
    for result in rows():
        print(f"| {' | '.join(result)} |")
