"""What depends on what: impact, paths, single points of failure, criticality, matrix, comparison."""

from __future__ import annotations

from ..facts.units import remark_text
from .ask import (
    ComparisonQuestion,
    ImpactQuestion,
    MatrixQuestion,
    NetworkQuestion,
    PathQuestion,
    ask_comparison,
    ask_criticality,
    ask_impact,
    ask_joins,
    ask_matrix,
    ask_paths,
    ask_single_points,
)
from .network.choice import EdgeChoice, Widening
from .network.dependencies import Dependencies
from .network.remarks import DependencyRemark, remark_texts
from .network.scope import Scope
from .paths import PathBounds

__all__ = [
    "ComparisonQuestion",
    "Dependencies",
    "DependencyRemark",
    "EdgeChoice",
    "ImpactQuestion",
    "MatrixQuestion",
    "NetworkQuestion",
    "PathBounds",
    "PathQuestion",
    "Scope",
    "Widening",
    "ask_comparison",
    "ask_criticality",
    "ask_impact",
    "ask_joins",
    "ask_matrix",
    "ask_paths",
    "ask_single_points",
    "remark_text",
    "remark_texts",
]
