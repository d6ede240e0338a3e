"""Suggestions for a misspelt name: the most similar names that exist."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...graph.text import fold
from .messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...problems import Fault
    from ...words import Message


def nearest(name: str, names: Iterable[str], *, limit: int = 3, cutoff: float = 75.0) -> tuple[str, ...]:
    """List the names most similar to an unknown one.

    :param cutoff: similarity, 0 to 100, below which a name is not suggested
    :returns: best first; empty if no name is similar enough
    Abbreviations match the names they abbreviate (`hs` matches `hồ-sơ`). Source: normalised
    Damerau-Levenshtein-like ratio of RapidFuzz.

    >>> nearest("conectsTo", ["connectsTo", "hostedOn"])
    ('connectsTo',)
    """
    return _nearest(name, tuple(names), limit, cutoff)


@lru_cache(maxsize=1024)
def _nearest(name: str, names: tuple[str, ...], limit: int, cutoff: float) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process  # loaded only when something is wrong

    abbreviated = tuple(n for n in names if len(name) > 1 and _initials(n) == fold(name))
    similar = process.extract(name, names, scorer=fuzz.ratio, limit=limit, score_cutoff=cutoff)
    return tuple(dict.fromkeys([*abbreviated, *(match for match, _, _ in similar)]))[:limit]


def _initials(name: str) -> str:
    return "".join(part[0] for part in fold(name).replace("-", " ").split())


def suggestion(name: str, names: Iterable[str]) -> Message | None:
    """Word the suggestion of the most similar name; ``None`` if no name is similar.

    >>> suggestion("runing", ["running", "planned"]).text("en")
    'did you mean "running"?'
    """
    names_near = nearest(name, names, limit=1)
    return message("did-you-mean", name=names_near[0]) if names_near else None


def with_suggestion(fault: Fault, name: str, names: Iterable[str]) -> Fault:
    """Replace the general fix of a fault by the most similar name, if there is one."""
    suggested = suggestion(name, names)
    return fault.with_fix(suggested) if suggested else fault


def with_suggestion_first(fault: Fault, name: str, names: Iterable[str]) -> Fault:
    """Put the most similar name, if there is one, before the general fix of a fault."""
    suggested = suggestion(name, names)
    return (
        fault.with_fix(message("suggestion-or-fix", suggestion=suggested, fix=fault.fix))
        if suggested
        else fault
    )
