"""The texts of a cell: its rule, what is due, and its layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.codes import find_code
from ...words import catalogue

_AGED, _OLD = 2, 5  # years
PULLS_APART = "!"  # beside a symbol, where statements pull apart

if TYPE_CHECKING:
    from datetime import date

    from .gaps import Gap


def layer_label(layer: str, lang: str) -> str:
    """Name a layer, of the framework or of the national digital framework.

    :param layer: its slug

    >>> layer_label("platform", "en")
    'platform'
    """
    return find_code(layer).label(lang)


def due_text(cell: Gap, lang: str) -> str:
    """Word what plans are due by, and whether that has passed; empty where nothing is due."""
    if cell.due is None:
        return ""
    return catalogue(__package__, lang)("overdue" if cell.is_overdue else "due", time=cell.due)


def rule_text(rule: str, lang: str) -> str:
    """Word a rule in one sentence.

    >>> rule_text("G8", "en")
    'No article mentions it, which does not mean that it does not exist.'
    """
    return catalogue(__package__, lang)(f"rule.{rule}")


def cell_symbol(cell: Gap) -> str:
    """Write a cell in a few characters: its symbol, a mark where statements pull apart, and the year."""
    year = f" {cell.evidence_day.year}" if cell.evidence_day else ""
    return cell.verdict.symbol + (PULLS_APART if cell.pulling_apart else "") + year


def age_class(cell: Gap, day: date) -> str:
    """Name how old the evidence of a cell is, for style sheets; empty while it is fresh.

    From two years on it is `aged`, from five years on `old`.
    """
    years = cell.age_in_years(day)
    return "old" if years >= _OLD else "aged" if years >= _AGED else ""
