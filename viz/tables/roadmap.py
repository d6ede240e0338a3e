"""The roadmap of a province (components to build, in order) as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .columns import grid_of_columns, judged_columns, verdict_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...queries.planning.roadmap import RoadmapStep
    from .grid import CellValue, Grid

__all__ = ["roadmap_grid"]

_COLUMNS = {
    "province": "province",
    "source_unit": "source_unit",
    "order": "step",
    "component": "code",
    "component_label": "component",
    "verdict": "verdict",
    "after": "after",
    "present": "present",
    "outside": "outside",
    "needed_by": "needed_by",
    "plans": "plans",
}


def roadmap_grid(steps: Iterable[RoadmapStep], lang: str) -> Grid:
    """Lay out the steps of a roadmap in their order."""
    return grid_of_columns(_COLUMNS, [_row(step, lang) for step in steps], lang)


def _row(step: RoadmapStep, lang: str) -> list[CellValue]:
    gap = step.gap
    return [
        *judged_columns(gap.judged, lang),
        step.order,
        gap.component.code,
        gap.component.label(lang),
        verdict_text(gap.verdict, lang),
        ", ".join(step.after),
        ", ".join(step.present),
        ", ".join(step.outside),
        step.needed_by,
        " ".join(step.sentences(lang)),
    ]
