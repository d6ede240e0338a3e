"""The dependency network between systems as compressed arrays, and measures on it."""

from .cache import network_of, project
from .centrality import betweenness, page_rank
from .cuts import articulation_points, pieces_without
from .expectations import RULE, between_components, expected_network
from .failure_points import failure_points
from .needs import Needs, needs_of
from .network import DIRECTION, Basis, EdgeKey, Network, join, stated_network
from .propagation import Bridge, Failure, propagate
from .reachability import Paths, Reach, loop, reach, simple_paths

__all__ = [
    "DIRECTION",
    "RULE",
    "Basis",
    "Bridge",
    "EdgeKey",
    "Failure",
    "Needs",
    "Network",
    "Paths",
    "Reach",
    "articulation_points",
    "between_components",
    "betweenness",
    "expected_network",
    "failure_points",
    "join",
    "loop",
    "needs_of",
    "network_of",
    "page_rank",
    "pieces_without",
    "project",
    "propagate",
    "reach",
    "simple_paths",
    "stated_network",
]
