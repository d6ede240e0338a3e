"""The texts of a cell: its rule, its due date and its layer."""

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
    """Return the label of a layer of the framework or of the national digital framework.

    :param layer: slug of the layer

    >>> layer_label("platform", "en")
    'platform'
    """
    return find_code(layer).label(lang)


def due_text(cell: Gap, lang: str) -> str:
    """Word when the plans of a cell are due, and whether they are overdue; empty without a due date."""
    if cell.due is None:
        return ""
    return catalogue(__package__, lang)("overdue" if cell.is_overdue else "due", time=cell.due)


def rule_text(rule: str, lang: str) -> str:
    """Explain a rule in one sentence.

    >>> rule_text("G8", "en")
    'No article mentions it, which does not mean that it does not exist.'
    """
    return catalogue(__package__, lang)(f"rule.{rule}")


def cell_symbol(cell: Gap) -> str:
    """Return a cell as a few characters: verdict symbol, mark of contradicting statements, year."""
    symbol = cell.verdict.symbol + (PULLS_APART if cell.pulling_apart else "")
    return f"{symbol} {cell.evidence_year}".rstrip()


def age_class(cell: Gap, day: date) -> str:
    """Return the style class for the age of a cell's evidence; empty for recent evidence.

    Evidence is `aged` from two years on and `old` from five years on.
    """
    years = cell.age_in_years(day)
    return "old" if years >= _OLD else "aged" if years >= _AGED else ""
