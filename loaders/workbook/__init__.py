"""Workbooks: inventories in XLSX, ODS and CSV, imported as sources with their registers."""

from .importing import ImportReport, WorkbookImport, import_workbook
from .layout import SHEETS, Column, heading, sheet_name
from .sources import SourceDefaults
from .template import TemplateSheet, template

__all__ = [
    "SHEETS",
    "Column",
    "ImportReport",
    "SourceDefaults",
    "TemplateSheet",
    "WorkbookImport",
    "heading",
    "import_workbook",
    "sheet_name",
    "template",
]
