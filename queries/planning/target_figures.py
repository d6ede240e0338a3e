"""The figures that may be held against targets: results, with province, time and the levels they count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ...graph.names import CODE, with_prefixes
from ..facts.values import short_name, text_of

if TYPE_CHECKING:
    from ...graph.store import Store
    from ..facts.places import Places

_FIGURES = with_prefixes("""
SELECT DISTINCT ?figure ?subject ?measure ?value ?comparator ?unit ?stated ?from ?to ?level ?article {
  ?figure a egov:Figure ; egov:subject ?subject ; egov:measure ?measure ; egov:value ?value ;
    egov:comparator ?comparator ; egov:unit ?unit ; egov:figureKind code:result ; egov:statedOn ?stated ;
    egov:polarity code:asserted ; egov:evidence/egov:inArticle ?article .
  OPTIONAL { ?figure egov:earliest ?from ; egov:latest ?to }
  OPTIONAL { ?figure egov:atServiceLevel ?level }
}
""")
_SCOPES = with_prefixes("""
SELECT DISTINCT ?figure ?scope { ?figure a egov:Figure ; egov:atGovernmentLevel ?scope }
""")


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """A figure that was reached, of a province.

    :param id: short address
    :param first: first day of its time; the day it was said where it bears none. So is `last`
    :param levels: service levels it counts; none where it counts all
    :param scopes: levels of government it counts; none where that is not told
    """

    id: str
    province: str
    subject: str
    measure: str
    value: Decimal
    comparator: str
    unit: str
    article: str
    first: date
    last: date
    is_dated: bool
    levels: frozenset[str]
    scopes: frozenset[str]


def result_figures(store: Store, places: Places) -> list[ResultFigure]:
    """Read them in order of id; two queries, linear in the figures."""
    scopes: dict[str, set[str]] = defaultdict(set)
    for figure, scope in store.select(_SCOPES).rows:
        scopes[text_of(figure)].add(text_of(scope).removeprefix(CODE))
    rows = store.select(_FIGURES).rows
    levels: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row[9] is not None:
            levels[text_of(row[0])].add(text_of(row[9]).removeprefix(CODE))
    found: dict[str, ResultFigure] = {}
    for row in rows:
        iri, subject, stated = text_of(row[0]), text_of(row[1]), date.fromisoformat(text_of(row[6]))
        unit = places.of_thing(subject)
        if unit is None:
            continue
        province = places.province[unit]
        is_dated = row[7] is not None
        found[iri] = ResultFigure(
            id=short_name(iri),
            province=province,
            subject=subject,
            measure=text_of(row[2]),
            value=Decimal(text_of(row[3])),
            comparator=text_of(row[4]).removeprefix(CODE),
            unit=text_of(row[5]),
            article=text_of(row[10]),
            first=date.fromisoformat(text_of(row[7])) if is_dated else stated,
            last=date.fromisoformat(text_of(row[8])) if is_dated else stated,
            is_dated=is_dated,
            levels=frozenset(levels[iri]),
            scopes=frozenset(scopes[iri]),
        )
    return [found[iri] for iri in sorted(found)]
