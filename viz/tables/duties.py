"""The links that the law asks of provinces as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.qualifiers import Sourcing
from ...words import label
from .columns import grid_of_columns, judged_columns, stated_cell, verdict_text

if TYPE_CHECKING:
    from ...queries.planning.duties import DutyReport, DutyStanding
    from .grid import CellValue, Grid

__all__ = ["duties_grid"]

_COLUMNS = {
    "province": "province",
    "source_unit": "source_unit",
    "duty": "duty",
    "dependent": "dependent",
    "provider": "provider",
    "document": "document",
    "clause": "clause",
    "in_force_from": "in_force_from",
    "due": "due",
    "verdict": "verdict",
    "since": "since",
    "sourcing": "sourcing",
    "sentences": "sentences",
}


def duties_grid(report: DutyReport, lang: str) -> Grid:
    """Build the table of duties: what the law asks, by which clause, and what is stated."""
    return grid_of_columns(_COLUMNS, [_row(standing, lang) for standing in report.standings], lang)


def _row(standing: DutyStanding, lang: str) -> list[CellValue]:
    duty = standing.duty
    return [
        *judged_columns(standing.judged, lang),
        label(duty.labels, lang),
        duty.dependent.code,
        duty.provider.code,
        label(duty.document_labels, lang),
        duty.clause,
        duty.life.first,
        duty.due,
        verdict_text(standing.verdict, lang),
        stated_cell(standing.since_text, lang),
        Sourcing.of_slug(duty.sourcing).label(lang),
        " ".join(standing.sentences(lang)),
    ]
