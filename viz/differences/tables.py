"""The difference of two graphs as tables for terminals, programs and workbooks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...queries.differences.changes import DifferenceKind, GraphPart
from ...words import catalogue
from ..tables.grid import Grid
from ..tables.terminal import table_text
from .texts import fields_text, lead_text, matter_text, remark_texts, verdict_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...queries.differences.changes import Change
    from ...queries.differences.report import DifferenceReport
    from ..tables.grid import CellValue

_COLUMNS = ("part", "change", "province", "id", "label", "detail", "difference", "source", "sentence")
_CLASS = "class"
_READ_COLUMNS = ("change", "province", "matter", "difference", "source")


@dataclass(frozen=True, slots=True)
class DetailPage:
    """Which changes of each part are listed.

    :param most: rows of each part on one page, at least 1
    :param number: the page, from 1 on
    """

    most: int = 20
    number: int = 1

    def rows(self, changes: Sequence[Change]) -> Sequence[Change]:
        """List the changes of this page."""
        return changes[(self.number - 1) * self.most : self.number * self.most]


def difference_text(report: DifferenceReport, page: DetailPage, lang: str) -> str:
    """Lay a difference out for a terminal: counts by part, by province, then a page of the changes."""
    lines = [lead_text(report, lang), *remark_texts(report, lang)]
    texts = ["\n".join(lines) + "\n"]
    texts += [_count_text(title, grid, page, lang) for title, grid in count_grids(report, lang).items()]
    texts += [_part_text(report, part, page, lang) for part in report.counts()]
    return "\n".join(filter(None, texts))


def _count_text(title: str, grid: Grid, page: DetailPage, lang: str) -> str:
    """Lay out a table of counts; of the classes, only the most frequent are listed."""
    if grid.keys[0] == _CLASS and len(grid.rows) > page.most:
        listed = catalogue(__package__, lang)("page", first=1, last=page.most, count=len(grid.rows))
        title, grid = f"{title} ({listed})", replace(grid, rows=grid.rows[: page.most])
    return f"── {title}\n\n{table_text(grid)}"


def _part_text(report: DifferenceReport, part: GraphPart, page: DetailPage, lang: str) -> str:
    changes = report.of_part(part)
    listed = page.rows(changes)
    if not listed:
        return ""
    heading = f"── {part.label(lang)} ({page_text(changes, listed, page, lang)})\n\n"
    return heading + table_text(_read_grid(report, listed, lang))


def page_text(changes: Sequence[Change], listed: Sequence[Change], page: DetailPage, lang: str) -> str:
    """Say how many changes there are, and which of them are listed if not all are."""
    if len(listed) == len(changes):
        return str(len(changes))
    first = (page.number - 1) * page.most + 1
    values = {"first": first, "last": first + len(listed) - 1, "count": len(changes)}
    return catalogue(__package__, lang)("page", **values)


def count_grids(report: DifferenceReport, lang: str) -> Mapping[str, Grid]:
    """Count the changes by part, verdict, class and province; counts without a row are left out.

    :returns: title → grid
    """
    words = catalogue(__package__, lang)
    grids = {
        words["heading.parts"]: part_grid(report, lang),
        words["heading.verdicts"]: verdict_grid(report, lang),
        words["heading.provinces"]: province_grid(report, lang),
        words["heading.classes"]: class_grid(report, lang),
    }
    return {title: grid for title, grid in grids.items() if grid.rows}


def verdict_grid(report: DifferenceReport, lang: str) -> Grid:
    """Count the changes of verdicts, the most frequent first."""
    words = catalogue(__package__, lang)
    keys = ("part", "before", "after", "count")
    pairs = [(change.part, verdict_texts(change, lang)) for change in report.changes]
    counts = Counter((part, pair) for part, pair in pairs if pair and pair[0] != pair[1])
    rows: list[list[CellValue]] = [
        [part.label(lang), *pair, count] for (part, pair), count in counts.most_common()
    ]
    return Grid([words[f"column.{key}"] for key in keys], keys, rows)


def class_grid(report: DifferenceReport, lang: str) -> Grid:
    """Count the changes of entities by their class, the class with most changes first."""
    changes = report.of_part(GraphPart.ENTITY)
    counts = Counter((change.detail, change.kind) for change in changes)
    totals = Counter(change.detail for change in changes)
    rows: list[list[CellValue]] = [
        [name, *(counts[name, kind] for kind in DifferenceKind)] for name, _ in totals.most_common()
    ]
    headings = [catalogue(__package__, lang)["column.class"], *(kind.label(lang) for kind in DifferenceKind)]
    return Grid(headings, (_CLASS, *(kind.value for kind in DifferenceKind)), rows)


def part_grid(report: DifferenceReport, lang: str) -> Grid:
    """Count the changes by part and kind."""
    keys = ("part", *(kind.value for kind in DifferenceKind))
    headings = [catalogue(__package__, lang)["column.part"], *(kind.label(lang) for kind in DifferenceKind)]
    rows: list[list[CellValue]] = [
        [part.label(lang), *counts.values()] for part, counts in report.counts().items()
    ]
    return Grid(headings, keys, rows)


def province_grid(report: DifferenceReport, lang: str) -> Grid:
    """Count the changes by province and part; parts without a change are left out."""
    words = catalogue(__package__, lang)
    parts = [*report.counts()]
    rows: list[list[CellValue]] = [
        [province or words["country"], *(counts[part] for part in parts)]
        for province, counts in report.counts_by_province().items()
    ]
    headings = [words["column.province"], *(part.label(lang) for part in parts)]
    return Grid(headings, ["province", *(part.value for part in parts)], rows)


def changes_grid(report: DifferenceReport, changes: Sequence[Change], lang: str) -> Grid:
    """Lay changes out with all columns, for programs and workbooks."""
    rows: list[list[CellValue]] = [
        [
            change.part.label(lang),
            change.kind.label(lang),
            report.province_label(change.province),
            change.id,
            change.label,
            change.detail,
            fields_text(change, lang),
            change.source,
            change.sentence,
        ]
        for change in changes
    ]
    return Grid(_headings(_COLUMNS, lang), _COLUMNS, rows)


def difference_sheets(report: DifferenceReport, lang: str) -> Mapping[str, Grid]:
    """Lay out the sheets of a workbook: what was compared, counts, and the changes, a sheet a part.

    :returns: name of the sheet → grid
    """
    words = catalogue(__package__, lang)
    lines = [[line] for line in (lead_text(report, lang), *remark_texts(report, lang))]
    sheets = {
        words["sheet.about"]: Grid([words["sheet.about"]], ["about"], lines),
        **count_grids(report, lang),
    }
    for part in report.counts():
        sheets[part.label(lang)] = changes_grid(report, report.of_part(part), lang)
    return sheets


def _read_grid(report: DifferenceReport, changes: Sequence[Change], lang: str) -> Grid:
    """Lay changes out for a terminal; columns without a value are left out."""
    rows: list[list[CellValue]] = [
        [
            change.kind.label(lang),
            report.province_label(change.province),
            matter_text(change),
            fields_text(change, lang),
            change.source,
        ]
        for change in changes
    ]
    filled = [place for place in range(len(_READ_COLUMNS)) if any(row[place] for row in rows)]
    if all(change.part.is_verdict for change in changes):
        filled.remove(_READ_COLUMNS.index("change"))
    keys = [_READ_COLUMNS[place] for place in filled]
    return Grid(_headings(keys, lang), keys, [[row[place] for place in filled] for row in rows])


def _headings(keys: Sequence[str], lang: str) -> list[str]:
    words = catalogue(__package__, lang)
    return [words[f"column.{key}"] for key in keys]
