"""The dependency network as compressed arrays: the relations along which failures propagate.

An edge runs from a system to a system that it depends on. Relations that sound symmetric also have a
direction: the side that uses the interface or function of the other is the dependent (:data:`DIRECTION`).

Each edge has a basis: *stated* edges follow from claims; by the rule of `expectations`, those of basis
`reference` are derived from a reference architecture, and those of basis `duty` from what the law asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from ...ontology.vocabulary import load_vocabulary
from ...words import message
from ..names import EGOV, GRAPH_EDGES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import networkx as nx
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from ..store import Store

Nodes: TypeAlias = "NDArray[np.int32]"
Basis: TypeAlias = Literal["stated", "reference", "duty"]
EdgeKey: TypeAlias = tuple[str, str, str, Basis]  # dependent, relation, provider, basis

BASES: tuple[Basis, ...] = ("stated", "reference", "duty")
CHOICES = (
    "stated",
    "reference",
    "both",
    "duty",
)  # `both`: stated edges and those of a reference architecture
EXPECTS = "expects"
DIRECTION = message(__package__, "direction")  # what an arrow means, for readers


def relations() -> tuple[str, ...]:
    """List the dependency relations: `directlyDependsOn` and its subproperties.

    >>> {"hostedOn", "connectsTo"} <= set(relations()), "partOfSystem" in relations()
    (True, False)
    """
    vocabulary = load_vocabulary()
    return tuple(sorted(name for name in vocabulary.properties if vocabulary.is_a(name, "directlyDependsOn")))


@dataclass(frozen=True, eq=False)
class Network:
    """A dependency network; a node is an index into :attr:`names`, an edge an index into the other arrays.

    :param names: IRIs of the nodes as UTF-8, sorted
    :param dependents: edge → its dependent node
    :param providers: edge → its provider node; never the dependent itself
    :param kinds: edge → position of its relation in :attr:`relations`
    :param bases: edge → position of its basis in :data:`BASES`
    :param relations: names of the relations
    :param classes: node → name of its class as UTF-8, empty if unknown; ``None`` if all are unknown
    :param parts: two rows of nodes, each part above its whole, transitively closed; two nodes of one entity
        are parts of each other
    """

    names: NDArray[np.bytes_]
    dependents: Nodes
    providers: Nodes
    kinds: NDArray[np.uint8]
    bases: NDArray[np.uint8]
    relations: tuple[str, ...]
    classes: NDArray[np.bytes_] | None = None
    parts: Nodes = field(default_factory=lambda: np.empty((2, 0), dtype=np.int32))

    @classmethod
    def from_edges(cls, edges: Iterable[EdgeKey], nodes: Iterable[str] = ()) -> Network:
        """Build a network from edges; self-loops and repeated edges are omitted.

        :param nodes: IRIs of additional nodes, which may have no edge
        :returns: a network without classes and parts, see :meth:`described`

        >>> network = Network.from_edges([("urn:portal", "connectsTo", "urn:lgsp", "stated")])
        >>> len(network), network.name(0)
        (2, 'urn:lgsp')
        """
        distinct = sorted({edge for edge in edges if edge[0] != edge[2]})
        ends = {edge[0] for edge in distinct} | {edge[2] for edge in distinct}
        iris = sorted(ends | set(nodes), key=str.encode)
        position = {iri: index for index, iri in enumerate(iris)}
        relation_names = tuple(sorted({edge[1] for edge in distinct}))
        kind = {name: index for index, name in enumerate(relation_names)}
        return cls(
            names=np.array([iri.encode() for iri in iris], dtype=np.bytes_),
            dependents=np.array([position[edge[0]] for edge in distinct], dtype=np.int32),
            providers=np.array([position[edge[2]] for edge in distinct], dtype=np.int32),
            kinds=np.array([kind[edge[1]] for edge in distinct], dtype=np.uint8),
            bases=np.array([BASES.index(edge[3]) for edge in distinct], dtype=np.uint8),
            relations=relation_names,
        )

    def described(
        self, class_by_iri: Mapping[str, str], wholes_by_part: Mapping[str, Collection[str]]
    ) -> Network:
        """Return the network with the classes and part–whole relations of its nodes.

        :param class_by_iri: IRI → name of the class
        :param wholes_by_part: IRI of a part → IRIs of all its wholes, transitively closed
        """
        iris = [name.decode() for name in self.names.tolist()]
        position = {iri: node for node, iri in enumerate(iris)}
        pairs = [
            (position[part], position[whole])
            for part, wholes in wholes_by_part.items()
            for whole in wholes
            if part in position and whole in position
        ]
        classes = np.array([class_by_iri.get(iri, "").encode() for iri in iris], dtype=np.bytes_)
        parts = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2).T
        return replace(self, classes=classes, parts=parts)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def edge_count(self) -> int:
        """The number of edges; two nodes can be joined by several edges of different relations."""
        return len(self.dependents)

    def name(self, node: int) -> str:
        """Return the IRI of a node."""
        iri: bytes = self.names[node]
        return iri.decode()

    def node(self, iri: str) -> int | None:
        """Find a node by its IRI in logarithmic time; ``None`` if it is not in the network."""
        name = iri.encode()
        position = int(np.searchsorted(self.names, np.bytes_(name)))
        return position if position < len(self.names) and self.names[position] == name else None

    def edge(self, position: int) -> EdgeKey:
        """Return an edge with the IRIs of its ends."""
        return (
            self.name(int(self.dependents[position])),
            self.relations[self.kinds[position]],
            self.name(int(self.providers[position])),
            BASES[self.bases[position]],
        )

    def edges(self) -> list[EdgeKey]:
        """List all edges with the IRIs of their ends."""
        return [self.edge(position) for position in range(self.edge_count)]

    def with_basis(self, basis: str) -> Network:
        """Select the edges of one basis, or all (`both`); the nodes stay.

        :raises ValueError: if the basis is unknown
        """
        if basis not in CHOICES:
            raise ValueError(f'"{basis}" is no basis — choose one of {", ".join(CHOICES)}')
        return self if basis not in BASES else self.masked(self.bases == BASES.index(basis))

    def masked(self, mask: NDArray[np.bool_]) -> Network:
        """Select the edges where a mask is true; the nodes stay."""
        columns = ("dependents", "providers", "kinds", "bases")
        return replace(self, **{column: getattr(self, column)[mask] for column in columns})

    @cached_property
    def downstream(self) -> csr_matrix:
        """The matrix whose row of a node marks the nodes that depend on it; cached, linear to build."""
        return _matrix(self.providers, self.dependents, len(self))

    @cached_property
    def upstream(self) -> csr_matrix:
        """The matrix whose row of a node marks the nodes that it depends on; cached, linear to build."""
        return _matrix(self.dependents, self.providers, len(self))

    @cached_property
    def edges_between(self) -> Mapping[tuple[int, int], tuple[int, ...]]:
        """The edges of each pair (dependent, provider), stated ones before expected ones."""
        edges_of_pair: dict[tuple[int, int], list[int]] = {}
        order = np.lexsort((self.kinds, self.bases))
        for edge in order.tolist():
            pair = int(self.dependents[edge]), int(self.providers[edge])
            edges_of_pair.setdefault(pair, []).append(edge)
        return {pair: tuple(edges) for pair, edges in edges_of_pair.items()}

    def graph(self) -> nx.MultiDiGraph[str]:
        """Convert the network to networkx: nodes are IRIs, edges have `relation` and `basis`."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from(self.name(node) for node in range(len(self)))
        for dependent, relation, provider, basis in self.edges():
            graph.add_edge(dependent, provider, key=f"{relation}/{basis}", relation=relation, basis=basis)
        return graph


def _matrix(rows: Nodes, columns: Nodes, size: int) -> csr_matrix:
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    matrix.sort_indices()
    matrix.data[:] = 1.0  # several relations between two nodes count once
    return matrix


def stated_network(store: Store) -> Network:
    """Read the network of stated edges from a store.

    These edges are derived at build time from claims that are asserted, in force and not mere guesses.

    :returns: a network without nodes if no dependency is stated

    Cost: one query per relation, about 2 µs per edge.
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
    r"""Read the network of stated edges from N-Quads, in any order.

    :returns: ``None`` if an IRI contains escapes; the caller must then read the store

    >>> line = f"<urn:a> <{EGOV}hostedOn> <urn:b> <{GRAPH_EDGES}> .\n".encode()
    >>> stated_network_of_record(line).edges()
    [('urn:a', 'hostedOn', 'urn:b', 'stated')]
    """
    if b"\\u" in record or b"\\U" in record:
        return None
    names = relations()
    pattern = rf"^<([^>]*)> <{re.escape(EGOV)}({'|'.join(names)})> <([^>]*)> <{re.escape(GRAPH_EDGES)}> \.$"
    edges = re.findall(pattern.encode(), record, re.MULTILINE)
    kind = {name.encode(): index for index, name in enumerate(names)}
    kinds = np.array([kind[relation] for _, relation, _ in edges], dtype=np.uint8)
    dependents = [dependent for dependent, _, _ in edges]
    return _of_columns(dependents, [provider for _, _, provider in edges], kinds, names)


def _of_columns(
    dependents: list[bytes], providers: list[bytes], kinds: NDArray[np.uint8], names: tuple[str, ...]
) -> Network:
    """Build a network of stated edges from columns without duplicate edges; self-loops are omitted."""
    iris = sorted({*dependents, *providers})
    position = {iri: index for index, iri in enumerate(iris)}
    tails = np.array([position[iri] for iri in dependents], dtype=np.int32)
    heads = np.array([position[iri] for iri in providers], dtype=np.int32)
    order = np.lexsort((heads, kinds, tails))
    order = order[tails[order] != heads[order]]
    return Network(
        names=np.array(iris, dtype=np.bytes_),
        dependents=tails[order],
        providers=heads[order],
        kinds=kinds[order],
        bases=np.zeros(len(order), dtype=np.uint8),
        relations=names,
    )


def join(first: Network, second: Network) -> Network:
    """Merge two networks; each edge keeps its basis.

    >>> a = Network.from_edges([("urn:b", "hostedOn", "urn:a", "stated")])
    >>> b = Network.from_edges([("urn:c", EXPECTS, "urn:b", "reference")])
    >>> join(a, b).edge_count
    2
    """
    names = np.union1d(first.names, second.names)
    relation_names = tuple(dict.fromkeys((*first.relations, *second.relations)))
    columns = []
    classes = np.zeros(len(names), dtype=np.result_type(*(_classes(network) for network in (first, second))))
    for network in (first, second):
        node = np.searchsorted(names, network.names).astype(np.int32)
        kind = np.array([relation_names.index(name) for name in network.relations], dtype=np.uint8)
        ends = node[network.dependents], node[network.providers]
        columns.append((*ends, kind[network.kinds], network.bases, *node[network.parts]))
        known = _classes(network) != b""
        classes[node[known]] = _classes(network)[known]
    dependents, providers, kinds, bases, part, whole = (
        np.concatenate(pair) for pair in zip(*columns, strict=True)
    )
    parts = np.unique(np.stack([part, whole]), axis=1)
    return Network(names, dependents, providers, kinds, bases, relation_names, classes, parts)


def _classes(network: Network) -> NDArray[np.bytes_]:
    """Return the class of each node; empty if unknown."""
    return np.zeros(len(network), dtype="S1") if network.classes is None else network.classes
