"""The needs of dependents: groups of alternative providers (OR), all of which are needed (AND).

The providers of a dependent are grouped by relation and class. A dependent needs one provider of every group
(AND); the members of a group are alternatives (OR), that is, stated redundancy. A provider of unknown class
forms its own group, and so does a whole on which its part depends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ...ontology.directions import PART

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from .network import Network, Nodes


@dataclass(frozen=True, eq=False)
class Needs:
    """The needs of all nodes; a need with alternatives is an index into :attr:`dependents`.

    :param sole: matrix: row of a node → dependents that have a need with this node as sole provider
    :param dependents: need with alternatives → the node that has it
    :param kinds: need with alternatives → position of its relation
    :param of_provider: matrix: row of a node → needs with alternatives that it serves
    :param of_need: matrix: row of a need → nodes that serve it
    :param parts: matrix: row of a node → its parts, and other nodes of the same entity
    """

    sole: csr_matrix
    dependents: Nodes
    kinds: NDArray[np.uint8]
    of_provider: csr_matrix
    of_need: csr_matrix
    parts: csr_matrix


@lru_cache(maxsize=8)
def needs_of(network: Network) -> Needs:
    """Group the providers of every dependent by relation and class.

    Cost: sorts the edges on the first call for a network; later calls use the cached result.
    """
    size = len(network)
    need = _need_of_edge(network)
    need_count = int(need.max()) + 1 if len(need) else 0
    serving = _matrix(network.providers, need, (size, need_count))  # repeated edges count once
    is_sole = np.diff(serving.tocsc().indptr) == 1
    dependents = np.zeros(need_count, dtype=np.int32)
    dependents[need] = network.dependents
    kinds = np.zeros(need_count, dtype=np.uint8)
    kinds[need] = network.kinds
    sole_edges = is_sole[need]
    sole = _matrix(network.providers[sole_edges], network.dependents[sole_edges], (size, size))
    of_provider = serving[:, ~is_sole].tocsr()
    whole_rows, part_columns = network.parts[1], network.parts[0]
    return Needs(
        sole=sole,
        dependents=dependents[~is_sole],
        kinds=kinds[~is_sole],
        of_provider=of_provider,
        of_need=of_provider.T.tocsr(),
        parts=_matrix(whole_rows, part_columns, (size, size)),
    )


def _need_of_edge(network: Network) -> NDArray[np.int64]:
    """Number the need served by each edge; equal dependent, relation and known class give equal numbers."""
    size = np.int64(len(network))
    provider_class = _class_numbers(network)[network.providers]
    is_part = np.array([name == PART for name in network.relations], dtype=bool)
    if len(network.relations):
        stands_alone = is_part[network.kinds]
        provider_class[stands_alone] = -1 - network.providers[stands_alone]
    provider_class += size  # a class of its own, below zero, becomes a number below the size
    radix = int(provider_class.max(initial=0)) + 1
    relation_count = len(network.relations) or 1
    key = (network.dependents.astype(np.int64) * relation_count + network.kinds) * radix + provider_class
    need: NDArray[np.int64] = np.unique(key, return_inverse=True)[1].reshape(-1)
    return need


def _class_numbers(network: Network) -> NDArray[np.int64]:
    """Number the classes of nodes from 0; each node of unknown class gets its own negative number."""
    own_class = -1 - np.arange(len(network), dtype=np.int64)
    if network.classes is None or not len(network):
        return own_class
    numbers = np.unique(network.classes, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return np.where(network.classes == b"", own_class, numbers)


def _matrix(rows: Nodes, columns: NDArray[np.int64] | Nodes, shape: tuple[int, int]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.sort_indices()
    return matrix
