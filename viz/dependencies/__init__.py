"""Drawings and matrices of dependencies: pages, pictures, workbooks, Mermaid, GraphML and GEXF."""

from __future__ import annotations

from .boxes import Arrow, Box, Drawing
from .drawing import of_comparison, of_impact, of_matrix, of_points, of_routes
from .forms import drawing_bytes
from .page import network, render, write

__all__ = [
    "Arrow",
    "Box",
    "Drawing",
    "drawing_bytes",
    "network",
    "of_comparison",
    "of_impact",
    "of_matrix",
    "of_points",
    "of_routes",
    "render",
    "write",
]
