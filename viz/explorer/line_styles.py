"""Line styles of relations by the status of their claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ontology.qualifiers import Polarity
from ...ontology.statuses import statuses
from ...ontology.tones import Tone

if TYPE_CHECKING:
    from ...ontology.statuses import Status
    from .columnar import Record

__all__ = ["REFERENCE", "line_styles"]

REFERENCE = "reference"  # of a relation that stands in reference data and that no article states
_REFERENCE_LINE = "dash-dot"  # a pattern that no status has


def line_styles() -> Record:
    """Describe every mode of a relation: each status, denial, and reference data without claims.

    :returns: mode → `line` (pattern), `rank` (of several modes the lowest is drawn), and flags: `holds` (the
        relation is an edge of the graph), `ahead` (not in use yet), `plain` (needs no badge), `crossed`
        (denied)

    >>> planned, denied = (line_styles()[mode] for mode in ("planned", "denied"))
    >>> planned["line"], planned["ahead"], denied["line"], denied["crossed"]
    ('dashed', True, 'solid', True)
    >>> planned["rank"] < denied["rank"]
    True
    """
    by_firmness = sorted(statuses().values(), key=lambda status: status.firmness, reverse=True)
    ranks = {status.slug: rank for rank, status in enumerate(by_firmness, 1)}
    styles: Record = {slug: _style(status, ranks[slug]) for slug, status in statuses().items()}
    styles[Polarity.DENIED.slug] = {
        "line": Tone.DENIED.line.value,
        "rank": len(ranks) + 1,
        "crossed": True,
    }
    styles[REFERENCE] = {"line": _REFERENCE_LINE, "rank": len(ranks) + 2}
    return styles


def _style(status: Status, rank: int) -> Record:
    meanings = {"holds": status.materialises, "ahead": status.is_unused, "plain": status.is_default}
    return {
        "line": status.line.value,
        "rank": rank,
        **{name: True for name, is_so in meanings.items() if is_so},
    }
