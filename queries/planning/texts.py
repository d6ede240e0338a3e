"""The texts of a cell: its rule, what is due, and its layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.codes import find_code
from ...words import catalogue

if TYPE_CHECKING:
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
    'No article speaks of it, which does not mean that it is not there.'
    """
    return catalogue(__package__, lang)(f"rule.{rule}")
