"""Content negotiation: which form of an answer a client wants most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_ALSO = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}  # names that clients use -> the registered one
_USUAL = 500  # letters; what was chosen for longer headers is not kept in mind


@dataclass(frozen=True)
class _Range:
    kind: str
    quality: float
    parameters: int = 0

    @property
    def exactness(self) -> int:
        return -1 if self.kind == "*/*" else 0 if self.kind.endswith("/*") else 1 + self.parameters

    def covers(self, kind: str) -> bool:
        if self.kind == "*/*":
            return True
        return kind.startswith(self.kind[:-1]) if self.kind.endswith("/*") else self.kind == kind


def chosen(accept: str, offered: Sequence[str]) -> str:
    """Choose a media type; among equals what is offered first.

    :param accept: the header; empty for any
    :raises ServiceError: 406 when nothing fits

    >>> chosen("text/csv, */*;q=0.1", list(RESULTS))
    'text/csv'
    >>> chosen("application/json", list(RESULTS))
    'application/sparql-results+json'
    """
    best = _chosen if len(accept) <= _USUAL else _chosen.__wrapped__
    if (kind := best(accept, tuple(offered))) is None:
        raise ServiceError(406, "not-acceptable", f"offered here: {', '.join(offered)}")
    return kind


@lru_cache(maxsize=256)
def _chosen(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [_Range("*/*", 1.0)]
    qualities = [(_quality(kind, ranges), -at, kind) for at, kind in enumerate(offered)]
    best = max(qualities)
    return best[2] if best[0] > 0 else None


def _quality(kind: str, ranges: Sequence[_Range]) -> float:
    names = [kind, *(name for name, meant in _ALSO.items() if meant == kind)]
    fitting = [one for one in ranges if any(one.covers(name) for name in names)]
    if not fitting:
        return 0.0
    exactness = max(one.exactness for one in fitting)
    return max(one.quality for one in fitting if one.exactness == exactness)


def _range(part: str) -> _Range:
    kind, *parameters = (piece.strip() for piece in part.lower().split(";"))
    quality, others = 1.0, 0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
        else:
            others += 1
    return _Range("*/*" if kind == "*" else kind, quality, others)
