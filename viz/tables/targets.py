"""Comparison of provinces with numeric targets as a table, including the calculations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.qualifiers import Comparator
from ...words import label, written_number
from .columns import grid_of_columns, verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...queries.planning.targets import TargetStanding
    from .grid import Grid, Value

__all__ = ["targets_grid"]

_PER_CENT = "%"
_COLUMNS = {
    "province": "province",
    "target": "target",
    "document": "document",
    "asked": "asked",
    "period": "period",
    "verdict": "verdict",
    "value": "value",
    "arithmetic": "arithmetic",
    "distance": "distance",
    "figure_period": "figure_period",
    "why": "why",
}


def targets_grid(standings: Iterable[TargetStanding], lang: str) -> Grid:
    """Build the grid that compares provinces with targets."""
    return grid_of_columns(_COLUMNS, [_row(standing, lang) for standing in standings], lang)


def _row(standing: TargetStanding, lang: str) -> list[Value]:
    target = standing.target
    return [
        standing.judged.province.label(lang),
        label(target.labels, lang),
        label(target.document_labels, lang),
        target.words(lang),
        target.period,
        verdict_text(standing.verdict, lang),
        _figure_text(standing, lang),
        standing.quotient.words(lang) if standing.quotient else "",
        "" if standing.distance is None else written_number(standing.distance, lang),
        standing.period,
        " ".join(filter(None, [standing.remark(lang), *standing.sentences(lang)])),
    ]


def _figure_text(standing: TargetStanding, lang: str) -> str:
    """Return the figure with its comparator and its own unit; empty without a figure."""
    if standing.value is None:
        return ""
    is_equal = standing.comparator in {None, Comparator.EQUAL.code.written}
    number = f"{'' if is_equal else standing.comparator}{written_number(standing.value, lang)}"
    unit = _unit(standing, lang)
    return number + unit if unit == _PER_CENT else f"{number} {unit}"


def _unit(standing: TargetStanding, lang: str) -> str:
    if standing.quotient or not standing.facts:
        return _PER_CENT
    return standing.facts[0].in_language(lang).unit or ""
