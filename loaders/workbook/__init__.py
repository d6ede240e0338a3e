"""Workbooks: inventories in XLSX, ODS and CSV, imported as sources with their registers."""

from .form import FormRow, form_rows
from .importing import ImportReport, WorkbookImport, import_workbook
from .layout import GUIDE, SHEETS, Column, heading, sheet_name
from .sources import SourceDefaults
from .template import TemplateSheet, guide_texts, template

__all__ = [
    "GUIDE",
    "SHEETS",
    "Column",
    "FormRow",
    "ImportReport",
    "SourceDefaults",
    "TemplateSheet",
    "WorkbookImport",
    "form_rows",
    "guide_texts",
    "heading",
    "import_workbook",
    "sheet_name",
    "template",
]
