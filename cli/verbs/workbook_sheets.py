"""The sheets of workbooks that verbs write: facts in the form that `import` reads, and the empty template."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from ...loaders.workbook import GUIDE, SHEETS, form_rows, guide_texts, heading, sheet_name
from ...viz.tables import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...loaders.workbook import FormRow, TemplateSheet
    from ...queries.facts.statement_tables import StatementTables

_WIDTH = 22  # characters of a column of the template
_GUIDE_WIDTH = 110


def fact_sheets(tables: StatementTables, lang: str) -> list[Sheet]:
    """Lay facts out as the sheets of a workbook, with headings in a language; empty columns are left out."""
    return [_sheet(field.name, getattr(tables, field.name), lang) for field in fields(tables)]


def form_sheets(tables: StatementTables, lang: str) -> list[Sheet]:
    """Lay facts out as the inventory form, with headings in a language; empty sheets are left out."""
    rows = form_rows({field.name: getattr(tables, field.name) for field in fields(tables)}, lang)
    name = sheet_name(GUIDE, lang)
    guide = Sheet(name, [name], [[text] for text in guide_texts(lang)], widths=[_GUIDE_WIDTH])
    return [guide, *(_sheet(kind, rows[kind], lang) for kind in SHEETS if rows[kind])]


def _sheet(kind: str, rows: Sequence[FormRow], lang: str) -> Sheet:
    columns = [
        column.name
        for column in SHEETS[kind]
        if column.is_required or any(column.name in row for row in rows)
    ]
    headings = [heading(kind, column, lang) for column in columns]
    cells = [[row.get(column, "") for column in columns] for row in rows]
    return Sheet(sheet_name(kind, lang), headings, cells, has_filter=True)


def template_sheets(template: Sequence[TemplateSheet]) -> list[Sheet]:
    """Lay the template out as the sheets of a workbook."""
    return [
        Sheet(
            sheet.name,
            sheet.headings,
            sheet.rows,
            widths=[_GUIDE_WIDTH] if sheet.rows else [_WIDTH] * len(sheet.headings),
            choices=sheet.choices,
        )
        for sheet in template
    ]
