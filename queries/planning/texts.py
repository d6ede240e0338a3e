"""The texts of a cell: its rule, what is due, and its layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.codes import find_code
from ...ontology.verdicts import AsideReason
from ...words import catalogue

if TYPE_CHECKING:
    from .gaps import Gap
    from .verdicts import SetAside


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


def aside_text(set_aside: SetAside, lang: str) -> str:
    """Word why a statement does not count.

    >>> from egovkg.ontology.verdicts import AsideReason
    >>> from egovkg.queries.planning.verdicts import SetAside
    >>> aside_text(SetAside(AsideReason.OTHER_VERSION, "1.0", "2.0"), "en")
    'about version 1.0, where 2.0 is required'
    """
    key = f"aside.{set_aside.reason.value}"
    if set_aside.reason is AsideReason.OTHER_VERSION and not set_aside.detail:
        key += "_untold"
    return catalogue(__package__, lang)(key, detail=set_aside.detail, required=set_aside.required)


def standing_text(cell: Gap, lang: str) -> str:
    """Word what qualifies the verdict of a cell; empty where nothing does.

    Why what is said does not count, which later version stands for the one asked for, and what else is said
    that pulls against it.
    """
    words = catalogue(__package__, lang)
    remarks = [aside_text(reason, lang) for reason in cell.reasons]
    if cell.successor_version:
        remarks.append(words("successor_version", version=cell.successor_version))
    if cell.pulling_apart:
        signs = ", ".join(sign.label(lang) for sign in cell.pulling_apart)
        remarks.append(words("pulls_apart", signs=signs))
    return "; ".join(remarks)
