"""The fix of a fault about a misspelt name: the most similar name that exists."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...graph.nearest import nearest
from .messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...problems import Fault
    from ...words import Message


def suggestion(name: str, names: Iterable[str]) -> Message | None:
    """Word the suggestion of the most similar name; ``None`` if no name is similar.

    >>> suggestion("runing", ["running", "planned"]).text("en")
    'did you mean "running"?'
    """
    similar = _most_similar(name, tuple(names))
    return message("did-you-mean", name=similar[0]) if similar else None


@lru_cache(maxsize=1024)
def _most_similar(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return nearest(name, names, limit=1)


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
