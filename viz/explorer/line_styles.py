"""Line styles of relations by the status of their claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ...ontology.qualifiers import Polarity
from ...ontology.statuses import statuses
from ...ontology.tones import Tone

if TYPE_CHECKING:
    from ...ontology.codes import Code
    from ...ontology.statuses import Status
    from .columnar import Record

__all__ = ["REFERENCE", "line_styles"]

REFERENCE = "reference"  # of a relation that stands in reference data and that no article states
_REFERENCE_LINE = "dash-dot"  # a pattern that no status has


def line_styles() -> Record:
    """Describe every mode of a relation: each status, denial, and reference data without claims.

    :returns: mode → `line` (pattern), `variant` (of the pattern: statuses with one line are told apart),
        `tone` (colour), `rank` (of several modes the lowest is drawn), `meaning` (definition by language),
        and flags: `holds` (the relation is an edge of the graph), `runs` (in use, fully or partly), `ahead`
        (not in use yet), `plain` (needs no badge), `crossed` (denied)

    >>> planned, denied = (line_styles()[mode] for mode in ("planned", "denied"))
    >>> planned["line"], planned["ahead"], denied["line"], denied["crossed"]
    ('dashed', True, 'solid', True)
    >>> [line_styles()[mode]["variant"] for mode in ("operational", "completed")]
    [0, 1]
    >>> planned["rank"] < denied["rank"]
    True
    """
    by_firmness = sorted(statuses().values(), key=lambda status: status.firmness, reverse=True)
    ranks = {status.slug: rank for rank, status in enumerate(by_firmness, 1)}
    variants: Counter[str] = Counter()
    styles: Record = {}
    for slug, status in statuses().items():
        styles[slug] = {**_style(status, ranks[slug]), "variant": variants[status.line.value]}
        variants[status.line.value] += 1
    styles[Polarity.DENIED.slug] = {
        "line": Tone.DENIED.line.value,
        "variant": 0,
        "tone": Tone.DENIED.slug,
        "rank": len(ranks) + 1,
        "crossed": True,
        "meaning": _meaning(Polarity.DENIED.code),
    }
    styles[REFERENCE] = {
        "line": _REFERENCE_LINE,
        "variant": 0,
        "tone": Tone.ASIDE.slug,
        "rank": len(ranks) + 2,
    }
    return styles


def _style(status: Status, rank: int) -> Record:
    flags = {
        "holds": status.materialises,
        "runs": status.runs,
        "ahead": status.is_unused,
        "plain": status.is_default,
    }
    return {
        "line": status.line.value,
        "tone": status.tone.slug,
        "rank": rank,
        "meaning": _meaning(status.code),
        **{name: True for name, is_so in flags.items() if is_so},
    }


def _meaning(code: Code) -> Record:
    return dict(code.definitions)
