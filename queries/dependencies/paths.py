"""Paths: how one component depends on another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ...graph.network.reachability import SEARCHED, reach, simple_paths
from .impact import reached
from .networkx_view import graph_of
from .words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from ...graph.network.network import Basis
    from ..facts.values import Json
    from .dependencies import Dependencies, Pair
    from .nodes import Component
    from .step import Step

MOST, LONGEST = 20, 8  # bounds of the search, unless others are asked for


@dataclass(frozen=True)
class Route:
    """One path: each component depends on the next.

    :param path: CURIEs
    :param basis: `stated` when each step is stated, else `reference`
    """

    path: tuple[str, ...]
    steps: tuple[Step, ...]
    basis: Basis

    def as_dict(self, names: Mapping[str, Component], lang: str) -> dict[str, Json]:
        """Give the path in a form that JSON can hold."""
        return {
            "hops": len(self.steps),
            "path": list(self.path),
            "labels": [names[curie].label(lang) for curie in self.path],
            "basis": self.basis,
            "steps": [step.as_dict() for step in self.steps],
        }


@dataclass(frozen=True)
class Routes:
    """The answer: simple paths, the shortest first.

    :param start: the component that depends
    :param end: the one it depends on
    :param is_turned: whether they were found only the other way round than asked
    :param bound: the bound that was hit, `count`, `length` or `work`; empty when all paths are there
    :param components: all components on the paths, by CURIE
    """

    start: Component
    end: Component
    routes: tuple[Route, ...]
    is_turned: bool
    bound: str
    notes: tuple[str, ...]
    components: Mapping[str, Component]
    lang: str

    def graph(self) -> nx.DiGraph[str]:
        """Give the paths to networkx: edges bear their claims."""
        steps = {(step.dependent, step.provider): step for route in self.routes for step in route.steps}
        return graph_of(self.components.values(), steps.values(), self.lang)


def paths(found: Dependencies, one: str, other: str, *, most: int = MOST, longest: int = LONGEST) -> Routes:
    """Find the paths along which one component depends on another, or, if there is none, the other way round.

    :param one: address of the dependent component
    :param other: address of the one it may depend on
    :param most: number of paths at most
    :param longest: steps of a path at most; a shortest path is given whatever its length
    :returns: no route when neither depends on the other
    """
    network = found.network
    ends = network.node(one), network.node(other)
    is_turned = False
    nodes: tuple[tuple[int, ...], ...] = ()
    bound = ""
    if ends[0] is not None and ends[1] is not None:
        start, end = ends[0], ends[1]
        is_turned = start in set(reach(network, [end], upstream=True).nodes.tolist()) and end not in set(
            reach(network, [start], upstream=True).nodes.tolist()
        )
        result = simple_paths(
            network, *((end, start) if is_turned else (start, end)), max_paths=most, max_edges=longest
        )
        nodes, bound = result.paths, result.bound
    addresses = [[network.name(node) for node in path] for path in nodes]
    pairs = {pair for path in addresses for pair in pairwise(path)}
    steps, _ = found.steps(sorted(pairs))
    known = found.directory.components({one, other, *(iri for path in addresses for iri in path)})
    routes = tuple(_route([known[iri].curie for iri in path], steps) for path in addresses)
    first, last = (other, one) if is_turned else (one, other)
    return Routes(
        start=known[first],
        end=known[last],
        routes=routes,
        is_turned=is_turned,
        bound=bound,
        notes=tuple(_notes(found, known[one], known[other], is_turned, bound, routes, most, longest)),
        components={component.curie: component for component in known.values()},
        lang=found.lang,
    )


def _route(curies: list[str], steps: Mapping[Pair, Step]) -> Route:
    taken = tuple(steps[pair] for pair in pairwise(curies))
    basis: Basis = "stated" if all(step.basis == "stated" for step in taken) else "reference"
    return Route(tuple(curies), taken, basis)


def _elsewhere(found: Dependencies, one: str, other: str) -> list[str]:
    """Tell which other choices of edges would give a path."""
    told = []
    for key, wider in found.widened():
        if other in reached(wider.network, [one], upstream=True) or other in reached(wider.network, [one]):
            told.append(say(found.lang, key.replace("more-", "path-")))
    return told


def _notes(
    found: Dependencies,
    one: Component,
    other: Component,
    is_turned: bool,
    bound: str,
    routes: tuple[Route, ...],
    most: int,
    longest: int,
) -> list[str]:
    lang = found.lang
    names = {"one": one.label(lang), "other": other.label(lang)}
    notes = []
    if one.iri == other.iri:
        notes.append(say(lang, "same", **names))
    elif not routes:
        is_plain = found.choice.basis == "stated" and found.choice.is_plain
        notes.append(say(lang, "no-path" if is_plain else "no-path-chosen", **names))
        notes += _elsewhere(found, one.iri, other.iri)
    if is_turned:
        notes.append(say(lang, "other-way", **names))
    if routes:
        notes.append(say(lang, "bounds", most=most, longest=longest))
    if routes and len(routes[0].steps) > longest:
        notes.append(say(lang, "longer-than-asked", n=len(routes[0].steps)))
    if bound:
        notes.append(
            say(lang, f"bound-{bound}", n={"count": most, "length": longest, "work": SEARCHED}[bound])
        )
    return notes + found.notes()
