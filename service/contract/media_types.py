"""Content negotiation: the media types of answers, and the client's preference among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .refusals import ServiceError

if TYPE_CHECKING:
    from collections.abc import Sequence

JSON = "application/json"
CSV = "text/csv"
HTML = "text/html; charset=utf-8"
RESULT_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_SYNONYMS = {
    JSON: "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}  # media types that clients ask for -> the registered one
_SHORT_NAMES = {
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "json": (JSON, "application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "ttl": ("text/turtle",),
    "turtle": ("text/turtle",),
    "nt": ("application/n-triples",),
    "jsonld": ("application/ld+json",),
    "rdf": ("application/rdf+xml",),
    "html": ("text/html",),
}  # value of the parameter `format` -> the media types that it may stand for
_CACHED_HEADER_LENGTH = 500  # characters; the choice for a longer header is not cached


@dataclass(frozen=True)
class _MediaRange:
    """One element of an Accept header, such as `text/*;q=0.5`."""

    pattern: str
    quality: float
    parameter_count: int = 0

    @property
    def specificity(self) -> int:
        if self.pattern == "*/*":
            return -1
        return 0 if self.pattern.endswith("/*") else 1 + self.parameter_count

    def covers(self, media_type: str) -> bool:
        if self.pattern == "*/*":
            return True
        if self.pattern.endswith("/*"):
            return media_type.startswith(self.pattern[:-1])
        return self.pattern == media_type


def best_media_type(accept: str, offered: Sequence[str]) -> str:
    """Choose the media type that an Accept header prefers; among equals the first one offered.

    :param accept: the header; an empty one accepts everything
    :raises ServiceError: 406 if the header accepts none of those offered

    >>> best_media_type("text/csv, */*;q=0.1", list(RESULT_FORMATS))
    'text/csv'
    >>> best_media_type("application/json", list(RESULT_FORMATS))
    'application/sparql-results+json'
    """
    choose = _best if len(accept) <= _CACHED_HEADER_LENGTH else _best.__wrapped__
    if (media_type := choose(accept, tuple(offered))) is None:
        raise ServiceError("not-acceptable", offered=", ".join(offered))
    return media_type


def chosen_media_type(form: str, accept: str, offered: Sequence[str]) -> str:
    """Choose the media type that the parameter `format` names; without one, that of the Accept header.

    :param form: a short name such as `csv`, or a media type; empty for none
    :raises ServiceError: 406 when it names none of them

    >>> chosen_media_type("csv", "text/turtle", list(RESULT_FORMATS))
    'text/csv'
    >>> chosen_media_type("xml", "", list(GRAPH_FORMATS))
    'application/rdf+xml'
    """
    if not form:
        return best_media_type(accept, offered)
    name = form.strip().lower().replace(" ", "+")  # a plus sign in an address is read as a space
    for media_type in _SHORT_NAMES.get(name, (_SYNONYMS.get(name, name),)):
        if media_type in offered:
            return media_type
    names = [short for short, types in _SHORT_NAMES.items() if set(types) & set(offered)]
    raise ServiceError("unknown-format", form=form, forms=", ".join(names))


@lru_cache(maxsize=256)
def _best(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = [_media_range(part) for part in accept.split(",") if part.strip()] or [_MediaRange("*/*", 1.0)]
    qualities = {media_type: _quality(media_type, ranges) for media_type in offered}
    best = max(offered, key=qualities.__getitem__)  # the first of equals
    return best if qualities[best] > 0 else None


def _quality(media_type: str, ranges: Sequence[_MediaRange]) -> float:
    names = [media_type, *(synonym for synonym, registered in _SYNONYMS.items() if registered == media_type)]
    matching = [media_range for media_range in ranges if any(map(media_range.covers, names))]
    if not matching:
        return 0.0
    specificity = max(media_range.specificity for media_range in matching)
    return max(media_range.quality for media_range in matching if media_range.specificity == specificity)


def _media_range(part: str) -> _MediaRange:
    pattern, *parameters = (piece.strip() for piece in part.lower().split(";"))
    quality, parameter_count = 1.0, 0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            quality = quality_value(value)
        else:
            parameter_count += 1
    return _MediaRange("*/*" if pattern == "*" else pattern, quality, parameter_count)


def quality_value(text: str) -> float:
    """Read the quality value of an Accept header; 0 if it is no number.

    >>> quality_value("0.5"), quality_value("7"), quality_value("high")
    (0.5, 1.0, 0.0)
    """
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0
