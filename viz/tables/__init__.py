"""Answers as tables for the terminal, CSV, JSON and XLSX; each format has a single writer."""

from __future__ import annotations

from .csv_writer import csv_text
from .grid import CellValue, Grid, cell_text
from .output import deliver, render
from .terminal import table_text
from .workbook import Sheet, grid_sheet, workbook

__all__ = [
    "CellValue",
    "Grid",
    "Sheet",
    "cell_text",
    "csv_text",
    "deliver",
    "grid_sheet",
    "render",
    "table_text",
    "workbook",
]
