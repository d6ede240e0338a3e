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
from ..facts.places import Places
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
_ASIDE = frozenset({"considers", "concerns"})  # speaking of a thing says nothing of its being there


def candidates(
    store: Store,
    components: Sequence[ReferenceComponent],
    *,
    as_of: date,
    known_by: date | None = None,
    places: Places | None = None,
) -> dict[Cell, list[WeighedStatement]]:
    """Collect the statements that count for each cell on a day.

    A statement holds from its own date where it bears one, else from the day it was said; a plan from the
    day it was said. One whose end has passed no longer counts, nor does a guess (certainty low).

    :param as_of: the day the question is about
    :param known_by: leave out what was said after this day; all is known when it is ``None``
    :param places: where things belong, when it was read before
    :returns: (province, component code) -> statements in order of id; silent cells are missing

    Cost: ten queries; linear in the claims of the store, about 20 µs each.
    """
    places = places or Places.of(store)
    rows = [
        raw
        for raw in candidate_rows(store, components)
        if (known_by is None or raw.stated <= known_by) and _counts(raw, as_of)
    ]
    told = {raw.thing for raw in rows if raw.predicate in PRESENCE}
    cells: dict[Cell, dict[str, WeighedStatement]] = defaultdict(dict)
    for raw in rows:
        sign = sign_of(raw.predicate, raw.status, is_denied=raw.is_denied)
        if sign is None or (raw.thing in told and not _adds(raw, sign)):
            continue
        for unit in _units(places, raw):
            province = places.province[unit]
            here = _weighed(raw, sign, is_below=unit != province, as_of=as_of)
            _keep(cells[province, raw.component], _statement(raw, here))
    return {cell: [found[key] for key in sorted(found)] for cell, found in sorted(cells.items())}


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
    if predicate == "hasLimitation":
        return GapSign.LIMITED
    if predicate == "hasGoal":
        return GapSign.PLANNED
    if predicate == "hasTask" and find_status(status).is_in_force:
        return GapSign.UNDER_WAY
    return find_status(status).sign


def _weighed(raw: CandidateRow, sign: GapSign, *, is_below: bool, as_of: date) -> GapSign:
    """Say what a statement means for the province: of a lower unit or one department, it is there in part."""
    has_ended = raw.ends is not None and raw.ends < as_of
    if raw.is_other_version or has_ended or (is_below and sign is not GapSign.PRESENT):
        return GapSign.ASIDE
    in_part = sign is GapSign.PRESENT and (is_below or raw.is_of_one_body)
    return GapSign.PARTIAL if in_part else sign


def _adds(raw: CandidateRow, sign: GapSign) -> bool:
    """Tell whether a statement still counts for a thing whose presence others tell outright."""
    if raw.predicate in PRESENCE or sign is GapSign.LIMITED:
        return True
    return (raw.predicate == FIGURE and raw.earliest is not None) or (
        raw.is_item and raw.predicate != "hasGoal"
    )


def _keep(found: dict[str, WeighedStatement], one: WeighedStatement) -> None:
    """Hold one statement a claim: in the province itself before one of its units."""
    if one.id not in found or found[one.id].sign in {GapSign.PARTIAL, GapSign.ASIDE}:
        found[one.id] = one


def _units(places: Places, raw: CandidateRow) -> Iterable[str]:
    """Name the units that a statement counts for.

    A thing that belongs to nobody known, and is what it is by its class alone, counts only where it is told
    outright whom it serves: a system connected to a platform does not make the platform its province's.
    """
    own = places.of_thing(raw.thing)
    if own is None and not raw.by_class:
        return {unit for other in raw.others if (unit := places.of_thing(other))}
    if raw.predicate != "serves":
        return (own,) if own else ()
    served = {other for other in raw.others if other in places.province}
    return served | {own} if own else served


def _counts(raw: CandidateRow, as_of: date) -> bool:
    ended = raw.until is not None and raw.until < as_of
    return not ended and _since(raw) <= as_of


def _since(raw: CandidateRow) -> date:
    """Tell from when on a statement holds: a plan is known when it is said, whatever day it is for."""
    planned = find_status(raw.status).is_intended or raw.predicate in INTENT
    return raw.stated if planned or raw.earliest is None else raw.earliest


def _statement(raw: CandidateRow, sign: GapSign) -> WeighedStatement:
    since = _since(raw)
    return WeighedStatement(
        short_name(raw.claim), sign, since, raw.earliest is not None and since == raw.earliest
    )
