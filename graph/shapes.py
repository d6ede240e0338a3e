"""Placeholder until the compiled shapes land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .store import Store


@dataclass(frozen=True)
class Violation:
    """One violation."""

    focus: str
    path: str | None
    value: str | None
    component: str
    severity: str
    shape: str
    messages: Mapping[str, str]


def validate(store: Store) -> tuple[Violation, ...]:
    """Check."""
    return ()
