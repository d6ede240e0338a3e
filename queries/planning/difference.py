"""Where two gap reports differ: two days of the same provinces, or two provinces of the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .gaps import Gap, GapReport


def differences(one: GapReport, other: GapReport) -> tuple[tuple[Gap, Gap], ...]:
    """Pair the cells whose verdicts differ, in the order of the first report.

    Provinces are paired by identity where the reports share them; else each of the first report is held
    against the only one of the second.
    """
    theirs = {(cell.judged.province.iri, cell.component.code): cell for cell in other.cells}
    units = list(dict.fromkeys(cell.judged.province.iri for cell in other.cells))
    pairs = []
    for cell in one.cells:
        unit = cell.judged.province.iri
        match = theirs.get((unit if unit in units else units[0], cell.component.code)) if units else None
        if match is not None and match.verdict is not cell.verdict:
            pairs.append((cell, match))
    return tuple(pairs)
