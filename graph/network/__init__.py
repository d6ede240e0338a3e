"""The dependency network between systems, as compressed arrays, and its measures."""

from .cache import network_of, project
from .centrality import betweenness, page_rank
from .cuts import articulation_points, immediate_dominators, support_dominators
from .expectations import RULE, between_components, expected_network
from .network import DIRECTION, Basis, EdgeKey, Network, join, stated_network
from .reachability import Paths, Reach, loop, reach, simple_paths

__all__ = [
    "DIRECTION",
    "RULE",
    "Basis",
    "EdgeKey",
    "Network",
    "Paths",
    "Reach",
    "articulation_points",
    "between_components",
    "betweenness",
    "expected_network",
    "immediate_dominators",
    "join",
    "loop",
    "network_of",
    "page_rank",
    "project",
    "reach",
    "simple_paths",
    "stated_network",
    "support_dominators",
]
