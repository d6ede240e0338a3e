"""Upload (push) of a published graph to an endpoint in batches; an interrupted push can be resumed.

Batches are sent by the SPARQL 1.1 Graph Store Protocol or by SPARQL Update. Sending a batch twice changes
nothing, because a graph is a set and has no blank nodes (they are replaced by IRIs). Hence it suffices to
record the number of quads sent: in `<home>/push/`, one file per version and endpoint. Only graphs under
:data:`~egovkg.graph.names.GRAPH` are ever written, replaced or removed.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import PushError
from ...words import message
from ..names import GRAPH
from .push_state import PushState
from .push_target import Target, find_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from ..publish import Version
    from ..store import OxigraphStore, Store
    from .remote import RemoteStore

    Progress: TypeAlias = Callable[[int, int], None]  # quads accepted so far, total number of quads

BATCH = {"gsp": 20_000, "update": 1_000}  # Virtuoso compiles an update whole: 5 000 triples take it minutes
_SIZES = f"""SELECT ?graph (COUNT(*) AS ?n) {{
  GRAPH ?graph {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?graph), "{GRAPH}"))
}} GROUP BY ?graph"""
_GENID = "https://w3id.org/egovkg/.well-known/genid/"


@dataclass(frozen=True)
class GraphSize:
    """The number of triples of a graph in the published version and at the endpoint."""

    graph: str
    published: int
    remote: int


@dataclass(frozen=True)
class PushReport:
    """The result of a push.

    :param version: name of the published version
    :param sent: quads sent by this push; 0 if earlier pushes had sent all
    :param sent_before: quads sent by earlier pushes
    :param removed: graphs that were removed because the version does not have them
    :param sizes: one per graph; published and remote size are equal
    """

    version: str
    target: Target
    sent: int
    sent_before: int
    removed: tuple[str, ...]
    sizes: tuple[GraphSize, ...]


def push(
    version: Version,
    remote: RemoteStore,
    *,
    by: str = "auto",
    write: str | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> PushReport:
    """Upload a published version to an endpoint, resuming an interrupted push, and compare graph sizes.

    :param by: `gsp`, `update`, or `auto` for the first protocol that the endpoint accepts
    :param write: address of its graph store or update service; by default derived from the query address
    :param replace: whether to replace the graphs at the endpoint, and remove those that this version lacks
    :raises PushError: if the endpoint has graphs not sent by a push of this version from here, such as those
        of another version, and `replace` is false (nothing is changed); or if the sizes differ afterwards
    :raises EndpointError: a subclass for the cause, if the endpoint fails; the next push resumes
    Cost: linear; one batch is held in memory.
    """
    return _Push(version, remote, progress or (lambda sent, total: None)).run(by, write, replace=replace)


class _Push:
    """The steps of one push of a version to an endpoint."""

    def __init__(self, version: Version, remote: RemoteStore, progress: Progress) -> None:
        self.version, self.remote, self.progress = version, remote, progress
        self.store: OxigraphStore = version.open()
        self.sizes = graph_sizes(self.store)
        self.total = sum(self.sizes.values())

    def run(self, by: str, write: str | None, *, replace: bool) -> PushReport:
        remote_sizes = graph_sizes(self.remote)
        state = PushState.load(self.version, self.remote.url).without_losses(remote_sizes)
        if replace and state.done == self.sizes:
            state = state.restarted()  # it was sent completely before: replacing sends it again
        sent_before, sent = sum(state.done.values()), 0
        removed: tuple[str, ...] = ()
        target = Target(state.protocol, state.update_url) if state.protocol else None
        if not (state.done == self.sizes == remote_sizes):  # equal sizes alone may hide other content
            if not replace:
                self._check_unoccupied(state, remote_sizes)
            if by != "auto" or not target:
                target = find_target(self.remote.transport, by, write)
            state = state.at(target)
            sent = self._send(target, state)
            removed = self._remove_graphs(target, set(remote_sizes) - set(self.sizes))
        sizes = self._verify(state)
        target = target or Target("none", self.remote.url)
        return PushReport(self.version.name, target, sent, sent_before, removed, sizes)

    def _check_unoccupied(self, state: PushState, remote_sizes: Mapping[str, int]) -> None:
        """Raise an error if the endpoint has a graph that no push of this version sent."""
        if foreign_graphs := sorted(set(remote_sizes) - set(state.done)):
            graph = foreign_graphs[0]
            reason = message(__package__, "occupied", graph=graph, size=remote_sizes[graph])
            raise PushError(self.remote.url, reason)

    def _send(self, target: Target, state: PushState) -> int:
        state.remove_states_of_other_versions()
        sent, sent_before = 0, sum(state.done.values())
        self.progress(sent_before, self.total)
        for graph in sorted(self.sizes):
            for lines, start, size in self._batches(graph, state.done.get(graph, 0), BATCH[target.protocol]):
                if start == 0:
                    state.save(graph, 0)  # from now on the remote graph is that of this push
                target.write_batch(self.remote.transport, graph, lines, first=start == 0)
                state.save(graph, start + size)
                sent += size
                self.progress(sent_before + sent, self.total)
        return sent

    def _remove_graphs(self, target: Target, graphs: set[str]) -> tuple[str, ...]:
        for graph in sorted(graphs):
            target.remove(self.remote.transport, graph)
        return tuple(sorted(graphs))

    def _batches(self, graph: str, start: int, size: int) -> Iterator[tuple[bytes, int, int]]:
        """Split a graph into batches of N-Triples; the order is the same in every run."""
        quads = islice(self.store.quads(graph), start, None)
        while batch := list(islice(quads, size)):
            triples = [_ground(quad) for quad in batch]
            yield ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", start, len(batch)
            start += len(batch)

    def _verify(self, state: PushState) -> tuple[GraphSize, ...]:
        """Compare the sizes of all graphs, and one accented text per graph, with the endpoint."""
        remote_sizes = graph_sizes(self.remote)
        graphs = sorted({*self.sizes, *remote_sizes})
        sizes = tuple(
            GraphSize(graph, self.sizes.get(graph, 0), remote_sizes.get(graph, 0)) for graph in graphs
        )
        for graph, published, remote in map(astuple, sizes):
            if published != remote:
                state.remove()
                sizes_differ = message(
                    __package__, "sizes_differ", graph=graph, remote=remote, published=published
                )
                raise PushError(self.remote.url, sizes_differ)
        for graph in self.sizes:
            self._verify_letters(graph, state)
        return sizes

    def _verify_letters(self, graph: str, state: PushState) -> None:
        """Check that an accented text of a graph arrived unchanged, which equal sizes do not prove."""
        quads = islice(self.store.quads(graph), 2000)
        quad = next((quad for quad in quads if _is_accented(quad.object)), None)
        if quad is None:
            return
        query = f"SELECT ?o {{ GRAPH <{graph}> {{ {quad.subject} {quad.predicate} ?o }} }}"
        remote_texts = {text for (text,) in self.remote.texts(query)}
        if getattr(quad.object, "value", "") not in remote_texts:
            state.remove()
            raise PushError(self.remote.url, message(__package__, "letters_lost", graph=graph))


def graph_sizes(store: Store) -> dict[str, int]:
    """Count the triples of each graph of egovkg in a store; linear on most engines.

    :returns: IRI of the graph → number of triples, at least 1
    """
    sizes: dict[str, int] = {}
    for graph, number in store.select(_SIZES).rows:
        if isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal) and number.value != "0":
            sizes[graph.value] = int(number.value)
    return sizes


def _is_accented(term: object) -> bool:
    return isinstance(term, ox.Literal) and not term.value.isascii()


def _ground(quad: ox.Quad) -> ox.Triple:
    """Replace blank nodes by IRIs, so that sending a quad twice adds nothing."""
    subject, target = quad.subject, quad.object
    if isinstance(subject, ox.BlankNode):
        subject = ox.NamedNode(_GENID + subject.value)
    if isinstance(target, ox.BlankNode):
        target = ox.NamedNode(_GENID + target.value)
    return ox.Triple(subject, quad.predicate, target)
