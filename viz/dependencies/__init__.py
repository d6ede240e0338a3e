"""Drawings and matrices of dependencies: HTML pages, workbooks, Mermaid, GraphML and GEXF."""

from __future__ import annotations

from .boxes import Arrow, Box, Drawing
from .drawing import of_comparison, of_impact, of_matrix, of_points, of_routes
from .graph_formats import write_as
from .page import network, render, write

__all__ = [
    "Arrow",
    "Box",
    "Drawing",
    "network",
    "of_comparison",
    "of_impact",
    "of_matrix",
    "of_points",
    "of_routes",
    "render",
    "write",
    "write_as",
]
