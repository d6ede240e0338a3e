"""The dependency network: the relations that let a failure pass, as compressed arrays.

An edge leads from a component to one that it depends on. Relations with two sides have a direction all the
same: who uses the interface or the function of the other depends on it (:data:`DIRECTION`).

Two kinds of edges are never mixed up: *stated* ones, which follow from claims, and *expected* ones, which the
rule of `expectations` derives from a reference architecture. Both bear their basis in the arrays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from ...ontology.vocabulary import load_vocabulary
from ...words import message
from ..names import EGOV, GRAPH_EDGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from ..store import Store

Ints: TypeAlias = "NDArray[np.int32]"
Basis: TypeAlias = Literal["stated", "reference"]
EdgeKey: TypeAlias = tuple[str, str, str, Basis]  # dependent, relation, provider, basis

BASES: tuple[Basis, ...] = ("stated", "reference")
CHOICES = (*BASES, "both")
EXPECTS = "expects"
DIRECTION = message(__package__, "direction")  # what an arrow means, for readers


def relations() -> tuple[str, ...]:
    """Name the relations that make a dependency: those under `directlyDependsOn`, and itself.

    >>> {"hostedOn", "connectsTo"} <= set(relations()), "partOfSystem" in relations()
    (True, False)
    """
    vocabulary = load_vocabulary()
    return tuple(sorted(name for name in vocabulary.properties if vocabulary.is_a(name, "directlyDependsOn")))


@dataclass(frozen=True, eq=False)
class Network:
    """A dependency network; a node is a position in :attr:`names`.

    :param names: addresses of the nodes as UTF-8, sorted
    :param dependents: of each edge, the node that depends
    :param providers: of each edge, the node it depends on; never the same
    :param kinds: of each edge, the position of its relation in :attr:`relations`
    :param bases: of each edge, the position of its basis in :data:`BASES`
    :param relations: names of relations
    """

    names: NDArray[np.bytes_]
    dependents: Ints
    providers: Ints
    kinds: NDArray[np.uint8]
    bases: NDArray[np.uint8]
    relations: tuple[str, ...]

    @classmethod
    def from_edges(cls, edges: Iterable[EdgeKey], nodes: Iterable[str] = ()) -> Network:
        """Make a network of edges; self-loops and repetitions are left out.

        :param nodes: addresses that are to be there without an edge as well

        >>> network = Network.from_edges([("urn:portal", "connectsTo", "urn:lgsp", "stated")])
        >>> len(network), network.name(0)
        (2, 'urn:lgsp')
        """
        kept = sorted({edge for edge in edges if edge[0] != edge[2]})
        addresses = sorted({end for edge in kept for end in (edge[0], edge[2])} | set(nodes), key=str.encode)
        position = {address: index for index, address in enumerate(addresses)}
        used = tuple(sorted({edge[1] for edge in kept}))
        kind = {name: index for index, name in enumerate(used)}
        return cls(
            names=np.array([address.encode() for address in addresses], dtype=np.bytes_),
            dependents=np.array([position[edge[0]] for edge in kept], dtype=np.int32),
            providers=np.array([position[edge[2]] for edge in kept], dtype=np.int32),
            kinds=np.array([kind[edge[1]] for edge in kept], dtype=np.uint8),
            bases=np.array([BASES.index(edge[3]) for edge in kept], dtype=np.uint8),
            relations=used,
        )

    def __len__(self) -> int:
        return len(self.names)

    @property
    def edge_count(self) -> int:
        """How many edges there are; a pair may have several, of different relations."""
        return len(self.dependents)

    def name(self, node: int) -> str:
        """Give the address of a node."""
        address: bytes = self.names[node]
        return address.decode()

    def node(self, address: str) -> int | None:
        """Find a node by its address, in logarithmic time; ``None`` when it is not there."""
        wanted = address.encode()
        at = int(np.searchsorted(self.names, np.bytes_(wanted)))
        return at if at < len(self.names) and self.names[at] == wanted else None

    def edge(self, at: int) -> EdgeKey:
        """Give one edge with the addresses of its ends."""
        return (
            self.name(int(self.dependents[at])),
            self.relations[self.kinds[at]],
            self.name(int(self.providers[at])),
            BASES[self.bases[at]],
        )

    def edges(self) -> list[EdgeKey]:
        """List all edges with the addresses of their ends."""
        return [self.edge(at) for at in range(self.edge_count)]

    def with_basis(self, basis: str) -> Network:
        """Keep the edges of one basis, `stated` or `reference`, or all (`both`); the nodes stay.

        :raises ValueError: if there is no such basis
        """
        if basis not in CHOICES:
            raise ValueError(f'"{basis}" is no basis — choose one of {", ".join(CHOICES)}')
        return self if basis == "both" else self.masked(self.bases == BASES.index(basis))

    def masked(self, mask: NDArray[np.bool_]) -> Network:
        """Keep some edges; the nodes stay."""
        return Network(
            self.names,
            self.dependents[mask],
            self.providers[mask],
            self.kinds[mask],
            self.bases[mask],
            self.relations,
        )

    @cached_property
    def downstream(self) -> csr_matrix:
        """The matrix whose row of a node marks the nodes that depend on it; made once, linear."""
        return _matrix(self.providers, self.dependents, len(self))

    @cached_property
    def upstream(self) -> csr_matrix:
        """The matrix whose row of a node marks the nodes that it depends on; made once, linear."""
        return _matrix(self.dependents, self.providers, len(self))

    @cached_property
    def edges_between(self) -> Mapping[tuple[int, int], tuple[int, ...]]:
        """The edges of each pair of nodes, dependent first; stated ones before expected ones."""
        found: dict[tuple[int, int], list[int]] = {}
        order = np.lexsort((self.kinds, self.bases))
        for at in order.tolist():
            found.setdefault((int(self.dependents[at]), int(self.providers[at])), []).append(at)
        return {pair: tuple(edges) for pair, edges in found.items()}

    def graph(self) -> nx.MultiDiGraph[str]:
        """Give the network to networkx: nodes are addresses, edges bear `relation` and `basis`."""
        import networkx as nx

        made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        made.add_nodes_from(self.name(node) for node in range(len(self)))
        for dependent, relation, provider, basis in self.edges():
            made.add_edge(dependent, provider, key=f"{relation}/{basis}", relation=relation, basis=basis)
        return made


def _matrix(rows: Ints, columns: Ints, size: int) -> csr_matrix:
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    matrix.sort_indices()
    matrix.data[:] = 1.0  # several relations between two nodes are one way
    return matrix


def stated_network(store: Store) -> Network:
    """Project the stated edges that hold: the plain edges of the graph.

    They follow from claims that are asserted, in force and more than a guess.

    :returns: a network without nodes when no dependency is stated

    Cost: one query a relation, about 2 µs an edge.
    """
    names = relations()
    dependents: list[bytes] = []
    providers: list[bytes] = []
    kinds: list[int] = []
    for kind, relation in enumerate(names):
        query = f"SELECT ?a ?b {{ GRAPH <{GRAPH_EDGES}> {{ ?a <{EGOV}{relation}> ?b }} }}"
        rows = store.select(query).rows
        dependents += [getattr(row[0], "value", "").encode() for row in rows]
        providers += [getattr(row[1], "value", "").encode() for row in rows]
        kinds += [kind] * len(rows)
    return _of_columns(dependents, providers, np.array(kinds, dtype=np.uint8), names)


def stated_network_of_record(record: bytes) -> Network | None:
    r"""Project the same from the plain edges as N-Quads, sorted or not.

    :returns: ``None`` where an address is written with escapes: then ask the store

    >>> line = f"<urn:a> <{EGOV}hostedOn> <urn:b> <{GRAPH_EDGES}> .\n".encode()
    >>> stated_network_of_record(line).edges()
    [('urn:a', 'hostedOn', 'urn:b', 'stated')]
    """
    if b"\\u" in record or b"\\U" in record:
        return None
    names = relations()
    pattern = rf"^<([^>]*)> <{re.escape(EGOV)}({'|'.join(names)})> <([^>]*)> <{re.escape(GRAPH_EDGES)}> \.$"
    found = re.findall(pattern.encode(), record, re.MULTILINE)
    kind = {name.encode(): index for index, name in enumerate(names)}
    kinds = np.array([kind[relation] for _, relation, _ in found], dtype=np.uint8)
    return _of_columns([one for one, _, _ in found], [other for _, _, other in found], kinds, names)


def _of_columns(
    dependents: list[bytes], providers: list[bytes], kinds: NDArray[np.uint8], names: tuple[str, ...]
) -> Network:
    """Make a network of stated edges from columns; no pair stands there twice with one relation."""
    addresses = sorted({*dependents, *providers})
    position = {address: index for index, address in enumerate(addresses)}
    tails = np.array([position[address] for address in dependents], dtype=np.int32)
    heads = np.array([position[address] for address in providers], dtype=np.int32)
    order = np.lexsort((heads, kinds, tails))
    order = order[tails[order] != heads[order]]
    return Network(
        names=np.array(addresses, dtype=np.bytes_),
        dependents=tails[order],
        providers=heads[order],
        kinds=kinds[order],
        bases=np.zeros(len(order), dtype=np.uint8),
        relations=names,
    )


def join(one: Network, other: Network) -> Network:
    """Put two networks together; each edge keeps its basis.

    >>> a = Network.from_edges([("urn:b", "hostedOn", "urn:a", "stated")])
    >>> b = Network.from_edges([("urn:c", EXPECTS, "urn:b", "reference")])
    >>> join(a, b).edge_count
    2
    """
    names = np.union1d(one.names, other.names)
    used = tuple(dict.fromkeys((*one.relations, *other.relations)))
    parts = []
    for network in (one, other):
        place = np.searchsorted(names, network.names).astype(np.int32)
        kind = np.array([used.index(name) for name in network.relations], dtype=np.uint8)
        parts.append(
            (place[network.dependents], place[network.providers], kind[network.kinds], network.bases)
        )
    dependents, providers, kinds, bases = (np.concatenate(pair) for pair in zip(*parts, strict=True))
    return Network(names, dependents, providers, kinds, bases, used)
