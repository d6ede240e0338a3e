"""First and last day of documents, events and units as `xsd:date`, computed from their EDTF times.

SPARQL can compare `xsd:date` but not EDTF, so queries that filter by day use these dates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...graph.names import EDTF, EGOV, GRAPH_INFERRED
from ...problems import FaultError
from ..text.dates import read_date
from .nquads import day, egov

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["day_lines"]

_DAYS = {  # property with an EDTF time -> which of its days are stated
    "documentDate": ("firstDay", "lastDay"),
    "eventDate": ("firstDay", "lastDay"),
    "validFrom": ("firstDay",),
    "validTo": ("lastDay",),
}
_LINE = re.compile(
    rf'(<[^>]*>) <{re.escape(EGOV)}({"|".join(_DAYS)})> "([^"]*)"\^\^<{re.escape(EDTF)}>'.encode()
)


def day_lines(lines: Iterable[bytes]) -> set[bytes]:
    """Compute the first and last days of resources, as N-Quads lines of the inferred graph.

    :param lines: N-Quads lines of register, reference data and plain edges

    >>> line = f'<urn:d> <{EGOV}documentDate> "2019-02"^^<{EDTF}> <urn:g> .'.encode()
    >>> [day.split()[2][:13].decode() for day in sorted(day_lines([line]))]
    ['"2019-02-01"^', '"2019-02-28"^']
    """
    return {day_line for line in lines if (match := _LINE.match(line)) for day_line in _lines_of(match)}


def _lines_of(match: re.Match[bytes]) -> Iterator[bytes]:
    subject, name, text = (part.decode() for part in match.groups())
    try:
        time = read_date(text)
    except FaultError:
        return  # an open interval, or an EDTF form that articles cannot state
    days = {"firstDay": time.earliest, "lastDay": time.latest}
    for relation in _DAYS[name]:
        yield f"{subject} {egov(relation)} {day(days[relation].isoformat())} <{GRAPH_INFERRED}> .\n".encode()
