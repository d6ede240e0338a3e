"""Loading a published graph at an endpoint, in batches that a killed push goes on with.

Batches go by the SPARQL 1.1 Graph Store Protocol or by SPARQL Update. Sending one twice changes nothing,
because a graph is a set and holds no blank nodes (any would become addresses), so that only the number
of quads sent has to be kept: in `<home>/push/`, one file a version and endpoint.
Only graphs under :data:`~egovkg.graph.names.GRAPH` are ever written, replaced or removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import PushError
from ..names import GRAPH
from .push_state import PushState
from .push_target import Target, find_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from ..publish import Version
    from ..store import OxigraphStore, Store
    from .remote import RemoteStore

    Progress: TypeAlias = Callable[[int, int], None]  # quads accepted so far, quads in all

BATCH = {"gsp": 20_000, "update": 1_000}  # Virtuoso compiles an update whole: 5 000 triples take it minutes
_COUNTS = f"""SELECT ?graph (COUNT(*) AS ?n) {{
  GRAPH ?graph {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?graph), "{GRAPH}"))
}} GROUP BY ?graph"""
_GENID = "https://w3id.org/egovkg/.well-known/genid/"


@dataclass(frozen=True)
class Count:
    """One graph: how many triples are published here, and how many the endpoint holds."""

    graph: str
    here: int
    there: int


@dataclass(frozen=True)
class PushReport:
    """What a push did.

    :param version: name of the published version
    :param sent: quads sent this time; 0 when an earlier push had sent them all
    :param kept: quads that an earlier push had sent
    :param removed: graphs that the version no longer has
    :param counts: one a graph, all equal
    """

    version: str
    target: Target
    sent: int
    kept: int
    removed: tuple[str, ...]
    counts: tuple[Count, ...]


def push(
    version: Version,
    remote: RemoteStore,
    *,
    by: str = "auto",
    write: str | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> PushReport:
    """Load a published version at an endpoint, go on where an earlier push of it was cut off, and count.

    :param by: `gsp`, `update`, or `auto`: the first that the endpoint takes
    :param write: address of its graph store or update service; by default found from the query address
    :param replace: replace what the endpoint holds, graph by graph, and remove graphs that this version lacks
    :raises PushError: if the endpoint holds something that no push of this version from here sent, as another
        version, and `replace` is not given (nothing is changed), or if the counts differ afterwards
    :raises EndpointError: one of its kinds, if the endpoint fails; the next push goes on from there
    Cost: linear; memory one batch.
    """
    return _Push(version, remote, progress or (lambda done, total: None)).run(by, write, replace=replace)


class _Push:
    def __init__(self, version: Version, remote: RemoteStore, progress: Progress) -> None:
        self.version, self.remote, self.progress = version, remote, progress
        self.store: OxigraphStore = version.open()
        self.here = graph_sizes(self.store)
        self.total = sum(self.here.values())

    def run(self, by: str, write: str | None, *, replace: bool) -> PushReport:
        there = graph_sizes(self.remote)
        state = PushState.load(self.version, self.remote.url).still_there(there)
        if replace and state.done == self.here:
            state = state.anew()  # it was sent whole; who asks for it again gets it again
        kept, sent = sum(state.done.values()), 0
        removed: tuple[str, ...] = ()
        target = Target(state.by, state.write) if state.by else None
        if not (state.done == self.here == there):  # equal counts alone may be those of other content
            self._check_ours(state, there, replace=replace)
            target = find_target(self.remote.transport, by, write) if by != "auto" or not target else target
            state = state.at(target)
            sent = self._send(target, state)
            removed = tuple(sorted(set(there) - set(self.here)))
            for graph in removed:
                target.remove(self.remote.transport, graph)
        counts = self._verify(state)
        return PushReport(
            self.version.name, target or Target("none", self.remote.url), sent, kept, removed, counts
        )

    def _check_ours(self, state: PushState, there: Mapping[str, int], *, replace: bool) -> None:
        others = [graph for graph in sorted(there) if graph not in state.done]
        if others and not replace:
            what = f"the graph {others[0]} already holds {there[others[0]]} triples; nothing was changed"
            raise PushError(self.remote.url, f"{what} — replace what is there with --replace")

    def _send(self, target: Target, state: PushState) -> int:
        state.forget_others()
        sent, before = 0, sum(state.done.values())
        self.progress(before, self.total)
        for graph in sorted(self.here):
            for lines, start, size in self._batches(graph, state.done.get(graph, 0), BATCH[target.by]):
                if start == 0:
                    state.save(graph, 0)  # what is there from now on is ours
                target.write_batch(self.remote.transport, graph, lines, first=start == 0)
                state.save(graph, start + size)
                sent += size
                self.progress(before + sent, self.total)
        return sent

    def _batches(self, graph: str, start: int, size: int) -> Iterator[tuple[bytes, int, int]]:
        """Cut a graph into N-Triples; a published store gives its quads in the same order every time."""
        quads = islice(self.store.quads(graph), start, None)
        while batch := list(islice(quads, size)):
            triples = [_ground(quad) for quad in batch]
            yield ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", start, len(batch)
            start += len(batch)

    def _verify(self, state: PushState) -> tuple[Count, ...]:
        there = graph_sizes(self.remote)
        names = sorted({*self.here, *there})
        counts = tuple(Count(graph, self.here.get(graph, 0), there.get(graph, 0)) for graph in names)
        wrong = [one for one in counts if one.here != one.there]
        if wrong:
            state.forget()
            one = wrong[0]
            what = f"{one.graph} holds {one.there} triples after the push, and {one.here} were sent"
            raise PushError(self.remote.url, f"{what} — push again with --replace")
        self._compare_texts(state)
        return counts

    def _compare_texts(self, state: PushState) -> None:
        """Ask for one accented text of every graph: a count does not show letters that were lost."""
        for graph in self.here:
            quad = next((q for q in islice(self.store.quads(graph), 2000) if _is_accented(q.object)), None)
            if quad is None:
                continue
            query = f"SELECT ?o {{ GRAPH <{graph}> {{ {quad.subject} {quad.predicate} ?o }} }}"
            found = {getattr(row[0], "value", "") for row in self.remote.select(query).rows}
            if getattr(quad.object, "value", "") not in found:
                state.forget()
                what = f"{graph} holds texts whose letters were lost on the way"
                raise PushError(self.remote.url, f"{what} — push again with --replace and another --by")


def graph_sizes(store: Store) -> dict[str, int]:
    """Count the triples of every graph of ours; cost linear at most engines."""
    rows = store.select(_COUNTS).rows
    found: dict[str, int] = {}
    for graph, number in rows:
        if isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal) and number.value != "0":
            found[graph.value] = int(number.value)
    return found


def _is_accented(term: object) -> bool:
    return isinstance(term, ox.Literal) and not term.value.isascii()


def _ground(quad: ox.Quad) -> ox.Triple:
    """Put addresses for blank nodes, so that sending twice adds nothing."""
    subject, target = quad.subject, quad.object
    if isinstance(subject, ox.BlankNode):
        subject = ox.NamedNode(_GENID + subject.value)
    if isinstance(target, ox.BlankNode):
        target = ox.NamedNode(_GENID + target.value)
    return ox.Triple(subject, quad.predicate, target)
