"""The words of verdicts: name, symbol and colour family, one place for terminal, spreadsheet and page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.codes import find_code
from ...ontology.verdicts import TargetVerdict, Verdict
from .verdicts import RULES

if TYPE_CHECKING:
    from .gaps import Gap


def verdict_word(verdict: Verdict, lang: str) -> str:
    """Name a verdict, as the ontology does.

    >>> verdict_word(Verdict.STATED_GAP, "en"), verdict_word(Verdict.MET, "vi")
    ('stated gap', 'đã có')
    """
    return verdict.label(lang)


def target_word(verdict: TargetVerdict, lang: str) -> str:
    """Name how a province stands against a target.

    >>> target_word(TargetVerdict.MISSED, "en")
    'missed'
    """
    return verdict.label(lang)


def layer_word(layer: str, lang: str) -> str:
    """Name a layer.

    >>> layer_word("platform", "en")
    'platform'
    """
    return find_code(layer).label(lang)


def due_words(cell: Gap, lang: str) -> str:
    """Word what plans are due by, and whether that has passed; empty where nothing is due."""
    if cell.due is None:
        return ""
    if lang == "vi":
        return f"hạn {cell.due}" + (" đã qua, chưa có tin sau đó" if cell.is_overdue else "")
    return f"due {cell.due}" + (", passed without later news" if cell.is_overdue else "")


def rule_words(rule: str, lang: str) -> str:
    """Word a rule in one sentence.

    >>> rule_words("G8", "en")
    'No article speaks of it, which does not mean that it is not there.'
    """
    return RULES[rule][1 if lang == "vi" else 2]
