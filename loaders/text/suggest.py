"""Nearest names: a typing slip gets the name that was probably meant."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...graph.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], *, limit: int = 3, cutoff: float = 75.0) -> tuple[str, ...]:
    """List the names most like one that is unknown.

    :param cutoff: similarity in 0..100 below which a name is not offered
    :returns: best first; empty when nothing comes near
    An abbreviation finds the name it is made of (`hs` finds `hồ-sơ`).
    Source: normalised Damerau-Levenshtein-like ratio of RapidFuzz.

    >>> nearest("conectsTo", ["connectsTo", "hostedOn"])
    ('connectsTo',)
    """
    return _nearest(name, tuple(names), limit, cutoff)


@lru_cache(maxsize=1024)
def _nearest(name: str, names: tuple[str, ...], limit: int, cutoff: float) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process  # loaded only when something is wrong

    meant = tuple(n for n in names if len(name) > 1 and _initials(n) == fold(name))
    found = process.extract(name, names, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff)
    return tuple(dict.fromkeys([*meant, *(match for match, _, _ in found)]))[:limit]


def _initials(name: str) -> str:
    return "".join(part[0] for part in fold(name).replace("-", " ").split())


def did_you_mean(name: str, names: Iterable[str], otherwise: str) -> str:
    """Word the suggestion, or say what to do when no name comes near.

    >>> did_you_mean("runing", ["running", "planned"], "one of: running, planned")
    'did you mean "running"?'
    """
    found = nearest(name, names, limit=1)
    return f'did you mean "{found[0]}"?' if found else otherwise
