"""Comparison of provinces with frameworks and targets: gaps, targets, and the roadmap."""

from __future__ import annotations

from .ask import (
    DutyQuestion,
    GapComparison,
    GapQuestion,
    TargetQuestion,
    ask_duties,
    ask_gap_columns,
    ask_gap_difference,
    ask_gaps,
    ask_roadmap,
    ask_roll_up,
    ask_targets,
)
from .columns import GapColumns
from .duties import Duty, DutyReport, DutyStanding
from .gap_report import DifferingCells, GapDifference, GapReport
from .gaps import Gap, GapEvidence
from .remarks import Remark, remark_text
from .roadmap import RoadmapReport, RoadmapStep
from .roll_up import InheritedComponent, RollUp
from .targets import TargetReport, TargetStanding

__all__ = [
    "DifferingCells",
    "Duty",
    "DutyQuestion",
    "DutyReport",
    "DutyStanding",
    "Gap",
    "GapColumns",
    "GapComparison",
    "GapDifference",
    "GapEvidence",
    "GapQuestion",
    "GapReport",
    "InheritedComponent",
    "Remark",
    "RoadmapReport",
    "RoadmapStep",
    "RollUp",
    "TargetQuestion",
    "TargetReport",
    "TargetStanding",
    "ask_duties",
    "ask_gap_columns",
    "ask_gap_difference",
    "ask_gaps",
    "ask_roadmap",
    "ask_roll_up",
    "ask_targets",
    "remark_text",
]
