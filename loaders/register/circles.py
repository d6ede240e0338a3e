"""Detection of cycles: components that need each other, units that contain each other."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ..faults.messages import fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ...problems import Fault


def find_circle(needs: Mapping[str, Collection[str]]) -> list[str]:
    """Find a cycle of names in which each needs the next; empty without one.

    >>> find_circle({"A": {"B"}, "B": {"A"}}) in (["A", "B", "A"], ["B", "A", "B"]), find_circle({"A": {"B"}})
    (True, [])
    """
    try:
        TopologicalSorter({component: sorted(providers) for component, providers in needs.items()}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def circle_fault(circle: Collection[str]) -> Fault:
    """Build the fault of components that need each other in a cycle."""
    return fault("KG091.circle", circle=" → ".join(circle))


def key_circle_fault(key: str, circle: Collection[str]) -> Fault:
    """Build the fault of register entries that refer to each other in a cycle by one key."""
    return fault("KG091.circle-of-key", key=key, circle=" → ".join(circle))
