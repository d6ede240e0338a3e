"""Which figures of one measure compare, and why others do not.

Figures compare if they are of one measure, kind, level of government, service level, period, population and
kind of thing: the rules of the questions `comparable-figures` and `not-comparable`. The questions answer in
words; here the same verdicts are by statement, so that a page can put figures side by side. A test holds both
against each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ...ontology.qualifiers import Polarity
from ...ontology.statuses import find_status
from ...words import DEFAULT_LANGUAGE, label
from ..facts.territories import PROVINCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..facts.facts import Fact
    from .parts import Node, Picture, Statement

__all__ = ["UNDATED", "FigureOfProvince", "MeasureFigures", "comparable_measures"]

UNDATED = (
    "undated"  # reason: only one of the two states a period; the other reasons are words of `not-comparable`
)
_YEAR = 4  # letters of a year


class _Traits(NamedTuple):
    """What two figures must share to compare."""

    scope: frozenset[str]
    level: frozenset[str]
    about: str
    population: str
    period: str
    kind: str


@dataclass(frozen=True, slots=True)
class FigureOfProvince:
    """A figure of a province.

    :param statement: position in :attr:`~egovkg.queries.picture.parts.Picture.statements`
    :param province: CURIE of the province
    :param group: figures of one measure with the same number compare
    """

    statement: int
    province: str
    group: int


@dataclass(frozen=True)
class MeasureFigures:
    """The figures of a measure that several provinces state.

    :param reasons: two groups, the smaller number first → the keys of why their figures do not compare, at
        least one
    """

    measure: str
    figures: tuple[FigureOfProvince, ...]
    reasons: Mapping[tuple[int, int], tuple[str, ...]]


def comparable_measures(picture: Picture) -> Iterator[MeasureFigures]:
    """Group the figures of each measure that at least two provinces state, in the order of the statements.

    Only figures are taken that hold: neither denied nor merely planned.
    """
    nodes = {node.curie: node for node in picture.nodes}
    by_measure: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for position, statement in enumerate(picture.statements):
        province = _province(nodes, statement.fact.subject)
        if province and _holds(statement.fact):
            by_measure[statement.fact.predicate].append((position, province))
    for measure, figures in by_measure.items():
        if len({province for _, province in figures}) > 1:
            yield _measure(picture, nodes, measure, figures)


def _holds(fact: Fact) -> bool:
    is_stated = fact.value is not None and fact.polarity == Polarity.ASSERTED.code.written
    return is_stated and find_status(fact.status).materialises


def _province(nodes: Mapping[str, Node], subject: str) -> str | None:
    """Return the province that is the subject, or of which the subject is; none for lower units."""
    node = nodes.get(subject)
    places = [subject, *_targets(node, "ofTerritory")] if node else []
    return next((place for place in places if place in nodes and nodes[place].kind == PROVINCE), None)


def _targets(node: Node, relation: str) -> list[str]:
    return [detail.target for detail in node.details if detail.relation == relation and detail.target]


def _measure(
    picture: Picture, nodes: Mapping[str, Node], measure: str, figures: Sequence[tuple[int, str]]
) -> MeasureFigures:
    traits = [_traits(nodes, picture.statements[position]) for position, _ in figures]
    groups = {trait: number for number, trait in enumerate(dict.fromkeys(traits))}
    reasons = {
        (groups[one], groups[other]): tuple(_reasons(one, other)) for one, other in combinations(groups, 2)
    }
    of_province = (
        FigureOfProvince(position, province, groups[trait])
        for (position, province), trait in zip(figures, traits, strict=True)
    )
    return MeasureFigures(measure, tuple(of_province), reasons)


def _traits(nodes: Mapping[str, Node], statement: Statement) -> _Traits:
    qualifiers = statement.fact.qualifiers
    matters = sorted(_sort(nodes, curie) for curie in _values(statement, "about"))
    return _Traits(
        scope=frozenset(_values(statement, "scope")),
        level=frozenset(_values(statement, "level")),
        about=f"{len(matters)} {matters[0]} {matters[-1]}" if matters else "",
        population=_population(nodes, statement),
        period=str(qualifiers.get("period") or qualifiers.get("as_of") or _years(statement.fact)),
        kind=str(qualifiers.get("kind", "")),
    )


def _values(statement: Statement, name: str) -> list[str]:
    value = statement.fact.qualifiers.get(name, ())
    return [str(member) for member in (value if isinstance(value, tuple) else (value,))]


def _sort(nodes: Mapping[str, Node], curie: str) -> str:
    """Return the class of a thing of a territory, such as the LGSP of a province; else the thing itself."""
    node = nodes.get(curie)
    return node.kind if node and _targets(node, "ofTerritory") else curie


def _population(nodes: Mapping[str, Node], statement: Statement) -> str:
    if statement.population:
        return label(statement.population, DEFAULT_LANGUAGE)
    return _sort(nodes, str(statement.fact.qualifiers.get("of", "")))


def _years(fact: Fact) -> str:
    """Return the years in which a figure without a period was stated, in brackets."""
    years = dict.fromkeys((fact.published[:_YEAR] or str(fact.stated_on.year), str(fact.stated_on.year)))
    return f"({'–'.join(years)})"


def _reasons(one: _Traits, other: _Traits) -> Iterator[str]:
    """List why figures do not compare, by the keys of the words of `not-comparable`."""
    if one.level != other.level:
        yield _reason_of_levels(one.level, other.level)
    for name in ("scope", "about", "population", "kind"):
        if getattr(one, name) != getattr(other, name):
            yield name
    if one.period != other.period:
        yield "time" if one.period.strip("()") != other.period.strip("()") else UNDATED


def _reason_of_levels(one: frozenset[str], other: frozenset[str]) -> str:
    """Tell another scheme of service levels from another level; levels of the older scheme are numbers."""
    is_old, other_is_old = (all(name.isdigit() for name in levels) for levels in (one, other))
    return "scheme" if one and other and is_old != other_is_old else "level"
