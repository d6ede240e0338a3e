"""The figures that can be compared with targets: results with province, period and covered levels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ...graph.names import CODE, with_prefixes
from ..facts.values import short_name, text_of

if TYPE_CHECKING:
    from ...graph.store import Row, Store
    from ..facts.territories import Territories

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
    """A result that a province achieved, as a number.

    :param id: short address
    :param first: first day of its period, else the day it was published; `last` likewise
    :param stated: the day it was published
    :param levels: service levels that it covers; empty for all
    :param scopes: levels of government that it covers; empty if not stated
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
    stated: date
    is_dated: bool
    levels: frozenset[str]
    scopes: frozenset[str]

    @property
    def reached(self) -> date:
        """The day from which the figure holds: the end of its period, or its publication within it."""
        return self.stated if self.first <= self.stated < self.last else self.last


def result_figures(store: Store, places: Territories) -> list[ResultFigure]:
    """Read the result figures of a store in order of id; two queries, linear in the figures."""
    scopes: dict[str, set[str]] = defaultdict(set)
    for figure, scope in store.select(_SCOPES).rows:
        scopes[text_of(figure)].add(text_of(scope).removeprefix(CODE))
    levels: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, Row] = {}
    for row in store.select(_FIGURES).rows:
        rows[text_of(row[0])] = row
        if row[9] is not None:
            levels[text_of(row[0])].add(text_of(row[9]).removeprefix(CODE))
    return [
        _figure(rows[iri], places.province[unit], frozenset(levels[iri]), frozenset(scopes[iri]))
        for iri in sorted(rows)
        if (unit := places.unit_of(text_of(rows[iri][1]))) is not None
    ]


def _figure(row: Row, province: str, levels: frozenset[str], scopes: frozenset[str]) -> ResultFigure:
    is_dated = row[7] is not None
    stated = date.fromisoformat(text_of(row[6]))
    return ResultFigure(
        id=short_name(text_of(row[0])),
        province=province,
        subject=text_of(row[1]),
        measure=text_of(row[2]),
        value=Decimal(text_of(row[3])),
        comparator=text_of(row[4]).removeprefix(CODE),
        unit=text_of(row[5]),
        article=text_of(row[10]),
        first=date.fromisoformat(text_of(row[7])) if is_dated else stated,
        last=date.fromisoformat(text_of(row[8])) if is_dated else stated,
        stated=stated,
        is_dated=is_dated,
        levels=levels,
        scopes=scopes,
    )
