"""The texts of a brief's lines that its document, its tables and the site have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import catalogue

if TYPE_CHECKING:
    from ...queries.brief.report import BriefLine, BriefReport, RuleClause


def kind_and_territory(report: BriefReport, line: BriefLine, lang: str) -> str:
    """Return the kind of a line, and for which units it holds where it does not hold for all of them."""
    territory = report.territory(line, lang)
    kind = line.kind.label(lang)
    return f"{kind} · {territory}" if territory else kind


def place_to_read(clause: RuleClause, lang: str) -> str:
    """Return the addresses where a rule can be read, else a note that there is none."""
    return "; ".join(clause.basis.addresses) or catalogue(__package__, lang)["no_address"]


def clause_times(clause: RuleClause, lang: str) -> str:
    """Word from when to when a rule is in force; empty if its first day is unknown."""
    first, last = clause.life.first, clause.life.last
    if first is None:
        return ""
    key = "times.ended" if last else "times.open"
    return catalogue(__package__, lang)(key, first=first.isoformat(), last=last.isoformat() if last else "")
