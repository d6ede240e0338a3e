"""Impact: what stops or suffers when some components stop, and what they themselves rest on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ...graph.network.reachability import loop, reach
from .dependencies import MOST_SENTENCES, Filter, names_of
from .networkx_view import graph_of
from .words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

    from ...graph.network.network import Basis, Network
    from ...graph.network.reachability import Reach
    from ..facts.values import Json
    from .dependencies import Dependencies, Pair
    from .nodes import Component
    from .step import Step


@dataclass(frozen=True)
class Affected:
    """One component that a failure reaches (or, upstream, one that is rested on).

    :param hops: length of a shortest path, at least 1
    :param path: CURIEs from one that fails to this one
    :param steps: the edges of the path
    :param basis: `stated` when each step is stated, else `reference`
    :param stated_hops: hops along what is stated to be in force alone; ``None`` when that does not reach it
    :param ahead_only: it is reached only with plans counted
    :param implied_only: it is reached only with what is implied counted
    """

    component: Component
    hops: int
    path: tuple[str, ...]
    steps: tuple[Step, ...]
    basis: Basis
    stated_hops: int | None = None
    ahead_only: bool = False
    implied_only: bool = False

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give it in a form that JSON can hold; the first five keys are the contract."""
        one = self.component
        return {
            "entity": one.curie,
            "label": one.label(lang),
            "hops": self.hops,
            "path": list(self.path),
            "basis": self.basis,
            "iri": one.iri,
            "kind": one.kind,
            "layer": one.layer,
            "province": one.province,
            "status": one.status,
            "stated_hops": self.stated_hops,
            "planned_only": self.ahead_only,
            "implied_only": self.implied_only,
            "steps": [step.as_dict() for step in self.steps],
        }


@dataclass(frozen=True)
class Impact:
    """The answer: what is affected, in the order of hops and names.

    :param failed: what fails together
    :param upstream: whether it lists what they rest on, rather than what rests on them
    :param affected: what the filter keeps; empty when nothing is reached
    :param hidden: components that paths lead through, though the filter leaves them out
    :param links: every edge between what is listed, hidden or failed, by pair of CURIEs
    :param notes: what else is to be told: bounds that were hit, loops, what other choices would add
    """

    failed: tuple[Component, ...]
    upstream: bool
    affected: tuple[Affected, ...]
    hidden: tuple[Component, ...]
    links: Mapping[Pair, Step]
    notes: tuple[str, ...]
    lang: str

    @cached_property
    def components(self) -> Mapping[str, Component]:
        """All components that the answer names, by CURIE."""
        listed = (*self.failed, *(one.component for one in self.affected), *self.hidden)
        return {component.curie: component for component in listed}

    def graph(self) -> nx.DiGraph[str]:
        """Give the answer to networkx: edges lead from dependent to provider and bear their claims."""
        made = graph_of(self.components.values(), self.links.values(), self.lang)
        for one in self.affected:
            made.nodes[one.component.curie].update(hops=one.hops, on_path_of=one.path)
        for component in self.failed:
            made.nodes[component.curie].update(hops=0, failed=True)
        for component in self.hidden:
            made.nodes[component.curie].update(hidden=True)
        return made


def impact(
    found: Dependencies,
    failed: Sequence[str],
    *,
    upstream: bool = False,
    keep: Filter | None = None,
    widen: bool = True,
) -> Impact:
    """Find what is affected when components fail together.

    :param failed: their addresses
    :param upstream: ask for what they rest on instead
    :param keep: which components are listed
    :param widen: whether to count what other choices of edges would add, for the notes

    Cost: a breadth-first search over the arrays, then linear in what is listed.
    """
    return _Inquiry(found, tuple(dict.fromkeys(failed)), upstream, keep or Filter()).answer(widen=widen)


class _Inquiry:
    """One question about impact."""

    def __init__(self, found: Dependencies, failed: tuple[str, ...], upstream: bool, keep: Filter) -> None:
        self.found, self.failed, self.upstream, self.keep = found, failed, upstream, keep
        self.network = found.network
        self.start = _nodes(self.network, failed)
        self.reach = reach(self.network, self.start, upstream=upstream)

    def answer(self, *, widen: bool) -> Impact:
        """Put the answer together."""
        lang = self.found.lang
        paths = self._paths()
        everything = {node for path in paths.values() for node in path} | set(self.start)
        addresses = {node: self.network.name(node) for node in everything}
        self.found.directory.components([*addresses.values(), *self.failed])
        listed = [node for node in paths if self.keep.keeps(self._component(node))]
        shown = {node for each in listed for node in paths[each]} | set(self.start)
        links, read = self.found.steps(self._pairs(shown))
        affected = [self._affected(node, paths[node], links) for node in listed]
        affected.sort(key=lambda one: (one.hops, one.component.label(lang), one.component.curie))
        kept = set(listed) | set(self.start)
        notes = [*self._notes(len(paths), len(affected), widen=widen), *self.found.notes()]
        if not read:
            notes.append(say(lang, "no-evidence-read", n=len(links), bound=MOST_SENTENCES))
        return Impact(
            failed=tuple(self.found.directory.component(iri) for iri in self.failed),
            upstream=self.upstream,
            affected=tuple(affected),
            hidden=tuple(self._component(node) for node in sorted(shown - kept)),
            links=links,
            notes=tuple(notes),
            lang=lang,
        )

    def _component(self, node: int) -> Component:
        return self.found.directory.component(self.network.name(node))

    def _paths(self) -> dict[int, tuple[int, ...]]:
        """Give each node that is reached a shortest path, among equals the one that is most in force."""
        choice = self.found.choice
        is_mixed = choice.basis == "both" or choice.plans or choice.implied
        before = self._before() if is_mixed else self.reach.before
        paths: dict[int, tuple[int, ...]] = {node: (node,) for node in self.start}
        for node in self.reach.nodes.tolist():  # in the order of hops
            paths[node] = (*paths[int(before[node])], node)
        return {node: path for node, path in paths.items() if len(path) > 1}

    def _before(self) -> Mapping[int, int]:
        matrix = self.network.downstream if self.upstream else self.network.upstream
        hops = dict(zip(self.reach.nodes.tolist(), self.reach.hops.tolist(), strict=True))
        hops |= dict.fromkeys(self.start, 0)
        weight = dict.fromkeys(self.start, 0)
        before: dict[int, int] = {}
        for node in self.reach.nodes.tolist():
            near = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]].tolist()
            ways = [
                (weight[each] + self._weight(each, node), each)
                for each in near
                if hops.get(each) == hops[node] - 1
            ]
            weight[node], before[node] = min(ways)
        return before

    def _weight(self, one: int, other: int) -> int:
        """Weigh an edge: nothing when it is in force, little for a plan or inference, most when expected."""
        pair = (one, other) if self.upstream else (other, one)
        if all(self.network.bases[at] for at in self.network.edges_between[pair]):
            return len(self.network)
        ends = [self._firm.node(self.network.name(node)) for node in pair]
        return int(None in ends or (ends[0], ends[1]) not in self._firm.edges_between)

    @cached_property
    def _firm(self) -> Network:
        """What is stated to be in force."""
        return self.found.firm().network

    def _pairs(self, shown: Iterable[int]) -> list[tuple[str, str]]:
        """List the edges between nodes, as addresses."""
        inside = set(shown)
        matrix = self.network.upstream
        return [
            (self.network.name(node), self.network.name(other))
            for node in sorted(inside)
            for other in matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]].tolist()
            if other in inside
        ]

    def _affected(self, node: int, path: tuple[int, ...], links: Mapping[Pair, Step]) -> Affected:
        curies = tuple(self._component(each).curie for each in path)
        ends = pairwise(curies)
        steps = tuple(links[pair if self.upstream else pair[::-1]] for pair in ends)
        iri = self.network.name(node)
        return Affected(
            component=self._component(node),
            hops=len(path) - 1,
            path=curies,
            steps=steps,
            basis="stated" if all(step.basis == "stated" for step in steps) else "reference",
            stated_hops=self._stated.get(iri),
            ahead_only=iri not in self._without("plans"),
            implied_only=iri not in self._without("implied"),
        )

    @cached_property
    def _stated(self) -> Mapping[str, int]:
        """Hops along what is stated to be in force, by address."""
        network = self._firm.with_basis("stated")
        only = reach(network, _nodes(network, self.failed), upstream=self.upstream)
        names = (network.name(node) for node in only.nodes.tolist())
        return dict(zip(names, only.hops.tolist(), strict=True))

    def _without(self, name: str) -> frozenset[str]:
        """Find what is reached without one kind of edges; everything when that was not chosen."""
        if name not in self._narrower:
            self._narrower[name] = self._narrow(name)
        return self._narrower[name]

    @cached_property
    def _narrower(self) -> dict[str, frozenset[str]]:
        return {}

    def _narrow(self, name: str) -> frozenset[str]:
        choice = self.found.choice
        if not getattr(choice, name):
            return reached(self.network, self.failed, upstream=self.upstream)
        other = replace(choice, plans=False) if name == "plans" else replace(choice, implied=False)
        narrower = self.found.with_choice(other)
        return reached(narrower.network, self.failed, upstream=self.upstream)

    def _notes(self, count: int, shown: int, *, widen: bool) -> list[str]:
        lang = self.found.lang
        names = names_of((self.found.directory.component(iri) for iri in self.failed), lang)
        notes = []
        if not count:
            notes += self._nothing(names)
        elif self.keep:
            notes.append(say(lang, "hidden", shown=shown, all=count))
        circles = {frozenset(circle): circle for node in self.start if (circle := loop(self.network, node))}
        for circle in circles.values():
            path = " → ".join(self._component(each).label(lang) for each in circle)
            notes.append(say(lang, "loop", path=path))
        if widen:
            here = reached(self.network, self.failed, upstream=self.upstream)
            for key, wider in self.found.widened():
                more = reached(wider.network, self.failed, upstream=self.upstream) - here
                notes += [say(lang, key, n=len(more))] if more else []
        return notes

    def _nothing(self, names: str) -> list[str]:
        """Say that nothing is affected, and what was said of it that does not count here."""
        lang = self.found.lang
        if self.found.is_of_components:
            return [say(lang, "rests-on-nothing" if self.upstream else "nobody-affected", names=names)]
        said = [c for c in self.found.claims if {c.dependent, c.provider} & {*self.failed}]
        if not said and all(_is_idle(self.network, iri) for iri in self.failed):
            return [say(lang, "nothing-stated", names=names)]
        told = [say(lang, "rests-on-nothing" if self.upstream else "nobody-affected", names=names)]
        denials = sum(claim.denied for claim in said)
        return told + ([say(lang, "denied-too", n=denials)] if denials else [])


def _nodes(network: Network, addresses: Iterable[str]) -> list[int]:
    nodes = (network.node(address) for address in addresses)
    return [node for node in nodes if node is not None]


def _is_idle(network: Network, address: str) -> bool:
    """Tell whether a component has no edge at all."""
    node = network.node(address)
    return node is None or not (
        network.upstream.indptr[node + 1] - network.upstream.indptr[node]
        or network.downstream.indptr[node + 1] - network.downstream.indptr[node]
    )


def reached(network: Network, failed: Iterable[str], *, upstream: bool = False) -> frozenset[str]:
    """List the addresses of what is affected, without paths."""
    found: Reach = reach(network, _nodes(network, failed), upstream=upstream)
    return frozenset(network.name(node) for node in found.nodes.tolist())
