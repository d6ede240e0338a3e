"""The report on a difference: its changes, and their counts by part, kind and province."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .changes import DifferenceKind, GraphPart

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from .changes import Change


@dataclass(frozen=True)
class DifferenceReport:
    """How two graphs differ.

    :param before: name of the earlier graph; `after` likewise
    :param day: the day on which the verdicts of both were given
    :param changes: by part, then in the order of that part; empty if the graphs say the same
    :param reworded: number of statements whose sentence alone differs
    :param provinces: CURIE → label of the provinces that changes concern
    """

    before: str
    after: str
    day: date
    changes: tuple[Change, ...]
    reworded: int
    provinces: Mapping[str, str]

    def of_part(self, part: GraphPart) -> tuple[Change, ...]:
        """List the changes of one part."""
        return tuple(change for change in self.changes if change.part is part)

    def counts(self) -> Mapping[GraphPart, Mapping[DifferenceKind, int]]:
        """Count the changes of each part that has some, by kind."""
        counted = Counter((change.part, change.kind) for change in self.changes)
        parts = [part for part in GraphPart if self.of_part(part)]
        return {part: {kind: counted[part, kind] for kind in DifferenceKind} for part in parts}

    def counts_by_province(self) -> Mapping[str, Mapping[GraphPart, int]]:
        """Count the changes of each province by part, the province with most changes first.

        :returns: label of the province, empty for the country → part → changes
        """
        totals = Counter(change.province for change in self.changes)
        counted = Counter((change.province, change.part) for change in self.changes)
        order = sorted(totals, key=lambda unit: (-totals[unit], self.province_label(unit)))
        return {
            self.province_label(unit): {part: counted[unit, part] for part in GraphPart} for unit in order
        }

    def province_label(self, unit: str) -> str:
        """Return the label of a province; empty for the country."""
        return self.provinces.get(unit, unit)

    def as_dicts(self) -> list[dict[str, object]]:
        """Return the changes in a form that JSON can hold; an empty list if the graphs say the same."""
        return [
            change.as_dict() | {"province_label": self.province_label(change.province)}
            for change in self.changes
        ]
