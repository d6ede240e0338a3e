"""Which statements count for which cell of province × component, and what each of them says.

A statement counts for a component when it names a thing that realises it: a thing of a class that the
component lists, or one that the register ties to it (the register goes before the class). It counts for
the province of that thing's territory; for a national thing, for the province that the statement names or
whose body it names. A task, goal or limitation counts through what it concerns.

Where statements tell outright of a thing's presence (whom it serves, whose it is), another relation of it,
such as a connection or a result, no longer speaks of its being there or planned.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from ...ontology.statuses import find_status
from ...ontology.verdicts import GapSign
from ..facts.territories import Territories
from ..facts.values import short_name
from .candidate_rows import FIGURE, INTENT, candidate_rows
from .verdicts import WeighedStatement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ...graph.store import Store
    from .candidate_rows import CandidateRow
    from .framework import ReferenceComponent

Cell = tuple[str, str]  # IRI of a province, code of a component
# A denial of one of these says that the thing is not there; a denial of another relation does not.
PRESENCE = frozenset({"serves", "ofTerritory", "architectureOf", "operates", "operatedBy", "ownedBy", "owns"})
_SIGN_OF_ITEM = {"hasLimitation": GapSign.LIMITED, "hasGoal": GapSign.PLANNED}  # whatever the status
_WEAK_SIGNS = frozenset({GapSign.PARTIAL, GapSign.ASIDE})
_ASIDE = frozenset({"considers", "concerns"})  # speaking of a thing says nothing of its being there


def candidates(
    store: Store,
    components: Sequence[ReferenceComponent],
    *,
    as_of: date,
    known_by: date | None = None,
    places: Territories | None = None,
) -> dict[Cell, list[WeighedStatement]]:
    """Collect the statements that count for each cell on a day.

    A statement holds from its own date where it bears one, else from the day it was said; a plan from the
    day it was said. One whose end has passed no longer counts, nor does a guess (certainty low).

    :param as_of: the day the question is about
    :param known_by: leave out what was said after this day; all is known when it is ``None``
    :param places: where things belong, when it was read before
    :returns: (province, component code) → statements in order of id; silent cells are missing

    Cost: ten queries; linear in the claims of the store, about 20 µs each.
    """
    places = places or Territories.of(store)
    rows = [
        row
        for row in candidate_rows(store, components)
        if (known_by is None or row.stated <= known_by) and _counts(row, as_of)
    ]
    with_presence = {row.thing for row in rows if row.predicate in PRESENCE}
    cells: dict[Cell, dict[str, WeighedStatement]] = defaultdict(dict)
    for row in rows:
        sign = sign_of(row.predicate, row.status, is_denied=row.is_denied)
        if sign is None or (row.thing in with_presence and not _adds(row, sign)):
            continue
        for unit in _units(places, row):
            province = places.province[unit]
            local_sign = _local_sign(row, sign, is_below=unit != province, as_of=as_of)
            _keep_strongest(cells[province, row.component], _statement(row, local_sign))
    return {cell: [by_id[key] for key in sorted(by_id)] for cell, by_id in sorted(cells.items())}


@lru_cache(maxsize=4096)
def sign_of(predicate: str, status: str, *, is_denied: bool = False) -> GapSign | None:
    """Say what a statement means for the thing it names; ``None`` when it says nothing of its being there.

    >>> sign_of("serves", "planned"), sign_of("connectsTo", "operational", is_denied=True)
    (<GapSign.PLANNED: 'planned'>, None)
    """
    if predicate in _ASIDE:
        return None
    if is_denied:
        return GapSign.ABSENT if predicate in PRESENCE else None
    if predicate in _SIGN_OF_ITEM:
        return _SIGN_OF_ITEM[predicate]
    if predicate == "hasTask" and find_status(status).is_in_force:
        return GapSign.UNDER_WAY
    return find_status(status).sign


def _local_sign(row: CandidateRow, sign: GapSign, *, is_below: bool, as_of: date) -> GapSign:
    """Say what a statement means for the province: of a lower unit or one department, it is there in part."""
    has_ended = row.ends is not None and row.ends < as_of
    if row.is_other_version or has_ended or (is_below and sign is not GapSign.PRESENT):
        return GapSign.ASIDE
    in_part = sign is GapSign.PRESENT and (is_below or row.is_of_one_body)
    return GapSign.PARTIAL if in_part else sign


def _adds(row: CandidateRow, sign: GapSign) -> bool:
    """Tell whether a statement still counts for a thing whose presence others tell outright."""
    if row.predicate in PRESENCE or sign is GapSign.LIMITED:
        return True
    return (row.predicate == FIGURE and row.earliest is not None) or (
        row.is_item and row.predicate != "hasGoal"
    )


def _keep_strongest(by_id: dict[str, WeighedStatement], weighed: WeighedStatement) -> None:
    """Keep one statement a claim: that of the province itself before that of one of its units."""
    if weighed.id not in by_id or by_id[weighed.id].sign in _WEAK_SIGNS:
        by_id[weighed.id] = weighed


def _units(places: Territories, row: CandidateRow) -> Iterable[str]:
    """Name the units that a statement counts for.

    A thing that belongs to nobody known, and is what it is by its class alone, counts only where it is told
    outright whom it serves: a system connected to a platform does not make the platform its province's.
    """
    territory = places.of_thing(row.thing)
    if territory is None and not row.by_class:
        return {unit for end in row.ends_of_statement if (unit := places.of_thing(end))}
    served = set[str]()
    if row.predicate == "serves":
        served = {end for end in row.ends_of_statement if end in places.province}
    return served | {territory} if territory else served


def _counts(row: CandidateRow, as_of: date) -> bool:
    ended = row.until is not None and row.until < as_of
    return not ended and _since(row) <= as_of


def _since(row: CandidateRow) -> date:
    """Tell from when on a statement holds: a plan is known when it is said, whatever day it is for."""
    is_plan = find_status(row.status).is_intended or row.predicate in INTENT
    return row.stated if is_plan or row.earliest is None else row.earliest


def _statement(row: CandidateRow, sign: GapSign) -> WeighedStatement:
    since = _since(row)
    return WeighedStatement(
        short_name(row.claim), sign, since, row.earliest is not None and since == row.earliest
    )
