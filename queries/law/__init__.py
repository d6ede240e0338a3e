"""The life of rules: from which day a rule is in force, what changed it, and what ended it."""

from __future__ import annotations

from .lives import RuleChange, RuleLife, RuleLives, life_of_framework, read_lives

__all__ = ["RuleChange", "RuleLife", "RuleLives", "life_of_framework", "read_lives"]
