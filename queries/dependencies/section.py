"""A section of a dependency network: the components of a territory, layer or kind, and what ties them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...graph.network.network import Network
from .dependencies import Filter
from .words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .dependencies import Dependencies
    from .nodes import Component


@dataclass(frozen=True)
class Section:
    """Part of a network.

    :param network: the edges with an end in scope; nodes are those of the whole
    :param inside: addresses of the components in scope that have an edge
    :param components: all components with an edge here, by address
    """

    network: Network
    inside: frozenset[str]
    components: Mapping[str, Component]


def section(found: Dependencies, keep: Filter | None = None, *, closed: bool = False) -> Section:
    """Cut out the edges that touch a scope.

    :param keep: which components are in scope; all when it is ``None``
    :param closed: keep only edges with both ends in scope
    :returns: no edge for an empty scope
    """
    network, chosen = found.network, keep or Filter()
    names = [network.name(node) for node in range(len(network))]
    known = found.directory.components(names)
    kept = np.array([chosen.keeps(known[name]) for name in names], dtype=bool)
    one, other = kept[network.dependents], kept[network.providers]
    part = network.masked(one & other if closed else one | other)
    used = np.zeros(len(network), dtype=bool)
    used[part.dependents] = used[part.providers] = True
    small = _packed(part, used)
    inside = frozenset(
        name for name, is_kept, is_used in zip(names, kept, used, strict=True) if is_kept and is_used
    )
    here = {name: known[name] for name, is_used in zip(names, used, strict=True) if is_used}
    return Section(small, inside, here)


def empty_scope(keep: Filter | None, lang: str) -> str:
    """Say that a scope holds no component with an edge."""
    return say(lang, "empty-scope", scope=(keep.words if keep else "") or say(lang, "everything"))


def _packed(network: Network, used: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Network:
    """Drop the nodes without an edge."""
    place = np.cumsum(used, dtype=np.int32) - 1
    return Network(
        network.names[used],
        place[network.dependents].astype(np.int32),
        place[network.providers].astype(np.int32),
        network.kinds,
        network.bases,
        network.relations,
    )
